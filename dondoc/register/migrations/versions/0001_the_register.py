"""The register as it begins.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


WAITING = sa.text("delivery IS NULL AND withdrawn_at IS NULL")
DIGEST = sa.text("pace = 'digest' AND status <> 'withdrawn'")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "chain",
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("link", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agency"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("local_day", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("not_after", sa.Text(), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("next_at", sa.Text(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("delivery_of_status", "delivery", ["status", "next_at"], unique=False)
    op.create_index(
        "one_digest_a_day",
        "delivery",
        ["person", "channel", "local_day"],
        unique=True,
        sqlite_where=DIGEST,
        postgresql_where=DIGEST,
    )

    op.create_table(
        "fact",
        sa.Column("seq", SERIAL, autoincrement=False, nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("link", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("act_on", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("personal", sa.Text(), nullable=False),
        sa.Column("corrects", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("agency", "link"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE fact_seq")
    op.create_index("fact_of_occurrence", "fact", ["occurrence", "seq"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "personal",
        sa.Column("seq", SERIAL, autoincrement=False, nullable=False),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "request",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "version",
        sa.Column("sha", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["delivery.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("attempt_of_delivery", "attempt", ["delivery"], unique=False)

    op.create_table(
        "birth",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("obligation", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.Text(), nullable=False),
        sa.Column("event_on", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("before_watch", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("rounds", sa.Text(), nullable=False),
        sa.Column("opening", SERIAL, nullable=False),
        sa.ForeignKeyConstraint(
            ["opening"],
            ["opening.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("birth_of_obligation", "birth", ["plan", "obligation"], unique=False)

    op.create_table(
        "notice",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("acting", sa.Text(), nullable=False),
        sa.Column("tone", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("moment_at", sa.Text(), nullable=False),
        sa.Column("not_after", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["delivery.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("notice_of_delivery", "notice", ["delivery"], unique=False)
    op.create_index("notice_of_occurrence", "notice", ["occurrence"], unique=False)
    op.create_index(
        "notice_waiting", "notice", ["not_after"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING
    )

    op.create_table(
        "agenda",
        sa.Column("birth", SERIAL, autoincrement=False, nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["birth"],
            ["birth.id"],
        ),
        sa.PrimaryKeyConstraint("birth"),
    )
    op.create_index("agenda_by_time", "agenda", ["next_at"], unique=False)

    op.create_table(
        "step",
        sa.Column("birth", SERIAL, autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("since_at", sa.Text(), nullable=True),
        sa.Column("last_on", sa.Text(), nullable=True),
        sa.Column("target_on", sa.Text(), nullable=True),
        sa.Column("unrolled_on", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("deciding_on", sa.Text(), nullable=True),
        sa.Column("recorded_on", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["birth"],
            ["birth.id"],
        ),
        sa.PrimaryKeyConstraint("birth", "step"),
    )


def downgrade() -> None:
    op.drop_table("step")

    op.drop_table("agenda")

    op.drop_table("notice")

    op.drop_table("birth")

    op.drop_table("attempt")
    op.drop_table("version")
    op.drop_table("setting")
    op.drop_table("request")
    op.drop_table("personal")
    op.drop_table("opening")

    op.drop_table("fact")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE fact_seq")

    op.drop_table("delivery")
    op.drop_table("chain")
