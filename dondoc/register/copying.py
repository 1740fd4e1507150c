"""A whole book out of one database and into another, table by table: the same rows whatever the database.

Reading is one snapshot (SQLite's WAL, PostgreSQL's REPEATABLE READ), so writers go on meanwhile. Writing is one
transaction: until it commits, everybody sees the book that was there before.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from dondoc.register.book import Book
from dondoc.register.connection import Row, Session, Sql
from dondoc.register.guards import unguarded


class Table(NamedTuple):
    """Columns in the order of the rows; `flags` are those that hold true or false."""

    name: str
    columns: tuple[str, ...]
    flags: frozenset[str] = frozenset()


@cache
def tables() -> tuple[Table, ...]:
    """Every table of the book as this version knows it, each after those it refers to."""
    from sqlalchemy import Boolean

    from dondoc.register.tables import metadata

    return tuple(
        Table(
            table.name,
            tuple(column.name for column in table.columns),
            frozenset(column.name for column in table.columns if isinstance(column.type, Boolean)),
        )
        for table in metadata.sorted_tables
    )


def read_table(session: Session, table: Table) -> Iterator[Row]:
    """All rows of one table, in any order."""
    yield from session.stream(Sql(f"SELECT {_names(table.columns)} FROM {table.name}"))


def put_rows(session: Session, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows as read_table gave them, on whatever database."""
    places = ", ".join(f":c{n}" for n in range(len(table.columns)))
    flags = [n for n, column in enumerate(table.columns) if column in table.flags]
    statement = Sql(f"INSERT INTO {table.name} ({_names(table.columns)}) VALUES ({places})")
    session.many(statement, (_bound(row, flags) for row in rows))


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _bound(row: Sequence[Any], flags: Sequence[int]) -> Mapping[str, object]:
    return {f"c{n}": bool(value) if n in flags else value for n, value in enumerate(row)}


def replace_book(book: Book, source: Session) -> None:
    """Put everything that `source` holds in the place of what this book holds, in the caller's transaction."""
    with unguarded(book.session):
        for table in reversed(tables()):
            book.session.change(Sql(f"DELETE FROM {table.name}"))
        for table in tables():
            put_rows(book.session, table, read_table(source, table))
    if book.session.many_writers:
        _move_sequences(book.session)


def _move_sequences(session: Session) -> None:
    """Never backwards: a sequence does not roll back with its transaction, and a number must not be given twice."""
    _move(session, "fact_seq", "fact", "seq")
    for table in tables():
        for column in {"id"} & set(table.columns):
            found = session.rows(Sql("SELECT pg_get_serial_sequence(:table, :column)"), table=table.name, column=column)
            if found[0][0]:
                _move(session, found[0][0], table.name, column)


def _move(session: Session, sequence: str, table: str, column: str) -> None:
    session.rows(
        Sql(
            f"SELECT setval('{sequence}', GREATEST((SELECT last_value FROM {sequence}), "
            f"(SELECT COALESCE(MAX({column}), 1) FROM {table})))"
        )
    )


def as_json(row: Row) -> list[Any]:
    """A row as JSON holds it: bytes as an object with their base64."""
    return [{"base64": b64encode(v).decode()} if isinstance(v, bytes | memoryview) else v for v in row]


def from_json(row: Sequence[Any]) -> list[Any]:
    return [b64decode(v["base64"]) if isinstance(v, dict) else v for v in row]
