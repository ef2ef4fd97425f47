"""The keyed hash of what was approved, on deliveries.

Rows that were stored before have none: their bytes are composed again when they are claimed.

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("proof", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("deliveries", "proof")
