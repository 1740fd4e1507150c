"""From parse tree to rule. Where a phrase can be read in two ways that differ, it is refused."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from lark import Token

from definitions.timing_build import ending, several, simplest
from definitions.timing_cases import Cases
from definitions.timing_numbers import digits
from definitions.timing_points import Bare
from definitions.timing_words import PhraseError
from dondoc.core import timing as t


class Item(NamedTuple):
    """One point with what stands before it."""

    point: Any
    edge: str = ""  # before, by, at; "" as the item before
    clock: str = ""
    span: str = ""  # "hằng quý, …", "báo cáo quý …"


class Clause(NamedTuple):
    rule: t.Rule
    clock: str = ""


class Data(NamedTuple):
    item: Item


class Tail(NamedTuple):
    kind: str
    value: Any = None
    also: Any = None


class Meaning(Cases):
    """Evaluates a tree; `used` names the readings that decided."""

    def __init__(self, text: str, readings: Mapping[str, str], before: str, year: int | None) -> None:
        self.text, self.readings, self.before_means, self.year = text, dict(readings), before, year
        self.used: list[str] = []

    def use(self, reading: str) -> None:
        if reading not in self.used:
            self.used.append(reading)

    def make(self, name: str, children: list[Any]) -> Any:
        """What a node means. Raises PhraseError."""
        return getattr(self, name)(children)

    def only(self, readings: list[Any]) -> Any:
        """The one meaning; PhraseError where a phrase can be read in two ways that differ."""
        if len(readings) > 1:
            raise self.wrong("đọc được theo hai cách khác nhau", "một cách nói rõ hơn, hoặc tách thành hai nghĩa vụ")
        return readings[0]

    # one point
    def no_lead(self, _c: list[Any]) -> tuple[str, str]:
        return "span", ""

    def report_lead(self, _c: list[Any]) -> tuple[str, str]:
        return "report", "yes"

    def span_lead(self, c: list[Any]) -> tuple[str, str]:
        return "span", c[-1] if c and not isinstance(c[-1], Token) else ""

    def every_lead(self, c: list[Any]) -> str:
        return next(str(x) for x in c if not isinstance(x, Token) and x != "1")

    def report_span(self, c: list[Any]) -> str:
        return str(c[-1])

    def before(self, _c: list[Any]) -> tuple[str, str]:
        return "edge", "before"

    def by(self, _c: list[Any]) -> tuple[str, str]:
        return "edge", "by"

    def at(self, _c: list[Any]) -> tuple[str, str]:
        return "edge", "at"

    def clock(self, c: list[Any]) -> tuple[str, str]:
        hour, minute = (*digits(c[0]), 0)[:2]
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            raise self.wrong(f"có giờ {hour:02}:{minute:02}", "một giờ từ 00:00 đến 24:00")
        return "clock", f"{hour:02}:{minute:02}"

    at_clock = clock

    def item(self, c: list[Any]) -> Item:
        said: dict[str, str] = {}
        for name, value in (x for x in c if _is_word(x)):
            if value and said.get(name) and said[name] != value:
                raise self.wrong("nói hai kỳ hoặc hai giờ khác nhau", "một kỳ, một giờ")
            said[name] = value or said.get(name, "")
        point = next(x for x in c if not _is_word(x))
        if said.pop("report", "") and isinstance(point, t.Offset) and point.unit == "month":
            raise self.wrong("lẫn “báo cáo 6 tháng” với “6 tháng trước”", "“báo cáo 6 tháng: trước ngày …”")
        if said.get("clock") in ("00:00", "24:00") and said.get("edge") in ("before", "by"):
            # trước 24 giờ 00 ngày 04/6 là hết ngày 04/6; trước 0 giờ 00 ngày 05/6 là trước ngày 05/6.
            said["edge"] = "by" if said["clock"] == "24:00" else "before"
            said["clock"] = ""
        elif said.get("clock") == "24:00":
            said["clock"] = ""
        return Item(point, said.get("edge", ""), said.get("clock", ""), said.get("span", ""))

    # several points
    def items(self, c: list[Item]) -> list[Item]:
        return c

    def data(self, c: list[Any]) -> Data:
        return Data(c[-1])

    def body(self, c: list[Any]) -> Clause:
        return self._clause(c[0])

    def data_body(self, c: list[Any]) -> Clause:
        return self._with_data(c[1], c[0])

    def body_data(self, c: list[Any]) -> Clause:
        return self._with_data(c[0], c[1])

    def body_cut(self, c: list[Any]) -> Clause:
        """What is cut off by the month is counted by the month."""
        clause = self._clause([c[0]._replace(span="month") if isinstance(c[0].point, Bare) else c[0]])
        return clause._replace(rule=self._cut_off(clause.rule, c[1].value))

    def only_data(self, c: list[Any]) -> Clause:
        return self._clause([c[0].item])

    def _with_data(self, items: list[Item], data: Data) -> Clause:
        due = self._clause(items)
        shown = self._clause([data.item], like=due.rule)
        return Clause(t.WithData(due.rule, shown.rule), due.clock)

    def _clause(self, items: list[Item], like: t.Rule | None = None) -> Clause:
        said, items = items, self._inherited(items)
        rules = [self._placed(items, i, like) for i in range(len(items))]
        rules = _dated_alike(rules)
        self._same_kind(items, rules)
        items = self._same_clock(items, said)
        bounded = [self._bounded(rule, item) for rule, item in zip(rules, items, strict=True)]
        return Clause(several(bounded), items[0].clock)

    def _same_clock(self, items: list[Item], said: list[Item]) -> list[Item]:
        """ "trước 16 giờ ngày 05/6 và ngày 10/11": one hour governs both, unless the other has a bound of its own."""
        clocks = {item.clock for item in items}
        bare = any(item.edge and not item.clock for item in said)
        if len(clocks - {""}) > 1 or (len(clocks) > 1 and bare):
            raise self.wrong("có nhiều giờ khác nhau", "một giờ cho mọi ngày, hoặc tách nghĩa vụ")
        return [item._replace(clock=max(clocks)) for item in items]

    def _inherited(self, items: list[Item]) -> list[Item]:
        """ "trước ngày 05/6 và ngày 10/11": the first word governs both."""
        found: list[Item] = []
        for item in items:
            last = found[-1] if found else Item(None, "at")
            found.append(item._replace(edge=item.edge or last.edge, span=item.span or last.span))
        if len({item.edge == "before" for item in found}) > 1 and not all(item.edge and item.span for item in items):
            raise PhraseError(
                f"“{self.text}” vừa “trước” vừa “chậm nhất”", "một cách tính cho mọi ngày", "Hãy tách nghĩa vụ."
            )
        return found

    def _placed(self, items: list[Item], i: int, like: t.Rule | None) -> t.Rule:
        """The item's rule; days alone lie in the month that the phrase says elsewhere."""
        item = items[i]
        if not isinstance(item.point, Bare):
            rule: t.Rule = item.point
            self._spans_agree(item, rule)
            return rule
        if item.span == "month":
            return several(t.MonthlyDay(day, False) for day in item.point.days)
        later = [x.point for x in items[i + 1 :] if not isinstance(x.point, Bare)]
        pattern = later[0] if later else like
        if pattern is not None and item.span == "":
            return several(self._like(Bare((day,)), _first_part(pattern)) for day in item.point.days)
        raise self.wrong("không nói ngày của tháng nào", "như “ngày 15 hằng tháng”, “ngày 15 tháng cuối quý”")

    def _spans_agree(self, item: Item, rule: t.Rule) -> None:
        if not item.span:
            return
        own = _span_of(rule)
        many = item.span == "quarter" and isinstance(rule, t.YearlyDates) and len(rule.days) == 4
        if own == item.span or many or (own == "year" and item.span in ("half-year", "nine-months", "year")):
            return
        raise self.wrong("nói một kỳ nhưng ngày theo kỳ khác", "ngày của đúng kỳ ấy")

    def _same_kind(self, items: list[Item], rules: list[t.Rule]) -> None:
        """ "ngày 15 tháng 3, tháng 6" is not a day and a month."""
        during = {isinstance(rule, t.During | t.Window) for rule in rules}
        if len(during) > 1:
            raise self.wrong("vừa nêu ngày vừa nêu cả một khoảng thời gian", "từng ngày, hoặc từng khoảng")

    def _bounded(self, rule: t.Rule, item: Item) -> t.Rule:
        if item.edge == "by":
            return ending(rule)
        if item.edge != "before" or item.clock:
            return rule
        if self.before_means == "strict":
            from definitions.timing_build import strict

            return strict(rule, self.text)
        return simplest(t.InSpans(rule.spans, t.NthDay(1))) if isinstance(rule, t.During) else rule

    # tails
    def exception(self, c: list[Any]) -> Tail:
        return Tail("except", c[0], c[1])

    def omission(self, c: list[Any]) -> Tail:
        return Tail("except", c[0], None)

    def cutoff(self, c: list[Any]) -> Tail:
        return Tail("cutoff", next((x for x in c if isinstance(x, int)), 0))

    def stay(self, _c: list[Any]) -> Tail:
        return Tail("stay")

    def roll(self, c: list[Any]) -> Tail:
        return Tail("roll", c[0], c[1])

    def tail(self, c: list[Any]) -> Tail:
        tail: Tail = c[0]
        return tail

    def any_cause(self, _c: list[Any]) -> str:
        return "roll"

    def holiday_cause(self, _c: list[Any]) -> str:
        return "on_holiday"

    def weekend_cause(self, _c: list[Any]) -> str:
        return "on_weekend"

    def forward(self, _c: list[Any]) -> str:
        return "forward"

    def backward(self, _c: list[Any]) -> str:
        return "backward"

    def start(self, c: list[Any]) -> t.Timing:
        clause = c[0] if isinstance(c[0], Clause) else Clause(c[0])
        timing = t.Timing("", clause.rule, clock=clause.clock)
        explicit: dict[str, str] = {}
        for tail in c[1:]:
            match tail:
                case Tail("roll", cause, direction):
                    if explicit.get(cause, direction) != direction:
                        raise self.wrong("dời ngày nghỉ theo hai hướng", "một hướng cho mỗi loại ngày nghỉ")
                    explicit[cause] = direction
                case Tail("stay"):
                    timing = timing._replace(stay_in_month=True)
                case Tail("cutoff", day):
                    timing = timing._replace(rule=self._cut_off(timing.rule, day))
                case Tail("except", spans, instead):
                    timing = timing._replace(rule=self._excepting(timing.rule, spans, instead))
        return timing._replace(**{"roll": t.default_roll(timing.rule), **explicit})  # type: ignore[arg-type]

    def _cut_off(self, rule: t.Rule, day: int) -> t.Rule:
        if not isinstance(rule, t.MonthlyDay) or day not in (0, rule.day):
            raise self.wrong("chuyển tháng sau theo một ngày khác", "cùng một ngày: “trước ngày 15; sau ngày 15 …”")
        return t.CutOff(rule)

    def _excepting(self, rule: t.Rule, spans: t.Spans, instead: Any) -> t.Rule:
        if isinstance(instead, Data):
            if not isinstance(rule, t.WithData):
                raise self.wrong("có ngoại lệ về số liệu mà không có kỳ số liệu", "“chốt ngày …, gửi trước ngày …”")
            return rule._replace(data=self._excepting(rule.data, spans, instead.item))
        self._check_exceptable(rule, spans)
        if instead is None:
            return t.Excepting(rule, spans, None)
        if isinstance(instead.point, Bare):
            if spans.span != "month":
                raise self.wrong("không nói ngày của tháng nào", "như “riêng quý IV trước ngày 15/12”")
            placed = several(simplest(t.InSpans(spans, t.MonthDay(1, day))) for day in instead.point.days)
            instead = instead._replace(point=placed)
        other = self._clause([instead])
        if other.clock:
            raise self.wrong("có giờ riêng trong một ngoại lệ", "một giờ cho mọi kỳ")
        return t.Excepting(rule, spans, other.rule)

    def _check_exceptable(self, rule: t.Rule, spans: t.Spans) -> None:
        """An exception must fall on a period that the rule has."""
        sizes = {"week": 0, "month": 1, "quarter": 3, "half-year": 6, "nine-months": 9, "year": 12, "": 99}
        inner = rule.rule if isinstance(rule, t.Excepting) else rule.due if isinstance(rule, t.WithData) else rule
        while isinstance(inner, t.Excepting):
            inner = inner.rule
        if sizes[_span_of(inner)] > sizes[spans.span] and not isinstance(inner, t.YearlyDates | t.Several):
            raise self.wrong("có ngoại lệ cho một kỳ nhỏ hơn kỳ của hạn", "ngoại lệ cho đúng kỳ, như “riêng quý IV”")


