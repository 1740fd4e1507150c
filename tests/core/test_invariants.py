"""The ten invariants of docs/engine.md, as far as they can be said of values alone.

Their other halves, on a real register: test_invariants_register.py (4, 5, 9, 10).
"""

from copy import deepcopy
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from core_samples import CALENDAR, Book, a_plan, an_obligation
from hypothesis import assume, given
from hypothesis import strategies as st
from random_office import acts, books, calendars, checks, fresh, instants, obligations, play

from dondoc.core.book_entries import facts_of
from dondoc.core.decide import decide
from dondoc.core.facts import Fact
from dondoc.core.fold import fold
from dondoc.core.ladder import rungs
from dondoc.core.notice import NOW, Notice
from dondoc.core.occurrence import Occurrence
from dondoc.core.phase import standing_of
from dondoc.core.round_value import round_from, round_payload
from dondoc.core.schedule import expand


def asked(book: Book, at: datetime):
    return decide(book.obligation, book.now, book.world, at)


@given(st.data())
def test_invariant_1_decide_is_a_function_of_its_arguments(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book, 3)))
    at = data.draw(instants(book))
    occurrence, before = book.now, deepcopy(book.facts)
    first = decide(book.obligation, occurrence, book.world, at)
    again = decide(book.obligation, deepcopy(occurrence), book.world, at.astimezone(ZoneInfo("America/New_York")))
    assert first == again
    assert (occurrence, book.facts) == (book.now, before)


