"""Who is told what, when the rungs of a round are dealt with."""

from datetime import date

import pytest
from core_samples import (
    DIRECTORY,
    LADDER,
    a_book,
    a_directory,
    a_role,
    a_step,
    an_obligation,
    local,
    on,
)

from dondoc.core.directory import Absence, Holding
from dondoc.core.plan import Basis, Escalation, Ladder

D = date
JUNE_3, JUNE_6, JUNE_8, JUNE_10 = D(2022, 6, 3), D(2022, 6, 6), D(2022, 6, 8), D(2022, 6, 10)


def spoken(notices):
    return [(n.kind, n.recipient) for n in notices]


def with_ladder(*escalations, remind=(0,), **values):
    return an_obligation(a_step(ladder=Ladder("l", remind, escalations), **values))


def after_check(obligation, at, **values):
    book = a_book(obligation, **values)
    book.check(at)
    return book


# --- which rungs speak ---


def test_nobody_answering_the_june_report_is_heard_of_in_this_order():
    book = a_book()
    assert spoken(book.days(D(2022, 5, 20), JUNE_10)) == [
        ("opened", "tdc-focal"),  # 25/5
        ("reminder", "tdc-focal"),  # 31/5, T-3
        ("reminder", "tdc-focal"),  # 02/6, T-1
        ("due-today", "tdc-focal"),  # 03/6
        ("overdue", "tdc-focal"),  # 06/6
        ("escalation", "tdc-head"),  # 06/6
        ("escalation", "chief"),  # 08/6
        ("approval", "chief"),  # 10/6: before the director hears
    ]


def test_after_a_standstill_only_the_latest_reminder_speaks_and_the_earlier_ones_are_superseded():
    book = after_check(None, local(D(2022, 6, 2), 9))
    assert [n.key.split("#")[1] for n in book.said] == ["nop.1.T-1@tdc-focal"]
    assert book.superseded == ["opened", "T-3"]


def test_no_reminder_speaks_after_the_due():
    book = after_check(None, local(JUNE_6))
    assert [n.kind for n in book.said] == ["overdue", "escalation"]
    assert book.superseded == ["opened", "T-3", "T-1", "T"]


def test_the_days_own_word_is_worth_nothing_from_the_first_instant_that_is_too_late():
    book = a_book(on(JUNE_3))
    book.check(local(JUNE_3))
    assert book.said[-1].kind == "due-today"
    assert book.said[-1].not_after == local(D(2022, 6, 4), 0)


def test_all_levels_reached_are_told_at_once_the_doer_first():
    book = after_check(None, local(JUNE_8))
    assert spoken(book.said) == [("overdue", "tdc-focal"), ("escalation", "tdc-head"), ("escalation", "chief")]


def test_of_a_levels_repeats_only_the_latest_speaks():
    weekly = with_ladder(Escalation(1, "unit.head", every=2))
    book = after_check(weekly, local(JUNE_10))
    assert [n.key.split("#")[1] for n in book.said] == ["nop.1.+1@tdc-focal", "nop.1.+1 unit.head /2@tdc-head"]
    assert "+1 unit.head" in book.superseded
    assert "+1 unit.head /1" in book.superseded


def test_the_office_is_silent_outside_its_hours_and_days_off():
    book = a_book()
    for at in (local(D(2022, 6, 4), 10), local(D(2022, 6, 5), 10), local(JUNE_6, 6), local(JUNE_6, 17)):
        assert book.check(at).actions == ()
    assert book.check(local(JUNE_6, 16, 59)).actions != ()


def test_an_overdue_told_late_keeps_its_full_time():
    book = after_check(None, local(D(2022, 8, 15)))
    assert all(n.not_after > local(D(2022, 9, 13)) for n in book.said)


def test_an_answered_step_is_silent():
    book = a_book()
    book.submit(local(D(2022, 5, 30)))
    assert book.days(D(2022, 5, 31), D(2022, 6, 30)) == []


def test_an_empty_ladder_speaks_of_the_opening_only():
    book = a_book(an_obligation(a_step(ladder=Ladder("im-lang"))))
    assert [n.kind for n in book.days(D(2022, 5, 20), D(2022, 7, 1))] == ["opened"]


# --- approvals ---


def to_the_director(book):
    book.days(D(2022, 6, 9), JUNE_10)
    return book


def test_a_rung_to_the_director_asks_the_offices_head_first_with_its_draft():
    book = to_the_director(a_book())
    question = book.said[-1]
    assert (question.kind, question.recipient) == ("approval", "chief")
    assert question.details == {"level": "giam-doc", "draft": "cong-van-don-doc"}


