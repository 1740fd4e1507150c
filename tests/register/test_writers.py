"""Several processes at once: no update is lost, the chain does not fork, a killed writer leaves nothing behind."""

import os
import random
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from processes import SPAWN, together
from written import AT, birth, fact, notice, open_all

from dondoc.register import Register, RegisterError, StepFold, verify_chain

A, B = birth("a").key, birth("b").key
TIMES = 60


def _read_decide_write(_number: int, url: str) -> None:
    register = Register(url)
    for _ in range(TIMES):
        with register.writing() as book:
            book.lock([A])
            (step,) = book.steps(keys=[A])
            book.put_steps(A, [step._replace(cursor=step.cursor + 1)])
            book.append([fact(A, "told", cursor=step.cursor + 1)])


def test_five_processes_that_read_decide_and_write_lose_no_update(register: Register) -> None:
    with register.writing() as book:
        open_all(book, "a")
        book.put_steps(A, [StepFold(A, "gui", "open")])
    together(_read_decide_write, 5, register.url)
    with register.reading() as book:
        assert book.steps()[0].cursor == 5 * TIMES
        assert [one.payload["cursor"] for one in book.facts()[A]] == list(range(1, 5 * TIMES + 1))
        assert verify_chain(book) == []


def _append(number: int, url: str, times: int) -> None:
    register = Register(url)
    for i in range(times):
        with register.writing() as book:
            book.append([fact(f"k{number}", "told", i=i), fact(f"k{number}", "told", i=i, personal={"n": number})])


def test_eight_writers_keep_one_unbroken_chain(register: Register) -> None:
    together(_append, 8, register.url, 25)
    with register.reading() as book:
        assert verify_chain(book) == [] and book.head().link == 8 * 25 * 2
        assert all([one.payload["i"] for one in facts] == sorted([*range(25)] * 2) for facts in book.facts().values())


def _open(_number: int, url: str, made: str) -> None:
    with Register(url).writing() as book:
        new = open_all(book, *(f"u{i}" for i in range(200)))
        time.sleep(0.3)  # the others ask meanwhile
    Path(made, str(os.getpid())).write_text(str(len(new)))


