"""Once a working day: the office hears which open work has nobody to be told."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dondoc.core.directory import Recipient
from dondoc.core.moments import Moments
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Plan, Step
from dondoc.register.book import Book
from dondoc.use_cases.excluded import leaving_out
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
    open_keys = _looked_at(office, book, office.moments(plan).day_of(at))
    heard = _heard_today(book, office.moments(plan), at)
    found = {
        n.key: n
        for scene in gather(office, book, open_keys)
        for n in _gaps(office, scene, at)
        if n.details["role"] not in heard
    }
    made = set(book.add_notices(list(found.values())))
    return [notice for notice in found.values() if notice.key in made]


def _heard_today(book: Book, moments: Moments, at: datetime) -> set[str]:
    """Roles whose gap a rung of today has already told of."""
    today = moments.day_of(at)
    waiting = [n for n in book.open_notices(at) if n.kind == "gap"]
    return {str(n.details["role"]) for n in waiting if moments.day_of(n.moment_at) == today}


def _looked_at(office: Office, book: Book, on: date) -> list[str]:
    """Where every role is held and reachable only a case that leaves somebody out can lack a recipient.

    Folding every open occurrence each day cost more than the rest of the day's sweep.
    """
    if any(office.directory.resolve(role, "", on).gap for role in _roles(office)):
        return list(book.agenda())
    return [birth.key for birth in leaving_out(office, book)]


def _roles(office: Office) -> set[str]:
    """Every role the organisation has, and every one that some obligation asks for."""
    asked = {
        office.directory.role_of(step.by, party)
        for plan in office.plans.values()
        for obligation in plan.obligations
        for party in obligation.parties
        for step in obligation.steps
    }
    return asked | set(office.directory.roles)


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
    yield _notice(office, scene, step, plan, found, at)


def _hears_of(office: Office, plan: Plan, found: Recipient, birth: Birth, on: date) -> Recipient:
    """The office; where nobody can know who is left out, the head of the unit that handles the case.

    That word names no case, so it does no harm whomever it reaches.
    """
    directory = office.directory
    if found.gap != "sealed":
        return directory.resolve(plan.office, birth.party, on, frozenset(birth.excluded))
    head = directory.resolve(directory.head_over(found.role), birth.party, on)
    return head if head.person else directory.resolve(plan.office, birth.party, on)


def _notice(office: Office, scene: Scene, step: Step, plan: Plan, found: Recipient, at: datetime) -> Notice:
    moments, birth = scene.world.moments, scene.birth
    on = moments.day_of(at)
    to = _hears_of(office, plan, found, birth, on)
    state = scene.occurrence.step(step.id)
    return Notice(
        key=f"gap/{plan.id}/{found.gap if found.gap == 'sealed' else found.role}/{on}@{to.person or to.role}",
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
        details={"gap": found.gap, "role": found.role, "person": found.person},
    )
