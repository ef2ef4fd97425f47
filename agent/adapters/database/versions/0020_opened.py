"""Who has which letter open on the desk.

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "opened",
        sa.Column("draft_id", _NAME, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name="pk_opened"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_opened_draft_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("opened")