def _is_word(value: Any) -> bool:
    return type(value) is tuple and len(value) == 2 and value[0] in ("span", "edge", "clock", "report")


def _first_part(rule: t.Rule) -> t.Rule:
    if isinstance(rule, t.Several):
        return rule.parts[0]
    return rule._replace(days=rule.days[:1]) if isinstance(rule, t.YearlyDates) else rule


def _dated_alike(rules: list[t.Rule]) -> list[t.Rule]:
    """ "ngày 05/6 và ngày 10/11 năm 2022": the year is said once for all."""
    last = rules[-1]
    if not isinstance(last, t.SingleDate) or not all(isinstance(rule, t.YearlyDates) for rule in rules[:-1]):
        return rules
    year = last.on.year
    return [
        simplest(t.InSpans(t.Spans("year", (), year), t.MonthDay(*rule.days[0])))
        if isinstance(rule, t.YearlyDates)
        else rule
        for rule in rules
    ]


def _span_of(rule: t.Rule) -> str:
    """The period in which a rule comes round."""
    match rule:
        case t.MonthlyDay() | t.MonthlyWeekday():
            return "month"
        case t.Weekly():
            return "week"
        case t.YearlyDates() | t.SingleDate() | t.NamedDay():
            return "year"
        case t.PeriodEnd(span) | t.NthWorkingDay(_, span):
            return span
        case t.InSpans(spans) | t.During(spans) | t.AtLeast(_, spans):
            return spans.span
        case t.Offset(_, _, inner) | t.Window(_, inner) | t.WithData(inner, _) | t.Excepting(inner) | t.CutOff(inner):
            return _span_of(inner)
        case t.Several(parts):
            names = {_span_of(part) for part in parts}
            return names.pop() if len(names) == 1 else ""
        case _:
            return ""
