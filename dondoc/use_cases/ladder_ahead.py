"""Whom an occurrence will speak to, and when, if nobody answers: the rungs of its open steps that are still to come."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from dondoc.core.ladder import Rung, rungs
from dondoc.core.occurrence import Round
from dondoc.core.plan import Step
from dondoc.use_cases.names import role_title
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene
from dondoc.words.rungs import rung_words

SHOWN = 8  # of one step: a repeating escalation has no end


class RungAhead(NamedTuple):
    """`at` is a UTC instant; `person` is as of today, "" in a confidential case. `asks`: somebody must let it go."""

    at: datetime
    step: str
    rung: str
    role: str
    person: str
    asks: bool


def ladder_ahead(office: Office, scene: Scene, at: datetime) -> tuple[RungAhead, ...]:
    """In the order of their moments; none of what is closed, set aside or suspended."""
    if scene.occurrence.closed:
        return ()
    found = [one for step in scene.obligation.steps for one in _of_step(office, scene, step, at)]
    return tuple(sorted(found, key=lambda one: one.at))


def _of_step(office: Office, scene: Scene, step: Step, at: datetime) -> Iterator[RungAhead]:
    state = scene.occurrence.step(step.id)
    if state.status != "open" or state.round is None:
        return
    opening = scene.world.moments.first_speech(state.round.since_at)
    for rung in islice(rungs(state.round, step.ladder, scene.world.moments), state.round.cursor + SHOWN):
        to_come = rung.index >= state.round.cursor and rung.at > at and rung.at >= opening
        if to_come and _may_speak(office, scene, state.round, rung):
            yield _ahead(office, scene, step, rung, at)


def _may_speak(office: Office, scene: Scene, round_: Round, rung: Rung) -> bool:
    """A proposed due never speaks above the office's head."""
    if rung.escalation is None or round_.basis != "proposed":
        return True
    role = office.directory.roles.get(office.directory.role_of(rung.escalation.to, scene.birth.party))
    return role is not None and not role.leadership and rung.escalation.mode == "send"


def _ahead(office: Office, scene: Scene, step: Step, rung: Rung, at: datetime) -> RungAhead:
    doer = scene.occurrence.step(step.id).assigned or step.by
    ref, birth = rung.escalation.to if rung.escalation else doer, scene.birth
    found = office.directory.resolve(ref, birth.party, scene.world.moments.day_of(at), frozenset(birth.excluded))
    known = office.directory.persons.get(found.person)
    return RungAhead(
        rung.at,
        step.title,
        rung_words(rung),
        role_title(office.directory, found.role),
        known.name if known and not scene.obligation.confidential else "",
        rung.escalation is not None and rung.escalation.mode == "approve",
    )
