"""Several dispatchers at once, on two machines where the kernel lets us make them: each message leaves once."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from crash_matrix import MORNING, Lives, Registers, Sink
from office_year import at_file, shipped

from dondoc.core.delivery import Delivery
from dondoc.register import Register
from dondoc.use_cases.act import Act
from dondoc.use_cases.submit import Evidence, submit

LETTERS = 120
UNIT = "qcdc-2022/bao-cao-dinh-ky/2022/chi-cuc-tdc"

pytestmark = pytest.mark.xdist_group("dispatchers")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def waiting(request: pytest.FixtureRequest) -> Iterator[str]:
    """A register of the evening before in which hundreds of letters wait besides."""
    name = "sqlite_registers" if request.param == "sqlite" else "postgres_registers"
    registers: Registers = request.getfixturevalue(name)
    url = filled(registers)
    yield url
    registers.discard(url)


def filled(registers: Registers) -> str:
    url = registers.fresh()
    register = Register(url)
    with register.writing() as book:
        assert all(book.put_delivery(letter(n), []) for n in range(LETTERS))
    register.close()
    return url


def letter(n: int) -> Delivery:
    return Delivery(
        id=f"{n:032x}",
        person=f"nguoi-{n}",
        channel="email",
        address=f"nguoi-{n}@so-khcn.example",
        pace="now",
        local_day=date(2022, 6, 29),
        subject=f"Việc số {n}",
        text="Đề nghị thực hiện.\n",
        html="",
        message_id=f"<{n}@so-khcn.example>",
        not_after=MORNING + timedelta(days=3),
    )


@pytest.fixture
def machines(request: pytest.FixtureRequest) -> Iterator[list[list[str]]]:
    """What to put before a command so that it runs on one of two machines: network namespaces, or just processes.

    A namespace has a loopback of its own; PostgreSQL is reached through its socket's file, the mail server of each
    machine is its own.
    """
    names = [f"dondoc-{os.getpid()}-{n}" for n in range(2)]
    made = [name for name in names if _done("ip", "netns", "add", name)]
    if len(made) == 2 and all(_done("ip", "-n", name, "link", "set", "lo", "up") for name in made):
        yield [["ip", "netns", "exec", name] for name in made]
    else:
        yield [[], []]
    for name in made:
        _done("ip", "netns", "del", name)


def _done(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def through_socket(url: str) -> str:
    """The same database by way of the server's socket file, which lies beside its data."""
    if url.startswith("sqlite"):
        return url
    import psycopg

    with psycopg.connect(url) as connection:
        (folder,) = connection.execute("SHOW unix_socket_directories").fetchone() or ("",)
    server, _, name = url.rpartition("/")
    return f"postgresql://dondoc@/{name}?host={folder}&port={server.rpartition(':')[2]}"


def test_two_machines_with_two_dispatchers_each_send_every_letter_once(
    waiting: str, machines: list[list[str]], tmp_path: Path
) -> None:
    sinks = [Sink(tmp_path / f"machine-{n}", within=within) for n, within in enumerate(machines)]
    dispatchers = [(Lives(within), sink) for within, sink in zip(machines, sinks, strict=True)]
    try:
        all_at_once(dispatchers, through_socket(waiting), 2)
        sent = [id_ for sink in sinks for id_ in sink.written().ids]
    finally:
        for closing in (*(lives for lives, _ in dispatchers), *sinks):
            closing.close()
    assert len(sent) == len(set(sent)) > LETTERS
    register = Register(waiting)
    with register.reading() as book:
        known = [record for record in book.deliveries() if record.delivery.message_id in set(sent)]
        tries = book.attempts()
    register.close()
    assert {record.delivery.status for record in known} == {"sent"} and len(known) == len(sent)
    assert sum(attempt.delivery in {r.delivery.id for r in known} for attempt in tries) == len(sent)
    if not waiting.startswith("sqlite"):  # there a writer may well serve itself all the time
        assert len({attempt.worker for attempt in tries}) >= 4


def all_at_once(dispatchers: Sequence[tuple[Lives, Sink]], url: str, copies: int) -> None:
    def run(one: tuple[Lives, Sink]) -> None:
        lives, sink = one
        order = {"register": url, "policy": "ours", "mail": f"smtp://127.0.0.1:{sink.port}", "copies": copies}
        assert not lives.live(**order, at=MORNING.isoformat())["killed"]

    with ThreadPoolExecutor(len(dispatchers)) as pool:
        list(pool.map(run, dispatchers))


def test_who_records_an_answer_while_five_dispatchers_write_never_hears_that_the_book_is_locked(
    sqlite_registers: Registers, lives: Lives, sink: Sink, tmp_path: Path
) -> None:
    url = filled(sqlite_registers)
    office = at_file(shipped(tmp_path), tmp_path / "nobody.db")._replace(register=Register(url))
    act, evidence = Act("van-phong", "cli", date(2022, 6, 30)), Evidence(number="12/BC", kept_at="Văn thư")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(all_at_once, [(lives, sink)], url, 5)
        answered = [submit(office, UNIT, evidence, act, MORNING) for _ in range(12)]
        running.result()
    sent = sink.got().ids
    office.register.close()
    assert len(answered) == 12 and len(sent) == len(set(sent)) > LETTERS
