"""Letters that answer a reply: which one, on drafts and deliveries; campaigns say whether they draft answers.

What was stored before answers nothing, and no campaign drafts answers by itself.

Revision ID: 0010
Revises: 0008
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_OPEN = sa.text("answers IS NOT NULL AND status IN ('written', 'blocked', 'pending')")
_QUEUED = sa.text("state = 'queued' AND answers IS NOT NULL")


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("draft_answers", sa.Boolean(), nullable=True))
    op.add_column("drafts", sa.Column("answers", _NAME, nullable=True))
    op.create_index(
        "ux_drafts_open_answer",
        "drafts",
        ["answers"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.add_column("deliveries", sa.Column("answers", _NAME, nullable=True))
    op.create_index(
        "ix_deliveries_due_answer",
        "deliveries",
        ["due_at", "id"],
        sqlite_where=_QUEUED,
        postgresql_where=_QUEUED,
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_due_answer", table_name="deliveries")
    op.drop_column("deliveries", "answers")
    op.drop_index("ux_drafts_open_answer", table_name="drafts")
    op.drop_column("drafts", "answers")
    op.drop_column("campaigns", "draft_answers")
