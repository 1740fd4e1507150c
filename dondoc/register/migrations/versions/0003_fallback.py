"""A message that failed on one channel is taken over by another, and somebody is told of what no channel could carry.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = sa.text("pace = 'digest' AND status <> 'withdrawn'")
AFTER = sa.text("pace = 'digest' AND status NOT IN ('withdrawn', 'replaced', 'dead')")


def upgrade() -> None:
    op.create_table(
        "passed_on",
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["notice"], ["notice.key"]),
        sa.PrimaryKeyConstraint("notice", "channel"),
    )
    op.add_column("delivery", sa.Column("alarmed_at", sa.Text(), nullable=True))
    _digest_index(AFTER)


def downgrade() -> None:
    _digest_index(BEFORE)
    op.drop_column("delivery", "alarmed_at")
    op.drop_table("passed_on")


def _digest_index(where: sa.TextClause) -> None:
    op.drop_index("one_digest_a_day", "delivery")
    columns = ["person", "channel", "local_day"]
    op.create_index("one_digest_a_day", "delivery", columns, unique=True, sqlite_where=where, postgresql_where=where)
