"""Numbers, weekdays, months and periods of a phrase: the leaves of its tree."""

import re
from typing import Any

from definitions.timing_words import AmbiguousPhrase, PhraseError
from dondoc.core import timing as t

ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
PERIODS: tuple[str, ...] = ("month", "quarter", "half-year", "year")
LIMITS = {"month": 12, "quarter": 4, "half-year": 2}


def digits(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


class Leaves:
    """One method a node of the grammar; `c` are the values of its children."""

    text: str
    readings: dict[str, str]

    def wrong(self, found: str, expected: str, hint: str = "") -> PhraseError:
        return PhraseError(f"“{self.text}” {found}", expected, hint)

    # numbers
    def int_num(self, c: list[Any]) -> int:
        return int(c[0])

    def roman_num(self, c: list[Any]) -> int:
        return ROMANS[str(c[0])]

    def ten_and(self, c: list[Any]) -> int:
        return 10 + (c[0] if c else 0)

    def tens_and(self, c: list[Any]) -> int:
        return 10 * c[0] + (c[1] if len(c) > 1 else 0)

    def six(self, _c: list[Any]) -> int:
        return 6

    def nine(self, _c: list[Any]) -> int:
        return 9

    def dayno(self, c: list[Any]) -> int:
        number: int = c[0]
        if not 1 <= number <= 31:
            raise PhraseError(f"không có ngày {number} trong tháng", "một ngày từ 1 đến 31")
        return number

    def days(self, c: list[Any]) -> tuple[int, ...]:
        return tuple(c)

    # the n-th
    def first(self, _c: list[Any]) -> int:
        return 1

    def last(self, _c: list[Any]) -> int:
        return -1

    def last_but_one(self, _c: list[Any]) -> int:
        return -2

    def nth(self, c: list[Any]) -> int:
        number: int = c[0]
        if not 1 <= number <= 31:
            raise self.wrong(f"có thứ tự {number}", "một số từ 1 đến 31")
        return number

    # weekdays
    def weekday_number(self, c: list[Any]) -> int:
        if not 2 <= c[0] <= 7:
            raise self.wrong(f"có “thứ {c[0]}”", "thứ hai … thứ bảy, chủ nhật")
        return int(c[0]) - 2

    def wednesday(self, _c: list[Any]) -> int:
        return 2

    def saturday(self, _c: list[Any]) -> int:
        return 5

    def sunday(self, _c: list[Any]) -> int:
        return 6

    # units
    def days_unit(self, _c: list[Any]) -> tuple[int, t.Unit]:
        return 1, "day"

    def working_days(self, _c: list[Any]) -> tuple[int, t.Unit]:
        return 1, "working-day"

    def weeks_unit(self, _c: list[Any]) -> tuple[int, t.Unit]:
        return 7, "day"

    def months_unit(self, _c: list[Any]) -> tuple[int, t.Unit]:
        return 1, "month"

    def years_unit(self, _c: list[Any]) -> tuple[int, t.Unit]:
        return 12, "month"

    def amount(self, c: list[Any]) -> tuple[int, t.Unit]:
        number, (size, unit) = c[0], c[1]
        if number < 1:
            raise PhraseError(f"“{number} ngày” không phải một thời hạn", "ít nhất 1")
        return number * size, unit

    # periods
    def _numbered(self, span: t.Span, c: list[Any]) -> t.Spans:
        numbers = tuple(dict.fromkeys(n for n in c if isinstance(n, int)))
        year = next((n[0] for n in c if isinstance(n, tuple)), 0)
        for number in numbers:
            if not 1 <= number <= LIMITS[span]:
                word = "tháng" if span == "month" else "quý"
                raise self.wrong(f"có {word} {number}", f"{word} từ 1 đến {LIMITS[span]}")
        return t.Spans(span, numbers, year)

    def year_of(self, c: list[Any]) -> tuple[int]:
        return (int(c[-1]),)

    year_year = year_of

    def named_months(self, c: list[Any]) -> t.Spans:
        return self._numbered("month", [x for x in c if not isinstance(x, str)])

    def month_my(self, c: list[Any]) -> t.Spans:
        month, year = digits(c[-1])
        return self._numbered("month", [month, (year,)])

    def named_quarters(self, c: list[Any]) -> t.Spans:
        return self._numbered("quarter", [x for x in c if not isinstance(x, str)])

    def quarter_my(self, c: list[Any]) -> t.Spans:
        quarter, year = digits(c[-1])
        return self._numbered("quarter", [quarter, (year,)])

    def all_months(self, _c: list[Any]) -> t.Spans:
        return t.Spans("month")

    def next_months(self, _c: list[Any]) -> t.Spans:
        return t.Spans("month", shift=1)

    def last_months(self, _c: list[Any]) -> t.Spans:
        return t.Spans("month", shift=-1)

    def all_quarters(self, _c: list[Any]) -> t.Spans:
        return t.Spans("quarter")

    def next_quarters(self, _c: list[Any]) -> t.Spans:
        return t.Spans("quarter", shift=1)

    def last_quarters(self, _c: list[Any]) -> t.Spans:
        return t.Spans("quarter", shift=-1)

    def halves(self, _c: list[Any]) -> t.Spans:
        return t.Spans("half-year")

    def half_named(self, c: list[Any]) -> t.Spans:
        half = 1 if "đầu" in c else 2
        return t.Spans("half-year", (half,), next((x[0] for x in c if isinstance(x, tuple)), 0))

    def half_number(self, c: list[Any]) -> t.Spans:
        if c[1] not in (1, 2):
            raise self.wrong(f"có nửa năm {c[1]}", "1 hoặc 2")
        return t.Spans("half-year", (c[1],), next((x[0] for x in c if isinstance(x, tuple)), 0))

    def ord_num(self, c: list[Any]) -> int:
        return self.dayno(digits(c[0]))

    def nine_months(self, c: list[Any]) -> t.Spans:
        if "cuối" in c:
            raise self.wrong("nói “9 tháng cuối năm”", "9 tháng đầu năm")
        return t.Spans("nine-months", (), next((x[0] for x in c if isinstance(x, tuple)), 0))

    def years(self, _c: list[Any]) -> t.Spans:
        return t.Spans("year")

    def next_years(self, _c: list[Any]) -> t.Spans:
        return t.Spans("year", shift=1)

    def last_years(self, _c: list[Any]) -> t.Spans:
        return t.Spans("year", shift=-1)

    def year_named(self, c: list[Any]) -> t.Spans:
        return t.Spans("year", (), int(c[0]))

    def weeks(self, _c: list[Any]) -> t.Spans:
        return t.Spans("week")

    def next_weeks(self, _c: list[Any]) -> t.Spans:
        return t.Spans("week", shift=1)

    def period_word(self, _c: list[Any]) -> t.Spans:
        """ "kỳ": which period is a reading of its own."""
        given = self.readings.get("kỳ", "")
        if given not in PERIODS:
            found = f"cách hiểu “{given}” của “kỳ”" if given else "“kỳ” có nhiều cách hiểu mà chưa có reading"
            hint = "Ví dụ: reading: {period: quarter, basis: proposed}."
            raise AmbiguousPhrase(found, f"một trong: {', '.join(PERIODS)}", hint, ("kỳ", PERIODS))
        self.use(given)
        return t.Spans(given)  # type: ignore[arg-type]

    def use(self, reading: str) -> None:
        raise NotImplementedError

    # words that only name a span
    def week_word(self, _c: list[Any]) -> t.Span:
        return "week"

    def month_word(self, _c: list[Any]) -> t.Span:
        return "month"

    def quarter_word(self, _c: list[Any]) -> t.Span:
        return "quarter"

    def year_word(self, _c: list[Any]) -> t.Span:
        return "year"

    def half_word(self, _c: list[Any]) -> t.Span:
        return "half-year"

    def nine_word(self, _c: list[Any]) -> t.Span:
        return "nine-months"


for _number in range(13):
    setattr(Leaves, f"n{_number}", lambda self, _c, n=_number: n)
