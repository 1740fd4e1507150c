"""The plan's year 2022, expanded: what domain.md computed by hand."""

from datetime import date

from core_samples import CALENDAR, REPORT, a_calendar, a_plan, a_step, an_obligation, local, within

from dondoc.core.plan import Ladder
from dondoc.core.schedule import due_in, expand, leading_step, period_by_key
from dondoc.core.timing import (
    BeforeOther,
    MonthlyDay,
    MonthlyWeekday,
    NthWorkingDay,
    OnEvent,
    PeriodEnd,
    SingleDate,
    Timing,
    Unset,
    YearlyDates,
)

D = date


def timed(rule, **values):
    return an_obligation(a_step(timing=Timing("…", rule)), **values)


def dues_of(*obligations, plan=None, calendar=CALENDAR, years=()):
    plan = plan or a_plan(*obligations)
    return [(b.period, b.party, b.rounds[0][1].last_on) for b in expand(plan, calendar, years)]


def test_the_units_two_reports_of_2022_fall_on_04_6_and_09_12():
    births = expand(a_plan(an_obligation()), CALENDAR)
    assert [(b.key, b.label) for b in births] == [
        ("qcdc-2022/bao-cao/2022-H1/chi-cuc-tdc", "6 tháng đầu năm 2022"),
        ("qcdc-2022/bao-cao/2022/chi-cuc-tdc", "năm 2022"),
    ]
    rounds = [dict(b.rounds)["nop"] for b in births]
    assert [(r.last_on, r.target_on) for r in rounds] == [
        (D(2022, 6, 4), D(2022, 6, 3)),
        (D(2022, 12, 9), D(2022, 12, 9)),
    ]


def test_the_self_assessment_of_2022_falls_on_09_11():
    assessment = timed(YearlyDates(((11, 10),), True), periods=("năm",))
    assert dues_of(assessment) == [("2022", "chi-cuc-tdc", D(2022, 11, 9))]


def test_receptions_begin_with_the_plan_on_24_02():
    reception = timed(MonthlyWeekday(3, "last-thursday"), collision="next-in-month-else-previous")
    days = [last_on for _, _, last_on in dues_of(reception)]
    assert days == [
        D(2022, 2, 24),
        D(2022, 3, 31),
        D(2022, 4, 28),
        D(2022, 5, 26),
        D(2022, 6, 30),
        D(2022, 7, 28),
        D(2022, 8, 25),
        D(2022, 9, 29),
        D(2022, 10, 27),
        D(2022, 11, 24),
        D(2022, 12, 29),
    ]


def test_a_month_skipped_by_the_collision_rule_has_no_occurrence():
    reception = timed(MonthlyWeekday(3, "last-thursday"), collision="skip")
    off = a_calendar({D(2022, 3, 31): "nghỉ"})
    assert "2022-03" not in [period for period, _, _ in dues_of(reception, calendar=off)]
    assert "2022-02" in [period for period, _, _ in dues_of(reception, calendar=off)]


def test_one_occurrence_a_party():
    two = an_obligation(parties=("chi-cuc-tdc", "phong-qlkh"))
    assert [party for _, party, _ in dues_of(two)] == ["chi-cuc-tdc", "phong-qlkh"] * 2


def test_periods_of_every_length():
    assert len(dues_of(timed(MonthlyDay(15, False)))) == 10  # 15/3 … 15/12; 15/02 lies before the plan
    assert dues_of(timed(MonthlyDay(31, False)))[0] == ("2022-02", "chi-cuc-tdc", D(2022, 2, 28))
    assert [p for p, _, _ in dues_of(timed(PeriodEnd("quarter")))] == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]
    assert [d for _, _, d in dues_of(timed(PeriodEnd("half-year")))] == [D(2022, 6, 30), D(2022, 12, 30)]
    assert dues_of(timed(NthWorkingDay(1, "quarter")))[0] == ("2022-Q2", "chi-cuc-tdc", D(2022, 4, 1))


def test_a_dated_duty_occurs_in_its_own_year_only():
    once = timed(SingleDate(D(2022, 10, 31), False), kind="once", goes_on=True)
    assert dues_of(once, years=(2023,)) == [("2022-10-31", "chi-cuc-tdc", D(2022, 10, 31))]


