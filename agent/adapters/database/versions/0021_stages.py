"""How far the people of a campaign came, counted from an index.

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-23
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_outreach_campaign_id_status_touches_sent", "outreach", ["campaign_id", "status", "touches_sent"]
    )


def downgrade() -> None:
    op.drop_index("ix_outreach_campaign_id_status_touches_sent", table_name="outreach")
