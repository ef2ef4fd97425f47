"""Asks a model behind any OpenAI-compatible endpoint, for letters and for what a creator would write.

langchain loads with the first request.
"""

from agent.adapters.llm.chat import Endpoint, Method
from agent.adapters.llm.expander import OpenAIExpander
from agent.adapters.llm.failures import Busy, Unusable
from agent.adapters.llm.writer import OpenAIWriter

__all__ = ["Busy", "Endpoint", "Method", "OpenAIExpander", "OpenAIWriter", "Unusable"]
