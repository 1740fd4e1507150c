"""Two editions of a duty held against each other."""

from datetime import date

import pytest
from core_samples import CALENDAR, LADDER, REPORT, a_plan, a_step, an_obligation

from dondoc.core.diff import compare, plan_details, succession
from dondoc.core.plan import Basis, Citation, Ladder
from dondoc.core.schedule import expand
from dondoc.core.timing import MonthlyDay, NthWorkingDay, SingleDate, Timing, YearlyDates

BASE = an_obligation()
LATER = Timing("trước ngày 15/6 và trước ngày 10/12", YearlyDates(((6, 15), (12, 10)), True))


def with_step(**values):
    return an_obligation(a_step(**values), periods=("6 tháng đầu năm", "năm"))


def test_the_same_twice_is_no_change() -> None:
    assert compare([BASE], [BASE]) == []


@pytest.mark.parametrize(
    ("new", "kinds"),
    [
        (with_step(timing=LATER), ("moved",)),
        (BASE._replace(collision="next"), ("moved",)),
        (BASE._replace(valid_to=date(2022, 9, 1)), ("moved",)),
        (BASE._replace(title="Báo cáo mới"), ("reworded",)),
        (BASE._replace(citations=(Citation("III", "khác"),)), ("reworded",)),
        (with_step(ask="Gửi báo cáo."), ("reworded",)),
        (with_step(timing=REPORT._replace(phrase="trước 05/6 và 10/12")), ("reworded",)),
        (BASE._replace(parties=("chi-cuc-tdc", "phong-qlkh")), ("changed",)),
        (with_step(by="unit.head"), ("changed",)),
        (with_step(ladder=Ladder(LADDER.name, (1, 0), LADDER.escalate)), ("changed",)),
        (with_step(basis=Basis("law")), ("changed",)),
        (with_step(timing=LATER, by="unit.head", ask="Gửi."), ("moved", "changed", "reworded")),
        (an_obligation(a_step(), a_step("gui")), ("changed",)),
    ],
)
def test_each_change_is_called_what_it_is(new, kinds) -> None:
    (change,) = compare([BASE], [new])
    assert (change.obligation, change.kinds) == ("bao-cao", kinds)
    assert change.details


def test_added_and_removed_are_told_by_id() -> None:
    other = BASE._replace(id="khac")
    assert [(c.obligation, c.kinds) for c in compare([BASE], [other])] == [
        ("khac", ("added",)),
        ("bao-cao", ("removed",)),
    ]


def test_a_rule_of_another_kind_with_equal_numbers_is_a_move() -> None:
    old = an_obligation(a_step(timing=Timing("x", MonthlyDay(5, False))))
    new = an_obligation(a_step(timing=Timing("x", NthWorkingDay(5, "month"))))
    (change,) = compare([old], [new])
    assert change.kinds == ("moved",)


def test_the_plan_s_own_particulars_are_told_apart() -> None:
    (detail,) = plan_details(a_plan(BASE), a_plan(BASE, valid_to=date(2022, 11, 30)))
    assert (detail.field, detail.before, detail.after) == ("valid_to", "2022-12-31", "2022-11-30")


# --- who takes whose place ---


def once(day: date, *parties: str):
    return an_obligation(
        a_step(timing=Timing("…", SingleDate(day, False))), kind="once", parties=parties or ("van-phong",)
    )


def born(obligation):
    return expand(a_plan(obligation), CALENDAR)


def test_a_key_is_its_own_heir() -> None:
    births = born(BASE)
    found = succession(births, births)
    assert {key: heir.key for key, heir in found.heirs.items()} == {b.key: b.key for b in births}
    assert found.new == ()


def test_a_day_that_moves_has_its_later_self_as_heir() -> None:
    (old,), (new,) = born(once(date(2022, 9, 30))), born(once(date(2022, 10, 31)))
    assert succession([old], [new]).heirs == {old.key: new}


def test_a_duty_of_one_party_passes_to_another() -> None:
    (old,), (new,) = born(once(date(2022, 9, 30))), born(once(date(2022, 9, 30), "phong-qlkh"))
    assert succession([old], [new]).heirs == {old.key: new}


def test_of_several_parties_each_has_only_itself() -> None:
    old = born(once(date(2022, 9, 30), "van-phong", "phong-qlkh"))
    new = born(once(date(2022, 9, 30), "van-phong", "chi-cuc-tdc"))
    found = succession(old, new)
    assert set(found.heirs) == {b.key for b in old if b.party == "van-phong"}
    assert [b.party for b in found.new] == ["chi-cuc-tdc"]


def test_a_quarter_is_no_half_year() -> None:
    old = born(an_obligation(a_step(timing=Timing("…", NthWorkingDay(5, "quarter")))))
    new = born(an_obligation(a_step(timing=Timing("…", NthWorkingDay(5, "half-year")))))
    found = succession(old, new)
    assert found.heirs == {}
    assert len(found.new) == len(new)


def test_a_day_before_the_watch_has_no_heir_so_that_its_later_day_is_watched() -> None:
    (old,), (new,) = born(once(date(2022, 3, 1))), born(once(date(2022, 10, 31)))
    found = succession([old._replace(before_watch=True)], [new])
    assert found.new == (new,)
