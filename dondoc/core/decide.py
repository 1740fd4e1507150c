"""What is missing as of one moment: the whole of the engine's judgement, as a function of its arguments."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from dondoc.core.deal import Deal, deal_step
from dondoc.core.occurrence import Occurrence
from dondoc.core.plan import Obligation
from dondoc.core.population import ChangePopulation, population_change, repopulated
from dondoc.core.rounds import BeginRound, rounds_to_begin
from dondoc.core.step_changes import begin
from dondoc.core.world import World

Action = BeginRound | Deal | ChangePopulation


class Decision(NamedTuple):
    """Actions in order; next_at is the first later instant at which time alone would call for another one, or None."""

    actions: tuple[Action, ...]
    next_at: datetime | None
    after: Occurrence  # as it is once the actions are applied


def decide(obligation: Obligation, occurrence: Occurrence, world: World, at: datetime) -> Decision:
    """Everything the occurrence lacks as of `at` (aware). Applied, it has nothing more to say at the same `at`."""
    at = at.astimezone(UTC)  # days added to an instant are 24 hours, in whatever zone the caller's clock stands
    if occurrence.closed and not obligation.population:
        return Decision((), None, occurrence)
    if occurrence.waived or occurrence.set_aside:
        return Decision((), None, occurrence)
    actions: list[Action] = []
    for change in _population(obligation, occurrence, world, at):
        actions.append(change)
        occurrence = repopulated(obligation, occurrence, change, at, world.moments.day_of(at))
    for round_ in list(rounds_to_begin(obligation, occurrence, world.plan, world.moments, world.others, at)):
        actions.append(round_)
        occurrence = _begun(occurrence, round_)
    deals = [deal_step(obligation, step, occurrence, world, at) for step in obligation.steps]
    for deal in deals:
        if deal.action:
            actions.append(deal.action)
            occurrence = _dealt(occurrence, deal.action)
    return Decision(tuple(actions), _next(obligation, occurrence, world, [d.next_at for d in deals], at), occurrence)


def _population(obligation: Obligation, occurrence: Occurrence, world: World, at: datetime) -> list[ChangePopulation]:
    """After the plan's last day a campaign runs to its end with the people it has."""
    if world.moments.day_of(at) > world.plan.valid_to:
        return []
    return list(population_change(obligation, occurrence, world.directory, world.moments, at))


def _begun(occurrence: Occurrence, action: BeginRound) -> Occurrence:
    """The state as the fold will see it; the fact raises the epoch too."""
    steps = tuple(
        begin(s, action.round)._replace(epoch=s.epoch + 1) if s.id == action.step else s for s in occurrence.steps
    )
    return occurrence._replace(steps=steps)


def _dealt(occurrence: Occurrence, action: Deal) -> Occurrence:
    steps = tuple(
        s._replace(
            rounds=(*s.rounds[:-1], s.rounds[-1]._replace(cursor=action.cursor, approvals=action.approvals)),
            told_to=action.doer or s.told_to,
        )
        if s.id == action.step
        else s
        for s in occurrence.steps
    )
    return occurrence._replace(steps=steps)


def _next_look(occurrence: Occurrence, world: World, at: datetime) -> list[datetime]:
    """People join and leave without a fact of this occurrence: look again when the office next opens its day."""
    moments, opens_at = world.moments, occurrence.birth.opens_at
    if at < opens_at or not moments.is_open(at):
        look = moments.next_open(max(at, opens_at))
    else:
        look = moments.next_open(moments.start_of(moments.day_of(at) + timedelta(days=1)))
    return [look] if moments.day_of(look) <= world.plan.valid_to else []


def _next(
    obligation: Obligation, occurrence: Occurrence, world: World, moments: list[datetime | None], at: datetime
) -> datetime | None:
    candidates = [moment for moment in moments if moment is not None]
    if obligation.population:
        candidates += _next_look(occurrence, world, at)
    return min(candidates, default=None)
