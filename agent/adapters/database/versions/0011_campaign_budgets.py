"""What models may cost a campaign in all.

Campaigns that were stored before have no bound.

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("models", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("campaigns", "models")
