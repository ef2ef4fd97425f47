"""Forgettings that are not finished, and a journal that may lose whom a row was about, and nothing else.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BLANKED = (
    "NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.what = OLD.what "
    "AND (NEW.subject = 'erased' OR NEW.subject = OLD.subject) AND NEW.why = ''"
)


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("creators", sa.Text(), nullable=False),
        sa.Column("message_ids", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    if op.get_context().dialect.name == "postgresql":
        _replace_function(f"IF TG_OP = 'UPDATE' THEN IF {_BLANKED} THEN RETURN NEW; END IF; END IF; ")
        return
    op.execute("DROP TRIGGER journal_refuses_update")
    op.execute(
        f"CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal WHEN NOT ({_BLANKED}) "
        "BEGIN SELECT RAISE(ABORT, 'journal only grows'); END"
    )


def downgrade() -> None:
    op.drop_table("erasures")
    if op.get_context().dialect.name == "postgresql":
        _replace_function("")
        return
    op.execute("DROP TRIGGER journal_refuses_update")
    op.execute(
        "CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'journal only grows'); END"
    )


def _replace_function(exception: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {exception}RAISE EXCEPTION 'journal only grows'; END $$"
    )
