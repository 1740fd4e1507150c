"""Phrases to days, by hand for several years; the Thursdays of 2022-2030 against an independent listing."""

from calendar import monthrange
from datetime import date, timedelta

import pytest

from definitions.timing_phrase import parse_phrase
from definitions.timing_plain import plain_calendar
from dondoc.core.due import due_on
from dondoc.core.instances import instances

D = date
DATES = [
    ("trước ngày 05/6", 2022, [D(2022, 6, 4)]),
    ("trước ngày 05/6 và ngày 10/11 của năm", 2023, [D(2023, 6, 4), D(2023, 11, 9)]),
    ("trước ngày 10/01 của năm liền kề", 2022, [D(2023, 1, 9)]),
    ("chậm nhất ngày 05 của tháng sau", 2022, [D(2022, m, 5) for m in range(2, 13)] + [D(2023, 1, 5)]),
    ("ngày 14 của tháng cuối quý", 2024, [D(2024, 3, 14), D(2024, 6, 14), D(2024, 9, 14), D(2024, 12, 14)]),
    ("ngày 10 tháng đầu quý sau", 2022, [D(2022, 4, 10), D(2022, 7, 10), D(2022, 10, 10), D(2023, 1, 10)]),
    ("cuối tháng 02", 2024, [D(2024, 2, 29)]),
    ("cuối tháng 02", 2023, [D(2023, 2, 28)]),
    ("quý III", 2022, [D(2022, 9, 30)]),
    ("trước quý III", 2022, [D(2022, 6, 30)]),
    ("6 tháng đầu năm", 2025, [D(2025, 6, 30)]),
    ("đầu năm", 2022, [D(2022, 1, 1)]),
    ("giữa năm", 2022, [D(2022, 6, 30)]),
    ("cuối năm", 2022, [D(2022, 12, 31)]),
    ("thứ Hai đầu tiên của quý", 2022, [D(2022, 1, 3), D(2022, 4, 4), D(2022, 7, 4), D(2022, 10, 3)]),
    ("sau khi kết thúc năm công tác nhưng không chậm hơn 03 tháng", 2022, [D(2023, 3, 31)]),
    ("trước khi kết thúc quý 10 ngày", 2022, [D(2022, 3, 21), D(2022, 6, 20), D(2022, 9, 20), D(2022, 12, 21)]),
    ("05 ngày làm việc kể từ ngày kết thúc quý I", 2022, [D(2022, 4, 7)]),
    ("05 ngày làm việc trước ngày 10/12", 2022, [D(2022, 12, 5)]),
    ("trước ngày 15 hằng tháng, trừ tháng 02", 2022, [D(2022, m, 14) for m in range(1, 13) if m != 2]),
    (
        "trước ngày 15 hằng tháng; riêng tháng 12 trước ngày 10",
        2022,
        [D(2022, m, 14) for m in range(1, 12)] + [D(2022, 12, 9)],
    ),
    ("ngày làm việc đầu tiên của quý III", 2022, [D(2022, 7, 1)]),
    ("quý III/2023", 2022, []),
    ("trước ngày 15/9/2023", 2023, [D(2023, 9, 14)]),
]


@pytest.mark.parametrize(("phrase", "year", "days"), DATES)
def test_a_phrase_gives_these_last_days(phrase, year, days):
    timing = parse_phrase(phrase, year=year)
    assert [found.last_on for found in instances(timing.rule, year, plain_calendar(year))] == days


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_every_monday_of_a_year_is_there_once(year):
    found = [one.last_on for one in instances(parse_phrase("thứ Hai hằng tuần").rule, year, plain_calendar(year))]
    assert found == [
        D(year, 1, 1) + timedelta(days=i)
        for i in range(366)
        if (D(year, 1, 1) + timedelta(days=i)).year == year and (D(year, 1, 1) + timedelta(days=i)).isoweekday() == 1
    ]


