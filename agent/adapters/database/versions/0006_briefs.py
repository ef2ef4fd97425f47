"""Agreements, versions of brief letters, their approvals, and what creators answer.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("outreach_id", _NAME, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_agreements_outreach_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outreach_id", name="pk_agreements"),
    )
    op.create_table(
        "briefs",
        sa.Column("id", _NAME, nullable=False),
        sa.Column("outreach_id", _NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("frozen_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_briefs_outreach_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_briefs"),
        sa.UniqueConstraint("outreach_id", "number", name="uq_briefs_outreach_id_number"),
    )
    op.create_table(
        "brief_approvals",
        sa.Column("brief_id", _NAME, nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["brief_id"], ["briefs.id"], name="fk_brief_approvals_brief_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("brief_id", name="pk_brief_approvals"),
    )
    op.create_table(
        "brief_answers",
        sa.Column("id", _NAME, nullable=False),
        sa.Column("brief_id", _NAME, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["brief_id"], ["briefs.id"], name="fk_brief_answers_brief_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_brief_answers"),
    )
    op.create_index("ix_brief_answers_brief_id", "brief_answers", ["brief_id"])


def downgrade() -> None:
    op.drop_table("brief_answers")
    op.drop_table("brief_approvals")
    op.drop_table("briefs")
    op.drop_table("agreements")
