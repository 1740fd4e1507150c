"""Once a working day: the office hears which open work has nobody to be told."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dondoc.core.notice import Notice
from dondoc.core.plan import Plan, Step
from dondoc.register.book import Book
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather

CHASED = "gaps-chased"


def chase_gaps(office: Office, book: Book, at: datetime) -> list[Notice]:
    """Notices newly written: one a role and day, however much work it holds up. Silent outside the office's hours."""
    plan = next((p for p in office.plans.values()), None)
    if plan is None or not office.moments(plan).is_open(at):
        return []
    day = office.moments(plan).day_of(at).isoformat()
    if book.setting(CHASED) == day:
        return []
    book.put_setting(CHASED, day)
    open_keys = list(book.agenda())
    found = {n.key: n for scene in gather(office, book, open_keys) for n in _gaps(office, scene, at)}
    made = set(book.add_notices(list(found.values())))
    return [notice for notice in found.values() if notice.key in made]


def _gaps(office: Office, scene: Scene, at: datetime) -> Iterator[Notice]:
    if scene.occurrence.closed or at < scene.birth.opens_at:
        return
    for step in scene.obligation.steps:
        state = scene.occurrence.step(step.id)
        if state.status == "open" and state.round and state.round.since_at <= at:
            yield from _gap(office, scene, step, state.assigned or step.by, at)


def _gap(office: Office, scene: Scene, step: Step, ref: str, at: datetime) -> Iterator[Notice]:
    moments, plan, birth = scene.world.moments, scene.plan, scene.birth
    on, excluded = moments.day_of(at), frozenset(birth.excluded)
    found = office.directory.resolve(ref, birth.party, on, excluded)
    if not found.gap or ref == plan.office:  # the office's own gap cannot be told to the office
        return
    yield _notice(office, scene, step, plan, found.role, found.gap, found.person, at)


def _notice(
    office: Office, scene: Scene, step: Step, plan: Plan, role: str, gap: str, person: str, at: datetime
) -> Notice:
    moments, birth = scene.world.moments, scene.birth
    on = moments.day_of(at)
    to = office.directory.resolve(plan.office, birth.party, on, frozenset(birth.excluded))
    state = scene.occurrence.step(step.id)
    return Notice(
        key=f"gap/{plan.id}/{role}/{on}@{to.person or to.role}",
        kind="gap",
        occurrence=birth.key,
        step=step.id,
        round=state.round.n if state.round else 0,
        rung=0,
        recipient=to.person,
        role=to.role,
        acting=to.acting,
        tone="urge",
        epoch=state.epoch,
        moment_at=moments.sending(on),
        not_after=moments.sending(on) + timedelta(days=7),
        details={"gap": gap, "role": role, "person": person},
    )
