"""The store in memory: the same promises as the database's, for trying things out and for tests."""

from agent.adapters.memory.store import MemoryStore

__all__ = ["MemoryStore"]
