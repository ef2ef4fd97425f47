"""Files that people bring: creators as JSONL or CSV, brands as YAML, letters to be judged as JSONL."""

from agent.adapters.sources.brand import read_brand
from agent.adapters.sources.cases import read_cases
from agent.adapters.sources.creators import read_creators
from agent.adapters.sources.written import YamlBrands

__all__ = ["YamlBrands", "read_brand", "read_cases", "read_creators"]
