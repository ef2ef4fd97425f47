"""Asks a model behind any OpenAI-compatible endpoint, for letters, and for what answers say.

langchain loads with the first request.
"""

from agent.adapters.llm.expander import OpenAIExpander
from agent.adapters.llm.failures import Busy, Silent, Unusable
from agent.adapters.llm.labeller import OpenAILabeller
from agent.adapters.llm.line import Endpoint, Line, Method
from agent.adapters.llm.pacing import Pace
from agent.adapters.llm.patience import Patience
from agent.adapters.llm.writer import OpenAIWriter

__all__ = [
    "Busy",
    "Endpoint",
    "Line",
    "Method",
    "OpenAIExpander",
    "OpenAILabeller",
    "OpenAIWriter",
    "Pace",
    "Patience",
    "Silent",
    "Unusable",
]
