"""One session with the database, over the driver itself: SQL text in, tuples out, the same on both databases.

No ORM and no SQLAlchemy here: importing them costs more than most commands take (355 ms), and building objects from
rows dominated every sweep measured.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from dondoc.register.errors import RegisterError
from dondoc.words import _

Row = tuple[Any, ...]


class Sql(str):
    """One statement of the register, written once. A test runs each through both databases' planners.

    `:name` is a parameter; `{among name}` tests membership in a list parameter; `{lock}` and `{skip}` lock the rows
    found where more than one can write (PostgreSQL), waiting or passing over those already locked.
    """

    __slots__ = ()


class Session(Protocol):
    """What the two databases have in common."""

    many_writers: bool

    def rows(self, sql: Sql, **values: object) -> list[Row]: ...
    def stream(self, sql: Sql) -> Iterator[Row]: ...
    def change(self, sql: Sql, **values: object) -> int: ...
    def many(self, sql: Sql, rows: Iterable[Mapping[str, object]]) -> None: ...
    def begin(self, *, writing: bool) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


@cache
def for_sqlite(sql: str) -> str:
    text = re.sub(r"\{among (\w+)\}", r"IN (SELECT value FROM json_each(:\1))", sql)
    return text.replace("{lock}", "").replace("{skip}", "")


@cache
def for_postgres(sql: str) -> str:
    text = re.sub(r"\{among (\w+)\}", r"= ANY(:\1)", sql)
    text = text.replace("{lock}", "FOR NO KEY UPDATE").replace("{skip}", "FOR NO KEY UPDATE SKIP LOCKED")
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", text)


class SqliteSession:
    """SQLite in WAL mode. A writing transaction takes the writer's place at its first word, not at its first write:

    begun deferred, five processes doing read-decide-write lost 240 of 300 updates.
    """

    many_writers = False

    def __init__(self, path: str, patience: float, *, make: bool = False) -> None:
        mode = "rwc" if make else "rw"
        uri = f"{Path(path).absolute().as_uri()}?mode={mode}"
        self.raw = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        if make:
            self.raw.execute("PRAGMA journal_mode = WAL")
        self.raw.execute("PRAGMA foreign_keys = ON")
        self.raw.execute("PRAGMA secure_delete = ON")  # what is erased for a person's sake leaves no bytes behind

    @staticmethod
    def _bound(values: Mapping[str, object]) -> dict[str, object]:
        return {k: json.dumps(v) if isinstance(v, list) else v for k, v in values.items()}

    def rows(self, sql: Sql, **values: object) -> list[Row]:
        return self.raw.execute(for_sqlite(sql), self._bound(values)).fetchall()

    def stream(self, sql: Sql) -> Iterator[Row]:
        """Row by row: a whole book need not fit into memory."""
        yield from self.raw.execute(sql)

    def change(self, sql: Sql, **values: object) -> int:
        return self.raw.execute(for_sqlite(sql), self._bound(values)).rowcount

    def many(self, sql: Sql, rows: Iterable[Mapping[str, object]]) -> None:
        self.raw.executemany(for_sqlite(sql), rows)

    def begin(self, *, writing: bool) -> None:
        self.raw.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def commit(self) -> None:
        self.raw.execute("COMMIT")

    def rollback(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self.raw.close()


class PostgresSession:
    """PostgreSQL through psycopg 3. Readers see one moment; writers lock what they decide on, row by row."""

    many_writers = True

    def __init__(self, url: str, patience: float) -> None:
        import psycopg

        lock_wait = f"-c lock_timeout={int(patience * 1000)}"
        try:
            self.raw = psycopg.connect(url, autocommit=True, options=lock_wait, connect_timeout=10)
        except psycopg.ProgrammingError:
            raise _malformed() from None  # the driver quotes what it could not read, which may be the password

    def rows(self, sql: Sql, **values: object) -> list[Row]:
        return self.raw.execute(for_postgres(sql).encode(), values).fetchall()

    def stream(self, sql: Sql) -> Iterator[Row]:
        """Row by row, through a cursor that the server keeps."""
        with self.raw.cursor(name="stream") as cursor:
            cursor.itersize = 2000
            yield from cursor.execute(sql.encode())

    def change(self, sql: Sql, **values: object) -> int:
        return self.raw.execute(for_postgres(sql).encode(), values).rowcount

    def many(self, sql: Sql, rows: Iterable[Mapping[str, object]]) -> None:
        with self.raw.cursor() as cursor:
            cursor.executemany(for_postgres(sql).encode(), rows)

    def begin(self, *, writing: bool) -> None:
        self.raw.execute(b"BEGIN" if writing else b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        self.raw.execute(b"COMMIT")

    def rollback(self) -> None:
        if not self.raw.closed:
            self.raw.execute(b"ROLLBACK")

    def close(self) -> None:
        self.raw.close()


# What follows postgresql:// when it reads well; no unescaped sign lets a password run over into the host.
_HOST = r"(?:[\w.%-]*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?"
_POSTGRES = re.compile(
    rf"(?:[^:/@?#]+(?::[^:/@?#]*)?@)?{_HOST}(?:,{_HOST})*(?:/[^/?#@]*)?(?:\?[a-z_]+=[^&#]*(?:&[a-z_]+=[^&#]*)*)?"
)


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite:")


def sqlite_path(url: str) -> str:
    """sqlite:///relative.db or sqlite:////absolute.db; RegisterError for a URL without a file."""
    path = url.removeprefix("sqlite:///")
    if path == url or not path or path == ":memory:":
        raise RegisterError(
            "missing", _("Địa chỉ sổ theo dõi phải có dạng sqlite:///đường-dẫn-tệp, đã nhận: {url}").format(url=url)
        )
    return path


def postgres_url(url: str) -> str:
    """The form the driver knows: postgresql://…; RegisterError for any other database."""
    scheme, _slashes, rest = url.partition("://")
    if scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise RegisterError(
            "missing",
            _("Sổ theo dõi chỉ dùng được SQLite hoặc PostgreSQL, đã nhận: {scheme}://…").format(scheme=scheme),
        )
    if not _POSTGRES.fullmatch(rest):
        raise _malformed()
    return f"postgresql://{rest}"


def _malformed() -> RegisterError:
    """Without the URL or a part of it: read wrongly, a password may stand where a host should."""
    return RegisterError(
        "missing",
        _(
            "Địa chỉ cơ sở dữ liệu của sổ chưa đúng dạng: postgresql://TÊN:MẬT_KHẨU@MÁY:CỔNG/TÊN_CSDL; trong mật khẩu, "
            "các dấu @ : / ? # % viết thành %40 %3A %2F %3F %23 %25."
        ),
    )


def open_session(url: str, patience: float) -> Session:
    """A session with an existing register."""
    if is_sqlite(url):
        return SqliteSession(sqlite_path(url), patience)
    return PostgresSession(postgres_url(url), patience)
