"""How far a folder was read, where its newest mails are copies of what is stored at another place.

Folders that were read before are asked once more for such copies.

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "read_folders",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("uidvalidity", _WHOLE, nullable=False),
        sa.Column("uid", _WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("account", "folder", "uidvalidity", name="pk_read_folders"),
    )


def downgrade() -> None:
    op.drop_table("read_folders")
