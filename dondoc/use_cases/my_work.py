"""What one person has to do now: their own steps, what they should read, their unit's, and what was answered lately."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dondoc.core.phase import standing_of
from dondoc.core.plan import Step
from dondoc.core.rights import Viewer
from dondoc.register.book import Book
from dondoc.register.desk_steps import DeskStep, DeskSteps
from dondoc.use_cases.desks import desks_of, doer_of
from dondoc.use_cases.names import role_title, short_party, step_title, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene, gather
from dondoc.words.labels import status_words

LATELY = timedelta(days=30)
A_PAGE = 50


class WorkItem(NamedTuple):
    """One step. `late` is past a decided due; `done_on` is set where it was answered."""

    key: str
    title: str
    period: str
    party: str
    step: str  # "" where the duty has one step only
    doer: str  # the role in words
    label: str
    late: bool
    last_on: date | None
    target_on: date | None
    answered_on: date | None = None


class Listed(NamedTuple):
    """One page of a list; `after` opens the next one, "" where it ends."""

    items: tuple[WorkItem, ...] = ()
    after: str = ""


class MyWork(NamedTuple):
    mine: Listed
    readings: tuple[WorkItem, ...]  # campaigns in which the person has still to acknowledge
    units: Listed  # of the units the person heads, without their own
    lately: tuple[WorkItem, ...]
    today: date


def my_work(office: Office, viewer: Viewer, at: datetime, after: str = "", units_after: str = "") -> MyWork:
    """As of `at`; late first, then by day. ValueError for an `after` that no page gave. Reads only."""
    on = local_day(office, at)
    desks = desks_of(office.directory, viewer.person, on)
    theirs = {role.id for role in office.directory.roles.values() if role.unit in viewer.units} - desks
    with office.register.reading() as book:
        mine = _listed(office, book, desks, at, after, viewer.person)
        if not after:
            mine = mine._replace(items=_ordered([*mine.items, *_stood_in(office, book, desks, at, viewer.person)]))
        units = _listed(office, book, theirs, at, units_after, "")
        readings = tuple(_readings(office, book, viewer.person, at))
        lately = tuple(_lately(office, book, desks, at, on))
    return MyWork(mine, readings, units, lately, on)


def _listed(office: Office, book: Book, roles: Collection[str], at: datetime, after: str, person: str) -> Listed:
    """A page of the roles' open steps; only this person's, where one is named."""
    found = DeskSteps(book.session, book.agency).open_steps(roles, at, local_day(office, at), after, A_PAGE)
    items = [item for scene, step in _scenes(office, book, found) if (item := _to_do(office, scene, step, at, person))]
    return Listed(_ordered(items), found[-1].mark if len(found) == A_PAGE else "")


def _scenes(office: Office, book: Book, found: Collection[DeskStep]) -> Iterator[tuple[Scene, Step]]:
    scenes = {scene.birth.key: scene for scene in gather(office, book, sorted({one.key for one in found}))}
    for one in found:
        if scene := scenes.get(one.key):
            yield scene, scene.step(one.step)


def _to_do(office: Office, scene: Scene, step: Step, at: datetime, person: str) -> WorkItem | None:
    """Nothing where it is another's, or where the office's word has nothing to be said about yet."""
    if scene.occurrence.closed or (step.confirms and scene.occurrence.step(step.confirms).status != "submitted"):
        return None
    doer = doer_of(office.directory, scene, step, local_day(office, at))
    if person:
        return item_of(office, scene, step, at) if doer == person else None
    return None if scene.obligation.confidential else item_of(office, scene, step, at)


def _stood_in(office: Office, book: Book, desks: Collection[str], at: datetime, person: str) -> Iterator[WorkItem]:
    """Cases that leave out whoever would do them: they are on nobody else's list."""
    leaving_out = [(plan.id, o.id) for plan in office.plans.values() for o in plan.obligations if o.excludes]
    births = [birth for plan, duty in leaving_out for birth in book.births(plan=plan, obligation=duty)]
    for scene in gather(office, book, [birth.key for birth in births if birth.excluded]):
        for step in scene.obligation.steps:
            state = scene.occurrence.step(step.id)
            role = office.directory.role_of(state.assigned or step.by, scene.birth.party)
            if (
                state.status in ("open", "returned")
                and role not in desks
                and (item := _to_do(office, scene, step, at, person))
            ):
                yield item


def _readings(office: Office, book: Book, person: str, at: datetime) -> Iterator[WorkItem]:
    read = [(plan.id, o.id) for plan in office.plans.values() for o in plan.obligations if o.population]
    births = [birth for plan, duty in read for birth in book.births(plan=plan, obligation=duty)]
    for scene in gather(office, book, [birth.key for birth in births if not birth.before_watch]):
        pending = any(m.person == person and m.status == "pending" for m in scene.occurrence.members)
        if pending and not scene.occurrence.closed and scene.birth.opens_at <= at:
            yield item_of(office, scene, scene.obligation.steps[0], at)


def _lately(office: Office, book: Book, desks: Collection[str], at: datetime, on: date) -> Iterator[WorkItem]:
    found = DeskSteps(book.session, book.agency).answered_steps(desks, on - LATELY)
    scenes = {scene.birth.key: scene for scene in gather(office, book, sorted({key for key, _, _ in found}))}
    for key, step_id, answered_on in found:
        if scene := scenes.get(key):
            yield item_of(office, scene, scene.step(step_id), at)._replace(answered_on=answered_on)


def item_of(office: Office, scene: Scene, step: Step, at: datetime) -> WorkItem:
    """A step in words. Of a confidential case its number and its dates alone."""
    standing = standing_of(step, scene.occurrence, scene.world.moments, at)
    state, discreet = scene.occurrence.step(step.id), scene.obligation.confidential
    role = office.directory.role_of(state.assigned or step.by, scene.birth.party)
    return WorkItem(
        key=scene.birth.key,
        title=title_of(scene.obligation, scene.birth),
        period="" if discreet else scene.birth.label,
        party="" if discreet else short_party(office.directory, scene.birth.party),
        step="" if discreet or len(scene.obligation.steps) == 1 else step_title(scene.obligation, step),
        doer="" if discreet else role_title(office.directory, role),
        label=status_words(standing.phase, standing.timeliness, standing.basis),
        late=standing.timeliness.kind == "overdue" and standing.basis != "proposed",
        last_on=state.round.last_on if state.round else None,
        target_on=state.round.target_on if state.round else None,
    )


def _ordered(items: Collection[WorkItem]) -> tuple[WorkItem, ...]:
    return tuple(sorted(items, key=lambda item: (not item.late, item.last_on or date.max, item.key)))
