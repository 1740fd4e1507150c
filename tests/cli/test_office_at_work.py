"""Commands against a real register in a folder of its own: JSON shapes, acts, refusals."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from dondoc.cli.failures import DONE, USAGE, WRONG
from dondoc.use_cases.office import open_office
from dondoc.use_cases.roll_plan import roll_plan
from dondoc.use_cases.sweep import sweep

YEAR = datetime.now(UTC).year
PLAN = f"qcdc-{YEAR}"


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's data with this year's edition opened, made once."""
    data = tmp_path_factory.mktemp("office") / "data"
    data.mkdir()
    roll_plan(open_office(data), "qcdc-2022", YEAR, drafted_on=date(YEAR, 1, 1))
    office = open_office(data)
    office.register.migrate()
    sweep(office, datetime.now(UTC))
    office.register.close()
    return data


@pytest.fixture
def data(opened: Path, tmp_path: Path) -> Path:
    """A copy of it for one test to write in."""
    return Path(copytree(opened, tmp_path / "data"))


def _json(said) -> object:
    assert said.code == DONE, said.err
    return json.loads(said.out)


def test_the_calendar_of_2022_gives_the_plans_own_days(dondoc) -> None:
    rows = _json(dondoc("calendar", "qcdc-2022", "--json"))
    assert {tuple(row) for row in rows} == {
        ("obligation", "period", "responsible", "opens_on", "last_on", "target_on"),
    }
    report = {
        (r["period"], r["responsible"]): (r["target_on"], r["last_on"])
        for r in rows
        if r["obligation"] == "bao-cao-dinh-ky"
    }
    assert report["2022-H1", "chi-cuc-tdc"] == ("2022-06-03", "2022-06-04")
    assert report["2022", "trung-tam-khcn"] == ("2022-11-09", "2022-11-09")


def test_an_unset_due_has_no_day_in_the_calendar(dondoc) -> None:
    rows = _json(dondoc("calendar", "qcdc-2022", "--json"))
    unset = [row for row in rows if row["obligation"] == "bao-cao-bcd-tinh"]
    assert unset and all(row["last_on"] is None and row["target_on"] is None for row in unset)


def test_the_calendar_for_people_writes_days_as_offices_do(dondoc) -> None:
    said = dondoc("calendar", "qcdc-2022", "--unit", "chi-cuc-tdc")
    assert "03/6/2022" in said.out
    assert "2022-06-03" not in said.out
    assert "trung-tam-khcn" not in said.out


def test_the_board_in_json_carries_status_and_words(dondoc, opened: Path) -> None:
    rows = _json(dondoc("status", "--json", "--data", str(opened)))
    assert rows
    for name in ("key", "phase", "timeliness", "last_on", "target_on", "label", "basis", "responsible", "late"):
        assert name in rows[0]


def test_the_board_before_anything_was_recorded_is_empty_as_known_then(dondoc, opened: Path) -> None:
    now = _json(dondoc("status", "--json", "--data", str(opened)))
    assert now
    past = _json(dondoc("status", "--json", "--known", "01/01/2022", "--data", str(opened)))
    assert all(row["phase"] in ("not-open", "set-aside", "unset", "open") for row in past)


def _first(dondoc, data: Path, obligation: str, phase: str) -> str:
    rows = _json(dondoc("status", "--json", "--data", str(data)))
    keys = [row["key"] for row in rows if row["obligation"] == obligation and row["phase"] == phase]
    assert keys, {(row["obligation"], row["phase"]) for row in rows}
    return keys[0]


def test_an_unset_due_is_bound_by_a_document_and_then_no_longer_unset(dondoc, data: Path) -> None:
    key = _first(dondoc, data, "bao-cao-bcd-tinh", "unset")
    last = f"{YEAR + 1}-03-15"
    arguments = ["record", "bind-due", key, "--last-on", last, "--document", "13-KH/BCĐ", "--data", str(data)]
    said = dondoc(*arguments, "--document-on", f"01/01/{YEAR}", "--json")
    assert _json(said)["key"] == key
    row = next(r for r in _json(dondoc("status", "--json", "--data", str(data))) if r["key"] == key)
    assert row["last_on"] == last
    again = dondoc(*arguments, "--document-on", f"01/01/{YEAR}")
    assert again.code == WRONG
    assert "đã có hạn" in again.err


def test_the_same_request_key_writes_once(dondoc, data: Path) -> None:
    arguments = ["record", "open-ad-hoc", "Báo cáo đột xuất", "--party", "chi-cuc-tdc", "--number", "12/UBND-KGVX"]
    arguments += ["--document-on", f"05/01/{YEAR}", "--sender", "UBND tỉnh", "--last-on", f"20/12/{YEAR + 1}"]
    arguments += ["--plan", PLAN, "--request-key", "bam-hai-lan", "--data", str(data)]
    first, second = dondoc(*arguments, "--json"), dondoc(*arguments, "--json")
    assert _json(first)["already"] is False
    assert _json(second)["already"] is True


