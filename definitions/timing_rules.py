"""A due as YAML gives it — a phrase, or a rule spelled out in keys — to one Timing."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from definitions.schema_base import Day, Model
from definitions.timing_phrase import default_roll, parse_phrase
from definitions.timing_words import PhraseError
from dondoc.core import timing as core
from dondoc.core.timing import Reading, Rule, Timing, Unit
from dondoc.core.timing import Span as SpanName


class Yearly(Model):
    rule: Literal["yearly-dates"]
    days: list[str] = Field(min_length=1, description="Ngày/tháng | day/month")
    strict: bool = False


class Single(Model):
    rule: Literal["single-date"]
    on: Day
    strict: bool = False


class Monthly(Model):
    rule: Literal["monthly-day"]
    day: int = Field(ge=1, le=31)
    strict: bool = False


class Weekday(Model):
    rule: Literal["monthly-weekday"]
    weekday: int = Field(ge=2, le=8, description="2 là thứ hai … 7 là thứ bảy, 8 là chủ nhật | 2 is Monday")
    reading: Reading


class End(Model):
    rule: Literal["period-end"]
    span: SpanName
    working: bool = True


class Nth(Model):
    rule: Literal["nth-working-day"]
    n: int = Field(ge=1, le=20)
    span: SpanName = "month"


class Counted(Model):
    rule: Literal["within"]
    amount: int = Field(ge=1)
    unit: Unit
    after: str = ""


class Before(Model):
    rule: Literal["before-other"]
    amount: int = Field(ge=1, description="Số ngày làm việc | working days")
    obligation: str


class Open(Model):
    rule: Literal["unset"]
    pointer: str = "đúng thời gian quy định"


class Event(Model):
    rule: Literal["on-event"]
    event: str = ""


_AnyRule = Annotated[
    Yearly | Single | Monthly | Weekday | End | Nth | Counted | Before | Open | Event, Field(discriminator="rule")
]
_ADAPTER: TypeAdapter[Any] = TypeAdapter(_AnyRule)
RULES = ("yearly-dates", "single-date", "monthly-day", "monthly-weekday", "period-end", "nth-working-day", "within",
         "before-other", "unset", "on-event")  # fmt: skip


def timing_of(due: str | Mapping[str, Any], readings: Mapping[str, str], before: str, year: int) -> Timing:
    """The timing of a phrase or of a structured rule. Raises PhraseError."""
    if isinstance(due, str):
        return parse_phrase(due, readings, before=before, year=year)
    try:
        model = _ADAPTER.validate_python(dict(due))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        expected = f"rule là một trong: {', '.join(RULES)}" if first["type"].startswith("union") else first["msg"]
        raise PhraseError(f"rule không đúng {f'({where})' if where else ''}".strip(), expected) from None
    rule = _rule(model, year)
    return Timing(str(due.get("phrase", due["rule"])), rule, default_roll(rule))


def _rule(model: Any, year: int) -> Rule:
    match model:
        case Yearly():
            days = [parse_phrase(f"ngày {day}", year=year).rule for day in model.days]
            return core.YearlyDates(tuple(d for rule in days for d in _days(rule)), model.strict)
        case Single():
            return core.SingleDate(model.on, model.strict)
        case Monthly():
            return core.MonthlyDay(model.day, model.strict)
        case Weekday():
            return core.MonthlyWeekday(model.weekday - 2, model.reading)
        case End():
            return core.PeriodEnd(model.span, model.working)
        case Nth():
            return core.NthWorkingDay(model.n, model.span)
        case Counted():
            return core.Within(model.amount, model.unit, model.after)
        case Before():
            return core.BeforeOther(model.amount, model.obligation)
        case Open():
            return core.Unset(model.pointer)
        case _:
            return core.OnEvent(model.event)


def _days(rule: Rule) -> tuple[tuple[int, int], ...]:
    if isinstance(rule, core.YearlyDates):
        return rule.days
    raise PhraseError("days có ngày kèm năm", "ngày/tháng, như 05/6")