def test_births_made_by_four_processes_at_once_exist_once(register: Register, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    together(_open, 4, register.url, str(made))
    with register.reading() as book:
        assert len(book.births()) == 200 and len(book.facts()[""]) == 1 and verify_chain(book) == []
    assert sorted(int(file.read_text()) for file in made.iterdir()) == [0, 0, 0, 200]


def _request(_number: int, url: str) -> None:
    with Register(url).writing() as book:
        book.append([fact(A)], request_key="form-1")
        time.sleep(0.2)


def test_a_form_sent_by_four_processes_at_once_is_one_fact(register: Register) -> None:
    together(_request, 4, register.url)
    with register.reading() as book:
        assert len(book.facts()[A]) == 1


def _stop_in_mid_transaction(url: str, said: Any) -> None:
    with Register(url).writing() as book:
        open_all(book, "a")
        book.append([fact(A, personal={"x": 1})], request_key="form-1")
        book.add_notices([notice("n")])
        book.put_steps(A, [StepFold(A, "gui", "open")])
        book.put_agenda(A, AT)
        said.set()
        time.sleep(60)


def test_a_writer_killed_in_mid_transaction_leaves_nothing_half_written(register: Register) -> None:
    said = SPAWN.Event()
    process = SPAWN.Process(target=_stop_in_mid_transaction, args=(register.url, said))
    process.start()
    assert said.wait(60)
    process.kill()
    process.join()
    with register.writing() as book:  # and nobody waits for the dead
        assert (book.births(), book.facts(), book.notices(), book.steps(), dict(book.agenda())) == ([], {}, [], [], {})
        assert not book.seen("form-1") and verify_chain(book) == []


def _write_on(url: str) -> None:
    register, n = Register(url), 0
    while True:
        n += 1
        with register.writing() as book:
            book.append([fact(A, "told", n=n)], request_key=f"r{os.getpid()}-{n}")
            book.add_notices([notice(f"n{os.getpid()}-{n}")])


def test_writers_killed_at_random_moments_leave_whole_transactions_only(register: Register) -> None:
    moments = random.Random(2022)
    for _ in range(4):
        process = SPAWN.Process(target=_write_on, args=(register.url,))
        process.start()
        _until_it_writes(register, process.pid or 0)
        time.sleep(moments.uniform(0.0, 0.1))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    time.sleep(0.2)  # a server needs a moment to notice
    with register.reading() as book:
        assert verify_chain(book) == []
        assert len(book.facts()[A]) == len(book.notices()) == book.head().link


def _until_it_writes(register: Register, pid: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with register.reading() as book:
            if book.seen(f"r{pid}-1"):
                return
        time.sleep(0.02)
    pytest.fail("the writer never wrote")


def test_a_reader_is_not_kept_waiting_by_a_writer(register: Register) -> None:
    with register.writing() as writing, register.reading() as reading:
        writing.append([fact(A)])
        assert reading.facts() == {}


@pytest.mark.postgres
def test_appending_keeps_no_other_writer_waiting(postgres_url: str) -> None:
    """The chain's head is taken at the very end: whoever has appended and goes on working holds up nobody."""
    register = Register(postgres_url, patience=2)
    register.migrate()
    with register.writing() as book:
        open_all(book, "a", "b")
    others = Register(postgres_url, patience=2)
    with register.writing() as slow:
        slow.lock([birth("a").key])
        slow.append([fact(birth("a").key, number="1")])
        for n in range(5):  # each begins, appends and commits while the first is still at work
            with others.writing() as quick:
                quick.lock([birth("b").key])
                quick.append([fact(birth("b").key, number=str(n))])
    with register.reading() as book:
        kept = [one.payload["number"] for one in book.facts([birth("a").key, birth("b").key])[birth("b").key]]
        assert kept == ["0", "1", "2", "3", "4"] and verify_chain(book) == []
    register.close()
    others.close()


def test_a_writer_that_waits_too_long_says_that_the_register_is_busy(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dondoc.db'}"
    first, second = Register(url), Register(url, patience=0.1)
    first.migrate()
    with first.writing(), pytest.raises(RegisterError, match="bận") as busy, second.writing():
        pass
    assert busy.value.problem == "busy"
    with second.writing() as book:
        book.append([fact(A)])


@pytest.mark.postgres
def test_a_locked_occurrence_says_that_the_register_is_busy(postgres_url: str) -> None:
    first, second = Register(postgres_url), Register(postgres_url, patience=0.1)
    first.migrate()
    with first.writing() as book:
        open_all(book, "a", "b")
    with first.writing() as one:
        one.lock([A])
        with pytest.raises(RegisterError, match="bận"), second.writing() as other:
            other.lock([B, A])


@pytest.mark.postgres
def test_connections_lost_to_a_restart_are_made_anew(postgres_url: str, postgres_server: str) -> None:
    import psycopg

    register = Register(postgres_url)
    register.migrate()
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'so_%'")
    with register.writing() as book:
        book.append([fact(A)])


def _fill(url: str, said: Any) -> None:
    import resource

    register = Register(url)
    with register.writing() as book:
        book.append([fact(A)])
    limit = 256 * 1024  # no file may grow beyond: what a full disk looks like from inside
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with register.writing() as book:
            book.append([fact(A, text="x" * 400_000)])
    except RegisterError as error:
        said.put(error.problem)
    except BaseException as error:
        said.put(repr(error))
    else:
        said.put("nothing was said")


def test_a_full_disk_is_said_in_words_and_keeps_the_book_whole(tmp_path: Path) -> None:
    register = Register(f"sqlite:///{tmp_path / 'dondoc.db'}")
    register.migrate()
    said = SPAWN.Queue()
    process = SPAWN.Process(target=_fill, args=(register.url, said))
    process.start()
    assert said.get(timeout=60) == "full"
    process.join()
    with register.reading() as book:
        assert len(book.facts()[A]) == 1 and verify_chain(book) == []


def test_a_database_full_to_its_page_limit_says_so(tmp_path: Path) -> None:
    register = Register(f"sqlite:///{tmp_path / 'dondoc.db'}")
    register.migrate()
    with pytest.raises(RegisterError) as full, register.writing() as book:
        raw: sqlite3.Connection = book.session.raw  # type: ignore[attr-defined]
        raw.execute("PRAGMA max_page_count = 1")
        book.append([fact(A, text="x" * 400_000)])
    assert full.value.problem == "full"
