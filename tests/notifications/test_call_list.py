"""The list of people to telephone: who, what, when, why; off it by an answer or by a recorded call."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from watched_office import CLERK, REPORT, Post, act, at, delivered

from dondoc.use_cases.act import Act
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.record_call import record_call
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import sweep
from flows.artifacts import calls_of

DAY = date(2022, 5, 25)
NINE = at(DAY, 9)


@pytest.fixture
def failed(live: Office) -> Office:
    """Nothing reaches anybody by e-mail or Zalo that morning; only the office's own telegram works."""
    delivered(live, at(DAY), Post(zalo="permanent", email="permanent"))
    return live


def listed(office: Office) -> list[tuple[str, str]]:
    return [(call.person, call.key) for call in call_list(office, NINE)]


def test_an_answer_takes_the_entry_off_the_list(failed: Office) -> None:
    assert (CLERK, REPORT) in listed(failed)
    submit(failed, REPORT, Evidence(number="12/BC", signed_on=DAY, kept_at="Văn thư"), act(DAY), NINE)
    assert (CLERK, REPORT) not in listed(failed)


def test_a_recorded_call_says_who_phoned_and_when_and_takes_the_entry_off(failed: Office) -> None:
    told = record_call(failed, CLERK, Act("cv-theo-doi-qcdc", "cli", DAY), NINE, note="gặp trực tiếp")
    assert REPORT in {call.key for call in told} and not [p for p, _ in listed(failed) if p == CLERK]
    with failed.register.reading() as book:
        (fact,) = [f for f in book.facts([REPORT])[REPORT] if f.kind == "called"]
    assert (fact.actor, fact.act_on, fact.payload["person"]) == ("cv-theo-doi-qcdc", DAY, CLERK)
    assert fact.payload["note"] == "gặp trực tiếp" and len(fact.payload["notices"]) == 1


def test_a_call_changes_nothing_of_the_work_itself(failed: Office) -> None:
    with failed.register.reading() as book:
        before = book.steps(keys=[REPORT])
    record_call(failed, CLERK, act(DAY), NINE)
    sweep(failed, NINE)
    with failed.register.reading() as book:
        assert book.steps(keys=[REPORT]) == before


def test_a_call_about_one_matter_leaves_the_others(failed: Office) -> None:
    others = {key for person, key in listed(failed) if person == CLERK} - {REPORT}
    record_call(failed, CLERK, act(DAY), NINE, keys=[REPORT])
    assert {key for person, key in listed(failed) if person == CLERK} == others


def test_the_same_request_is_one_call(failed: Office) -> None:
    once = Act("van-phong", "cli", DAY, "khoá-1")
    assert record_call(failed, CLERK, once, NINE)
    assert record_call(failed, CLERK, once, NINE) == []


@pytest.mark.parametrize(("person", "day"), [("giam-doc-so", DAY), (CLERK, DAY + timedelta(days=1))])
def test_a_call_nobody_asked_for_or_of_tomorrow_is_refused(failed: Office, person: str, day: date) -> None:
    with pytest.raises(Refused):
        record_call(failed, person, act(day), NINE)


def test_after_the_call_the_next_reminder_comes_all_the_same(failed: Office) -> None:
    record_call(failed, CLERK, act(DAY), NINE)
    later, post = at(date(2022, 5, 31)), Post()
    sweep(failed, later)
    delivered(failed, later, post)
    assert ("zalo", True) in post.of()


def test_the_command_prints_the_list_and_records_the_call(failed: Office) -> None:
    rows = json.loads(_said(failed, "call-list", "--at", "09:00 25/5/2022", "--json"))
    assert rows and not any("excluded" in row for row in rows)  # whom a case leaves out is nobody's to read
    (mine,) = [row for row in rows if row["person"] == CLERK and row["key"] == REPORT]
    assert mine["target_on"] == "2022-06-03" and "excluded" not in mine
    assert "dondoc record called" in _said(failed, "call-list", "--at", "09:00 25/5/2022")
    by = ["--person", CLERK, "--by", "cv-theo-doi-qcdc", "--act-on", "25/5/2022"]
    assert "gọi điện" in _said(failed, "record", "called", *by)
    assert (CLERK, REPORT) not in listed(failed)


def _said(office: Office, *arguments: str) -> str:
    command = [sys.executable, "-m", "dondoc", *arguments, "--data", str(office.data)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_of_a_confidential_case_the_list_shows_the_number_alone_and_the_run_not_even_that(live: Office) -> None:
    case = CaseOpening("to-cao", DAY, reference="05/2022")
    key = open_case(live, "qcdc-2022", case, act(DAY), at(DAY, 8, 1)).key
    delivered(live, at(DAY, 8, 2), Post(zalo="permanent", email="permanent", telegram="permanent"))
    calls = [call for call in call_list(live, NINE) if call.key == key]
    assert calls and {(call.title, call.party, call.step_title) for call in calls} == {("Vụ việc 05/2022", "", "")}
    (line,) = calls_of(calls)
    assert "05/2022" not in str(line) and calls[0].name not in str(line) and f"{len(calls)} cuộc gọi" in line["Việc"]
