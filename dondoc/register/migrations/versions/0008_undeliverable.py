"""By which letter the office was told whom to call, and the code with which a server refused.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarm",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("told", "letter")),
        sa.ForeignKeyConstraint(["told"], ["delivery.id"]),
        sa.ForeignKeyConstraint(["letter"], ["delivery.id"]),
        sa.PrimaryKeyConstraint("told", "letter"),
    )
    op.add_column("attempt", sa.Column("code", sa.Text(), nullable=True))
    where = sa.text("code <> ''")
    op.create_index("attempt_of_code", "attempt", ["code"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("attempt_of_code", "attempt")
    op.drop_column("attempt", "code")
    op.drop_table("alarm")
