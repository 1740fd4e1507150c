"""The rungs of one round, in an order that nothing but the definition decides, each with its moment."""

from collections.abc import Iterator
from datetime import date, datetime
from heapq import merge
from itertools import count
from typing import NamedTuple

from dondoc.core.moments import Moments
from dondoc.core.notice import NoticeKind
from dondoc.core.occurrence import Cause, Round
from dondoc.core.plan import Escalation, Ladder

OPENING_KIND: dict[Cause, NoticeKind] = {
    "opened": "opened",
    "live": "opened",
    "joined": "opened",
    "resubmission": "returned",
    "bound": "moved",
    "extended": "moved",
    "moved": "moved",
    "resumed": "moved",
    "decided": "moved",
    "reassigned": "handover",
    "adopted": "moved",
}


class Rung(NamedTuple):
    """One rung.

    `name` is stable within the round: opened · T-7 · T · +1 · +3 chanh-van-phong · +3 chanh-van-phong /2.
    """

    index: int  # type: ignore[assignment]  # the tuple's own method is not wanted here
    name: str
    kind: NoticeKind
    at: datetime  # UTC
    offset: int = 0
    escalation: Escalation | None = None
    repeat: int = 0


def rungs(round_: Round, ladder: Ladder, moments: Moments) -> Iterator[Rung]:
    """All rungs in order; endless where an escalation repeats. An unset due has only its opening.

    Reminders count back from target_on, escalations forward from the later of last_on and the round's beginning.
    The order is by offset, so a changed calendar never renumbers it.
    """
    yield Rung(0, "opened", OPENING_KIND[round_.cause], moments.first_speech(round_.since_at))
    if round_.target_on is None or round_.last_on is None:
        return
    index = 1
    for days in sorted(set(ladder.remind), reverse=True):
        at = moments.sending(moments.calendar.shift(round_.target_on, -days))
        yield Rung(index, f"T-{days}" if days else "T", "reminder" if days else "due-today", at, days)
        index += 1
    base = max(round_.last_on, moments.day_of(round_.since_at))
    for place, (offset, _, escalation, repeat) in enumerate(_after(ladder)):
        yield _late_rung(index + place, offset, escalation, repeat, base, moments)


def _late_rung(
    index: int, offset: int, escalation: Escalation | None, repeat: int, base: date, moments: Moments
) -> Rung:
    at = moments.sending(moments.calendar.shift(base, offset))
    if escalation is None:
        return Rung(index, f"+{offset}", "overdue", at, offset)
    name = f"+{escalation.after} {escalation.to}" + (f" /{repeat}" if repeat else "")
    return Rung(index, name, "escalation", at, offset, escalation, repeat)


Late = tuple[int, int, Escalation | None, int]  # offset, place in the ladder, whom, which repeat


def _after(ladder: Ladder) -> Iterator[Late]:
    """The doer's own overdue notice at +1, then the escalations and their repeats, by offset."""
    if not ladder.remind and not ladder.escalate:
        return iter(())
    overdue: list[Late] = [(1, -1, None, 0)]
    once: list[Late] = [(e.after, place, e, 0) for place, e in enumerate(ladder.escalate)]
    again = (_repeats(e, place) for place, e in enumerate(ladder.escalate) if e.every)
    return merge(overdue, sorted(once, key=_order), *again, key=_order)


def _order(late: Late) -> tuple[int, int]:
    return late[0], late[1]


def _repeats(escalation: Escalation, place: int) -> Iterator[Late]:
    return ((escalation.after + k * escalation.every, place, escalation, k) for k in count(1))
