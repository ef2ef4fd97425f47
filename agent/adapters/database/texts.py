"""Published texts and their versions, in SQL."""

from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import bindparam, insert
from sqlalchemy import select as columns
from sqlmodel import col, select

from agent.adapters.database.statements import add, refusing
from agent.adapters.database.tables import PublicationRow, Row, TextRow
from agent.adapters.database.work import Work
from agent.domain.errors import BadInput
from agent.domain.ids import BrandId, CampaignId
from agent.domain.published import KeptText, Publication

_TEXTS = Row.metadata.tables["texts"]
_PUBLICATIONS = Row.metadata.tables["publications"]
_ALL = columns(_PUBLICATIONS).order_by(_PUBLICATIONS.c.number)
_OF_BRAND = _ALL.where(_PUBLICATIONS.c.brand_id == bindparam("brand"))  # read for each few letters
_VERSION = columns(_TEXTS).where(
    _TEXTS.c.name == bindparam("this_name"),
    _TEXTS.c.language == bindparam("this_language"),
    _TEXTS.c.version == bindparam("this_version"),
)


class SqlTexts:
    """Every version of a text that was published or written from, and who published what."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def keep(self, text: KeptText) -> None:
        """Store a version; raise BadInput where its name already stands for another text."""
        known = self.version(text.name, text.language, text.version)
        if known is None:
            row = TextRow(
                name=text.name,
                language=text.language,
                version=text.version,
                source=text.source,
                kept_at=text.kept_at,
            )
            add(self._work, row, otherwise=f"{text.reference} was stored at the same moment; try again.")
        elif known.source != text.source:
            raise BadInput(f"{text.reference} is another text already; change a word, and it has a new name.")

    def version(self, name: str, language: str, version: str) -> KeptText | None:
        """Return a version."""
        key = {"this_name": name, "this_language": language, "this_version": version}
        row = self._work.connection().execute(_VERSION, key).first()
        return _text_of(row) if row is not None else None

    def versions(self, name: str, language: str) -> tuple[KeptText, ...]:
        """Return all versions of a text, oldest first."""
        query = select(TextRow).where(col(TextRow.name) == name, col(TextRow.language) == language)
        return tuple(
            map(_text_of, self._work.orm.exec(query.order_by(col(TextRow.kept_at), col(TextRow.version))))
        )

    def publish(self, publication: Publication) -> None:
        """Append a publication; raise BadInput where what it names is not stored."""
        row = {
            "brand_id": publication.brand_id,
            "campaign_id": publication.campaign_id,
            "name": publication.name,
            "language": publication.language,
            "version": publication.version,
            "by": publication.by,
            "at": publication.at,
            "reason": publication.reason,
        }
        otherwise = (
            f"{publication.name}.{publication.language} cannot be published for {publication.scope}: "
            "brand, campaign or version is not stored."
        )
        with refusing(self._work, otherwise):
            self._work.orm.execute(insert(PublicationRow).values(row))

    def publications(self, brand_id: BrandId | None = None) -> tuple[Publication, ...]:
        """Return the publications of a brand, or all, in the order in which they were made."""
        connection = self._work.connection()
        rows = (
            connection.execute(_OF_BRAND, {"brand": brand_id})
            if brand_id is not None
            else connection.execute(_ALL)
        )
        return tuple(map(_publication_of, rows))


def _text_of(row: TextRow | Record[Any]) -> KeptText:
    return KeptText(
        name=row.name, language=row.language, version=row.version, source=row.source, kept_at=row.kept_at
    )


def _publication_of(row: Record[Any]) -> Publication:
    return Publication(
        brand_id=BrandId(row.brand_id),
        campaign_id=CampaignId(row.campaign_id) if row.campaign_id is not None else None,
        name=row.name,
        language=row.language,
        version=row.version,
        by=row.by,
        at=row.at,
        reason=row.reason,
    )
