"""How values are written in the register: the same text on both databases, for the same text is what is hashed."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any


def instant(at: datetime) -> str:
    """UTC, fixed width, so that text order is time order. ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError(f"a naive instant cannot be recorded: {at!r}")
    # Four times as fast as strftime, and a year's opening writes a million of them.
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def maybe_instant(at: datetime | None) -> str | None:
    return None if at is None else instant(at)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value: write days and instants as ISO text")


_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode


def canonical(value: Any) -> str:
    """One text for one JSON value: keys sorted, no spaces. TypeError or ValueError for anything else."""
    return _encode(value)