@pytest.mark.parametrize(
    ("phrase", "windows"),
    [
        ("từ ngày 1 đến ngày 5 hằng tháng", [(D(2022, 1, 1), D(2022, 1, 5)), (D(2022, 2, 1), D(2022, 2, 5))]),
        (
            "từ ngày 15 tháng trước đến ngày 14 của tháng",
            [(D(2021, 12, 15), D(2022, 1, 14)), (D(2022, 1, 15), D(2022, 2, 14))],
        ),
        ("từ ngày 15/12 năm trước đến ngày 14/6", [(D(2021, 12, 15), D(2022, 6, 14))]),
        (
            "từ 0h00 ngày 01 đến hết 24h00 ngày cuối cùng của tháng",
            [(D(2022, 1, 1), D(2022, 1, 31)), (D(2022, 2, 1), D(2022, 2, 28))],
        ),
        ("từ thứ hai đến thứ sáu hằng tuần", [(D(2022, 1, 3), D(2022, 1, 7))]),
    ],
)
def test_a_window_opens_and_closes(phrase, windows):
    found = instances(parse_phrase(phrase).rule, 2022, plain_calendar(2022))
    shown = [(one.from_on, one.last_on) for one in found if one.last_on and one.last_on >= D(2022, 1, 2)]
    assert [w for w in windows if w in shown] == windows


def test_figures_close_apart_from_the_due_and_december_by_its_exception():
    phrase = "chốt ngày 25, gửi trước ngày 28 hàng tháng; riêng tháng 12 chốt 31/12"
    found = instances(parse_phrase(phrase).rule, 2022, plain_calendar(2022))
    assert [one.last_on.day for one in found if one.last_on] == [27] * 12
    assert [one.why[0] for one in found[10:]] == ["data-cut 2022-11-25", "data-cut 2022-12-31"]
    assert found[11].why[1] == "data-late 2022-12-31 2022-12-27"


def test_a_weekend_rolls_one_way_and_a_holiday_the_other():
    timing = parse_phrase(
        "ngày 15 hằng tháng, nếu trùng ngày lễ thì chuyển sang ngày làm việc tiếp theo, "
        "nếu trùng thứ bảy, chủ nhật thì chuyển về ngày làm việc liền trước"
    )
    saturday = D(2022, 1, 15)
    assert due_on(saturday, timing, plain_calendar(2022), ()).last_on == D(2022, 1, 14)


READINGS = ("last-thursday", "week-of-last-day", "last-full-week", "last-full-work-week", "fourth-thursday")


def listed(reading: str, year: int, number: int) -> date:
    """By listing days one after the other."""
    length = monthrange(year, number)[1]
    inside = [D(year, number, day) for day in range(1, length + 1)]
    thursdays = [day for day in inside if day.isoweekday() == 4]
    monday = inside[0] - timedelta(days=inside[0].isoweekday() - 1)
    weeks = []
    while monday <= inside[-1]:
        weeks.append([monday + timedelta(days=i) for i in range(7)])
        monday += timedelta(days=7)
    match reading:
        case "last-thursday":
            return thursdays[-1]
        case "fourth-thursday":
            return thursdays[3]
        case "week-of-last-day":
            return next(week[3] for week in weeks if inside[-1] in week)
        case "last-full-week":
            return [week for week in weeks if set(week) <= set(inside)][-1][3]
        case _:
            return [week for week in weeks if set(week[:5]) <= set(inside)][-1][3]


@pytest.mark.parametrize("reading", READINGS)
def test_the_thursdays_of_2022_to_2030_by_every_reading(reading):
    rule = parse_phrase("thứ 5 của tuần cuối tháng", {"last-week": reading}).rule
    for year in range(2022, 2031):
        found = [one.last_on for one in instances(rule, year, plain_calendar(year))]
        assert found == [listed(reading, year, number) for number in range(1, 13)]


def test_the_readings_part_in_46_and_46_and_16_months_of_108():
    def differing(one: str, other: str) -> int:
        return sum(listed(one, y, m) != listed(other, y, m) for y in range(2022, 2031) for m in range(1, 13))

    assert differing("week-of-last-day", "last-thursday") == 46
    assert differing("last-full-week", "last-thursday") == 46
    assert sum(listed("week-of-last-day", y, m) == listed("last-full-week", y, m) == listed("last-thursday", y, m)
               for y in range(2022, 2031) for m in range(1, 13)) == 16  # fmt: skip
