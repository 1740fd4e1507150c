"""What the models of all definition files share: days, clocks, ids, kebab-case keys, and no unknown ones."""

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")


def _day(value: Any) -> Any:
    if isinstance(value, date) or value is None:
        return value
    text = str(value)
    if match := _ISO.match(text):
        numbers = [int(part) for part in match.groups()]
    elif match := _SLASHED.match(text):
        numbers = [int(part) for part in reversed(match.groups())]
    else:
        raise PydanticCustomError("day_shape", "not a day")
    try:
        return date(*numbers)
    except ValueError:
        raise PydanticCustomError("impossible_day", "impossible day") from None


def _time(value: Any) -> Any:
    match = re.match(r"(\d{1,2})[:hg](\d{2})?\Z", str(value))
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise PydanticCustomError("clock_shape", "not a time of day")
    return time(int(match[1]), int(match[2] or 0))


def _pattern(value: Any) -> Any:
    try:
        re.compile(value)
    except (re.error, TypeError):
        raise PydanticCustomError("pattern_shape", "not a regular expression") from None
    return value


_DAY_SHAPE = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"}
_CLOCK_SHAPE = {"type": "string", "pattern": r"^\d{1,2}[:hg](\d{2})?$"}
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY_SHAPE)]
Clock = Annotated[time, BeforeValidator(_time), WithJsonSchema(_CLOCK_SHAPE)]
Pattern = Annotated[str, BeforeValidator(_pattern)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
RoleRef = Annotated[str, StringConstraints(pattern=r"^(unit\.(head|focal)|[a-z0-9]+(-[a-z0-9]+)*)$")]
Text = Annotated[str, StringConstraints(min_length=1)]


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", alias_generator=_kebab, populate_by_name=False, frozen=True, str_strip_whitespace=True
    )
