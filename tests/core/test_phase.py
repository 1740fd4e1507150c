"""How a step stands on a day: phase and timeliness. 05/6/2022: target Friday 03/6, last lawful day Saturday 04/6."""

from datetime import date

import pytest
from core_samples import a_book, a_step, an_obligation, confirming, local

from dondoc.core.due import due_decided
from dondoc.core.phase import Timeliness, stand, standing_of
from dondoc.core.plan import Basis
from dondoc.core.round_value import round_payload
from dondoc.core.rounds import next_round
from dondoc.core.timing import Timing, Unset

D = date


def stands(book, day, hour=10):
    return stand(book.obligation, book.now, book.world.moments, local(day, hour))


def both(book, day):
    standing = stands(book, day)
    return standing.phase, standing.timeliness


@pytest.mark.parametrize(
    ("day", "phase", "timeliness"),
    [
        (D(2022, 5, 24), "not-open", Timeliness("in-time", 8)),
        (D(2022, 5, 25), "open", Timeliness("in-time", 7)),
        (D(2022, 5, 30), "open", Timeliness("in-time", 4)),
        (D(2022, 5, 31), "open", Timeliness("due-soon", 3)),
        (D(2022, 6, 2), "open", Timeliness("due-soon", 1)),
        (D(2022, 6, 3), "open", Timeliness("due")),
        (D(2022, 6, 4), "open", Timeliness("due")),
        (D(2022, 6, 5), "open", Timeliness("overdue", 1)),
        (D(2022, 6, 6), "open", Timeliness("overdue", 2)),
    ],
)
def test_an_unanswered_due_day_by_day(day, phase, timeliness):
    assert both(a_book(), day) == (phase, timeliness)


def test_the_first_instant_of_the_office_day_after_the_last_is_late_and_the_last_second_before_is_not():
    book = a_book()
    assert stands(book, D(2022, 6, 4), 23).timeliness.kind == "due"
    assert stands(book, D(2022, 6, 5), 0).timeliness.kind == "overdue"


@pytest.mark.parametrize(
    ("day", "timeliness"),
    [
        (D(2022, 6, 2), Timeliness("done-early")),
        (D(2022, 6, 3), Timeliness("done-in-time")),
        (D(2022, 6, 4), Timeliness("done-in-time")),
        (D(2022, 6, 5), Timeliness("done-late", 1)),
        (D(2022, 6, 8), Timeliness("done-late", 4)),
    ],
)
def test_an_answer_on_its_day(day, timeliness):
    book = a_book()
    book.submit(local(day, 10))
    assert both(book, D(2022, 6, 10)) == ("done", timeliness)


def test_what_is_handed_in_awaits_the_offices_word_and_then_stands_by_the_act():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(D(2022, 6, 8)))
    assert both(book, D(2022, 6, 8)) == ("awaiting", Timeliness("done-late", 4))
    book.act("confirmed", local(D(2022, 6, 9)))
    assert stands(book, D(2022, 6, 9)).step == "nop"
    assert both(book, D(2022, 6, 9)) == ("done", Timeliness("done-late", 4))


def test_an_act_before_the_due_written_down_after_it_counts_late_until_the_office_confirms_its_date():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(D(2022, 6, 7)), on=D(2022, 6, 3))
    assert both(book, D(2022, 6, 7)) == ("awaiting", Timeliness("done-late", 3, recorded_late=True))
    book.act("confirmed", local(D(2022, 6, 8)))
    assert both(book, D(2022, 6, 8)) == ("done", Timeliness("done-in-time", 0, recorded_late=True))


def test_an_act_written_down_on_the_last_day_is_not_marked():
    book = a_book()
    book.submit(local(D(2022, 6, 4), 10), on=D(2022, 6, 3))
    assert both(book, D(2022, 6, 10)) == ("done", Timeliness("done-in-time"))


def test_the_office_may_set_the_sending_day_which_then_decides():
    book = a_book(an_obligation(a_step(deciding_date="sent"), confirming()))
    book.submit(local(D(2022, 6, 3)))
    book.act("received", local(D(2022, 6, 6)), sent_on="2022-06-05")
    book.act("confirmed", local(D(2022, 6, 6)))
    assert both(book, D(2022, 6, 7)) == ("done", Timeliness("done-late", 1))


