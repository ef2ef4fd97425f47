"""Of each draft, which one it was written instead of.

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("drafts", sa.Column("revises", _NAME, nullable=True))


def downgrade() -> None:
    op.drop_column("drafts", "revises")
