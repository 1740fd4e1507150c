"""What people look at: the board now and in the past, the runs to come, the obligations' own pages."""

from pathlib import Path
from shutil import copytree

import pytest
from office_samples import CENTRE, CONFERENCE, PAPER, PLAN, SIGNED, TDC, Desk, acting, day, key, moment, report

from dondoc.use_cases.check_obligation import check_obligation
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.correct import correct
from dondoc.use_cases.describe_deployments import describe_deployments
from dondoc.use_cases.desired_touchpoints import desired_touchpoints
from dondoc.use_cases.extend import bind_due, extend
from dondoc.use_cases.names import party_name
from dondoc.use_cases.office import SHIPPED, open_office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.submit import submit

# --- the board ---


def test_the_board_shows_the_late_ones_first_then_by_due(desk: Desk) -> None:
    desk.sweep_days("18/2", "06/6")
    rows = desk.board("06/6")
    late = [row.late for row in rows]
    assert late == sorted(late, reverse=True) and late[0]
    dues = [row.last_on for row in rows if row.late]
    assert dues == sorted(dues)  # type: ignore[type-var]
    assert TDC in {row.key for row in rows if row.late}


@pytest.mark.parametrize(("on", "late", "words"), [("04/6", False, "đến hạn"), ("05/6", True, "quá hạn 1 ngày")])
def test_both_sides_of_lateness(desk: Desk, on: str, late: bool, words: str) -> None:
    row = desk.row(TDC, on)
    assert row.late is late and row.label.startswith(words)


def test_a_proposed_due_is_shown_overdue_and_never_counted_late(desk: Desk) -> None:
    row = desk.row(key("gui-ke-hoach", "2022-02-18", "van-phong"), "01/3")
    assert (row.timeliness, row.late, row.basis) == ("overdue", False, "proposed")


def _three_stories(desk: Desk) -> None:
    """Sent on 03/6, written down on 06/6, put right on 10/6."""
    desk.sweep("30/5")
    submit(desk.office, TDC, report("06/6"), acting("06/6"), moment("06/6", 9), "nop")
    seq = next(f.seq for f in desk.facts(TDC) if f.kind == "submitted")
    correct(desk.office, TDC, seq, {"act_on": "2022-06-03"}, "Ghi nhầm", acting("10/6"), moment("10/6", 9))
    confirm(desk.office, TDC, acting("10/6"), moment("10/6", 10))


def test_as_known_on_a_day_the_board_shows_what_the_office_knew_then(desk: Desk) -> None:
    _three_stories(desk)
    assert desk.row(TDC, "15/6", known_at=moment("05/6", 12)).label == "quá hạn 1 ngày"
    assert desk.row(TDC, "15/6", known_at=moment("07/6", 12)).label == "chờ xác nhận · nộp quá hạn 2 ngày"
    assert desk.row(TDC, "15/6", known_at=moment("10/6", 12)).label == "hoàn thành đúng hạn (ghi nhận sau hạn)"


def test_as_true_of_a_day_the_board_shows_what_is_known_now_of_then(desk: Desk) -> None:
    _three_stories(desk)
    assert desk.row(TDC, "15/6", true_on=day("02/6")).phase == "open"
    assert desk.row(TDC, "15/6", true_on=day("03/6")).phase == "awaiting"  # handed in that day, as we know now
    assert desk.row(TDC, "15/6", true_on=day("09/6")).phase == "awaiting"  # the office's word came on the 10th
    assert desk.row(TDC, "15/6", true_on=day("10/6")).phase == "done"


def test_a_case_is_on_no_board_of_a_day_before_it_was_known(desk: Desk) -> None:
    case = open_case(desk.office, PLAN, CaseOpening("khieu-nai", day("01/3")), acting("02/3"), moment("03/3", 9)).key

    def there(**asked) -> bool:
        return case in {row.key for row in desk.board("15/3", **asked)}

    assert not there(known_at=moment("02/3")) and there(known_at=moment("03/3", 9))
    assert not there(true_on=day("01/3")) and there(true_on=day("02/3"))


