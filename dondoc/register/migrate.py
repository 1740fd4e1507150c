"""Bring the schema up to date. SQLAlchemy and Alembic are imported only when there is something to do."""

import sqlite3
from pathlib import Path
from typing import Any

from dondoc.register.connection import Session, Sql, SqliteSession, is_sqlite, open_session, postgres_url, sqlite_path
from dondoc.register.errors import RegisterError, in_words
from dondoc.words import _

HEAD = "0008"  # the newest script in migrations/versions; a test compares
LOCK = 0x44D0DC  # any number, the same for all of us
STANDS_AT = Sql("SELECT version_num FROM alembic_version")
GENESIS = Sql(
    "INSERT INTO chain (agency, link, hash, recorded_at) SELECT :agency, 0, '', '' "
    "WHERE NOT EXISTS (SELECT 1 FROM chain)"
)


def upgrade(url: str, agency: str, patience: float) -> None:
    """All steps to HEAD in one transaction, under a lock that a second starter waits for."""
    if is_sqlite(url):
        _prepare_file(url, patience)
    found = stands_at(url, patience)
    if found == HEAD:
        return
    refuse_newer(found)
    engine = make_engine(url, patience)
    try:
        with engine.begin() as connection:
            if not is_sqlite(url):
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            _run(connection)
            _genesis(connection, agency)
    finally:
        engine.dispose()


def stands_at(url: str, patience: float) -> str:
    """The schema's version, "" where there is no schema yet."""
    session = open_session(url, patience)
    try:
        return standing(session)
    except Exception as error:
        if (told := in_words(error)) and told.problem == "missing":
            return ""
        raise
    finally:
        session.close()


def standing(session: Session) -> str:
    """The same of an open session; the driver's error where there is no schema."""
    found = session.rows(STANDS_AT)
    return str(found[0][0]) if found else ""


def refuse_newer(found: str) -> None:
    """RegisterError where a later program has been at work: its tables are not ours to read or change."""
    if found > HEAD:
        said = _(
            "Sổ theo dõi đã được một phiên bản phần mềm mới hơn nâng lên ({found}; phiên bản này biết đến {known}). "
            "Hãy dùng phiên bản mới ấy, hoặc khôi phục bản sao lưu làm trước khi nâng."
        )
        raise RegisterError("newer", said.format(found=found, known=HEAD))


def refuse_other(found: str, wanted: str) -> None:
    """RegisterError where the schema is not the one this program reads and writes."""
    if found == wanted:
        return
    refuse_newer(found)
    said = _(
        "Sổ theo dõi còn ở phiên bản cũ ({found}; phần mềm này cần {known}). Hãy sao lưu (dondoc backup), rồi chạy "
        "`dondoc up` để nâng sổ lên."
    )
    raise RegisterError("older", said.format(found=found, known=wanted))


def _prepare_file(url: str, patience: float) -> None:
    path = Path(sqlite_path(url))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)  # names and addresses lie in it; what SQLite lays beside it is kept as the file itself
    except OSError as error:
        raise RegisterError(
            "refused", _("Không tạo được thư mục của sổ theo dõi: {error}").format(error=error)
        ) from error
    SqliteSession(str(path), patience, make=True).close()


def make_engine(url: str, patience: float) -> Any:
    """An SQLAlchemy engine whose transactions on SQLite begin IMMEDIATE, schema changes included."""
    from sqlalchemy import create_engine, event

    if not is_sqlite(url):
        return create_engine(f"postgresql+psycopg://{postgres_url(url).partition('://')[2]}")
    engine = create_engine(f"sqlite:///{sqlite_path(url)}", connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def _no_hidden_begin(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None

    @event.listens_for(engine, "begin")
    def _immediate(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def alembic_config(connection: Any) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(connection: Any) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def upgrade_to(url: str, revision: str, patience: float) -> None:
    """An empty SQLite register as it was at an earlier version; RegisterError for a version we do not know."""
    from alembic import command
    from alembic.util import CommandError

    _prepare_file(url, patience)
    engine = make_engine(url, patience)
    try:
        with engine.begin() as connection:
            command.upgrade(alembic_config(connection), revision)
    except CommandError as error:
        said = _("Bản sao lưu do một phiên bản phần mềm khác ghi ({revision}); hãy dùng phiên bản ấy hoặc mới hơn.")
        raise RegisterError("foreign", said.format(revision=revision)) from error
    finally:
        engine.dispose()


def _genesis(connection: Any, agency: str) -> None:
    from sqlalchemy import text

    connection.execute(text(GENESIS), {"agency": agency})
