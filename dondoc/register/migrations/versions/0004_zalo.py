"""Zalo's accounts, quotas, writers and webhooks.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "zalo_account",
        *map(_text, ("oa_id", "app_id", "api", "secrets", "tokens", "previous")),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        *map(_text, ("issued_at", "expires_at", "lease_by")),
        _text("lease_until", nullable=True),
        _text("alarm"),
        sa.PrimaryKeyConstraint("oa_id"),
    )
    op.create_table(
        "zalo_quota",
        *map(_text, ("oa_id", "channel", "day")),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("oa_id", "channel"),
    )
    op.create_table(
        "zalo_writer",
        *map(_text, ("account", "user_id", "name", "wrote_at")),
        _text("left_at", nullable=True),
        sa.PrimaryKeyConstraint("account", "user_id"),
    )
    op.create_table(
        "zalo_event",
        *map(_text, ("id", "name", "oa_id", "tracking_id", "recorded_at")),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    for table in ("zalo_event", "zalo_writer", "zalo_quota", "zalo_account"):
        op.drop_table(table)
