"""What begins a round, and what stays visible of the earlier ones."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from core_samples import (
    CALENDAR,
    REPORT,
    a_book,
    a_calendar,
    a_case,
    a_plan,
    a_step,
    an_obligation,
    confirming,
    local,
    moments,
    on,
    within,
)

from dondoc.core.due import due_decided
from dondoc.core.occurrence import Cause
from dondoc.core.round_value import round_payload
from dondoc.core.rounds import next_round
from dondoc.core.schedule import expand
from dondoc.core.timing import BeforeOther, Timing, Unset

D = date
MAY_30 = D(2022, 5, 30)


def redue(book, cause, last_on, at, step="nop", document="05/QĐ"):
    """What the use cases of extending and binding write."""
    book.enter_only(cause, at, step, last_on=last_on.isoformat(), document=document)
    due = due_decided(last_on, CALENDAR, (f"decided-by {document}",))
    round_ = next_round(book.now.step(step), cause, at, due, "office", document)
    return book.act("round-begun", at, step, **round_payload(round_))


def rounds(book, step="nop"):
    return [(r.n, r.cause, r.last_on) for r in book.now.step(step).rounds]


def test_a_waiting_step_begins_when_the_one_before_it_is_done_counted_from_its_act():
    book = a_book(an_obligation(a_step(), a_step("gui", within(2, "working-day", "nop"))))
    assert book.now.step("gui").status == "waiting"
    book.submit(local(D(2022, 6, 1), 15), on=MAY_30)
    assert rounds(book, "gui") == [(1, "opened", D(2022, 6, 1))]
    assert book.now.step("gui").round.since_at == local(D(2022, 6, 1), 15)


def test_the_offices_word_is_due_from_the_handing_in_and_the_next_step_waits_for_it():
    report = an_obligation(a_step(), confirming(), a_step("gui", within(2, "working-day", "nop"), after="xac-nhan"))
    book = a_book(report)
    book.submit(local(MAY_30))
    assert book.now.step("nop").status == "submitted"
    assert rounds(book, "xac-nhan") == [(1, "opened", D(2022, 6, 1))]
    assert book.now.step("gui").status == "waiting"
    book.act("confirmed", local(D(2022, 5, 31)))
    assert [s.status for s in book.now.steps] == ["done", "done", "open"]
    assert book.now.step("nop").done_on == MAY_30
    assert rounds(book, "gui") == [(1, "opened", D(2022, 6, 1))]  # counted from the act of 30/5, not from the word


def test_nothing_is_left_to_confirm_when_nothing_occurred():
    book = a_book(an_obligation(a_step(nothing_allowed=True), confirming()))
    book.act("nothing-occurred", local(MAY_30))
    assert [s.status for s in book.now.steps] == ["nothing", "nothing"]
    assert book.now.closed


def test_what_the_office_records_as_done_needs_no_word_of_the_office():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(MAY_30), awaits_confirmation=False)
    assert [s.status for s in book.now.steps] == ["done", "done"]


def test_a_return_begins_a_resubmission_round_of_two_working_days_and_speaks_at_once():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(D(2022, 6, 3), 9))
    said = len(book.said)
    book.act("returned", local(D(2022, 6, 3), 10), reason="thiếu phụ lục")
    assert rounds(book) == [(1, "opened", D(2022, 6, 4)), (2, "resubmission", D(2022, 6, 7))]
    assert [(n.kind, n.recipient) for n in book.said[said:]] == [("returned", "tdc-focal")]
    assert book.now.step("xac-nhan").status == "waiting"


def test_a_second_return_begins_a_third_round_and_a_second_word_of_the_office():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(MAY_30, 9))
    book.act("returned", local(MAY_30, 10), reason="thiếu")
    book.submit(local(D(2022, 5, 31), 9))
    book.act("returned", local(D(2022, 5, 31), 10), reason="còn thiếu")
    assert [cause for _, cause, _ in rounds(book)] == ["opened", "resubmission", "resubmission"]
    assert len(book.now.step("xac-nhan").rounds) == 2


def test_a_returned_step_escalates_from_its_own_new_due():
    book = a_book()
    book.submit(local(D(2022, 6, 3), 9))
    book.act("returned", local(D(2022, 6, 3), 10), reason="thiếu")
    said = book.days(D(2022, 6, 6), D(2022, 6, 8))
    kinds = [(n.kind, moments().day_of(n.moment_at).day) for n in said]
    assert kinds == [("reminder", 6), ("due-today", 7), ("overdue", 8), ("escalation", 8)]


def test_an_extension_begins_a_round_and_keeps_the_due_it_replaces():
    book = a_book()
    book.days(D(2022, 5, 25), D(2022, 6, 1))
    said = len(book.said)
    redue(book, "extended", D(2022, 6, 15), local(D(2022, 6, 2), 9))
    assert rounds(book) == [(1, "opened", D(2022, 6, 4)), (2, "extended", D(2022, 6, 15))]
    assert [n.kind for n in book.said[said:]] == ["moved"]
    assert book.now.step("nop").extensions == 1
    assert book.days(D(2022, 6, 3), D(2022, 6, 5)) == []
    assert [n.key.split(".")[-1] for n in book.days(D(2022, 6, 6), D(2022, 6, 9))] == ["T-7@tdc-focal"]
    assert [n.kind for n in book.days(D(2022, 6, 10), D(2022, 6, 10))] == ["reminder"]


def test_an_unset_due_is_bound_by_document_and_then_counts():
    unset = an_obligation(a_step(timing=Timing("đúng thời gian quy định", Unset("đúng thời gian quy định"))))
    book = a_book(unset)
    book.days(D(2022, 2, 18), D(2022, 3, 1))
    assert [n.kind for n in book.said] == ["opened"]
    redue(book, "bound", D(2022, 6, 15), local(D(2022, 6, 6), 9))
    assert [(c, d) for _, c, d in rounds(book)] == [("opened", None), ("bound", D(2022, 6, 15))]
    assert book.said[-1].kind == "moved"


def test_a_revised_calendar_moves_the_due_and_an_unchanged_one_does_not():
    obligation = an_obligation(a_step(timing=REPORT._replace(roll="backward")))
    book = a_book(obligation)
    assert rounds(book) == [(1, "opened", D(2022, 6, 3))]
    book.check(local(D(2022, 5, 25), 9))
    assert len(book.now.step("nop").rounds) == 1
    revised = a_calendar({D(2022, 6, 3): "nghỉ bù theo thông báo"})
    book.world = book.world._replace(moments=moments(revised))
    book.check(local(D(2022, 5, 26), 9))
    assert rounds(book) == [(1, "opened", D(2022, 6, 3)), (2, "moved", D(2022, 6, 2))]
    assert book.said[-1].kind == "moved"


def test_a_due_set_by_decision_is_not_moved_by_the_calendar():
    book = a_book(an_obligation(a_step(timing=REPORT._replace(roll="backward"))))
    redue(book, "extended", D(2022, 6, 10), local(D(2022, 5, 26), 9))
    book.world = book.world._replace(moments=moments(a_calendar({D(2022, 6, 10): "nghỉ"})))
    assert book.check(local(D(2022, 5, 27), 9)).actions == ()


def test_two_unlabelled_dates_of_a_year_stay_two_dues():
    obligation = an_obligation(a_step(), periods=())
    for place, last_on in ((0, D(2022, 6, 4)), (1, D(2022, 12, 9))):
        book = a_book(obligation, place=place)
        book.check(local(D(2022, 5, 26)))
        assert rounds(book) == [(1, "opened", last_on)]


def test_a_producer_follows_the_target_of_what_it_feeds():
    data = an_obligation(
        a_step(timing=Timing("trước báo cáo", BeforeOther(5, "bao-cao"))), id="so-lieu", periods=("năm",)
    )
    plan = a_plan(data, an_obligation())
    birth = next(b for b in expand(plan, CALENDAR) if b.obligation == "so-lieu")
    book = a_book(data, plan=plan, birth=birth, others={"bao-cao": D(2022, 12, 9)})
    assert rounds(book) == [(1, "opened", D(2022, 12, 2))]
    book.world = book.world._replace(others={"bao-cao": D(2022, 12, 7)})
    book.check(local(D(2022, 11, 1)))
    assert rounds(book)[-1] == (2, "moved", D(2022, 11, 30))


def fed(target: date):
    """Data that a report of that target waits for, looked at from its birth on."""
    timing = Timing("trước báo cáo", BeforeOther(5, "bao-cao"))
    data = an_obligation(a_step(timing=timing), id="so-lieu", periods=("năm",))
    plan = a_plan(data, an_obligation())
    birth = next(b for b in expand(plan, CALENDAR) if b.obligation == "so-lieu")
    book = a_book(data, plan=plan, birth=birth, others={"bao-cao": target})
    book.check(local(D(2022, 10, 3)))
    return book


AHEAD = max(a_step().ladder.remind)


@pytest.mark.parametrize("target", [D(2022, 11, 25), D(2022, 12, 16)])
def test_a_due_that_moves_before_its_round_began_is_told_when_the_new_one_begins(target: date) -> None:
    book = fed(D(2022, 12, 9))
    assert book.now.step("nop").round.since_at == local(CALENDAR.shift(D(2022, 12, 2), -AHEAD), 0)
    book.world = book.world._replace(others={"bao-cao": target})
    book.check(local(D(2022, 11, 1)))
    begins_on = CALENDAR.shift(CALENDAR.shift(target, -5), -AHEAD)
    assert book.now.step("nop").round.since_at == local(begins_on, 0)
    said = len(book.said)
    book.check(local(CALENDAR.shift(begins_on, -1), 16))
    assert len(book.said) == said
    book.check(local(begins_on, 9))
    assert [n.kind for n in book.said[said:]] == ["moved"]


def test_a_due_that_moves_once_its_round_has_begun_is_told_at_once() -> None:
    book = fed(D(2022, 12, 9))
    begun_at = local(CALENDAR.shift(D(2022, 12, 2), -AHEAD), 9)
    book.check(begun_at)
    book.world = book.world._replace(others={"bao-cao": D(2022, 12, 16)})
    book.check(begun_at)
    assert (book.now.step("nop").round.cause, book.now.step("nop").round.since_at) == ("moved", begun_at)
    assert book.said[-1].kind == "moved"


def test_a_due_moved_so_near_that_its_first_reminder_has_passed_is_told_at_once() -> None:
    book = fed(D(2022, 12, 9))
    at = local(D(2022, 11, 1), 9)
    book.world = book.world._replace(others={"bao-cao": D(2022, 11, 9)})
    book.check(at)
    assert book.now.step("nop").round.since_at == at and book.said[-1].kind == "moved"


def test_a_complex_case_keeps_its_longer_clock_when_it_is_checked_again():
    settle = a_step("giai-quyet", within(30, "day", "nop"), complex_timing=within(45, "day", "nop"), by="van-phong")
    obligation, birth = a_case(
        a_step(timing=within(10, "day", "event")), settle, event_on=D(2022, 3, 1), at=local(D(2022, 3, 1), 9)
    )
    assert birth.rounds[0][1].last_on == D(2022, 3, 11)
    book = a_book(obligation, plan=a_plan(obligation), birth=birth)
    book.act("decided", local(D(2022, 3, 2)), "giai-quyet", what="complex")
    book.submit(local(D(2022, 3, 4)))
    assert rounds(book, "giai-quyet") == [(1, "opened", D(2022, 4, 18))]
    for day in (7, 8, 9):
        book.check(local(D(2022, 3, day)))
    assert rounds(book, "giai-quyet") == [(1, "opened", D(2022, 4, 18))]


def test_a_corrected_act_moves_the_due_that_counts_from_it():
    book = a_book(an_obligation(a_step(), a_step("gui", within(5, "working-day", "nop"))))
    book.submit(local(D(2022, 6, 1)), on=D(2022, 5, 31))
    submitted = next(f for f in book.facts if f.kind == "submitted")
    book.act("corrected", local(D(2022, 6, 2), 9), values={"act_on": "2022-05-30"}, corrects=submitted.seq)
    assert rounds(book, "gui") == [(1, "opened", D(2022, 6, 7)), (2, "moved", D(2022, 6, 6))]


def test_a_suspended_step_is_silent_and_comes_back_to_where_it_stood():
    book = a_book()
    book.days(D(2022, 5, 25), D(2022, 5, 26))
    book.act("suspended", local(D(2022, 5, 27)))
    assert book.days(D(2022, 5, 28), D(2022, 6, 20)) == []
    book.act("resumed", local(D(2022, 6, 21), 9))
    assert book.now.step("nop").status == "open"
    waiting = a_book(an_obligation(a_step(), a_step("gui", within(2, "working-day", "nop"))))
    waiting.act("suspended", local(MAY_30), "gui")
    waiting.act("resumed", local(D(2022, 5, 31)), "gui")
    assert waiting.now.step("gui").status == "waiting"
    handed_in = a_book(an_obligation(a_step(), confirming()))
    handed_in.submit(local(MAY_30))
    handed_in.act("suspended", local(MAY_30, 10))
    handed_in.act("resumed", local(MAY_30, 11))
    assert handed_in.now.step("nop").status == "submitted"


def test_a_finished_step_cannot_be_suspended():
    book = a_book()
    book.submit(local(MAY_30))
    book.act("suspended", local(D(2022, 5, 31)))
    assert book.now.step("nop").status == "done"


def test_a_due_on_the_calendar_for_the_offices_word_survives_a_return():
    dated = confirming()._replace(timing=Timing("chậm nhất ngày 20/6", on(D(2022, 6, 20)).steps[0].timing.rule))
    book = a_book(an_obligation(a_step(), dated))
    book.submit(local(MAY_30))
    book.act("returned", local(D(2022, 5, 31)), reason="thiếu")
    assert book.now.step("xac-nhan").status == "open"
    assert rounds(book, "xac-nhan") == [(1, "opened", D(2022, 6, 20))]


def test_what_is_waived_or_set_aside_is_never_spoken_of_again():
    for kind in ("waived", "set-aside"):
        book = a_book()
        book.act(kind, local(D(2022, 5, 20)), "", reason="đơn vị giải thể")
        assert book.days(D(2022, 5, 21), D(2022, 7, 1)) == []
        assert book.check(local(D(2022, 7, 2))).next_at is None


def test_the_page_on_the_engine_names_every_cause_of_a_round() -> None:
    page = (Path(__file__).parents[2] / "docs" / "engine.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.count("|") == 4]
    named = {cause.split("(")[0].strip() for row in rows for cause in row.split(",")}
    assert set(get_args(Cause)) <= named
