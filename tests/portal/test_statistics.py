"""Statistics say what the register says."""

from datetime import date, timedelta

import pytest
from answering_office import DOER, HEAD, REPORT, Portal, june

from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.board import BoardRow, board
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.extend import extend
from dondoc.use_cases.office import Office
from dondoc.use_cases.statistics import Compared, Statistics, Tally, statistics
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.viewer import viewer_of

CLERK = "cv-theo-doi-qcdc"
CENTRE = REPORT.replace("chi-cuc-tdc", "trung-tam-khcn")
OUTSIDE = ("waived", "set-aside", "suspended")


@pytest.fixture
def watched(office: Office) -> Portal:
    """One report late and confirmed; the other's due moved by decision, answered before the new due."""
    portal = Portal(office, june(3))
    act = Act(CLERK, "cli", date(2022, 6, 3))
    extend(office, CENTRE, date(2022, 6, 10), Document("15/CV", date(2022, 6, 3)), act, june(3), "nop")
    portal.run(june(8))
    for key in (REPORT, CENTRE):
        evidence = Evidence(number="1/BC", signed_on=date(2022, 6, 8), kept_at="Văn thư")
        submit(office, key, evidence, Act(DOER, "cli", date(2022, 6, 8)), june(8), "nop")
    confirm(office, REPORT, Act(CLERK, "cli", date(2022, 6, 8)), june(8, 9))
    portal.run(june(9))
    return portal


def seen(portal: Portal, person: str = CLERK, **more: str) -> Statistics:
    viewer = viewer_of(portal.office, person, portal.at)
    assert viewer
    return statistics(portal.office, viewer, date(2022, 1, 1), date(2023, 1, 1), portal.at, **more)


def counted(portal: Portal, rows: list[BoardRow], *, first: bool) -> Tally:
    """The same out of the board's rows, in the plainest words."""
    found, calendar = Tally(), portal.office.calendar
    for row in rows:
        due, kind = (row.first_last_on, row.original) if first else (row.last_on, row.timeliness)
        if kind == "done-late" and row.basis != "proposed":
            found = found._replace(late=found.late + 1)
        elif kind.startswith("done") or row.phase in ("done", "nothing"):
            found = found._replace(in_time=found.in_time + 1)
        elif kind == "overdue" and row.basis != "proposed":
            assert due
            found = found._replace(
                overdue=found.overdue + 1, waited=found.waited + calendar.count_between(due, date(2022, 6, 9))
            )
        else:
            found = found._replace(running=found.running + 1)
    return found


def without_late(tally: Tally) -> Tally:
    return tally._replace(waited=0)


@pytest.mark.parametrize(("days", "overdue"), [(0, 0), (170, 2)])
def test_figures_are_those_of_the_board(watched: Portal, days: int, overdue: int) -> None:
    """Also long after the last sweep: the year's reports were due on 09/11."""
    watched.at += timedelta(days=days)
    rows = [r for r in board(watched.office, watched.at) if r.phase not in OUTSIDE and not r.confidential]
    rows = [r for r in rows if r.last_on and r.last_on.year == 2022]
    shown = seen(watched)
    for first, tally in ((False, shown.whole.now), (True, shown.whole.first)):
        assert without_late(tally) == without_late(counted(watched, rows, first=first))
    assert shown.whole.now.overdue == overdue and shown.whole.now.running and shown.whole.now.late
    by_unit = {one.name: one.now.whole for one in shown.units}
    assert sum(by_unit.values()) == shown.whole.now.whole == len(rows)
    assert sum(one.now.whole for one in shown.months.values()) == len(rows)


def of_unit(portal: Portal, unit: str) -> Compared:
    return seen(portal, unit=unit).whole


def test_an_extension_helps_against_the_new_due_and_not_against_the_first(watched: Portal) -> None:
    before = seen(watched).months[date(2022, 6, 1)]
    centre = of_unit(watched, "trung-tam-khcn")
    assert centre.now.late == 0 and centre.first.late == 1
    assert before.first.late == 2 and before.now.late == 1


def test_the_delay_is_counted_in_working_days(watched: Portal) -> None:
    """Last day Saturday 04/6, answered Wednesday 08/6: Monday, Tuesday, Wednesday."""
    june_ = seen(watched, unit="chi-cuc-tdc").months[date(2022, 6, 1)].now
    assert (june_.late, june_.overdue, june_.delay) == (1, 0, 3.0)
    assert Tally().delay == 0.0


def test_a_head_is_counted_their_unit_alone(watched: Portal) -> None:
    mine = seen(watched, HEAD)
    assert [one.name for one in mine.units] == ["Chi cục Tiêu chuẩn Đo lường Chất lượng"]
    assert seen(watched, HEAD, unit="thanh-tra").whole.now.whole == 0


def test_the_page_draws_and_says_the_same_in_a_table(watched: Portal) -> None:
    watched.sign_in(CLERK)
    page = watched.get("/thong-ke").text
    whole = seen(watched).whole.now
    assert page.count("<svg") >= 2 and f'<td class="so">{whole.whole}</td>' in page
    assert 'class="overdue"' in page and "style=" not in page
    assert "Không có việc nào có hạn" in watched.get("/thong-ke", tu="2021-01", den="2021-02").text
    assert watched.get("/thong-ke", tu="2022-05", den="2022-04").status_code == 404
    assert watched.get("/thong-ke", tu="x").status_code == 404
    watched.sign_in(DOER)
    assert watched.get("/thong-ke").status_code == 403


def test_each_day_of_the_strip_is_as_its_worst_due(watched: Portal) -> None:
    shown = seen(watched)
    assert shown.days[date(2022, 6, 4)] == "late"
    assert all(date(2022, 1, 1) <= day <= shown.until for day in shown.days)
    assert shown.until == date(2022, 12, 31) and shown.until + timedelta(days=1) == date(2023, 1, 1)
