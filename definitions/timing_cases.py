"""Periods counted from acts and ends, counts in a period, durations, extensions."""

import re
from typing import Any

from lark import Token

from definitions.timing_build import ending, simplest
from definitions.timing_points import Bare, Points
from definitions.timing_words import AmbiguousPhrase, PhraseError, slug
from dondoc.core import timing as t

# Acts that start a clock: the event of a case, or the issuing of the plan. Other words name an earlier step.
_EVENT = (
    "nhận",
    "tiếp nhận",
    "nhận được",
    "phát sinh",
    "sự kiện",
    "mở vụ việc",
    "đơn",
    "event",
    "the event",
    "xảy ra",
    "receipt",
)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAKEN_UP = ("thụ lý",)
_ISSUED = ("ban hành", "ký", "ký ban hành", "ban hành kế hoạch", "issued", "kế hoạch có hiệu lực", "issue")


class Cases(Points):
    """One method a node of the grammar."""

    def _end(self, spans: t.Spans) -> t.Rule:
        return simplest(t.InSpans(spans, t.NthDay(-1)))

    def _offset(self, amount: tuple[int, t.Unit], of: Any, sign: int = 1) -> t.Rule:
        if isinstance(of, Bare):
            raise self.wrong("không nói ngày của tháng nào", "như “5 ngày trước ngày 20 hằng tháng”")
        if isinstance(of, t.During | t.Window | t.Several):
            raise self.wrong("đếm từ cả một khoảng thời gian", "“kể từ ngày kết thúc …”, hoặc một ngày")
        return t.Offset(sign * amount[0], amount[1], ending(of))

    def offset_after(self, c: list[Any]) -> t.Rule:
        return self._offset(c[0], self._end(c[1]))

    def offset_point(self, c: list[Any]) -> t.Rule:
        return self._offset(c[0], c[1])

    def offset_start(self, c: list[Any]) -> t.Rule:
        return self._offset(c[0], simplest(t.InSpans(c[1], t.NthDay(1))))

    def offset_before(self, c: list[Any]) -> t.Rule:
        return self._offset(c[0], self._end(c[1]), -1)

    def back_from(self, c: list[Any]) -> t.Rule:
        return self._offset(c[0], c[1], -1)

    def back_from_end(self, c: list[Any]) -> t.Rule:
        return self._offset(c[1], self._end(c[0]), -1)

    def back_from_point(self, c: list[Any]) -> t.Rule:
        return self._offset(c[1], c[0], -1)

    def next_working(self, c: list[Any]) -> t.Rule:
        return self._offset((1, "working-day"), c[-1])

    def after_but_within(self, c: list[Any]) -> t.Rule:
        end = self._end(c[0])
        return t.Window(t.Offset(1, "day", end), t.Offset(c[1][0], c[1][1], end))

    # acts
    def case(self, c: list[Any]) -> t.Rule:
        rule: t.Rule = c[0]
        return rule

    cases = case

    def within(self, c: list[Any]) -> t.Rule:
        amount, unit = c[0]
        return t.Within(amount, unit, anchor(str(c[1]) if len(c) > 1 else ""))

    def nth_since(self, c: list[Any]) -> t.Rule:
        working = any(isinstance(x, Token) and x.type == "WORKING" for x in c)
        number = next(x for x in c if isinstance(x, int))
        if number < 1:
            raise self.wrong("đếm từ ngày thứ không", "ngày thứ 01 trở đi")
        return t.Within(number, "working-day" if working else "day", anchor(str(c[-1])))

    def before_event(self, c: list[Any]) -> t.Rule:
        words = next(str(x) for x in c if isinstance(x, str))
        amount, unit = next(x for x in c if not isinstance(x, str))
        if _ID.fullmatch(words.strip()):
            return t.BeforeOther(amount, words.strip(), unit)
        return t.BeforeEvent(amount, unit, words.strip())

    def other(self, c: list[Any]) -> t.Rule:
        return self.case(c)

    def before_other(self, c: list[Any]) -> t.Rule:
        return t.BeforeOther(c[0][0], str(c[1]), c[0][1])

    def after_other(self, c: list[Any]) -> t.Rule:
        return t.BeforeOther(c[0][0], str(c[1]), c[0][1], True)

    # counts
    def times(self, c: list[Any]) -> int:
        if c[0] < 1:
            raise self.wrong("đếm không lần", "ít nhất 01 lần")
        return int(c[0])

    times_days = times

    def count(self, c: list[Any]) -> int:
        return self.times(c)

    def one(self, c: list[Any]) -> str:
        if c[0] != 1:
            raise self.wrong("đếm trong nhiều kỳ liền nhau", "số lần trong một kỳ: “ít nhất 02 lần trong năm”")
        return "1"

    def _at_least(self, c: list[Any]) -> t.Rule:
        times = next(x for x in c if isinstance(x, int))
        spans = next(x for x in c if isinstance(x, t.Spans))
        return t.AtLeast(times, spans)

    at_least = each_at_least = count_in = _at_least

    # durations and extensions
    def lasting(self, c: list[Any]) -> t.Rule:
        amount, unit = c[0]
        return t.Lasting(amount, unit, anchor(str(c[1])) if len(c) > 1 else "")

    def tier_first(self, c: list[Any]) -> tuple[str, t.Rule]:
        return str(c[1]).strip(), c[0]

    def tier_next(self, c: list[Any]) -> tuple[str, int, str]:
        working = len(c) > 2
        return str(c[-1]).strip(), c[0], "working-day" if working else ""

    def tiered(self, c: list[Any]) -> t.Rule:
        first: Any = c[0][1]
        tiers: list[tuple[str, t.Rule]] = [c[0]]
        for tier, amount, unit in c[1:]:
            if amount < 1 or (unit and unit != first.unit):
                raise self.wrong("có một cấp đếm khác cách", "cùng ngày, hoặc cùng ngày làm việc")
            tiers.append((tier, first._replace(amount=amount)))
        given = self.readings.get("cấp", "")
        if not given:
            return t.Tiered(tuple(tiers))
        if given not in dict(tiers):
            names = tuple(name for name, _ in tiers)
            raise AmbiguousPhrase(f"không có cấp “{given}”", f"một trong: {', '.join(names)}", "", ("cấp", names))
        self.use(given)
        return dict(tiers)[given]

    def times_extended(self, c: list[Any]) -> int:
        return self.times(c)

    def prolonged(self, c: list[Any]) -> t.Rule:
        base, (amount, unit) = c[:2]
        if len(c) > 2 and anchor(str(c[2])) != base.after:
            raise self.wrong("kéo dài tính từ một ngày khác", "hai thời hạn tính từ cùng một ngày")
        if unit != base.unit or amount <= base.amount:
            raise self.wrong("kéo dài mà không dài hơn", "thời hạn kéo dài tính từ cùng ngày, dài hơn thời hạn đầu")
        return t.Prolonged(base, base._replace(amount=amount))

    def extendable(self, c: list[Any]) -> t.Rule:
        times = next((x for x in c if isinstance(x, int)), 1)
        return t.Extendable(c[0], times, *c[-1])

    def extendable_alone(self, c: list[Any]) -> t.Rule:
        return t.Extendable(None, c[0], *c[-1])

    def extended(self, c: list[Any]) -> t.Rule:
        return self.case(c)

    # what no clock can read
    def unset(self, _c: list[Any]) -> t.Timing:
        return t.Timing("", t.Unset(self.text))

    def vague(self, c: list[Any]) -> tuple[str, ...]:
        return tuple(str(x) for x in c)

    def on_event(self, _c: list[Any]) -> t.Timing:
        return t.Timing("", t.OnEvent(""))


def anchor(words: str) -> str:
    """The act that starts a clock: "event", "issued", or the words as a step's id."""
    words = re.sub(r"^(ngày|khi|lúc|thời điểm) ", "", words.strip())
    if not words:
        return ""
    for names, found in ((_ISSUED, "issued"), (_EVENT, "event"), (_TAKEN_UP, "thu-ly")):
        if any(words == name or words.startswith(f"{name} ") for name in names):
            return found
    return slug(words)


__all__ = ["Cases", "PhraseError", "anchor"]
