"""/suc-khoe and /metrics: what programs that watch the house are told, and what they are not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from portal_samples import PLAN, SWEPT, Asked
from prometheus_client.parser import text_string_to_metric_families

from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.register import Register
from dondoc.use_cases.act import Act
from dondoc.use_cases.hold import hold_in
from dondoc.use_cases.load_plans import DefinitionError
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case

HOUR = timedelta(hours=1)


def samples(asked: Asked) -> dict[str, dict[tuple[str, ...], float]]:
    """Name → label values → value, as Prometheus's own parser reads the page."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(asked.get("/metrics").text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


@pytest.mark.parametrize("path", ["/suc-khoe", "/health"])
def test_a_house_that_was_just_swept_is_well(asked: Asked, path: str) -> None:
    answer = asked.get(path)
    assert (answer.status_code, answer.json()["status"], answer.json()["problems"]) == (200, "ok", [])


@pytest.mark.parametrize(("after", "code"), [(2 * HOUR, 200), (2 * HOUR + timedelta(seconds=1), 503)])
def test_a_sweep_that_is_too_old_is_unwell(asked: Asked, after: timedelta, code: int) -> None:
    asked.at = SWEPT + after
    answer = asked.get("/suc-khoe")
    assert answer.status_code == code
    assert answer.json()["problems"] == ([] if code == 200 else ["sweep-too-old"])


def test_a_house_that_was_never_swept_or_has_no_register_is_unwell(office: Office, tmp_path: Path) -> None:
    fresh = Register(f"sqlite:///{tmp_path / 'fresh.db'}")
    fresh.migrate()
    for register, problem in ((fresh, "no-sweep"), (Register(f"sqlite:///{tmp_path / 'none.db'}"), "register")):
        answer = Asked(office._replace(register=register), SWEPT).get("/suc-khoe")
        assert (answer.status_code, answer.json()["problems"]) == (503, [problem])


def test_definitions_that_never_loaded_are_unwell_and_those_that_broke_since_are_not_asked(office: Office) -> None:
    broken = False

    def open_() -> Office:
        if broken:
            raise DefinitionError([])
        return office

    door = Door(open_, lambda: SWEPT)
    client = TestClient(make_app(door))
    broken = True
    answer = client.get("/suc-khoe")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["definitions"])
    broken = False
    assert client.get("/suc-khoe").status_code == 200
    broken, door._opened = True, -1000.0
    assert client.get("/suc-khoe").status_code == 200


def test_held_letters_are_told_and_are_no_illness(asked: Asked, office: Office) -> None:
    with office.register.writing() as book:
        hold_in(book, office, "thử", SWEPT)
    answer = asked.get("/suc-khoe")
    assert (answer.status_code, answer.json()["held"]) == (200, True)
    assert samples(asked)["dondoc_sending_held"][()] == 1


def test_figures_are_those_of_the_board_and_the_book(asked: Asked, office: Office) -> None:
    asked.at = SWEPT + HOUR
    found = samples(asked)
    with office.register.reading() as book:
        assert found["dondoc_journal_entries"][()] == book.head().link
        assert sum(found["dondoc_occurrences"].values()) >= len(book.births())
    assert found["dondoc_up"][()] == 1
    assert found["dondoc_last_sweep_age_seconds"][()] == 3600
    assert found["dondoc_sweep_duration_seconds"][()] == 1.25
    assert found["dondoc_calendar_official_days"][()] > 365
    assert {"open"} <= {phase for phase, _ in found["dondoc_occurrences"]}


def test_a_lost_register_leaves_one_figure(office: Office, tmp_path: Path) -> None:
    lost = office._replace(register=Register(f"sqlite:///{tmp_path / 'none.db'}"))
    assert samples(Asked(lost, SWEPT)) == {"dondoc_up": {(): 0}}


def test_no_name_title_or_number_of_a_case_leaves_by_these_pages(asked: Asked, office: Office) -> None:
    act = Act("cv-theo-doi-qcdc", "cli", date(2022, 6, 3))
    open_case(office, PLAN, CaseOpening("to-cao", date(2022, 6, 1), reference="TC-777"), act, SWEPT)
    pages = asked.get("/metrics").text + asked.get("/suc-khoe").text
    names = [person.name for person in office.directory.persons.values()]
    titles = [o.title for plan in office.plans.values() for o in plan.obligations]
    ids = [*office.directory.persons, *(o.id for plan in office.plans.values() for o in plan.obligations)]
    assert [word for word in (*names, *titles, *ids, "TC-777", "@") if word in pages] == []


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/redoc"])
def test_nothing_else_is_shown(asked: Asked, path: str) -> None:
    assert asked.get(path).status_code == 404


def test_figures_are_read_anew_only_after_a_while(asked: Asked, office: Office) -> None:
    before = samples(asked)["dondoc_journal_entries"]
    with office.register.writing() as book:
        hold_in(book, office, "thử", datetime(2022, 6, 3, 2, tzinfo=UTC))
    assert samples(asked)["dondoc_journal_entries"] == before