@given(st.data())
def test_invariant_2_applied_it_has_nothing_more_to_say_at_the_same_instant(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    at = data.draw(instants(book))
    first = book.check(at)
    second = asked(book, at)
    assert second.actions == ()
    assert second.next_at == first.next_at
    assert second.after == book.now


@given(st.data())
def test_the_fold_of_what_a_decision_writes_is_the_state_it_foresaw(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    at = data.draw(instants(book))
    decision = asked(book, at)
    written = facts_of(decision, book.birth.key, at, book.world.moments.day_of(at), "test")
    assert fold(book.obligation, book.birth, [*book.facts, *written]) == decision.after


@given(st.data())
def test_invariant_3_checking_often_or_only_at_the_end_leaves_the_same_state(data):
    """Facts before t₁; tₙ in the office's hours; people and calendar as they were."""
    often = data.draw(books().filter(lambda b: not b.obligation.population))
    some_acts, end = data.draw(acts(often)), data.draw(instants(often))
    play(often, some_acts, [])
    start = max([f.recorded_at for f in often.facts], default=often.birth.opens_at)
    end = often.world.moments.next_open(max(end, start))
    seldom = Book(often.obligation, often.birth, often.world, list(often.facts))
    for at in [at for at in data.draw(checks(often)) if start <= at <= end]:
        often.check(at)
    often.check(end)
    seldom.check(end)
    assert often.now == seldom.now
    assert _standings(often, end) == _standings(seldom, end)
    assert {n.key for n in seldom.said} <= {n.key for n in often.said}


@given(st.data())
def test_invariant_3_answers_between_the_checks_leave_the_same_rounds_phases_and_timeliness(data):
    """The cursor of an answered round stays where its last check left it; all else is equal."""
    often = data.draw(books().filter(lambda b: not b.obligation.population))
    some_acts, end = data.draw(acts(often)), data.draw(instants(often))
    end = often.world.moments.next_open(max([end, *(act.at for act in some_acts)]))
    seldom = play(fresh(often), some_acts, [])
    play(often, some_acts, [at for at in data.draw(checks(often)) if at <= end])
    # A word on an approval answers a question that only the one who looked could have asked.
    assume(_human(often.facts) == _human(seldom.facts))
    often.check(end)
    seldom.check(end)
    assert _rounds(often) == _rounds(seldom)
    assert _standings(often, end) == _standings(seldom, end)


def _standings(book: Book, at: datetime) -> list:
    return [standing_of(step, book.now, book.world.moments, at) for step in book.obligation.steps]


def _rounds(book: Book) -> list:
    return [[r._replace(cursor=0, approvals=()) for r in step.rounds] for step in book.now.steps]


def _human(facts: list[Fact]) -> list[tuple]:
    return [(f.kind, f.step, f.recorded_at, dict(f.payload)) for f in facts if f.actor == "clerk"]


@given(st.data())
def test_invariant_4_nothing_is_said_after_the_answer_and_what_was_said_carries_an_older_epoch(data):
    book = data.draw(books().filter(lambda b: not b.obligation.population))
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    state = book.now.step("nop")
    assume(state.status == "open")
    at = max([f.recorded_at for f in book.facts], default=book.birth.opens_at) + timedelta(hours=1)
    spoken = [n for n in book.said if n.step == "nop"]
    said = len(book.said)
    book.submit(at)
    assert all(n.epoch < book.now.step("nop").epoch for n in spoken)
    for days in (1, 10, 200):
        book.check(at + timedelta(days=days))
    assert [n for n in book.said[said:] if n.step == "nop"] == []


@given(st.data())
def test_invariant_5_a_notice_key_exists_once(data):
    book = data.draw(books())
    play(book, data.draw(acts(book, 8)), data.draw(checks(book, 12)))
    keys = [notice.key for notice in book.said]
    assert len(keys) == len(set(keys))


@given(st.data())
def test_invariant_6_whatever_passed_its_due_unanswered_was_told_or_is_a_gap(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    end = book.world.moments.next_open(data.draw(instants(book)))
    assume(all(fact.recorded_at <= end for fact in book.facts))
    book.check(end)
    for step in book.obligation.steps:
        state = book.now.step(step.id)
        if state.status != "open" or state.round is None or state.round.last_on is None:
            continue
        ladder = islice(rungs(state.round, step.ladder, book.world.moments), 60)
        overdue = next(rung for rung in ladder if rung.kind == "overdue")
        heard = {n.kind for n in book.said if (n.step, n.round) == (step.id, state.round.n)}
        assert (overdue.at <= end) == bool(
            heard & {"overdue", "gap"} or ("escalation" in heard and overdue.at <= end)
        ) or (overdue.at > end)
        if overdue.at <= end:
            assert heard & {"overdue", "escalation", "gap"}


@given(st.data())
def test_invariant_7_target_is_a_working_day_the_last_one_up_to_the_last_day(data):
    calendar = data.draw(st.one_of(st.just(CALENDAR), calendars()))
    obligation = data.draw(obligations())
    for birth in expand(a_plan(obligation), calendar):
        for _, round_ in birth.rounds:
            if round_.last_on is not None:
                _aims_at_a_working_day(round_, calendar)
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    for state in book.now.steps:
        for round_ in state.rounds:
            _aims_at_a_working_day(round_, book.world.moments.calendar)


def _aims_at_a_working_day(round_, calendar):
    if round_.last_on is None:
        assert round_.target_on is None
        return
    assert calendar.is_working(round_.target_on)
    assert round_.target_on <= round_.last_on
    assert calendar.count_between(round_.target_on, round_.last_on) == 0


@given(st.data())
def test_invariant_8_next_at_is_never_later_than_the_first_moment_at_which_decide_would_act(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    start = max([f.recorded_at for f in book.facts], default=data.draw(instants(book)))
    next_at = book.check(start).next_at
    assert next_at is None or next_at > start
    until = next_at or start + timedelta(days=500)
    between = data.draw(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=12))
    for share in between:
        at = start + share * (until - start)
        assert asked(book, at).actions == () or at >= until
    last = until - timedelta(seconds=1)
    if last > start:
        assert asked(book, last).actions == ()


@given(st.data())
def test_following_next_at_alone_says_what_an_hourly_sweep_says(data):
    book = data.draw(books().filter(lambda b: not b.obligation.population))
    swept = fresh(book)
    start = book.birth.opens_at - timedelta(days=1)
    end = start + timedelta(days=20)
    at = start
    while at is not None and at <= end:
        at = book.check(at).next_at
    for hours in range(24 * 20 + 1):
        swept.check(start + timedelta(hours=hours))
    assert [n.key for n in book.said] == [n.key for n in swept.said]
    assert book.now == swept.now


@given(st.data())
def test_invariant_9_folding_again_gives_the_same_steps_and_agenda(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    at = max([f.recorded_at for f in book.facts], default=book.birth.opens_at)
    decision = book.check(at)
    folded: Occurrence = fold(book.obligation, book.birth, list(book.facts))
    assert folded == decision.after
    assert decide(book.obligation, folded, book.world, at).next_at == decision.next_at
    for state in folded.steps:
        for round_ in state.rounds:
            assert round_from(round_payload(round_)) == round_._replace(cursor=0, approvals=())


@given(st.data())
def test_invariant_10_opening_the_same_plan_twice_makes_each_occurrence_once(data):
    plan = a_plan(data.draw(obligations()), an_obligation(id="khac"))
    calendar = data.draw(calendars())
    first, second = expand(plan, calendar), expand(plan, calendar)
    keys = [birth.key for birth in first]
    assert first == second
    assert len(keys) == len(set(keys))


@given(st.data())
def test_no_reminder_after_the_due_and_no_superior_before_the_doer(data):
    book = data.draw(books())
    some = data.draw(checks(book, 12))
    for at in some:
        before = len(book.said)
        book.check(at)
        for place, notice in enumerate(book.said[before:]):
            round_ = book.now.step(notice.step).rounds[notice.round - 1]
            late = round_.last_on is not None and book.world.moments.day_of(at) > round_.last_on
            if notice.kind in ("reminder", "due-today", "opened"):
                assert not late
            if notice.kind == "escalation":
                so_far = book.said[: before + place + 1]
                same = [n for n in so_far if (n.step, n.round) == (notice.step, notice.round)]
                # One person in both roles hears once, in the superior's voice.
                assert {n.kind for n in same} & {"overdue", "gap"} or _doer(book, notice, at) in {
                    "",
                    *(n.recipient for n in same),
                }


def _doer(book: Book, notice: Notice, at: datetime) -> str:
    """Who does the step; "" where nobody does and nobody is missed: the accused himself."""
    step = next(s for s in book.obligation.steps if s.id == notice.step)
    on, excluded = book.world.moments.day_of(at), frozenset(book.birth.excluded)
    return book.world.directory.resolve(step.by, book.birth.party, on, excluded).person


@given(st.data())
def test_the_excluded_are_never_told_and_a_proposed_due_never_reaches_the_leadership(data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book, 12)))
    roles = book.world.directory.roles
    for notice in book.said:
        assert notice.recipient not in book.birth.excluded or not notice.recipient
        round_ = book.now.step(notice.step).rounds[notice.round - 1]
        if round_.basis == "proposed" and notice.kind == "escalation":
            for role in filter(None, (notice.role, notice.acting)):
                assert not roles[role].leadership


@given(st.data())
def test_one_person_is_told_of_a_step_once_a_check(data):
    book = data.draw(books())
    for at in data.draw(checks(book, 12)):
        before = len(book.said)
        book.check(at)
        tellings = [(n.recipient, n.step) for n in book.said[before:] if n.kind not in ("approval", "gap")]
        assert len(tellings) == len(set(tellings))
        assert all(n.moment_at <= at < n.not_after for n in book.said[before:])
        assert all((n.pace == "now") == (n.kind in NOW) for n in book.said[before:])
