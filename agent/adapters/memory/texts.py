"""Published texts and their versions, in memory."""

from agent.adapters.memory.tables import Tables, require
from agent.domain.ids import BrandId
from agent.domain.published import KeptText, Publication


class MemoryTexts:
    """Every version of a text that was published or written from, and who published what."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, text: KeptText) -> None:
        """Store a version; raise BadInput where its name already stands for another text."""
        key = (text.name, text.language, text.version)
        known = self._tables.texts.get(key)
        if known is None:
            self._tables.texts[key] = text
            return
        require(
            known.source == text.source,
            f"{text.reference} is another text already; change a word, and it has a new name.",
        )

    def version(self, name: str, language: str, version: str) -> KeptText | None:
        """Return a version."""
        return self._tables.texts.get((name, language, version))

    def versions(self, name: str, language: str) -> tuple[KeptText, ...]:
        """Return all versions of a text, oldest first."""
        texts = (
            each for each in self._tables.texts.values() if (each.name, each.language) == (name, language)
        )
        return tuple(sorted(texts, key=lambda each: (each.kept_at, each.version)))

    def publish(self, publication: Publication) -> None:
        """Append a publication; raise BadInput where what it names is not stored."""
        tables = self._tables
        key = (publication.name, publication.language, publication.version)
        require(
            publication.brand_id in tables.brands
            and (publication.campaign_id is None or publication.campaign_id in tables.campaigns)
            and (publication.version is None or key in tables.texts),
            f"{publication.name}.{publication.language} cannot be published for {publication.scope}: "
            "brand, campaign or version is not stored.",
        )
        tables.publications[len(tables.publications)] = publication

    def publications(self, brand_id: BrandId | None = None) -> tuple[Publication, ...]:
        """Return the publications of a brand, or all, in the order in which they were made."""
        everything = self._tables.publications.values()
        return tuple(each for each in everything if brand_id in {None, each.brand_id})
