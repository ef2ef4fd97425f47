"""Each row of the journal with a hash of itself and of the row before it; the rows that are there get theirs.

A blanking takes the salts with the texts, and leaves every digest and hash as it was written.

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-23
"""

from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any

import sqlalchemy as sa
from alembic import op

# the rule by which rows are chained: were it to change, no journal that is stored could be verified any more
from agent.domain.chain import SALT_BYTES, linked
from agent.domain.people import Entry

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_COLUMNS = ("subject_salt", "subject_digest", "why_salt", "why_digest", "before", "own")
_AT_ONCE = 1000
_SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
_BLANKED = (
    "NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.what = OLD.what "
    "AND (NEW.subject = 'erased' OR NEW.subject = OLD.subject) AND NEW.why = ''"
)


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("journal", sa.Column(name, sa.LargeBinary(), nullable=True))
    if not op.get_context().as_sql:
        _may_change("1 = 1")
        _chain()
    _may_change(_blanked_with_salts())


def downgrade() -> None:
    _may_change(_BLANKED)
    for name in _COLUMNS:
        op.drop_column("journal", name)


def _chain() -> None:
    instant = sa.DateTime(timezone=True)
    texts = (sa.column(name, sa.String()) for name in ("who", "what", "subject", "why"))
    links = (sa.column(name, sa.LargeBinary()) for name in _COLUMNS)
    journal = sa.table(
        "journal", sa.column("number", sa.BigInteger()), sa.column("at", instant), *texts, *links
    )
    number, before = None, b""
    while True:
        query = sa.select(journal).order_by(journal.c.number).limit(_AT_ONCE)
        rows = (
            op.get_bind().execute(query if number is None else query.where(journal.c.number > number)).all()
        )
        if not rows:
            return
        told = []
        for row in rows:
            entry = Entry(at=_aware(row.at), who=row.who, what=row.what, subject=row.subject, why=row.why)
            salts = (token_bytes(SALT_BYTES), token_bytes(SALT_BYTES))
            link = linked(entry, number=row.number, before=before, salts=salts)
            told.append({"this": row.number, **vars(link)})
            before = link.own
        number = rows[-1].number
        values: dict[str, Any] = {name: sa.bindparam(name) for name in _COLUMNS}
        statement = sa.update(journal).where(journal.c.number == sa.bindparam("this")).values(**values)
        op.get_bind().execute(statement, told)


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _blanked_with_salts() -> str:
    same = _SAME[op.get_context().dialect.name]
    kept = (name for name in _COLUMNS if not name.endswith("salt"))
    return (
        f"{_BLANKED} AND NEW.why_salt IS NULL "
        f"AND ((NEW.subject = OLD.subject AND NEW.subject_salt {same} OLD.subject_salt) "
        "OR (NEW.subject = 'erased' AND NEW.subject_salt IS NULL)) AND "
        + " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in kept)
    )


def _may_change(condition: str) -> None:
    """Let the triggers refuse every change of a row but those that fulfil a condition."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF {condition} THEN RETURN NEW; END IF; END IF; "
            "RAISE EXCEPTION 'journal only grows'; END $$"
        )
        return
    op.execute("DROP TRIGGER journal_refuses_update")
    op.execute(
        f"CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal WHEN NOT ({condition}) "
        "BEGIN SELECT RAISE(ABORT, 'journal only grows'); END"
    )
