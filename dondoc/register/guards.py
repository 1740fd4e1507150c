"""The triggers that keep facts unchanged, laid aside for a restore: the one moment at which a book is replaced."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dondoc.register.connection import Session, Sql

GUARDED = ("fact", "personal", "chain")  # migrations 0002
TRIGGERS = Sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")


@contextmanager
def unguarded(session: Session, tables: Sequence[str] = GUARDED) -> Iterator[None]:
    """Without guards until the end of the block, in the caller's transaction: rolled back, they were never away."""
    if session.many_writers:
        for table in tables:
            session.change(Sql(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in tables:
            session.change(Sql(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    laid_aside = session.rows(TRIGGERS)
    for name, _sql in laid_aside:
        session.change(Sql(f'DROP TRIGGER "{name}"'))
    yield
    for _name, sql in laid_aside:
        session.change(Sql(sql))
