"""Whatever was down and whatever ran twice: the same register in the end, and nobody gets more messages.

Schedules are drawn by number, so a failing one is run again by its number: DONDOC_TEST_SCHEDULE=17.
"""

import gc
import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from office_year import PLAN, Schedule, Year, drawn_schedule, local, play_year, replay

FULL = os.environ.get("DONDOC_TEST_FULL") == "1"
ONLY = os.environ.get("DONDOC_TEST_SCHEDULE", "")
PARTS = range(int(ONLY), int(ONLY) + 1) if ONLY else range(2400 if FULL else 20)  # of two to nine weeks each
WHOLE = range(int(ONLY), int(ONLY) + 1) if ONLY else range(100 if FULL else 1)
BATCHES = 12  # so that several workers share a full run

pytestmark = pytest.mark.xdist_group("outages")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    played = play_year(tmp_path_factory.mktemp("year"), seed=1)
    gc.collect()
    gc.freeze()  # what stays need not be looked through again and again: an eighth of the time
    yield played
    gc.unfreeze()


def tried(year: Year, folder: Path, number: int, *, whole: bool) -> list[str]:
    chance = random.Random(number)
    first = 0 if whole else chance.randrange(len(year.marks) - 2)
    last = len(year.marks) - 1 if whole else min(first + chance.randint(2, 9), len(year.marks) - 1)
    obligations = [obligation.id for obligation in year.office.plans[PLAN].obligations]
    schedule = drawn_schedule(chance, year.marks[first].at, year.marks[last].at, obligations)
    return [f"schedule {number}: {said}" for said in replay(year, folder, first, last, schedule)]


def test_the_uninterrupted_year_holds_answers_misses_and_messages(year: Year) -> None:
    """What the schedules are held against is not empty."""
    assert len(year.marks) > 45 and len(year.acts) > 200
    assert sum(mark.told.total() for mark in year.marks) > 400


def test_a_replay_without_any_outage_is_the_year_itself(year: Year, tmp_path: Path) -> None:
    assert replay(year, tmp_path, 10, 14, Schedule()) == []


@pytest.mark.parametrize("batch", range(BATCHES if FULL else 1))
@pytest.mark.timeout(3600)
def test_outages_and_duplicate_runs_of_weeks(year: Year, tmp_path: Path, batch: int) -> None:
    numbers = [n for n in PARTS if not FULL or n % BATCHES == batch]
    assert [said for n in numbers for said in tried(year, tmp_path, n, whole=False)] == []


@pytest.mark.timeout(3600)
def test_outages_and_duplicate_runs_over_the_whole_year(year: Year, tmp_path: Path) -> None:
    assert [said for n in WHOLE for said in tried(year, tmp_path, n, whole=True)] == []


def test_eight_months_in_which_nothing_ran(year: Year, tmp_path: Path) -> None:
    """People kept the register; nobody was reminded from the plan's first days to the end of October."""
    down = (year.marks[0].at, local(date(2022, 10, 31), 9))
    assert replay(year, tmp_path, 0, len(year.marks) - 1, Schedule((down,))) == []


def test_the_comparison_sees_a_lost_act(year: Year, tmp_path: Path) -> None:
    """The test's own proof: without one answer the end is another."""
    act = next(act for act in year.acts if act.at > local(year.marks[10].at.date(), 12))
    assert replay(year._replace(acts=tuple(a for a in year.acts if a != act)), tmp_path, 10, 14, Schedule()) != []
