"""Brands name their competitors; brands stored before have named none.

Revision ID: 0002
Revises: 0001
Create Date: 2026-10-20
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("brands", sa.Column("competitors", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("brands", "competitors")
