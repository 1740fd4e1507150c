"""Occurrences as the board shows them.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CASES = sa.text("confidential = TRUE")
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = (
    "key",
    "from_on",
    "until_on",
    "due",
    "section",
    "unit",
    "party",
    "kind",
    "title",
    "label",
    "words",
    "step",
    "step_title",
    "role",
    "phase",
    "basis",
    "timely",
    "first_timely",
    "counted",
)


def upgrade() -> None:
    op.create_table(
        "line",
        sa.Column("birth", SERIAL, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("n", "tier", "days", "first_days")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("confidential", "recorded_late")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("since_at", "target_on", "first_on", "decided_on")),
        sa.ForeignKeyConstraint(["birth"], ["birth.id"]),
        sa.PrimaryKeyConstraint("birth", "n"),
    )
    op.create_index("line_by_due", "line", ["confidential", "tier", "due", "birth"])
    op.create_index("line_of_case", "line", ["birth"], sqlite_where=CASES, postgresql_where=CASES)
    op.create_index("line_of_unit", "line", ["confidential", "unit", "tier", "due", "birth"])


def downgrade() -> None:
    op.drop_table("line")
