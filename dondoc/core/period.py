"""Periods of a year: their keys, their names in an office, their first and last day."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from dondoc.core.timing import Span

ROMAN = ("I", "II", "III", "IV")


class Period(NamedTuple):
    key: str  # 2022 · 2022-H1 · 2022-Q3 · 2022-07 · 2022-02-18
    label: str  # năm 2022 · 6 tháng đầu năm 2022 · quý III/2022 · tháng 7/2022
    first_on: date
    last_on: date


def month(year: int, number: int) -> Period:
    return Period(
        f"{year}-{number:02}",
        f"tháng {_number(number)}/{year}",
        date(year, number, 1),
        last_day(year, number),
    )


def _number(month_number: int) -> str:
    # NĐ 30/2020/NĐ-CP, Phụ lục I: 01 and 02, then 3 (from 05/3/2020)
    return f"{month_number:02}" if month_number < 3 else f"{month_number}"


def _short(day: date) -> str:
    return f"{day.day:02}/{_number(day.month)}/{day.year}"


def last_day(year: int, number: int) -> date:
    return date(year, number, monthrange(year, number)[1])


def quarter(year: int, number: int) -> Period:
    first = 3 * number - 2
    return Period(
        f"{year}-Q{number}", f"quý {ROMAN[number - 1]}/{year}", date(year, first, 1), last_day(year, first + 2)
    )


def half(year: int, number: int) -> Period:
    name = "đầu" if number == 1 else "cuối"
    first = 6 * number - 5
    return Period(f"{year}-H{number}", f"6 tháng {name} năm {year}", date(year, first, 1), last_day(year, first + 5))


def whole(year: int) -> Period:
    return Period(f"{year}", f"năm {year}", date(year, 1, 1), date(year, 12, 31))


def nine_months(year: int) -> Period:
    return Period(f"{year}-9M", f"9 tháng đầu năm {year}", date(year, 1, 1), date(year, 9, 30))


def week(monday: date) -> Period:
    """A week from Monday to Sunday; its key is its Monday."""
    return Period(monday.isoformat(), f"tuần từ ngày {_short(monday)}", monday, monday + timedelta(days=6))


def weeks(year: int) -> list[Period]:
    """The weeks whose Monday lies in the year."""
    first = date(year, 1, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    return [week(monday + timedelta(days=7 * i)) for i in range(53) if (monday + timedelta(days=7 * i)).year == year]


def shifted(period: Period, span: Span, by: int) -> Period:
    """The period so many spans later (earlier where negative)."""
    if span == "week":
        return week(period.first_on + timedelta(days=7 * by))
    year = period.first_on.year
    row = spans(span, year)
    years, index = divmod(row.index(period) + by, len(row))
    return spans(span, year + years)[index]


def spans(span: Span, year: int) -> list[Period]:
    """All periods of that length in a year, in order."""
    match span:
        case "month":
            return [month(year, n) for n in range(1, 13)]
        case "quarter":
            return [quarter(year, n) for n in range(1, 5)]
        case "half-year":
            return [half(year, 1), half(year, 2)]
        case "year":
            return [whole(year)]
        case "nine-months":
            return [nine_months(year)]
        case "week":
            return weeks(year)


def named(label: str, year: int, on: date | None) -> Period:
    """The period a definition names in words ("6 tháng đầu năm", "năm", "quý III"); else the day itself."""
    words = " ".join(label.lower().split())
    if words.startswith(("6 tháng đầu", "06 tháng đầu", "sáu tháng đầu")):
        return half(year, 1)
    if words.startswith(("6 tháng cuối", "06 tháng cuối", "sáu tháng cuối")):
        return half(year, 2)
    for number in (4, 3, 2, 1):
        if words in (f"quý {ROMAN[number - 1].lower()}", f"quý {number}"):
            return quarter(year, number)
    if words in ("năm", "cả năm"):
        return whole(year)
    if on is None:
        return Period(f"{year}-{slug(label)}", f"{label} {year}".strip(), date(year, 1, 1), date(year, 12, 31))
    return Period(on.isoformat(), label or f"ngày {_short(on)}", date(year, 1, 1), on)


def slug(label: str) -> str:
    """Letters and digits of a label, joined by hyphens; "" becomes "nam"."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split()) or "nam"
