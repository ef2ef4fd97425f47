"""Writes letters without a model: from the creator's words, the brand's facts and the team's phrases."""

from agent.adapters.offline.writer import OfflineWriter

__all__ = ["OfflineWriter"]
