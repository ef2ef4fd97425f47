"""Direct messages that people copy by hand; campaigns say by which channels they write, drafts by which.

What was stored before goes by e-mail.

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_LIVE = sa.text("state <> 'cancelled'")


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("channels", sa.Text(), nullable=True))
    op.add_column("drafts", sa.Column("channel", sa.String(), nullable=False, server_default="email"))
    op.create_table(
        "handovers",
        sa.Column("id", _NAME, nullable=False),
        sa.Column("outreach_id", _NAME, nullable=False),
        sa.Column("touch", sa.Integer(), nullable=False),
        sa.Column("draft_id", _NAME, nullable=False),
        sa.Column("approval_id", _NAME, nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("profile_url", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_handovers_outreach_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name="fk_handovers_draft_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name="fk_handovers_approval_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index(
        "ux_handovers_live",
        "handovers",
        ["outreach_id", "touch"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    for column in ("outreach_id", "draft_id", "approval_id"):
        op.create_index(f"ix_handovers_{column}", "handovers", [column])
    op.create_index("ix_handovers_state_created_at_id", "handovers", ["state", "created_at", "id"])


def downgrade() -> None:
    op.drop_table("handovers")
    op.drop_column("drafts", "channel")
    op.drop_column("campaigns", "channels")
