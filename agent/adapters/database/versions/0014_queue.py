"""What the queue is filtered by, on each draft, and the indexes that serve its order.

Drafts that were stored before get it from their outreach, letter and findings.

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_QUEUE = ["created_at", "id", "language", "has_findings", "touch", "answers"]
_LANGUAGE = {
    "sqlite": "json_extract(letter, '$.language')",
    "postgresql": "letter::json ->> 'language'",
}


def upgrade() -> None:
    op.add_column("drafts", sa.Column("campaign_id", _NAME, nullable=False, server_default=""))
    op.add_column("drafts", sa.Column("language", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "drafts", sa.Column("has_findings", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE drafts SET has_findings = (findings <> '[]'), "  # noqa: S608 - one of the two texts above
        f"language = {_LANGUAGE[op.get_context().dialect.name]}, "
        "campaign_id = (SELECT campaign_id FROM outreach WHERE outreach.id = drafts.outreach_id)"
    )
    op.create_index("ix_drafts_queue", "drafts", ["status", *_QUEUE, "campaign_id"])
    op.create_index("ix_drafts_queue_of_campaign", "drafts", ["campaign_id", "status", *_QUEUE])
    op.drop_index("ix_drafts_status_created_at_id", table_name="drafts")


def downgrade() -> None:
    op.create_index("ix_drafts_status_created_at_id", "drafts", ["status", "created_at", "id"])
    op.drop_index("ix_drafts_queue_of_campaign", table_name="drafts")
    op.drop_index("ix_drafts_queue", table_name="drafts")
    for column in ("has_findings", "language", "campaign_id"):
        op.drop_column("drafts", column)
