"""Mailboxes of ours that were stopped, and what counts against each.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("address", _NAME, nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_mailboxes"),
    )
    op.create_table(
        "troubles",
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("mailbox", _NAME, nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_troubles"),
    )
    op.create_index("ix_troubles_mailbox_at", "troubles", ["mailbox", "at"])


def downgrade() -> None:
    op.drop_table("troubles")
    op.drop_table("mailboxes")
