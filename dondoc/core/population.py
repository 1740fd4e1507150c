"""An acknowledgement's population: frozen at publication; joiners come in, leavers drop out, long leave suspends."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.directory import Directory
from dondoc.core.facts import Fact
from dondoc.core.fold import after
from dondoc.core.moments import Moments
from dondoc.core.occurrence import Occurrence
from dondoc.core.plan import Obligation


class ChangePopulation(NamedTuple):
    """Action: who is in it has changed since it was last looked at. Sorted person ids."""

    step: str
    joined: tuple[str, ...]
    left: tuple[str, ...]
    suspended: tuple[str, ...]
    resumed: tuple[str, ...]


def population_of(
    obligation: Obligation, party: str, directory: Directory, moments: Moments, at: datetime
) -> tuple[str, ...]:
    """Who is asked to acknowledge, as of `at`: the unit's members, everybody, or the leaders."""
    on = moments.day_of(at)
    match obligation.population:
        case "unit.members":
            people = directory.members(party, on)
        case "all-staff":
            people = directory.members("", on)
        case "leaders":
            people = directory.leaders(on)
        case _:
            people = frozenset()
    return tuple(sorted(people))


def population_change(
    obligation: Obligation, occurrence: Occurrence, directory: Directory, moments: Moments, at: datetime
) -> Iterator[ChangePopulation]:
    """At most one change. Frozen at the first look after it opens; looked at within the office's hours only."""
    if at >= occurrence.birth.opens_at and moments.is_open(at):
        yield from _change(obligation, occurrence, directory, moments, at)


def published(
    obligation: Obligation, occurrence: Occurrence, directory: Directory, moments: Moments, at: datetime
) -> Iterator[ChangePopulation]:
    """The first look that an answer needs where none has come yet, as after an outage; at any hour."""
    if not occurrence.members and at >= occurrence.birth.opens_at:
        yield from _change(obligation, occurrence, directory, moments, at)


def _change(
    obligation: Obligation, occurrence: Occurrence, directory: Directory, moments: Moments, at: datetime
) -> Iterator[ChangePopulation]:
    if not obligation.population:
        return
    on = moments.day_of(at)
    now = set(population_of(obligation, occurrence.birth.party, directory, moments, at))
    known = {m.person: m.status for m in occurrence.members}
    away = {person for person in now if directory.is_on_long_leave(person, on)}
    change = ChangePopulation(
        obligation.steps[0].id,
        joined=tuple(sorted(now - known.keys() - away)),
        left=tuple(sorted(p for p, s in known.items() if p not in now and s in ("pending", "suspended"))),
        suspended=tuple(sorted(p for p in away if known.get(p) == "pending")),
        resumed=tuple(sorted(p for p in now - away if known.get(p) in ("suspended", "left"))),
    )
    if change[1:] != ((), (), (), ()):
        yield change


def repopulated(
    obligation: Obligation, occurrence: Occurrence, change: ChangePopulation, at: datetime, on: date
) -> Occurrence:
    """The state as the fold will see it; `on` is the local day of `at`."""
    payload = {"joined": change.joined, "left": change.left, "suspended": change.suspended, "resumed": change.resumed}
    fact = Fact("population-changed", occurrence.key, change.step, at, on, "dondoc", "", payload)
    return after(obligation, occurrence, fact)