def test_the_question_is_chased_each_working_day_and_only_then():
    book = to_the_director(a_book())
    chases = [n for n in book.days(D(2022, 6, 11), D(2022, 6, 15)) if n.kind == "approval"]
    zone = book.world.moments
    assert [zone.day_of(n.moment_at) for n in chases] == [D(2022, 6, 13), D(2022, 6, 14), D(2022, 6, 15)]


def test_a_question_asked_after_a_standstill_is_asked_once():
    book = after_check(None, local(D(2022, 6, 20)))
    assert [n.key.split(".")[-1] for n in book.said if n.kind == "approval"] == ["+5 giam-doc ?6@chief"]


def approval(book, outcome, at):
    state = book.now.step("nop").round
    return book.act(outcome, at, round=state.n, rung=state.approvals[-1].rung)


def test_approved_the_director_is_told_once_and_the_chase_ends():
    book = to_the_director(a_book())
    said = len(book.said)
    approval(book, "approved", local(D(2022, 6, 13), 9))
    assert spoken(book.said[said:]) == [("escalation", "director")]
    assert book.days(D(2022, 6, 13), D(2022, 6, 16), hour=10) == []


def test_approved_at_night_the_director_hears_when_the_office_opens():
    book = to_the_director(a_book())
    said = len(book.said)
    decision = approval(book, "approved", local(JUNE_10, 22))
    assert book.said[said:] == []
    assert decision.next_at == local(D(2022, 6, 13), 7, 30)
    book.check(decision.next_at)
    assert spoken(book.said[said:]) == [("escalation", "director")]


def test_withheld_the_director_hears_nothing_of_that_rung_and_is_asked_about_again_at_its_repeat():
    book = to_the_director(a_book())
    approval(book, "withheld", local(JUNE_10, 10))
    assert book.days(D(2022, 6, 11), D(2022, 6, 16)) == []
    assert spoken(book.days(D(2022, 6, 17), D(2022, 6, 17))) == [("approval", "chief")]


def test_one_question_at_a_time_is_put_about_one_level():
    book = to_the_director(a_book())
    book.days(D(2022, 6, 11), D(2022, 6, 24))  # the repeat of 17/6 passes while the first question waits
    assert len(book.now.step("nop").round.approvals) == 1


# --- a due that nobody decided ---


def proposed(directory=DIRECTORY):
    book = a_book(with_ladder(*LADDER.escalate, basis=Basis("proposed")), directory=directory)
    book.days(D(2022, 5, 20), D(2022, 7, 10))
    return book


def test_a_proposed_due_never_speaks_above_the_offices_head_and_asks_nobody_to():
    assert {n.recipient for n in proposed().said} == {"tdc-focal", "tdc-head", "chief"}
    assert {n.kind for n in proposed().said} == {"due-today", "overdue", "escalation"}


def test_a_proposed_due_does_not_climb_to_the_director_by_way_of_vacant_desks():
    empty = a_directory(a_role("chanh-van-phong", up="giam-doc"), a_role("chi-cuc-truong-tdc", up="giam-doc"))
    said = proposed(empty).said
    assert "director" not in {n.recipient for n in said}
    assert {n.details.get("role") for n in said if n.kind == "gap"} == {"chi-cuc-truong-tdc", "chanh-van-phong"}


# --- to whom ---


def told(directory, day=JUNE_3, obligation=None, **values):
    return after_check(obligation or on(JUNE_3), local(day), directory=directory, **values).said


def test_an_absent_holder_is_answered_for_by_the_deputy_without_a_gap():
    away = a_directory(absences=[Absence("tdc-focal", D(2022, 6, 1), JUNE_3)])
    (notice,) = told(away)
    assert (notice.recipient, notice.role, notice.acting) == ("tdc-second", "dau-moi-tdc", "pho-dau-moi-tdc")
    back = a_directory(absences=[Absence("tdc-focal", D(2022, 6, 1), D(2022, 6, 2))])
    assert told(back)[0].recipient == "tdc-focal"


def test_with_holder_and_deputy_absent_the_next_one_up_is_told_and_the_office_hears_of_the_gap():
    away = a_directory(absences=[Absence(p, D(2022, 6, 1), D(2022, 6, 30)) for p in ("tdc-focal", "tdc-second")])
    assert spoken(told(away)) == [("due-today", "tdc-head"), ("gap", "clerk")]
    assert told(away)[1].details["gap"] == "absent"


