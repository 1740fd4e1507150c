"""Opening a plan and sweeping: once each, late as on time, and silent where somebody has answered."""

from datetime import timedelta

import pytest
from office_samples import (
    CENTRE,
    PLAN,
    RECEPTION,
    SIGNED,
    TDC,
    Desk,
    acting,
    day,
    key,
    local_days,
    moment,
    report,
    shapes,
)

from dondoc.core.calendar import DayNote, WorkingCalendar
from dondoc.register import verify_chain
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import submit


def _everything(desk: Desk) -> tuple:
    with desk.office.register.reading() as book:
        return book.head().link, book.notices(), book.steps(), dict(book.agenda())


def test_opening_twice_makes_each_occurrence_once(either: Desk) -> None:
    first = open_plan(either.office, PLAN, moment("18/2"), SIGNED)
    again = open_plan(either.office, PLAN, moment("21/2"))
    assert first.new > 150 and first.known == 0 and first.before_watch == 0
    assert (again.new, again.known) == (0, first.new)
    with either.office.register.reading() as book:
        assert [f.kind for f in book.facts([""])[""]] == ["plan-opened"]
        assert verify_chain(book) == []


def test_an_unknown_plan_is_refused_in_words(empty: Desk) -> None:
    with pytest.raises(Refused, match="Các kế hoạch đã nạp: qcdc-2022"):
        open_plan(empty.office, "qcdc-2023", moment("18/2"))


def test_dues_before_the_watch_are_set_aside_without_a_word(empty: Desk) -> None:
    opened = open_plan(empty.office, PLAN, moment("06/6"), day("06/6"))
    assert opened.before_watch > 0
    empty.sweep("06/6")
    assert empty.row(TDC, "06/6").phase == "set-aside"  # due 04/6
    assert empty.told(TDC) == [] and empty.next_look(TDC) is None
    assert empty.row(key("bao-cao-dinh-ky", "2022", "chi-cuc-tdc"), "06/6").phase == "not-open"


def test_a_due_on_the_first_day_of_the_watch_is_watched(empty: Desk) -> None:
    open_plan(empty.office, PLAN, moment("04/6"), day("04/6"))
    assert empty.row(TDC, "04/6").phase != "set-aside"


def test_a_round_under_way_when_the_watch_begins_speaks_once(empty: Desk) -> None:
    open_plan(empty.office, PLAN, moment("30/5", 9), day("30/5"))
    empty.sweep("30/5", 9)
    assert shapes(empty.told(TDC)) == [("opened", "dau-moi-tdc")]


def test_sweeping_twice_writes_nothing_the_second_time(either: Desk) -> None:
    first = either.sweep("30/5")
    assert first.opened > 150 and first.checked and first.told
    before = _everything(either)
    again = either.sweep("30/5")
    assert (again.opened, again.checked, again.told) == (0, 0, 0)
    assert _everything(either) == before


def _steps(desk: Desk, occurrence: str) -> tuple:
    return desk.state(occurrence).steps


def test_sweeping_late_leaves_what_sweeping_on_time_would_have_left(desk: Desk, shipped: Office, empty: Desk) -> None:
    on_time, late = desk, empty
    open_plan(late.office, PLAN, moment("18/2"), SIGNED)
    on_time.sweep_days("18/2", "17/6")
    late.sweep("17/6")
    watched = [TDC, CENTRE, RECEPTION, key("gui-ke-hoach", "2022-02-18", "van-phong")]
    with on_time.office.register.reading() as book:
        every = [
            b.key for b in book.births() if "phieu-phat-sinh" not in b.key and not _campaign(shipped, b.obligation)
        ]
    assert set(watched) <= set(every)
    assert [_steps(late, k) for k in every] == [_steps(on_time, k) for k in every]
    for occurrence in every:
        assert {n.key for n in late.told(occurrence)} <= {n.key for n in on_time.told(occurrence)}


def _campaign(office: Office, obligation: str) -> bool:
    """A campaign's people are frozen at its first look: that is a fact of its own."""
    return any(o.id == obligation and o.population for o in office.plans[PLAN].obligations)


