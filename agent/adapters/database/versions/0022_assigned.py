"""To whom a letter was given to read, and the queue's indexes with it.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BEFORE = ["created_at", "id", "language", "has_findings", "touch", "answers"]


def upgrade() -> None:
    op.add_column("drafts", sa.Column("assigned_to", sa.String(), nullable=True))
    _index([*_BEFORE, "assigned_to"])


def downgrade() -> None:
    _index(_BEFORE)
    op.drop_column("drafts", "assigned_to")


def _index(queue: list[str]) -> None:
    op.drop_index("ix_drafts_queue_of_campaign", table_name="drafts")
    op.drop_index("ix_drafts_queue", table_name="drafts")
    op.create_index("ix_drafts_queue", "drafts", ["status", *queue, "campaign_id"])
    op.create_index("ix_drafts_queue_of_campaign", "drafts", ["campaign_id", "status", *queue])