def test_a_day_ahead_is_refused(dondoc, data: Path) -> None:
    key = _first(dondoc, data, "bao-cao-bcd-tinh", "unset")
    said = dondoc(
        "record",
        "waive",
        key,
        "--reason",
        "x",
        "--document",
        "1/QĐ",
        "--document-on",
        f"01/01/{YEAR}",
        "--act-on",
        f"01/01/{YEAR + 2}",
        "--data",
        str(data),
    )
    assert said.code == WRONG
    assert "sau hôm nay" in said.err


def test_an_unknown_occurrence_is_refused_in_words(dondoc, data: Path) -> None:
    said = dondoc("record", "return", "khong/co/ky/nay", "--reason", "thiếu", "--data", str(data))
    assert said.code == WRONG
    assert "khong/co/ky/nay" in said.err


def test_a_waived_occurrence_stays_on_the_board_and_on_whose_behalf_is_kept(dondoc, data: Path) -> None:
    key = _first(dondoc, data, "bao-cao-bcd-tinh", "unset")
    said = dondoc(
        "record",
        "waive",
        key,
        "--reason",
        "Tỉnh không yêu cầu",
        "--document",
        "7/TB",
        "--document-on",
        f"02/01/{YEAR}",
        "--on-behalf",
        "van-phong",
        "--data",
        str(data),
    )
    assert said.code == DONE, said.err
    row = next(r for r in _json(dondoc("status", "--json", "--data", str(data))) if r["key"] == key)
    assert row["phase"] == "waived"


def test_a_line_of_the_checklist_that_is_not_on_it_is_refused(dondoc, data: Path) -> None:
    rows = _json(dondoc("status", "--json", "--data", str(data)))
    key = next(row["key"] for row in rows if row["kind"] == "checklist")
    said = dondoc("record", "checklist", key, "--occurred", f"khong-co=02/01/{YEAR}", "--data", str(data))
    assert said.code == WRONG
    assert "khong-co" in said.err
    assert dondoc("record", "checklist", key, "--occurred", "khong-co", "--data", str(data)).code == USAGE


def test_the_journal_is_intact_after_these_acts(dondoc, data: Path) -> None:
    assert _json(dondoc("journal", "verify", "--json", "--data", str(data))) == {"intact": True, "problems": []}


def test_nothing_is_held_in_a_quiet_office(dondoc, opened: Path) -> None:
    held = _json(dondoc("hold", "show", "--json", "--data", str(opened)))
    assert held["reason"] == ""


def test_going_live_asks_once_and_cannot_be_done_twice(dondoc, data: Path) -> None:
    arguments = ["go-live", "--from", f"01/01/{YEAR + 1}", "--yes", "--data", str(data)]
    assert dondoc(*arguments).code == DONE
    again = dondoc(*arguments)
    assert again.code == WRONG
    assert "đã chạy thật" in again.err


def test_a_rolled_edition_is_a_draft_that_loads(dondoc, tmp_path: Path) -> None:
    said = dondoc("roll", "qcdc-2022", "--year", str(YEAR), "--data", str(tmp_path / "d"), "--json")
    assert _json(said)["plan"] == PLAN
    report = _json(dondoc("check", PLAN, "--data", str(tmp_path / "d"), "--json"))
    assert [(plan["id"], plan["draft"]) for plan in report["plans"]] == [(PLAN, True)]
    assert report["problems"] == []


def test_rolling_twice_to_the_same_place_is_refused(dondoc, tmp_path: Path) -> None:
    arguments = ["roll", "qcdc-2022", "--year", str(YEAR), "--data", str(tmp_path / "d")]
    assert dondoc(*arguments).code == DONE
    assert dondoc(*arguments).code == WRONG


def test_a_rehearsal_in_json_is_one_object_an_event(dondoc) -> None:
    said = dondoc("rehearse", "qcdc-2022", "--json")
    assert said.code == DONE, said.err
    events = [json.loads(line) for line in said.out.splitlines()]
    names = ["at", "kind", "obligation", "period", "responsible", "rung", "recipient_role", "channel", "subject"]
    assert events and all(list(event)[:9] == names for event in events)
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_an_unknown_scenario_is_refused_in_words(dondoc) -> None:
    said = dondoc("rehearse", "qcdc-2022", "--scenario", "khong-co")
    assert said.code == WRONG
    assert "in-time" in said.err
