"""Several senders of a brand, and who of them writes to a creator.

Conversations that were begun before go on from the brand's one sender.

Revision ID: 0016
Revises: 0014
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("brands", sa.Column("other_senders", sa.Text(), nullable=True))
    op.add_column("outreach", sa.Column("sender", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outreach", "sender")
    op.drop_column("brands", "other_senders")