def test_nothing_was_known_before_the_plan_was_opened(desk: Desk) -> None:
    assert desk.board("15/3", known_at=moment("17/2")) == []
    assert len(desk.board("15/3", known_at=moment("18/2"))) > 150


# --- an obligation's check ---


def test_a_check_says_the_worst_of_its_occurrences(desk: Desk) -> None:
    def state(on: str) -> str:
        return check_obligation(desk.office, PLAN, "bao-cao-dinh-ky", moment(on, 9)).state

    assert [state(on) for on in ("18/2", "30/5", "31/5", "04/6", "05/6")] == [
        "nothing-open", "on-time", "due", "due", "overdue",
    ]  # fmt: skip


def test_a_check_of_one_occurrence_reports_that_one(desk: Desk) -> None:
    submit(desk.office, CENTRE, report("03/6"), acting("03/6"), moment("03/6", 9), "nop")
    one = check_obligation(desk.office, PLAN, "bao-cao-dinh-ky", moment("06/6", 9), occurrence=TDC)
    assert (one.state, one.overdue, [row.key for row in one.rows]) == ("overdue", 1, [TDC])
    assert "Chi cục" in one.markdown and "Trung tâm" not in one.markdown


def test_the_checks_page_says_why_the_due_is_what_it_is(desk: Desk) -> None:
    text = check_obligation(desk.office, PLAN, "bao-cao-dinh-ky", moment("25/5", 9), occurrence=TDC).markdown
    for words in ("trước ngày 05/6/2022 → hết ngày 04/6/2022", "lùi về Thứ Sáu, ngày 03/6/2022", "nhắc việc → Đầu mối"):
        assert words in text


# --- runs to come ---


def _points(desk: Desk, occurrence: str, since: str = "18/2", until: str = "31/12") -> list:
    found = desired_touchpoints(desk.office, moment(since), moment(until))
    return [p for p in found if p.occurrence == occurrence]


def test_the_runs_of_a_report_are_its_rungs(desk: Desk) -> None:
    points = _points(desk, TDC, until="30/6")
    assert [p.at for p in points] == [
        moment("13/5"),  # still fifteen working days
        moment("25/5"),
        moment("31/5"),
        moment("02/6"),
        moment("03/6"),
        moment("06/6"),
        moment("08/6"),
        moment("10/6"),
        moment("17/6"),
    ]
    assert points[1].name.endswith("· Chi cục TĐC · còn 7 ngày làm việc")
    assert len({p.key for p in points}) == len(points)


def test_a_due_that_moved_asks_for_other_runs(desk: Desk) -> None:
    before = _points(desk, TDC)
    extend(desk.office, TDC, day("17/6"), PAPER, acting("18/2"), moment("18/2", 9), "nop")
    after = _points(desk, TDC)
    assert after and not {p.key for p in before} & {p.key for p in after}
    assert moment("17/6") in {p.at for p in after}


def test_a_bound_due_asks_for_its_first_runs(desk: Desk) -> None:
    desk.sweep("18/2")
    assert _points(desk, CONFERENCE) == []
    bind_due(desk.office, CONFERENCE, day("16/12"), PAPER, acting("01/3"), moment("01/3", 9))
    assert moment("16/12") in {p.at for p in _points(desk, CONFERENCE, "01/3")}


def test_an_answered_report_asks_for_no_run_but_the_offices_own(desk: Desk) -> None:
    submit(desk.office, TDC, report("30/5"), acting("30/5"), moment("30/5", 9), "nop")
    assert {p.key.split("/")[4].split(".")[0] for p in _points(desk, TDC, "30/5")} == {"tiep-nhan"}
    confirm(desk.office, TDC, acting("31/5"), moment("31/5", 9))
    assert _points(desk, TDC, "31/5") == []


def test_runs_lie_after_now_and_up_to_the_horizon(desk: Desk) -> None:
    points = desired_touchpoints(desk.office, moment("25/5"), moment("03/6"))
    assert points and all(moment("25/5") < p.at <= moment("03/6") for p in points)
    assert [p.at for p in points] == sorted(p.at for p in points)


