"""Texts that brands publish in the place of the shipped ones."""

from typing import Protocol

from agent.domain.ids import BrandId
from agent.domain.published import KeptText, Publication


class TextVersions(Protocol):
    """Every version of a text that was published or written from, and who published what."""

    def keep(self, text: KeptText) -> None:
        """Store a version; a second time changes nothing.

        Raises BadInput where this name and version already stand for another text.
        """

    def version(self, name: str, language: str, version: str) -> KeptText | None:
        """Return a version."""

    def versions(self, name: str, language: str) -> tuple[KeptText, ...]:
        """Return all versions of a text, oldest first."""

    def publish(self, publication: Publication) -> None:
        """Append a publication; raises BadInput where its brand, campaign or version is not stored."""

    def publications(self, brand_id: BrandId | None = None) -> tuple[Publication, ...]:
        """Return the publications of a brand, or all, in the order in which they were made."""