@pytest.mark.parametrize(
    ("deciding", "kind"), [("done", "done-in-time"), ("signed", "done-late"), ("submitted", "done-late")]
)
def test_which_day_decides_belongs_to_the_obligation(deciding, kind):
    book = a_book(an_obligation(a_step(deciding_date=deciding), confirming()))
    book.submit(local(D(2022, 6, 8)), done_on="2022-06-03", signed_on="2022-06-07")
    book.act("confirmed", local(D(2022, 6, 9)))
    assert stands(book, D(2022, 6, 9)).timeliness.kind == kind


def test_a_return_is_shown_as_a_return_with_its_own_due_and_the_first_submission_beside_it():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(D(2022, 6, 3), 9))
    book.act("returned", local(D(2022, 6, 6), 9), reason="thiếu")
    standing = stands(book, D(2022, 6, 7))
    assert (standing.phase, standing.timeliness) == ("returned", Timeliness("due-soon", 1))
    assert standing.original == Timeliness("done-in-time")
    book.submit(local(D(2022, 6, 8)))
    book.act("confirmed", local(D(2022, 6, 8), 10))
    standing = stands(book, D(2022, 6, 9))
    assert (standing.timeliness, standing.original) == (Timeliness("done-in-time"), Timeliness("done-in-time"))


def test_an_extended_due_is_met_while_the_original_one_was_missed():
    book = a_book()
    due = due_decided(D(2022, 6, 15), book.world.moments.calendar, ("decided-by 05/QĐ",))
    at = local(D(2022, 6, 2), 9)
    round_ = next_round(book.now.step("nop"), "extended", at, due, "office", "05/QĐ")
    book.act("round-begun", at, **round_payload(round_))
    assert stands(book, D(2022, 6, 8)).original == Timeliness("overdue", 4)
    book.submit(local(D(2022, 6, 10)))
    standing = stands(book, D(2022, 6, 11))
    assert (standing.timeliness, standing.original) == (Timeliness("done-early"), Timeliness("done-late", 6))


def test_the_remaining_phases():
    unset = a_book(an_obligation(a_step(timing=Timing("theo quy định", Unset("theo quy định")))))
    assert both(unset, D(2022, 6, 8)) == ("unset", Timeliness("none"))
    for kind, phase in (("waived", "waived"), ("set-aside", "set-aside"), ("suspended", "suspended")):
        book = a_book()
        book.act(kind, local(D(2022, 5, 30)), reason="lý do")
        assert both(book, D(2022, 6, 8)) == (phase, Timeliness("none"))
    nothing = a_book(an_obligation(a_step(), confirming()))
    nothing.act("nothing-occurred", local(D(2022, 6, 3)))
    assert both(nothing, D(2022, 6, 8)) == ("nothing", Timeliness("done-in-time"))


def test_a_step_that_waits_for_another_says_so():
    book = a_book(an_obligation(a_step(), confirming()))
    step = book.obligation.steps[1]
    assert standing_of(step, book.now, book.world.moments, local(D(2022, 6, 1))).phase == "waiting"


def test_a_decided_case_is_judged_by_the_round_it_answered():
    book = a_book(an_obligation(a_step(), confirming()))
    book.submit(local(D(2022, 6, 8)))
    book.act("returned", local(D(2022, 6, 9)), reason="thiếu")
    standing = stands(book, D(2022, 6, 10))
    assert standing.original == Timeliness("done-late", 4)


@pytest.mark.parametrize(("day", "step", "kind"), [(D(2022, 6, 4), "soan", "due"), (D(2022, 6, 5), "gui", "overdue")])
def test_a_missed_due_of_the_plan_is_not_hidden_by_an_earlier_step_s_proposed_one(day, step, kind):
    book = a_book(an_obligation(a_step("soan", basis=Basis("proposed", "Văn phòng")), a_step("gui")))
    standing = stands(book, day)
    assert (standing.step, standing.timeliness.kind) == (step, kind)