def test_after_ten_days_of_standstill_nobody_gets_stale_reminders(desk: Desk) -> None:
    desk.sweep_days("18/2", "24/5")
    before = len(desk.told(TDC))
    desk.sweep("03/6")  # T-7 25/5, T-3 31/5, T-1 02/6 and T itself have come meanwhile
    assert [n.kind for n in desk.told(TDC)[before:]] == ["due-today"]


def test_an_answered_step_falls_silent_at_once(desk: Desk) -> None:
    desk.sweep_days("13/5", "25/5")
    submit(desk.office, TDC, report("25/5"), acting("25/5"), moment("25/5", 10), "nop")
    told = len([n for n in desk.told(TDC) if n.step == "nop"])
    desk.sweep_days("26/5", "30/6")
    assert len([n for n in desk.told(TDC) if n.step == "nop"]) == told


def test_nothing_is_told_on_a_day_off_or_outside_the_hours(desk: Desk) -> None:
    told = desk.sweep_days("18/2", "30/6", hour=8)
    assert all(desk.office.calendar.is_working(d) for d in local_days(told))
    with desk.office.register.writing() as book:
        book.put_agenda(CENTRE, moment("01/7", 17))
    assert desk.sweep("01/7", 17).told == 0 and desk.sweep("02/7").told == 0  # after hours; a Saturday


def test_a_calendar_revision_moves_open_dues_in_a_new_round_and_keeps_the_old(desk: Desk) -> None:
    desk.sweep_days("18/2", "24/5")
    revised = _also_off(desk.office, "03/6")
    Desk(revised).sweep("25/5")
    first, second = Desk(revised).state(TDC).step("nop").rounds
    assert (first.target_on, second.target_on) == (day("03/6"), day("02/6"))
    assert (second.cause, second.last_on) == ("moved", day("04/6"))
    assert Desk(revised).told(TDC)[-1].kind in ("moved", "reminder")
    before = _everything(desk)
    Desk(revised).sweep("25/5", 8, 1)
    assert _everything(desk)[1:] == before[1:]


def test_a_calendar_revision_leaves_what_it_does_not_touch(desk: Desk) -> None:
    desk.sweep_days("18/2", "24/5")
    Desk(_also_off(desk.office, "03/6")).sweep("25/5")
    other = key("bao-cao-dinh-ky", "2022", "chi-cuc-tdc")
    assert len(desk.state(other).step("nop").rounds) == 1


def _also_off(office: Office, text: str) -> Office:
    notes = dict(office.calendar.notes()) | {day(text): DayNote("off", "nghỉ bù theo thông báo")}
    calendar = WorkingCalendar(office.calendar.first, office.calendar.last, notes)
    return office._replace(calendar=calendar)


def test_the_years_beyond_the_plan_open_only_for_what_the_law_keeps_going(desk: Desk) -> None:
    desk.sweep("01/11")
    with desk.office.register.reading() as book:
        later = {b.obligation for b in book.births() if b.period.startswith("2023")}
    going_on = {o.id for o in desk.office.plans[PLAN].obligations if o.goes_on}
    assert "tiep-cong-dan-dinh-ky" in later and later <= going_on


def test_from_november_the_office_is_asked_for_next_years_plan(desk: Desk) -> None:
    renewal = key("ban-hanh-ke-hoach-nam-sau", "2022-12-31", "van-phong")
    desk.sweep("14/11")
    assert desk.told(renewal) == []
    desk.sweep("15/11")
    assert shapes(desk.told(renewal)) == [("opened", "van-phong")]


def test_a_sweep_that_is_late_by_hours_still_speaks_the_same_day(desk: Desk) -> None:
    desk.sweep_days("18/2", "24/5")
    assert desk.sweep("25/5", 16, 59).told > 0
    assert desk.told(TDC)[-1].moment_at == moment("25/5", 8)


def test_the_next_look_is_never_later_than_the_next_rung(desk: Desk) -> None:
    desk.sweep("18/2")
    assert desk.next_look(TDC) == moment("13/5", 0)  # T-15: the round begins that day
    desk.sweep("13/5")
    assert desk.next_look(TDC) == moment("25/5", 8)  # T-7
    assert desk.next_look(TDC) - timedelta(0) <= moment("25/5", 8)
