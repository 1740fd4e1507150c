"""The schema: made by migrations, equal to the tables, made once."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from dondoc.register import Register, RegisterError
from dondoc.register.connection import Sql
from dondoc.register.migrate import HEAD, alembic_config, make_engine


def test_the_migrations_make_exactly_the_tables(register: Register) -> None:
    engine = make_engine(register.url, 5)
    with engine.begin() as connection:
        command.check(alembic_config(connection))  # raises where autogenerate would still change something
    engine.dispose()


def test_the_newest_script_is_the_one_that_migrate_looks_for() -> None:
    assert ScriptDirectory.from_config(alembic_config(None)).get_current_head() == HEAD


def test_what_was_migrated_can_be_taken_back_and_made_again(register: Register) -> None:
    engine = make_engine(register.url, 5)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    engine.dispose()
    register.migrate()
    with register.reading() as book:
        assert book.head().link == 0


def test_eight_starts_at_once_make_one_register(empty_url: str) -> None:
    registers = [Register(empty_url) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Register.migrate, registers))
    with registers[0].reading() as book:
        assert book.head().link == 0


def test_reading_the_register_imports_no_orm(register: Register) -> None:
    asked = (
        f"import sys; from dondoc.register import Register; r = Register({register.url!r}); r.migrate()\n"
        "with r.reading() as book: book.steps(), book.facts(), book.deliveries(), book.notices()\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sqlalchemy', 'sqlmodel', 'alembic'}))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_another_agencys_book_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError, match="so-y-te") as refused:
        Register(register.url, "so-y-te").migrate()
    assert refused.value.problem == "foreign"


def test_a_register_that_was_never_made_is_said_to_be_missing(empty_url: str) -> None:
    with pytest.raises(RegisterError) as missing, Register(empty_url).reading() as book:
        book.births()
    assert missing.value.problem == "missing"


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    file = tmp_path / "dondoc.db"
    file.write_text("không phải cơ sở dữ liệu " * 100)
    with pytest.raises(RegisterError) as damaged:
        Register(f"sqlite:///{file}").migrate()
    assert damaged.value.problem == "damaged"


def test_a_server_that_does_not_answer_is_said_to_be_unreachable() -> None:
    with pytest.raises(RegisterError) as refused:
        Register("postgresql://dondoc@127.0.0.1:1/so").migrate()
    assert refused.value.problem == "unreachable"


@pytest.mark.parametrize("url", ["mysql://so", "sqlite://", "sqlite:///:memory:", "so.db"])
def test_an_address_that_is_no_register_is_refused_in_words(url: str) -> None:
    with pytest.raises(RegisterError):
        Register(url).migrate()


def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(tmp_path: Path) -> None:
    register = Register(f"sqlite:///{tmp_path / 'dondoc.db'}")
    register.migrate()
    with register.writing() as book:
        raw = book.session.raw  # type: ignore[attr-defined]
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert raw.execute("PRAGMA busy_timeout").fetchone() == (30000,)
        assert isinstance(raw, sqlite3.Connection) and raw.in_transaction


def test_an_older_program_leaves_a_newer_register_alone_and_says_so(register: Register) -> None:
    with register.writing() as book:
        book.session.change(Sql("UPDATE alembic_version SET version_num = '9999'"))
    register.close()

    def read() -> None:
        with Register(register.url).reading() as book:
            book.births()

    for ask in (
        Register(register.url).migrate,
        read,
        Register(register.url).check_owner,
        Register(register.url).as_it_stands,
    ):
        with pytest.raises(RegisterError, match="phiên bản phần mềm mới hơn") as newer:
            ask()
        assert newer.value.problem == "newer" and "9999" in str(newer.value)


def test_a_register_of_an_earlier_version_asks_to_be_brought_up_to_date(register: Register) -> None:
    engine = make_engine(register.url, 5)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0003")
    engine.dispose()
    with pytest.raises(RegisterError, match="sao lưu") as older, Register(register.url).reading() as book:
        book.births()
    assert older.value.problem == "older"
    assert Register(register.url).as_it_stands().schema == "0003"
    register.migrate()
    with register.reading() as book:
        assert book.births() == []


def test_a_new_register_is_its_owners_alone(tmp_path: Path) -> None:
    Register(f"sqlite:///{tmp_path / 'so' / 'dondoc.db'}").migrate()
    with Register(f"sqlite:///{tmp_path / 'so' / 'dondoc.db'}").writing() as book:
        book.put_setting("a", "b")
        assert {p.stat().st_mode & 0o777 for p in (tmp_path / "so").iterdir()} == {0o600}
    assert (tmp_path / "so").stat().st_mode & 0o777 == 0o700
