"""Every statement of the register, against the schema both databases really have."""

import importlib
import pkgutil
import re

import psycopg

import dondoc.register
from dondoc.register import Register
from dondoc.register.connection import Sql, for_postgres, for_sqlite

ONLY = {
    "facts.NEXT_SEQ_POSTGRES": "postgresql",
    "facts.NEXT_SEQ_SQLITE": "sqlite",
    "guards.TRIGGERS": "sqlite",
}


def _statements() -> dict[str, Sql]:
    found = {}
    for module in pkgutil.iter_modules(dondoc.register.__path__):
        if module.ispkg:
            continue
        names = vars(importlib.import_module(f"dondoc.register.{module.name}"))
        own = {name: value for name, value in names.items() if isinstance(value, Sql)}
        found.update({f"{module.name}.{name}": value for name, value in own.items()})
    return found


STATEMENTS = _statements()


def test_statements_are_found() -> None:
    assert len(STATEMENTS) > 50


def test_every_statement_fits_the_schema(register: Register) -> None:
    wrong = {}
    with register.reading() as book:
        raw = book.session.raw  # type: ignore[attr-defined]
        for name, sql in STATEMENTS.items():
            if name in ONLY and not register.url.startswith(ONLY[name]):
                continue
            try:
                if register.url.startswith("sqlite"):
                    raw.execute("EXPLAIN " + for_sqlite(sql), dict.fromkeys(re.findall(r":(\w+)", sql)) | _lists(sql))
                else:
                    _explain(raw, sql)
            except Exception as error:
                wrong[name] = str(error)
    assert wrong == {}


def _lists(sql: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r"\{among (\w+)\}", sql), "[]")


def _explain(raw: psycopg.Connection, sql: Sql) -> None:
    numbers: dict[str, int] = {}
    text = re.sub(r"%\((\w+)\)s", lambda m: f"${numbers.setdefault(m[1], len(numbers) + 1)}", for_postgres(sql))
    with raw.transaction():  # PREPARE asks for every table, column and type, and runs nothing
        raw.execute(f"PREPARE one AS {text}".encode())
        raw.execute(b"DEALLOCATE one")


def test_no_statement_holds_a_percent_sign() -> None:
    assert [name for name, sql in STATEMENTS.items() if "%" in sql] == []  # psycopg reads it as a parameter


def test_what_is_due_is_found_by_index_alone(register: Register) -> None:
    if not register.url.startswith("sqlite"):
        return  # PostgreSQL scans a table this small whatever its indexes
    with register.reading() as book:
        raw = book.session.raw  # type: ignore[attr-defined]
        due = STATEMENTS["agenda.DUE"]
        plan = " ".join(row[3] for row in raw.execute("EXPLAIN QUERY PLAN " + for_sqlite(due), {"at": 1, "limit": 1}))
    assert "agenda_by_time" in plan and "TEMP B-TREE" not in plan


def test_a_page_of_the_board_is_walked_along_an_index_and_never_sorted(register: Register) -> None:
    if not register.url.startswith("sqlite"):
        return
    with register.reading() as book:
        raw = book.session.raw  # type: ignore[attr-defined]
        for name, index in (("lines.ALL", "line_by_due"), ("lines.OF_UNIT", "line_of_unit")):
            values = dict.fromkeys(re.findall(r":(\w+)", STATEMENTS[name]))
            plan = " ".join(row[3] for row in raw.execute("EXPLAIN QUERY PLAN " + for_sqlite(STATEMENTS[name]), values))
            assert index in plan and "TEMP B-TREE" not in plan, name
