"""Writes letters with a model behind any OpenAI-compatible endpoint; langchain loads at the first letter."""

from agent.adapters.llm.failures import Busy, Unusable
from agent.adapters.llm.writer import Method, OpenAIWriter

__all__ = ["Busy", "Method", "OpenAIWriter", "Unusable"]
