"""Secrets that open the portal, by their SHA-256.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credential",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sha", "kind", "subject", "rights")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("made_at", "expires_at")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("seen_at", "ended_at")),
        sa.PrimaryKeyConstraint("sha"),
    )
    op.create_index("ix_credential_kind", "credential", ["kind"])
    op.create_index("ix_credential_subject", "credential", ["subject"])


def downgrade() -> None:
    op.drop_table("credential")
