"""Answers of models that no draft has been made of yet, and what calls cost.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("key", _NAME, nullable=False),
        sa.Column("outreach_id", _NAME, nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_answers"),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_answers_outreach_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_answers_outreach_id", "answers", ["outreach_id"])
    op.create_table(
        "spend",
        sa.Column("scope", _NAME, nullable=False),
        sa.Column("calls", _WHOLE, nullable=False),
        sa.Column("input_tokens", _WHOLE, nullable=False),
        sa.Column("output_tokens", _WHOLE, nullable=False),
        sa.Column("cached_tokens", _WHOLE, nullable=False),
        sa.Column("billionths", _WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_spend"),
    )


def downgrade() -> None:
    op.drop_table("spend")
    op.drop_table("answers")
