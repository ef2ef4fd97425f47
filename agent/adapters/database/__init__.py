"""The store in SQL: SQLModel tables over SQLite by default, PostgreSQL by URL; rows never leave here."""

from agent.adapters.database.migrate import migrate
from agent.adapters.database.store import SqlStore, open_store

__all__ = ["SqlStore", "migrate", "open_store"]