def test_the_promised_runs_are_the_moments_at_which_something_is_told(desk: Desk) -> None:
    """Of a due the plan itself sets, every run tells something when nobody answers."""
    points = {p.at for p in _points(desk, TDC, until="20/6")}
    told = [n for n in desk.sweep_days("18/2", "20/6") if n.occurrence == TDC and n.kind != "approval"]
    assert {n.moment_at for n in told} <= points


# --- the obligations' own pages ---


def test_every_obligation_has_a_page_with_a_name_of_its_own(desk: Desk) -> None:
    pages = describe_deployments(desk.office, moment("18/2"))
    assert len(pages) == len(desk.office.plans[PLAN].obligations)
    assert len({p.name for p in pages}) == len(pages)
    assert len({(p.plan, p.obligation) for p in pages}) == len(pages)


def test_a_page_is_tagged_with_its_party_only_where_there_is_one(desk: Desk) -> None:
    directory = desk.office.directory
    parties = {o.id: o.parties for o in desk.office.plan(PLAN).obligations}
    for page in describe_deployments(desk.office, moment("18/2")):
        names = tuple(party_name(directory, party) for party in parties[page.obligation])
        assert page.tags[3:] == (names if len(names) == 1 else ())
    assert {len(found) > 1 for found in parties.values()} == {True, False}


def test_a_page_shows_quotes_steps_and_the_years_days(desk: Desk) -> None:
    pages = {p.obligation: p for p in describe_deployments(desk.office, moment("18/2"))}
    text = pages["bao-cao-dinh-ky"].description_markdown
    assert "trước ngày 05/6 và ngày 10/11" in text and "hết 04/6/2022" in text and "Chi cục" in text
    assert pages["to-cao"].confidential and "Lịch trong năm\nVụ việc bảo mật" in pages["to-cao"].description_markdown


def test_a_plan_nobody_watched_has_no_pages_after_its_year(empty: Desk) -> None:
    assert describe_deployments(empty.office, moment("31/12"))
    late = moment("31/12").replace(year=2023)
    assert describe_deployments(empty.office, late) == []


# --- a definition that changes on disk ---


@pytest.fixture
def rewritten(tmp_path: Path) -> Path:
    """The shipped definitions with another due for the half-year's report, and the expectation with it."""
    folder = tmp_path / "definitions"
    ignore = ("__pycache__", "*.py", "*.lark", "schema.json")
    copytree(SHIPPED, folder, ignore=lambda _, names: [n for n in names if n in ignore or n.endswith((".py", ".lark"))])
    file = folder / PLAN / "III-to-chuc-thuc-hien.yaml"
    text = file.read_text("utf-8")
    text = text.replace("due: trước ngày 05/6 và ngày 10/11", "due: trước ngày 15/6 và ngày 10/11")
    text = text.replace(
        'expect: {targets: ["2022-06-03", "2022-11-09"], last: ["2022-06-04", "2022-11-09"]}',
        'expect: {targets: ["2022-06-14", "2022-11-09"], last: ["2022-06-14", "2022-11-09"]}',
    )
    file.write_text(text, "utf-8")
    return folder


def test_an_open_occurrence_keeps_the_definition_it_was_born_under(desk: Desk, rewritten: Path) -> None:
    new = open_office(desk.office.data, definitions=(rewritten,), editions=False)
    later = Desk(new._replace(register=desk.office.register))
    assert later.sweep("30/5").opened == 0  # nothing is born twice
    state = later.state(TDC).step("nop")
    assert [r.last_on for r in state.rounds] == [day("04/6")]
    assert later.row(TDC, "05/6").timeliness == "overdue"


def test_a_new_register_opens_by_the_definition_on_disk(empty: Desk, rewritten: Path) -> None:
    new = open_office(empty.office.data, definitions=(rewritten,), editions=False)
    later = Desk(new._replace(register=empty.office.register))
    open_plan(later.office, PLAN, moment("18/2"), SIGNED)
    assert later.row(TDC, "18/2").last_on == day("14/6")