def test_a_vacant_role_and_an_unknown_one_are_gaps_of_their_own_names():
    vacant = a_directory(a_role("dau-moi-tdc", unit="chi-cuc-tdc"))
    assert [(n.kind, n.details.get("gap")) for n in told(vacant)] == [("gap", "vacant")]
    unknown = told(DIRECTORY, obligation=on(JUNE_3, by="nobody"))
    assert [(n.kind, n.recipient, n.details["gap"]) for n in unknown] == [("gap", "clerk", "unknown-role")]


def test_a_person_without_an_address_is_a_gap_at_the_office_and_gets_nothing():
    said = told(a_directory(reachable=frozenset({"clerk"})))
    assert [(n.kind, n.recipient, n.details.get("gap")) for n in said] == [("gap", "clerk", "no-address")]


def test_a_gap_of_the_office_itself_opens_no_further_gap():
    nobody = a_directory(a_role("dau-moi-tdc"), a_role("van-phong"))
    (gap,) = told(nobody)
    assert (gap.kind, gap.recipient, gap.role) == ("gap", "", "van-phong")


def test_a_committees_duty_goes_to_its_secretary_in_the_voice_of_a_request():
    (notice,) = told(DIRECTORY, obligation=on(JUNE_3, by="chi-uy"))
    assert (notice.recipient, notice.acting, notice.tone) == ("party-secretary", "thu-ky-chi-uy", "request")


def test_the_same_person_in_two_roles_is_told_once_in_the_higher_voice():
    both = a_directory(a_role("dau-moi-tdc", "tdc-head", unit="chi-cuc-tdc"))
    book = after_check(None, local(JUNE_6), directory=both)
    assert spoken(book.said) == [("escalation", "tdc-head")]


def test_the_higher_voice_is_the_higher_level_even_when_a_lower_one_repeats_later():
    levels = (Escalation(1, "unit.head", every=2), Escalation(4, "chanh-van-phong"))
    both = a_directory(a_role("chanh-van-phong", "tdc-head"))
    book = after_check(with_ladder(*levels), local(JUNE_10), directory=both)  # /2 of the unit's head is the later rung
    assert [n.key.split(".")[-1] for n in book.said] == ["+1@tdc-focal", "+4 chanh-van-phong@tdc-head"]


def test_the_accused_is_left_out_of_every_chain_and_is_no_gap():
    book = a_book(on(JUNE_3))
    book.birth = book.birth._replace(excluded=("tdc-focal",))
    book.check(local(JUNE_3))
    assert spoken(book.said) == [("due-today", "tdc-second")]
    lone = a_book(on(JUNE_3), directory=a_directory(a_role("dau-moi-tdc", "tdc-focal", up="chi-cuc-truong-tdc")))
    lone.birth = lone.birth._replace(excluded=("tdc-focal",))
    lone.check(local(JUNE_3))
    assert spoken(lone.said) == [("due-today", "tdc-head")]


def test_the_accused_clerk_hears_of_no_gap():
    unit_empty = a_directory(a_role("dau-moi-tdc"), a_role("van-phong", "clerk", up="chanh-van-phong"))
    book = a_book(on(JUNE_3), directory=unit_empty)
    book.birth = book.birth._replace(excluded=("clerk",))
    book.check(local(JUNE_3))
    assert spoken(book.said) == [("gap", "chief")]


@pytest.mark.parametrize(("day", "holder"), [(D(2022, 6, 2), "first"), (JUNE_3, "second")])
def test_the_holder_of_the_day_is_told(day, holder):
    role = a_role("dau-moi-tdc")._replace(
        holders=(Holding("first", until=D(2022, 6, 2)), Holding("second", since=JUNE_3))
    )
    obligation = on(JUNE_3, ladder=Ladder("l", (1, 0)))
    book = a_book(obligation, directory=a_directory(role))
    book.days(D(2022, 5, 30), day)
    assert book.said[-1].recipient == holder


def test_a_role_that_took_over_is_told_instead():
    book = a_book()
    book.days(D(2022, 5, 25), D(2022, 5, 26))
    book.act("reassigned", local(D(2022, 5, 30), 9), to="dau-moi-qlkh")
    assert spoken(book.days(D(2022, 5, 31), D(2022, 5, 31))) == [("reminder", "qlkh-focal")]


def test_a_join_says_who_is_missing():
    book = a_book(missing={"nop": ("chi-cuc-tdc", "phong-qlkh")})
    book.check(local(JUNE_3))
    assert book.said[0].details["missing"] == ["chi-cuc-tdc", "phong-qlkh"]
