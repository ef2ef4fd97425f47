"""The first schema: creators, brands, outreach, drafts, the outbox, the inbox and the records.

Revision ID: 0001
Revises: nothing
Create Date: 2026-10-01
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NAME = sa.String().with_variant(sa.String(collation="C"), "postgresql")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _accounts()
    _brands()
    _creators()
    _inbound()
    _journal()
    _leases()
    _suppressions()
    _campaigns()
    _posts()
    _outreach()
    _drafts()
    _replies()
    _approvals()
    _rejections()
    _deliveries()


def downgrade() -> None:
    tables = (
        "deliveries",
        "rejections",
        "approvals",
        "replies",
        "drafts",
        "outreach",
        "posts",
        "campaigns",
        "suppressions",
        "leases",
        "journal",
        "inbound",
        "creators",
        "brands",
        "accounts",
    )
    for table in tables:
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("email_key", name="pk_accounts"),
    )


def _brands() -> None:
    op.create_table(
        "brands",
        sa.Column("id", NAME, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address_form", sa.String(), nullable=False),
        sa.Column("postal_address", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("privacy_url", sa.String(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("brand_values", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_brands"),
    )


def _creators() -> None:
    op.create_table(
        "creators",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("handle_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("followers", WHOLE, nullable=True),
        sa.Column("bio_original", sa.String(), nullable=False),
        sa.Column("bio", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_key", sa.String(), nullable=True),
        sa.Column("provenance", sa.Text(), nullable=True),
        sa.Column("business_contact", sa.Boolean(), nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_creators"),
    )
    op.create_index("ix_creators_email_key", "creators", ["email_key"])
    op.create_index("ix_creators_handle_key_platform", "creators", ["handle_key", "platform"])


def _inbound() -> None:
    op.create_table(
        "inbound",
        sa.Column("id", NAME, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("uidvalidity", WHOLE, nullable=False),
        sa.Column("uid", WHOLE, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("filed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbound"),
        sa.UniqueConstraint("account", "digest", name="uq_inbound_account_digest"),
        sa.UniqueConstraint(
            "account", "folder", "uidvalidity", "uid", name="uq_inbound_account_folder_uidvalidity_uid"
        ),
    )
    op.create_index(
        "ix_inbound_unread",
        "inbound",
        ["received_at", "uid", "id"],
        sqlite_where=sa.text("NOT filed"),
        postgresql_where=sa.text("NOT filed"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_journal"),
    )
    op.create_index("ix_journal_subject_at_number", "journal", ["subject", "at", "number"])
    _never_changes("journal")


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("role", name="pk_leases"),
    )


def _suppressions() -> None:
    op.create_table(
        "suppressions",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_suppressions"),
    )


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", NAME, nullable=False),
        sa.Column("brand_id", NAME, nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("followers_from", WHOLE, nullable=True),
        sa.Column("followers_to", WHOLE, nullable=True),
        sa.Column("platforms", sa.Text(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name="fk_campaigns_brand_id"),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
    )
    op.create_index("ix_campaigns_brand_id", "campaigns", ["brand_id"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("creator_id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("likes", WHOLE, nullable=True),
        sa.Column("comments", WHOLE, nullable=True),
        sa.Column("views", WHOLE, nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creators.id"], name="fk_posts_creator_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("creator_id", "key", name="pk_posts"),
    )


def _outreach() -> None:
    op.create_table(
        "outreach",
        sa.Column("id", NAME, nullable=False),
        sa.Column("campaign_id", NAME, nullable=False),
        sa.Column("creator_id", WHOLE, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("fit", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("touches_sent", sa.Integer(), nullable=False),
        sa.Column("next_touch_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_outreach_campaign_id"),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creators.id"], name="fk_outreach_creator_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outreach"),
        sa.UniqueConstraint("campaign_id", "creator_id", name="uq_outreach_campaign_id_creator_id"),
    )
    op.create_index("ix_outreach_campaign_id_score", "outreach", ["campaign_id", "score"])
    op.create_index("ix_outreach_creator_id", "outreach", ["creator_id"])
    op.create_index(
        "ix_outreach_due",
        "outreach",
        ["next_touch_at", "id"],
        sqlite_where=sa.text("next_touch_at IS NOT NULL"),
        postgresql_where=sa.text("next_touch_at IS NOT NULL"),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", NAME, nullable=False),
        sa.Column("outreach_id", NAME, nullable=False),
        sa.Column("touch", sa.Integer(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("first_letter", sa.Text(), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_drafts_outreach_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_created_at_id", "drafts", ["created_at", "id"])
    op.create_index("ix_drafts_outreach_id", "drafts", ["outreach_id"])
    op.create_index("ix_drafts_status_created_at_id", "drafts", ["status", "created_at", "id"])


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("id", NAME, nullable=False),
        sa.Column("inbound_id", NAME, nullable=False),
        sa.Column("outreach_id", NAME, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("from_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound.id"], name="fk_replies_inbound_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_replies_outreach_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.UniqueConstraint("inbound_id", name="uq_replies_inbound_id"),
    )
    op.create_index("ix_replies_outreach_id", "replies", ["outreach_id"])
    op.create_index("ix_replies_received_at_id", "replies", ["received_at", "id"])


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", NAME, nullable=False),
        sa.Column("draft_id", NAME, nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name="fk_approvals_draft_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_draft_id", "approvals", ["draft_id"])


def _rejections() -> None:
    op.create_table(
        "rejections",
        sa.Column("draft_id", NAME, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name="fk_rejections_draft_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", name="pk_rejections"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", NAME, nullable=False),
        sa.Column("outreach_id", NAME, nullable=False),
        sa.Column("touch", sa.Integer(), nullable=False),
        sa.Column("draft_id", NAME, nullable=False),
        sa.Column("approval_id", NAME, nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("envelope_from", sa.String(), nullable=False),
        sa.Column("envelope_to", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("tried_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name="fk_deliveries_approval_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name="fk_deliveries_draft_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["outreach_id"], ["outreach.id"], name="fk_deliveries_outreach_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_approval_id", "deliveries", ["approval_id"])
    op.create_index("ix_deliveries_created_at_id", "deliveries", ["created_at", "id"])
    op.create_index("ix_deliveries_draft_id", "deliveries", ["draft_id"])
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["state", "due_at", "id"],
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("ix_deliveries_mailbox_left_at", "deliveries", ["mailbox", "left_at"])
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"])
    op.create_index("ix_deliveries_outreach_id", "deliveries", ["outreach_id"])
    op.create_index("ix_deliveries_state_created_at_id", "deliveries", ["state", "created_at", "id"])
    op.create_index(
        "ux_deliveries_live",
        "deliveries",
        ["outreach_id", "touch"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )


def _never_changes(table: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
