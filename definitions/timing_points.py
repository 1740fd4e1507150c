"""The points of a phrase: one day, or one day in each of many periods."""

from datetime import date
from typing import Any, NamedTuple, get_args

from definitions.timing_build import check_day, ending, several, simplest
from definitions.timing_numbers import Leaves, digits
from definitions.timing_words import AmbiguousPhrase, PhraseError
from dondoc.core import timing as t

READINGS: tuple[str, ...] = get_args(t.Reading)
WEEK_READINGS: tuple[str, ...] = get_args(t.WeekReading)
SEMESTERS = (1, 2)


class Bare(NamedTuple):
    """Days whose month is said elsewhere in the phrase, or nowhere."""

    days: tuple[int, ...]


class Points(Leaves):
    """One method a node of the grammar; `c` are the values of its children, words left out."""

    year: int | None

    def single(self, day: int, month: int, year: int) -> t.Rule:
        check_day(day, month, year)
        return t.SingleDate(date(year, month, day), False)

    def full_date(self, c: list[Any]) -> t.Rule:
        numbers = digits(c[-1])
        if c[-1].type == "ISO":
            numbers.reverse()
        day, month, year = numbers
        return self.single(day, month, year)

    def dm_year(self, c: list[Any]) -> t.Rule:
        day, month = digits(c[0])
        return self.single(day, month, int(c[-1]))

    def words_year(self, c: list[Any]) -> t.Rule:
        return self.single(c[0], c[1], int(c[-1]))

    def day_my(self, c: list[Any]) -> t.Rule:
        month, year = digits(c[1])
        return self.single(c[0], month, year)

    def _yearly(self, day: int, month: int, shift: int = 0) -> t.Rule:
        check_day(day, month, None if shift else self.year)
        return simplest(t.InSpans(t.Spans("year", shift=shift), t.MonthDay(month, day)))

    def year_dm(self, c: list[Any]) -> t.Rule:
        return self._yearly(*digits(c[0]))

    def year_words(self, c: list[Any]) -> t.Rule:
        return self._yearly(c[0], c[1])

    def next_year_dm(self, c: list[Any]) -> t.Rule:
        day, month = digits(c[0])
        return self._yearly(day, month, 1)

    def next_year_words(self, c: list[Any]) -> t.Rule:
        return self._yearly(c[0], c[1], 1)

    def last_year_dm(self, c: list[Any]) -> t.Rule:
        day, month = digits(c[0])
        return self._yearly(day, month, -1)

    def last_year_words(self, c: list[Any]) -> t.Rule:
        return self._yearly(c[0], c[1], -1)

    def month_of_span(self, c: list[Any]) -> tuple[t.Spans, int]:
        return c[1], c[0]

    def month_day(self, c: list[Any]) -> t.Rule:
        spans, month = c[1] if isinstance(c[1][0], t.Spans) else (c[1], 1)
        if spans.span == "month" and month not in (1, -1):
            raise self.wrong("đếm tháng trong một tháng", "tháng của quý, của 6 tháng hoặc của năm")
        return several(simplest(t.InSpans(spans, t.MonthDay(month, day))) for day in c[0])

    def first_days(self, c: list[Any]) -> t.Rule:
        return self.month_day([(self.dayno(c[:1]),), c[1]])

    loose_month_day = first_days

    def bare_days(self, c: list[Any]) -> Bare:
        return Bare(c[0])

    def bare_day(self, c: list[Any]) -> Bare:
        return Bare((c[0],))

    def nth_day(self, c: list[Any]) -> t.Rule:
        working = any(getattr(x, "type", "") == "WORKING" for x in c)
        n, spans = next(x for x in c if isinstance(x, int)), c[-1]
        if not working and n not in (1, -1):
            raise self.wrong("đếm ngày bằng “thứ”", "“ngày làm việc thứ …”, hoặc “ngày 5 của tháng”")
        if working and n > 20:
            raise self.wrong(f"đếm tới ngày làm việc thứ {n}", "một số từ 1 đến 20")
        return simplest(t.InSpans(spans, t.NthDay(n, working)))

    def weekday_in_spans(self, c: list[Any]) -> t.Rule:
        weekday, n, spans = c
        if n > 4 or spans.span == "week":
            raise self.wrong("có một thứ mà không phải kỳ nào cũng có", "lần thứ nhất … thứ tư, hoặc cuối cùng")
        return simplest(t.InSpans(spans, t.NthWeekday(weekday, n)))

    def weekday_in_spans_en(self, c: list[Any]) -> t.Rule:
        return self.weekday_in_spans([c[1], c[0], c[2]])

    def month_first(self, c: list[Any]) -> t.Rule:
        return self.year_words([c[1], c[0]])

    def month_first_year(self, c: list[Any]) -> t.Rule:
        return self.words_year([c[1], c[0], c[2]])

    def weekday_in_week(self, c: list[Any]) -> t.Rule:
        weekday, n, spans = c
        if n == -1:
            return self._last_week(weekday, spans)
        if not 1 <= n <= 4:
            raise self.wrong("có một tuần mà không phải tháng nào cũng có", "tuần thứ nhất … thứ tư, hoặc cuối cùng")
        reading = self._reading("tuần thứ", "nth-week", WEEK_READINGS)
        return t.InSpans(spans, t.WeekdayOfNthWeek(weekday, n, reading))  # type: ignore[arg-type]

    def _last_week(self, weekday: int, spans: t.Spans) -> t.Rule:
        if spans != t.Spans("month"):
            raise self.wrong("nói tuần cuối của một số tháng", "“tuần cuối tháng” của mọi tháng")
        reading = self._reading("tuần cuối tháng", "last-week", READINGS)
        return t.MonthlyWeekday(weekday, reading)  # type: ignore[arg-type]

    def _reading(self, word: str, key: str, readings: tuple[str, ...]) -> str:
        given = self.readings.get(word, "")
        if given not in readings:
            found = f"cách hiểu “{given}” của “{word}”" if given else f"“{word}” có nhiều cách hiểu mà chưa có reading"
            hint = f"Ví dụ: reading: {{{key}: {readings[0]}, basis: proposed}}."
            raise AmbiguousPhrase(found, f"một trong: {', '.join(readings)}", hint, (word, readings))
        self.use(given)
        return given

    def weekly(self, c: list[Any]) -> t.Rule:
        return t.Weekly(tuple(sorted({x for x in c if isinstance(x, int)})))

    def start_of(self, c: list[Any]) -> t.Rule:
        # BLDS 2015, Điều 146.2-3: đầu tháng là ngày đầu tiên, đầu năm là ngày đầu tiên của tháng một.
        return simplest(t.InSpans(c[0], t.NthDay(1)))

    def middle_of(self, c: list[Any]) -> t.Rule:
        # BLDS 2015, Điều 146.2-3: giữa tháng là ngày thứ mười lăm, giữa năm là ngày cuối cùng của tháng sáu.
        spots = {"month": t.MonthDay(1, 15), "year": t.MonthDay(6, 30)}
        if c[0].span not in spots:
            raise self.wrong("nói “giữa” một kỳ mà luật không định", "giữa tháng, giữa năm, hoặc một ngày")
        return simplest(t.InSpans(c[0], spots[c[0].span]))

    def end_of(self, c: list[Any]) -> t.Rule:
        # BLDS 2015, Điều 146.2-3: cuối tháng, cuối năm là ngày cuối cùng.
        return simplest(t.InSpans(c[0], t.NthDay(-1)))

    def during(self, c: list[Any]) -> t.Rule:
        return t.During(c[-1])

    # days that the province sets each year
    def school_start(self, _c: list[Any]) -> t.Rule:
        return t.NamedDay("dau-nam-hoc")

    def school_end(self, _c: list[Any]) -> t.Rule:
        return t.NamedDay("ket-thuc-nam-hoc")

    def _semester(self, c: list[Any], edge: str) -> t.Rule:
        if c[-1] not in SEMESTERS:
            raise self.wrong(f"có học kỳ {c[-1]}", "học kỳ I hoặc học kỳ II")
        return t.NamedDay(f"{edge}-hoc-ky-{c[-1]}")

    def semester_start(self, c: list[Any]) -> t.Rule:
        return self._semester(c, "dau")

    def semester_end(self, c: list[Any]) -> t.Rule:
        return self._semester(c, "ket-thuc")

    def first_days_of(self, c: list[Any]) -> t.Rule:
        n, spans = c[0], c[-1]
        working = any(getattr(x, "type", "") == "WORKING" for x in c)
        if not 2 <= n <= 20:
            raise self.wrong(f"nói {n} ngày đầu", "từ 2 đến 20 ngày đầu")
        last = simplest(t.InSpans(spans, t.NthDay(n, working)))
        return t.Window(simplest(t.InSpans(spans, t.NthDay(1))), last)

    # windows
    def by_end(self, _c: list[Any]) -> str:
        return "hết"

    def clock0(self, c: list[Any]) -> str:
        if digits(c[0]) not in ([0], [0, 0]):
            raise self.wrong("mở khoảng thời gian vào một giờ lẻ", "0 giờ 00, hoặc không ghi giờ")
        return "00:00"

    def clock24(self, c: list[Any]) -> str:
        if digits(c[0]) not in ([24], [24, 0]):
            raise self.wrong("đóng khoảng thời gian vào một giờ lẻ", "24 giờ 00, hoặc không ghi giờ")
        return "24:00"

    def window(self, c: list[Any]) -> t.Rule:
        first, last = (x for x in c if not isinstance(x, str))
        return self._window(first, last)

    def bare_window(self, c: list[Any]) -> t.Rule:
        first, last = (x for x in c if not isinstance(x, str))
        return self._window(Bare((first,)), last)

    def week_window(self, c: list[Any]) -> t.Rule:
        first, last = (x for x in c if isinstance(x, int))
        if first >= last:
            raise self.wrong("mở sau khi đóng", "thứ trước đến thứ sau trong một tuần")
        return t.Window(t.Weekly((first,)), t.Weekly((last,)))

    def _window(self, first: Any, last: Any) -> t.Rule:
        if isinstance(last, Bare):
            raise self.wrong("không nói ngày của tháng nào", "“… đến ngày 5 hằng tháng”, “… đến ngày 10/6”")
        if isinstance(last, t.Several | t.Window) or isinstance(first, t.Several | t.Window):
            raise self.wrong("có một khoảng thời gian không rõ đầu cuối", "một ngày đầu, một ngày cuối")
        first = self._like(first, last) if isinstance(first, Bare) else first
        first = _opening(first)
        last = ending(last)
        if isinstance(last, t.SingleDate) and isinstance(first, t.YearlyDates):
            first = t.SingleDate(date(last.on.year, *first.days[0]), False)
        if _kinds(first) != _kinds(last):
            raise self.wrong("có ngày đầu và ngày cuối không cùng một kỳ", "hai ngày cùng tháng, quý hoặc năm")
        if _runs_back(first, last):
            raise self.wrong("có ngày cuối trước ngày đầu", "thêm “tháng trước”, “năm trước” vào ngày đầu")
        return t.Window(first, last)

    def _like(self, first: Bare, last: t.Rule) -> t.Rule:
        """A day alone lies in the month of the other one."""
        day = first.days[0]
        match last:
            case t.MonthlyDay() | t.PeriodEnd("month"):
                return t.MonthlyDay(day, False)
            case t.YearlyDates(((month, _day),)):
                return self._yearly(day, month)
            case t.SingleDate(on):
                return self.single(day, on.month, on.year)
            case t.InSpans(spans, t.MonthDay(month)):
                return simplest(t.InSpans(spans, t.MonthDay(month, day)))
            case t.InSpans(t.Spans("month") as spans):
                return simplest(t.InSpans(spans, t.MonthDay(1, day)))
            case _:
                raise self.wrong("không nói ngày đầu của tháng nào", "ngày đầu kèm tháng")


