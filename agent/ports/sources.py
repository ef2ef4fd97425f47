"""What people bring in: the description of a brand, read and written in one form."""

from collections.abc import Mapping
from typing import Protocol

from agent.domain.records import BrandFile

Tree = Mapping[str, object]
"""A brand file as names and values: texts, numbers, answers, lists and further names."""


class BrandFiles(Protocol):
    """Brands with their campaigns as a person writes them: a YAML file, or the tree of names in it."""

    def read(self, tree: Tree) -> BrandFile:
        """Return the brand and campaigns of a tree; raises BadFields with all that is wrong in it."""

    def tree(self, file: BrandFile) -> Tree:
        """Return the tree that `read` makes the same brand and campaigns of."""

    def text(self, file: BrandFile) -> str:
        """Return the YAML file that would be imported as the same brand and campaigns."""
