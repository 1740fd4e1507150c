"""Several processes and killed ones: an act is never lost, a plan opens once, the next sweep completes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from office_samples import PLAN, SIGNED, Desk, moment

from dondoc.register import verify_chain
from dondoc.use_cases.open_plan import open_plan

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 120

OFFICE = """
import json, sys
from office_samples import *
from dondoc.use_cases.office import SHIPPED, open_office
url, *given = sys.argv[1:]
office = open_office(Path(given.pop(0)), register_url=url, definitions=(SHIPPED,), editions=False)
office = office._replace(plans={PLAN: office.plans[PLAN]})
print("ready", flush=True)
sys.stdin.readline()
"""


def _start(desk: Desk, work: str, *given: str) -> subprocess.Popen[str]:
    """A process with an office of its own at the same register; it waits for a line before it works."""
    paths = os.pathsep.join([str(ROOT), str(HERE)])
    code = "from pathlib import Path\n" + OFFICE + work
    return subprocess.Popen(
        [sys.executable, "-c", code, desk.office.register.url, str(desk.office.data), *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _ready(processes: Sequence[subprocess.Popen[str]]) -> None:
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def _together(desk: Desk, work: str, *given: Sequence[str]) -> list:
    """What each of the processes printed as JSON; they begin at the same moment."""
    processes = [_start(desk, work, *one) for one in given]
    _ready(processes)
    for process in processes:
        _go(process)
    said = [process.communicate(timeout=PATIENCE)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return [json.loads(text) for text in said]


OPEN = """
from dondoc.use_cases.open_plan import open_plan
opened = open_plan(office, PLAN, moment("18/2"), SIGNED)
print(json.dumps([opened.new, opened.known]))
"""


def test_two_machines_that_open_the_plan_at_once_open_it_once(either: Desk) -> None:
    counts = _together(either, OPEN, [], [])
    assert sorted(new > 0 for new, _ in counts) == [False, True]
    with either.office.register.reading() as book:
        assert len(book.births()) == max(new for new, _ in counts)
        assert [f.kind for f in book.facts([""])[""]] == ["plan-opened"]
        assert verify_chain(book) == []


RECORD = """
from dondoc.use_cases.people_acts import acknowledge
from dondoc.use_cases.extend import ask_extension
number, readers = int(given[0]), given[1:]
for n in range(12):
    ask_extension(office, TDC, day("10/6"), f"lý do {number}/{n}", acting("30/5"), moment("30/5", 9), "nop")
for person in readers:
    acknowledge(office, READING, acting("30/5"), moment("30/5", 9), person=person)
print(json.dumps(number))
""".replace("READING", "key('quan-triet-qd-168', '2022-05-31', 'phong-qlkh')")

READERS = ["cv-dau-moi-qlkh", "cv-qlkh-1", "cv-qlkh-2", "ptp-qlkh", "tp-qlkh"]


def test_five_processes_that_record_at_once_lose_nothing(either: Desk) -> None:
    """Each reads, decides and writes; five people of one campaign acknowledge through five processes."""
    open_plan(either.office, PLAN, moment("18/2"), SIGNED)
    either.sweep("30/5")
    _together(either, RECORD, *([str(n), person] for n, person in enumerate(READERS)))
    asked = [
        f.payload["reason"]
        for f in either.facts(f"{PLAN}/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc")
        if f.kind == "extension-asked"
    ]
    assert sorted(asked) == sorted(f"lý do {p}/{n}" for p in range(5) for n in range(12))
    campaign = either.state(f"{PLAN}/quan-triet-qd-168/2022-05-31/phong-qlkh")
    assert campaign.closed and {m.status for m in campaign.members} == {"acknowledged"}
    with either.office.register.reading() as book:
        assert verify_chain(book) == []


SWEEP = """
from dondoc.use_cases.sweep import sweep
report = sweep(office, moment("30/6"))
print(json.dumps(report.told))
"""


def test_three_sweeps_at_once_tell_everything_once(either: Desk, empty: Desk) -> None:
    open_plan(either.office, PLAN, moment("18/2"), SIGNED)
    told = _together(either, SWEEP, [], [], [])
    empty.sweep("17/2")  # another register: what a single sweep tells
    open_plan(empty.office, PLAN, moment("18/2"), SIGNED)
    alone = empty.sweep("30/6").told
    assert sum(told) == alone
    with either.office.register.reading() as book:
        assert len(book.notices()) == alone and verify_chain(book) == []


SLOW_SWEEP = """
from dondoc.use_cases import sweep as sweeping
sweeping.CHUNK = 1
sweeping.sweep(office, moment("30/6"))
"""


@pytest.mark.parametrize("after", [1, 20, 60])
def test_a_sweep_killed_midway_is_completed_by_the_next_one(desk: Desk, empty: Desk, after: int) -> None:
    open_plan(empty.office, PLAN, moment("18/2"), SIGNED)
    empty.sweep("30/6")
    process = _start(desk, SLOW_SWEEP)
    _ready([process])
    _go(process)
    _until_told(desk, after, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with desk.office.register.reading() as book:
        half = len(book.notices())
        assert verify_chain(book) == []
    desk.sweep("30/6", 8, 1)
    assert half < len(_keys(empty))
    assert _keys(desk) == _keys(empty)
    assert _folds(desk) == _folds(empty)


def _until_told(desk: Desk, count: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with desk.office.register.reading() as book:
            if len(book.notices()) >= count:
                return
        time.sleep(0.005)
    pytest.fail("the sweep was over before it could be killed")


def _keys(desk: Desk) -> set[str]:
    with desk.office.register.reading() as book:
        return {record.notice.key for record in book.notices()}


def _folds(desk: Desk) -> list:
    with desk.office.register.reading() as book:
        return book.steps()
