"""The database itself refuses to change or remove what was entered.

Revision ID: 0002
Revises: 0001

Guards keep mistakes and ordinary accounts out. Whoever owns the database can drop them: what they then rewrite is found
by the chain, and a wholly rewritten chain by a head that was written down elsewhere (`dondoc journal verify --head`).
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# table → (when an update is refused, which rows an insert would replace). SQLite's INSERT OR REPLACE removes a row
# without a word to the triggers on DELETE.
GUARDED = {
    "fact": ("TRUE", "seq = NEW.seq OR (agency = NEW.agency AND link = NEW.link)"),
    # Erasing empties a personal part and keeps the day of it; nothing else may happen to one.
    "personal": (
        "NEW.seq <> OLD.seq OR NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL OR NEW.erased_at IS NULL",
        "seq = NEW.seq",
    ),
    # The head only moves forward.
    "chain": ("NEW.agency <> OLD.agency OR NEW.link <= OLD.link", "agency = NEW.agency"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$"
        )
    for table, (when, twin) in GUARDED.items():
        if op.get_bind().dialect.name == "postgresql":
            _guard_postgres(table, when)
        else:
            _guard_sqlite(table, when, twin)


def _guard_sqlite(table: str, when: str, twin: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {when} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {twin}) {refuse}"
    )


def _guard_postgres(table: str, when: str) -> None:
    refuse = "EXECUTE FUNCTION refuse_change()"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in GUARDED:
        for what in ("update", "delete", "truncate" if postgres else "replace"):
            op.execute(f"DROP TRIGGER {table}_no_{what}" + (f" ON {table}" if postgres else ""))
    if postgres:
        op.execute("DROP FUNCTION refuse_change()")
