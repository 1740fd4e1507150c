"""A lease that runs out under a slow or sleeping worker: what waits behind the slow letter leaves once all the same."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from crash_matrix import MORNING, Registers, Sink
from office_year import at_file, shipped
from test_dispatchers import letter

from dondoc.core.delivery import Delivery
from dondoc.register import Book, Register
from dondoc.use_cases import hand_over as handing
from dondoc.use_cases.hand_over import BATCH, LEASE, RENEWED_AFTER, hand_over
from dondoc.use_cases.office import Office
from notifications.channels import send as send_by_channel
from notifications.outcome import Outcome
from notifications.smtp_connection import close_all

STALL = 0.7  # seconds of the slow server over each letter
SECOND = timedelta(seconds=1)


@pytest.fixture
def offices(registers: Registers, tmp_path: Path) -> Iterator[list[Office]]:
    """Two dispatchers' offices on one register in which BATCH letters wait, and nothing else."""
    url = registers.fresh()
    plain = at_file(shipped(tmp_path), tmp_path / "nobody.db")
    two = [plain._replace(register=Register(url)) for _ in range(2)]
    with two[0].register.writing() as book:
        assert all(book.put_delivery(letter(n), []) for n in range(BATCH))
    yield two
    for office in two:
        office.register.close()
    registers.discard(url)


def tries(office: Office) -> Counter[str]:
    with office.register.reading() as book:
        return Counter(attempt.delivery for attempt in book.attempts())


@pytest.mark.parametrize("renewed", [True, False])
def test_a_server_that_stalls_over_each_letter_gets_each_once_because_the_lease_is_renewed(
    offices: list[Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renewed: bool
) -> None:
    """Without renewing, the same server gets letters twice: the test's own proof."""
    monkeypatch.setattr(handing, "LEASE", 3 * STALL * SECOND)  # three letters' time
    monkeypatch.setattr(handing, "RENEWED_AFTER", 0.3 * SECOND if renewed else timedelta(days=1))
    sink = Sink(tmp_path / "sink", linger_ms=int(STALL * 1000))
    try:
        sent = both_dispatch(offices, sink)
    finally:
        sink.close()
    assert len(set(sent)) == BATCH
    assert (len(sent) == BATCH) == renewed
    assert not renewed or set(tries(offices[0]).values()) == {1}


def both_dispatch(offices: list[Office], sink: Sink) -> tuple[str, ...]:
    """The first takes the batch; the second looks again and again whether anything is to be had."""

    def send(delivery: Delivery) -> Outcome:
        return send_by_channel(delivery, f"smtp://127.0.0.1:{sink.port}", "Đôn Đốc <don-doc@so-khcn.example>")

    def clock() -> datetime:
        return MORNING + (monotonic() - begun) * SECOND

    def work(office: Office) -> None:
        hand_over(office, clock, send, 100, live=True)
        close_all()

    send(letter(BATCH))  # the first one waits for what the channel imports
    close_all()
    assert len(sink.got().ids) == 1
    begun = monotonic()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(work, offices[0])
        sleep(STALL / 2)
        while not first.done():
            pool.submit(work, offices[1]).result()
            sleep(0.05)
        first.result()
    return sink.got().ids


class Night:
    """A clock, and a worker who falls asleep over its first letter while another one comes by."""

    def __init__(self, other: Office, slept: timedelta) -> None:
        self.now, self.other, self.slept = MORNING, other, slept
        self.mine, self.others = list[str](), list[str]()

    def clock(self) -> datetime:
        return self.now

    def send(self, delivery: Delivery) -> Outcome:
        self.mine.append(delivery.message_id)
        if len(self.mine) == 1:
            self.now += self.slept
            hand_over(self.other, self.clock, self._send_there, 100, live=True)
        return Outcome("sent")

    def _send_there(self, delivery: Delivery) -> Outcome:
        self.others.append(delivery.message_id)
        return Outcome("sent")


def slept(offices: list[Office], length: timedelta) -> Night:
    night = Night(offices[1], length)
    hand_over(offices[0], night.clock, night.send, 100, live=True)
    return night


def test_who_slept_longer_than_the_lease_sends_nothing_that_another_took(offices: list[Office]) -> None:
    night = slept(offices, LEASE)
    assert len(night.mine) == 1 and len(night.others) == BATCH
    assert night.mine[0] in night.others  # nobody could know whether it had left: the same Message-ID


@pytest.mark.parametrize("length", [LEASE - SECOND, RENEWED_AFTER, RENEWED_AFTER - SECOND, timedelta(0)])
def test_who_slept_less_than_the_lease_sends_its_whole_batch_alone(offices: list[Office], length: timedelta) -> None:
    night = slept(offices, length)
    assert (len(night.mine), night.others) == (BATCH, [])
    assert set(tries(offices[0]).values()) == {1}


@pytest.mark.parametrize(("stall", "renewals"), [(RENEWED_AFTER - SECOND, 1), (RENEWED_AFTER, 3)])
def test_the_lease_is_renewed_once_a_minute_of_it_has_gone(
    offices: list[Office], monkeypatch: pytest.MonkeyPatch, stall: timedelta, renewals: int
) -> None:
    """So quick a server as the usual one costs no statement at all."""
    now, leases = MORNING, list[datetime]()
    renew: Callable[..., list[str]] = Book.renew
    monkeypatch.setattr(Book, "renew", lambda *given: leases.append(given[3]) or renew(*given))

    def send(_delivery: Delivery) -> Outcome:
        nonlocal now
        now += stall
        return Outcome("sent")

    hand_over(offices[0], lambda: now, send, 100, live=True)
    assert len(leases) == renewals