def _opening(rule: t.Rule) -> t.Rule:
    return simplest(t.InSpans(rule.spans, t.NthDay(1))) if isinstance(rule, t.During) else rule


def _kinds(rule: t.Rule) -> str:
    match rule:
        case t.MonthlyDay() | t.PeriodEnd("month") | t.NthWorkingDay(_, "month") | t.MonthlyWeekday():
            return "month"
        case t.YearlyDates() | t.PeriodEnd("year") | t.NthWorkingDay(_, "year"):
            return "year"
        case t.InSpans(spans):
            fixed = spans.span in ("month", "quarter", "half-year") and len(spans.numbers) == 1 and not spans.year
            if not spans.numbers and not spans.year:
                return spans.span if spans.span != "nine-months" else "year"
            return "year" if fixed or spans.span == "nine-months" else f"{spans.span}{spans.numbers}{spans.year}"
        case t.PeriodEnd(span) | t.NthWorkingDay(_, span):
            return span if span != "nine-months" else "year"
        case _:
            return type(rule).__name__


def _runs_back(first: t.Rule, last: t.Rule) -> bool:
    """Whether the window would close before it opens, in a plain year of plain weeks."""
    from definitions.timing_plain import plain_days

    opened, closed = plain_days(first), plain_days(last)
    return len(opened) != len(closed) or any(a > b for a, b in zip(opened, closed, strict=True))


__all__ = ["Bare", "PhraseError", "Points"]
