"""A book in a ZIP file: one JSON line a row, one member a table, and a manifest that says what must be there.

The same for SQLite and PostgreSQL, so that an office can move from one to the other; readable without this program.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from dondoc.register.chain import Head
from dondoc.register.connection import Sql, open_session
from dondoc.register.copying import Table, as_json, from_json, put_rows, read_table, tables
from dondoc.register.errors import RegisterError
from dondoc.register.migrate import HEAD, upgrade_to
from dondoc.register.register import Register
from dondoc.register.verify import verify_chain
from dondoc.words import _

FORMAT = 1
MANIFEST = "manifest.json"
# Of the SQLite file that an earlier version's migrations make.
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('alembic_version', 'sqlite_sequence')"
TABLE_COLUMNS = "SELECT name FROM pragma_table_info(:name)"


class Manifest(NamedTuple):
    """What a backup holds. `made_at` is ISO 8601, UTC; `tables` name → {columns, rows}."""

    format: int
    agency: str
    schema: str
    made_at: str
    link: int
    hash: str
    tables: Mapping[str, Mapping[str, Any]]


def write_book(register: Register, archive: zipfile.ZipFile, made_at: str) -> Manifest:
    """The book as it stands at one moment; others go on writing."""
    counted = {}
    with register.reading() as book:
        head = book.head()
        for table in tables() if register.schema == HEAD else tables_of(register.schema):
            with archive.open(f"register/{table.name}.jsonl", "w", force_zip64=True) as member:
                rows = 0
                for rows, row in enumerate(read_table(book.session, table), 1):  # noqa: B007 -- the count is wanted
                    member.write(json.dumps(as_json(row), ensure_ascii=False).encode() + b"\n")
            counted[table.name] = {"columns": list(table.columns), "rows": rows}
    manifest = Manifest(FORMAT, register.agency, register.schema, made_at, head.link, head.hash, counted)
    archive.writestr(MANIFEST, json.dumps(manifest._asdict(), ensure_ascii=False, indent=1))
    return manifest


def tables_of(schema: str) -> tuple[Table, ...]:
    """The tables of an earlier version, made for the purpose and looked at."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/x.db"
        upgrade_to(url, schema, 30)
        session = open_session(url, 30)
        try:
            names = [row[0] for row in session.rows(Sql(TABLES))]
            return tuple(
                Table(name, tuple(row[0] for row in session.rows(Sql(TABLE_COLUMNS), name=name))) for name in names
            )
        finally:
            session.close()


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """RegisterError where the file is no backup of ours, or one whose bytes have changed."""
    try:
        if damaged := archive.testzip():
            raise RegisterError("damaged", _("Bản sao lưu hỏng ở phần {part}.").format(part=damaged))
        found = Manifest(**json.loads(archive.read(MANIFEST)))
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise RegisterError("damaged", _("Tệp này không phải bản sao lưu của Đôn Đốc.")) from error
    if found.format != FORMAT:
        raise RegisterError("foreign", _("Bản sao lưu có dạng {format} chưa biết.").format(format=found.format))
    return found


def read_book(archive: zipfile.ZipFile, manifest: Manifest, file: Path) -> Register:
    """The book in a new SQLite file, migrated to this version and proven; RegisterError where it does not hold."""
    url = f"sqlite:///{file}"
    upgrade_to(url, manifest.schema, 30)
    with Register(url, manifest.agency, schema=manifest.schema).writing() as book:
        for name, held in manifest.tables.items():
            put_rows(book.session, Table(name, tuple(held["columns"])), _rows(archive, name, held["rows"]))
    register = Register(url, manifest.agency)
    register.migrate()
    with register.reading() as book:
        problems = verify_chain(book)
        if book.head()[:2] != Head(manifest.link, manifest.hash, "")[:2]:
            problems.append(_("Đầu nhật ký trong bản sao lưu khác với đầu ghi ở bìa của nó."))
    if problems:
        raise RegisterError("damaged", _("Bản sao lưu không nguyên vẹn: {problem}").format(problem=problems[0]))
    return register


def _rows(archive: zipfile.ZipFile, name: str, expected: int) -> Iterator[list[Any]]:
    count = 0
    with archive.open(f"register/{name}.jsonl") as member:
        for count, line in enumerate(io.TextIOWrapper(member, "utf-8"), 1):  # noqa: B007
            yield from_json(json.loads(line))
    if count != expected:
        raise RegisterError(
            "damaged",
            _("Bảng {name} có {count} dòng, cần {expected}.").format(name=name, count=count, expected=expected),
        )
