"""Days and instants as people type and read them: 03/6/2022, "08:00 03/6/2022"."""

import re
from datetime import date, datetime, time
from typing import Any

import click

from dondoc.cli.clock import OFFICE_ZONE
from dondoc.words import _
from dondoc.words.dates import read_day

_HOUR = re.compile(r"(\d{1,2})[:h](\d{2})?")


def read_instant(text: str) -> datetime:
    """A full ISO instant, or a day with or without an hour in the office's zone; a bare day is its end, 23:59:59."""
    words = text.strip().split()
    if len(words) == 1 and "T" not in text:
        return datetime.combine(read_day(text), time(23, 59, 59), OFFICE_ZONE)
    if len(words) == 2:
        hour, day = words if _HOUR.match(words[0]) else reversed(words)
        found = _HOUR.fullmatch(hour)
        if found is None:
            raise ValueError(text)
        return datetime.combine(read_day(day), time(int(found[1]), int(found[2] or 0)), OFFICE_ZONE)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=OFFICE_ZONE)


class Day(click.ParamType):
    """A local day."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return read_day(value)
        except ValueError:
            self.fail(_("{value!r} không phải là một ngày. Hãy gõ 03/6/2022 hoặc 2022-06-03.").format(value=value))


class Instant(click.ParamType):
    """A moment in the office's zone."""

    name = "lúc"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return read_instant(value)
        except ValueError:
            self.fail(
                _("{value!r} không phải là một thời điểm. Hãy gõ 03/6/2022, '08:00 03/6/2022' hoặc dạng ISO.").format(
                    value=value
                )
            )


DAY, INSTANT = Day(), Instant()


def shown(day: date | None) -> str:
    """A day as offices write it (03/6/2022: a zero before days under 10 and months 1 and 2); "—" for none."""
    # Nghị định 30/2020/NĐ-CP, Phụ lục I: số 0 phía trước ngày nhỏ hơn 10 và tháng 1, 2.
    if day is None:
        return "—"
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"


def shown_at(at: datetime | None) -> str:
    """An instant in the office's zone: 08:00 03/6/2022."""
    if at is None:
        return "—"
    here = at.astimezone(OFFICE_ZONE)
    return f"{here:%H:%M} {shown(here.date())}"
