"""Two runs that take back the same stale notices at the same moment: the journal says it once of each."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError

import pytest
from office_samples import PLAN, SIGNED, Desk, moment

from dondoc.register import Book, Register, verify_chain
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.stale_notices import withdraw_stale

LATER = moment("3/6")  # later reminders have overtaken the earlier ones


def withdrawn(desk: Desk) -> Counter[str]:
    with desk.office.register.reading() as book:
        assert verify_chain(book) == []
        return Counter(
            str(fact.payload["notice"]) for facts in book.facts().values() for fact in facts if fact.kind == "withdrawn"
        )


def test_of_two_sweeps_at_once_one_enters_each_withdrawal(either: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    open_plan(either.office, PLAN, moment("18/2"), SIGNED)
    either.sweep_days("24/5", "3/6")
    both, withdraw = Barrier(2), Book.withdraw

    def together(book: Book, keys: list[str], reason: str, at: datetime) -> list[str]:
        with suppress(BrokenBarrierError):  # SQLite lets one writer in at a time
            both.wait(2)
        return withdraw(book, keys, reason, at)

    def run(_number: int) -> int:
        office = either.office._replace(register=Register(either.office.register.url, either.office.agency))
        try:
            return withdraw_stale(office, LATER)
        finally:
            office.register.close()

    monkeypatch.setattr(Book, "withdraw", together)
    with ThreadPoolExecutor(2) as pool:
        counts = sorted(pool.map(run, range(2)))
    taken = withdrawn(either)
    assert taken and set(taken.values()) == {1}
    assert counts == [0, len(taken)] or (sum(counts) == len(taken) and both.broken is False)
