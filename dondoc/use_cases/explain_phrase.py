"""What a timing phrase means in a year: its rule in words, each due with its steps, and where its readings part."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from definitions.calendar import working_calendar
from definitions.canonical import rule_document
from definitions.timing_phrase import parse_phrase
from definitions.timing_words import AmbiguousPhrase
from dondoc.core import due as dues
from dondoc.core import timing as t
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.instances import instances
from dondoc.use_cases.office import SHIPPED, calendar_overlay
from dondoc.words import _
from dondoc.words.explain import explain
from dondoc.words.say_rule import say_timing
from dondoc.words.say_rule_en import say_timing_en


class ExplainedDue(NamedTuple):
    """`last_on` None: the due waits for an act or document; `steps` says for which."""

    period: str
    from_on: date | None
    last_on: date | None
    target_on: date | None
    time: str  # "16:30"; "" the end of the day
    steps: tuple[str, ...]


class OtherReading(NamedTuple):
    reading: str
    differs_in: tuple[str, ...]  # periods whose due is another than by the reading in force, or by the first one
    dues: tuple[ExplainedDue, ...] = ()


class Explained(NamedTuple):
    phrase: str
    reading: str
    rule: Mapping[str, Any]
    dues: tuple[ExplainedDue, ...]
    ambiguous: tuple[OtherReading, ...]


def explain_phrase(
    phrase: str,
    year: int,
    *,
    readings: Sequence[str] = (),
    from_on: date | None = None,
    before: Literal["strict", "inclusive"] = "strict",
    named_days: Mapping[str, Sequence[date]] | None = None,
) -> Explained:
    """Read `phrase` for a year. `readings`: "word=reading", or a reading alone for the word that needs one.

    Raises PhraseError for what is no timing phrase, CalendarHorizonError where a due leaves the calendar.
    """
    calendar = working_calendar(year - 2, year + 3, calendar_overlay((SHIPPED,)))
    known, loose = _split(readings)
    asked: tuple[str, tuple[str, ...]] = ("", ())
    while True:
        try:
            timing = parse_phrase(phrase, known, before=before, year=year)
        except AmbiguousPhrase as error:
            if loose and error.word and error.word not in known:
                known[error.word] = loose.pop(0)
                asked = (error.word, error.readings)
                continue
            if not error.readings or error.word in known:
                raise
            asked = (error.word, error.readings)
            return _side_by_side(phrase, known, asked, year, calendar, from_on, before, named_days or {})
        break
    if not asked[0]:
        asked = _choice_of(phrase, known, before, year)
    found = tuple(_dues(timing, year, calendar, from_on, named_days or {}))
    others = _others(phrase, known, asked, year, calendar, from_on, before, named_days or {}, found)
    return Explained(phrase, timing.reading, _document(timing), found, others)


def _split(readings: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    pairs = [text.partition("=") for text in readings]
    return {word: value for word, equals, value in pairs if equals}, [word for word, equals, _v in pairs if not equals]


def _choice_of(phrase: str, known: Mapping[str, str], before: str, year: int) -> tuple[str, tuple[str, ...]]:
    """Which word of a phrase with readings has a closed list of them."""
    if not known:
        return "", ()
    try:
        parse_phrase(phrase, {}, before=before, year=year)
    except AmbiguousPhrase as error:
        return error.word, error.readings
    return "", ()


def _side_by_side(
    phrase: str,
    known: Mapping[str, str],
    asked: tuple[str, tuple[str, ...]],
    year: int,
    calendar: WorkingCalendar,
    from_on: date | None,
    before: str,
    days: Mapping[str, Sequence[date]],
) -> Explained:
    word, readings = asked
    first: tuple[ExplainedDue, ...] | None = None
    rows = []
    for reading in readings:
        timing = parse_phrase(phrase, {**known, word: reading}, before=before, year=year)
        found = tuple(_dues(timing, year, calendar, from_on, days))
        first = first or found
        rows.append(OtherReading(reading, _differing(first, found), found))
    return Explained(phrase, "", {"ambiguous": word}, (), tuple(rows))


def _others(
    phrase: str,
    known: Mapping[str, str],
    asked: tuple[str, tuple[str, ...]],
    year: int,
    calendar: WorkingCalendar,
    from_on: date | None,
    before: str,
    days: Mapping[str, Sequence[date]],
    found: tuple[ExplainedDue, ...],
) -> tuple[OtherReading, ...]:
    """The readings not chosen, against the one that is."""
    rows = []
    for reading in asked[1]:
        timing = parse_phrase(phrase, {**known, asked[0]: reading}, before=before, year=year)
        other = tuple(_dues(timing, year, calendar, from_on, days))
        if differing := _differing(found, other):
            rows.append(OtherReading(reading, differing, other))
    return tuple(rows)


def _differing(one: Sequence[ExplainedDue], other: Sequence[ExplainedDue]) -> tuple[str, ...]:
    mine, theirs = {d.period: d.last_on for d in one}, {d.period: d.last_on for d in other}
    return tuple(period for period in dict.fromkeys([*mine, *theirs]) if mine.get(period) != theirs.get(period))


def _document(timing: t.Timing) -> Mapping[str, Any]:
    """The rule by value, and said again in both languages."""
    more = {name: value for name, value in timing._asdict().items() if name in ("roll", "clock") and value}
    return {**rule_document(timing.rule), **more, "vi": say_timing(timing), "en": say_timing_en(timing)}


def _dues(
    timing: t.Timing,
    year: int,
    calendar: WorkingCalendar,
    from_on: date | None,
    days: Mapping[str, Sequence[date]],
) -> Iterator[ExplainedDue]:
    rule = timing.rule
    found = instances(rule, year, calendar, days)
    for one in found:
        if one.last_on is None:
            yield ExplainedDue(one.period.key, None, None, None, timing.clock, tuple(explain(one.why)))
            continue
        due = dues.due_on(one.last_on, timing, calendar, one.why)
        yield _explained(one.period.key, one.from_on, due, timing)
    if not found and not isinstance(rule, t.SingleDate):
        yield from _from_act(timing, rule, calendar, from_on)


def _explained(period: str, from_on: date | None, due: dues.Due, timing: t.Timing) -> ExplainedDue:
    return ExplainedDue(period, from_on, due.last_on, due.target_on, timing.clock, tuple(explain(due.why)))


def _from_act(
    timing: t.Timing, rule: t.Rule, calendar: WorkingCalendar, from_on: date | None
) -> Iterator[ExplainedDue]:
    if from_on is None or isinstance(rule, t.Unset | t.OnEvent | t.BeforeOther):
        yield ExplainedDue("", None, None, None, timing.clock, (_waits_for(rule),))
        return
    for name, part, start in _acts(rule, from_on):
        if isinstance(part, t.BeforeEvent):
            yield _explained(name, None, dues.due_before_event(part, start, timing, calendar), timing)
        else:
            yield _explained(name, None, dues.due_within(part, start, timing, calendar), timing)


def _acts(rule: t.Rule, start: date) -> Iterator[tuple[str, Any, date]]:
    """Name, counted period and the day it starts from."""
    match rule:
        case t.Prolonged(base, longest):
            yield "", base, start
            yield _("kéo dài"), longest, start
        case t.Extendable(base, times, amount, unit):
            if base:
                yield "", base, start
            first = base or t.Within(0, "day", "")
            whole = first.amount if base and first.unit == unit else 0
            for n in range(1, times + 1):
                name = _("gia hạn lần {n}").format(n=n)
                if whole or not base:
                    yield name, t.Within(whole + n * amount, unit, ""), start
        case t.Tiered(tiers):
            for tier, part in tiers:
                yield tier, part, start
        case t.Lasting(amount, unit, after):
            yield "", t.Within(amount, unit, after), start
        case t.Several(parts):
            for part in parts:
                yield from _acts(part, start)
        case t.Within() | t.BeforeEvent():
            yield "", rule, start


def _waits_for(rule: t.Rule) -> str:
    match rule:
        case t.Unset(pointer):
            return explain((f"unset {pointer}",))[0]
        case t.OnEvent():
            return _("không có hạn riêng: mở vụ việc khi sự kiện phát sinh")
        case t.BeforeOther(_amount, other):
            return _("tính từ hạn của {other}, trong kế hoạch có nghĩa vụ ấy").format(other=other)
        case _:
            return _("tính từ một sự việc: thêm --from NGÀY để biết hạn")
