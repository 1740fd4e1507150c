"""Steps found by who answers for them.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("step_of_role", "step", ["role", "status", "last_on"])


def downgrade() -> None:
    op.drop_index("step_of_role", "step")
