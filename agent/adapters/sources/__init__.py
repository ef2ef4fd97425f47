"""Files that people bring: creators as JSONL or CSV, brands as YAML."""

from agent.adapters.sources.brand import read_brand
from agent.adapters.sources.creators import read_creators

__all__ = ["read_brand", "read_creators"]
