"""Killed at any point and started again: nothing is lost, and only what no sender can know is sent twice.

Between the server's 250 and our own commit a window stays open over SMTP (RFC 1047). What falls into it is sent again
under the same Message-ID. DONDOC_TEST_FULL=1 kills at every event and two thousand times at random on each database;
DONDOC_TEST_REPORT=FILE keeps the table.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_matrix import Lives, Registers, Sink, Stage, Tally, at_every_event, at_random, table

FULL = os.environ.get("DONDOC_TEST_FULL") == "1"
OURS, OTHERS = (2000, 500) if FULL else (40, 15)

pytestmark = [pytest.mark.xdist_group("crash-matrix"), pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def report() -> Iterator[list[tuple[str, str, Tally]]]:
    rows: list[tuple[str, str, Tally]] = []
    yield rows
    if kept := os.environ.get("DONDOC_TEST_REPORT"):
        Path(kept).write_text(table(rows) + "\n", encoding="utf-8")


def stage(registers: Registers, lives: Lives, sink: Sink, policy: str) -> Stage:
    return Stage(lives, sink, registers.fresh, registers.discard, policy)


def test_ours_loses_nothing_and_doubles_only_in_the_window(
    registers: Registers, lives: Lives, sink: Sink, report: list[tuple[str, str, Tally]]
) -> None:
    tally = at_random(stage(registers, lives, sink, "ours"), OURS, random.Random(1))
    report.append((registers.name, "ours", tally))
    assert tally.kills >= OURS and tally.lost == 0
    assert tally.twice == tally.in_window and tally.unrecognisable == 0


@pytest.mark.full
def test_ours_killed_at_every_event(
    registers: Registers, lives: Lives, sink: Sink, report: list[tuple[str, str, Tally]]
) -> None:
    tally = at_every_event(stage(registers, lives, sink, "ours"))
    report.append((registers.name, "ours, at every event", tally))
    assert tally.kills > 200 and tally.lost == 0
    assert tally.twice == tally.in_window and tally.unrecognisable == 0


@pytest.mark.parametrize("policy", ["claim and forget", "naive retry"])
def test_the_same_kills_under_another_policy(
    registers: Registers, lives: Lives, sink: Sink, policy: str, report: list[tuple[str, str, Tally]]
) -> None:
    """What the promise is worth: each of these breaks it on one side."""
    tally = at_random(stage(registers, lives, sink, policy), OTHERS, random.Random(1))
    report.append((registers.name, policy, tally))
    assert tally.lost > 0 if policy == "claim and forget" else tally.unrecognisable > 0