def test_a_due_before_the_plans_first_day_opens_nothing_and_one_on_it_does():
    day = timed(SingleDate(D(2022, 2, 17), False))
    assert dues_of(day) == []
    assert len(dues_of(timed(SingleDate(D(2022, 2, 18), False)))) == 1


def test_what_rests_on_the_plan_ends_with_it_and_what_rests_on_law_goes_on():
    assert len(dues_of(timed(MonthlyDay(15, False)), years=(2023,))) == 10
    assert len(dues_of(timed(MonthlyDay(15, False), goes_on=True), years=(2023,))) == 22


def test_an_event_opened_duty_has_no_occurrence_of_its_own():
    assert dues_of(timed(OnEvent("khieu-nai"), kind="event")) == []


def test_an_unset_due_is_opened_without_a_day():
    (birth,) = expand(a_plan(timed(Unset("đúng thời gian quy định"))), CALENDAR)
    round_ = birth.rounds[0][1]
    assert (round_.last_on, round_.target_on) == (None, None)
    assert round_.why == ("unset đúng thời gian quy định",)


def test_a_period_from_the_plans_issue_counts_from_18_02():
    sent = an_obligation(a_step(timing=within(1, "working-day", "issued")))
    assert [d for _, _, d in dues_of(sent)] == [D(2022, 2, 21)]


def test_a_producer_is_due_before_its_consumers_target():
    report = an_obligation()
    data = timed(BeforeOther(5, "bao-cao"), id="so-lieu", periods=("6 tháng đầu năm", "năm"))
    assert dues_of(data, plan=a_plan(data, report))[:2] == [
        ("2022-H1", "chi-cuc-tdc", D(2022, 5, 27)),
        ("2022", "chi-cuc-tdc", D(2022, 12, 2)),
    ]


def test_steps_that_wait_for_an_earlier_one_have_no_round_at_birth():
    report = an_obligation(a_step(), a_step("gui", within(2, "working-day", "nop")))
    births = expand(a_plan(report), CALENDAR)
    assert [[step for step, _ in b.rounds] for b in births] == [["nop"], ["nop"]]
    assert leading_step(report).id == "nop"


def test_an_occurrence_opens_on_the_day_of_its_first_reminder_but_never_before_the_plan():
    first, _second = expand(a_plan(an_obligation()), CALENDAR)
    assert first.opens_at == local(D(2022, 5, 25), 0)  # seven working days before Friday 03/6
    early = timed(SingleDate(D(2022, 2, 22), False))
    (birth,) = expand(a_plan(early), CALENDAR)
    assert birth.opens_at == local(D(2022, 2, 18), 0)


def test_a_step_without_reminders_opens_on_its_target():
    quiet = an_obligation(a_step(ladder=Ladder("im-lang")))
    assert expand(a_plan(quiet), CALENDAR)[0].opens_at == local(D(2022, 6, 3), 0)


def test_every_period_computes_its_own_due_again_from_what_its_birth_keeps():
    rules = [
        (YearlyDates(((6, 5), (12, 10)), True), ("6 tháng đầu năm", "năm")),
        (YearlyDates(((6, 5), (12, 10)), True), ()),
        (YearlyDates(((3, 31), (6, 30)), False), ("quý I", "quý II")),
        (MonthlyDay(15, False), ()),
        (PeriodEnd("quarter"), ()),
        (PeriodEnd("year", False), ()),
        (NthWorkingDay(2, "half-year"), ()),
    ]
    for rule, periods in rules:
        obligation = timed(rule, periods=periods)
        plan = a_plan(obligation)
        for birth in expand(plan, CALENDAR):
            period = period_by_key(birth.period, birth.label, 2022)
            due = due_in(obligation.steps[0].timing, obligation, period, plan, CALENDAR)
            assert due and due.last_on == birth.rounds[0][1].last_on, (rule, birth.key)


def test_the_phrase_of_the_reports_is_the_first_reason():
    assert expand(a_plan(an_obligation()), CALENDAR)[0].rounds[0][1].why[0] == f"phrase {REPORT.phrase}"
