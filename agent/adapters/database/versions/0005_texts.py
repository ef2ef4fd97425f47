"""Texts that brands publish in the place of the shipped ones, and every version that letters came from.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "texts",
        sa.Column("name", _name(), nullable=False),
        sa.Column("language", _name(), nullable=False),
        sa.Column("version", _name(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "language", "version", name="pk_texts"),
    )
    op.create_table(
        "publications",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("brand_id", _name(), nullable=False),
        sa.Column("campaign_id", _name(), nullable=True),
        sa.Column("name", _name(), nullable=False),
        sa.Column("language", _name(), nullable=False),
        sa.Column("version", _name(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_publications"),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name="fk_publications_brand_id"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_publications_campaign_id"),
        sa.ForeignKeyConstraint(
            ["name", "language", "version"],
            ["texts.name", "texts.language", "texts.version"],
            name="fk_publications_name",
        ),
    )
    op.create_index("ix_publications_brand_id_number", "publications", ["brand_id", "number"])


def downgrade() -> None:
    op.drop_table("publications")
    op.drop_table("texts")


def _name() -> sa.types.TypeEngine[str]:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")
