"""Gathering: an occurrence with all that a decision about it looks at."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.fold import fold
from dondoc.core.occurrence import Birth, Occurrence
from dondoc.core.plan import Obligation, Plan, Step
from dondoc.core.schedule import leading_step
from dondoc.core.timing import BeforeOther
from dondoc.core.world import World
from dondoc.register.book import Book
from dondoc.use_cases.excluded import opened
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _


class Scene(NamedTuple):
    birth: Birth
    obligation: Obligation
    occurrence: Occurrence
    world: World
    facts: Sequence[Fact]

    @property
    def plan(self) -> Plan:
        return self.world.plan

    def step(self, step_id: str = "") -> Step:
        """The definition's step of that id, or the one that is up; Refused where there is none."""
        from dondoc.core.phase import current_step

        if not step_id:
            return current_step(self.obligation, self.occurrence)
        for step in self.obligation.steps:
            if step.id == step_id:
                return step
        known = ", ".join(step.id for step in self.obligation.steps)
        raise Refused(
            _("«{key}» không có bước «{step_id}».").format(key=self.birth.key, step_id=step_id),
            _("Các bước: {known}.").format(known=known),
        )


def gather(office: Office, book: Book, keys: Sequence[str]) -> list[Scene]:
    """Scenes of the occurrences that exist among `keys`, in key order; plans no longer loaded are left out."""
    births = [birth for birth in book.births(keys=list(keys)) if birth.plan in office.plans]
    facts = book.facts([birth.key for birth in births])
    return [_scene(office, book, birth, facts.get(birth.key, [])) for birth in births]


def gather_one(office: Office, book: Book, key: str) -> Scene:
    """The scene of one occurrence; Refused where the book has none of that key."""
    scenes = gather(office, book, [key])
    if not scenes:
        raise Refused(
            _("Sổ theo dõi không có kỳ thực hiện «{key}».").format(key=key), _("Xem danh sách bằng: dondoc status")
        )
    return scenes[0]


def folded(
    office: Office, book: Book, births: Sequence[Birth], facts: Mapping[str, Sequence[Fact]]
) -> list[Occurrence]:
    known = [(birth, facts.get(birth.key, [])) for birth in births]
    return [fold(office.obligation(book, birth, its), birth, its) for birth, its in known]


def _scene(office: Office, book: Book, birth: Birth, facts: Sequence[Fact]) -> Scene:
    birth = opened(office, birth)
    obligation, plan = office.obligation(book, birth, facts), office.plan(birth.plan)
    occurrence = fold(obligation, birth, facts)
    world = World(plan, office.moments(plan), office.directory, *_surroundings(office, book, obligation, occurrence))
    return Scene(occurrence.birth, obligation, occurrence, world, facts)  # party and period as adopted since


def _surroundings(
    office: Office, book: Book, obligation: Obligation, occurrence: Occurrence
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, date]]:
    """Who is still missing for each joining step, and the targets of obligations this one counts from."""
    missing: dict[str, tuple[str, ...]] = {}
    others: dict[str, date] = {}
    for step in obligation.steps:
        if step.joins and not occurrence.step(step.id).waits_waived:
            missing[step.id] = _missing(office, book, occurrence.birth, step.joins)
        if isinstance(step.timing.rule, BeforeOther):
            others.update(_target_of(office, book, occurrence.birth, step.timing.rule.obligation))
    return missing, others


def _same_period(office: Office, book: Book, birth: Birth, obligation_id: str) -> list[Occurrence]:
    births = [b for b in book.births(plan=birth.plan, obligation=obligation_id) if b.period == birth.period]
    return folded(office, book, births, book.facts([b.key for b in births]))


def _missing(office: Office, book: Book, birth: Birth, joins: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        other.birth.party
        for obligation_id in joins
        for other in _same_period(office, book, birth, obligation_id)
        if not other.closed
    )


def _target_of(office: Office, book: Book, birth: Birth, obligation_id: str) -> dict[str, date]:
    for other in _same_period(office, book, birth, obligation_id):
        leading = leading_step(office.obligation(book, other.birth))
        round_ = other.step(leading.id).round
        if round_ and round_.target_on:
            return {obligation_id: round_.target_on}
    return {}
