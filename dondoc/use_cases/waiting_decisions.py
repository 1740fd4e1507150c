"""What waits for somebody's word: reports that may go up or not, and what doers have asked of the office."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from dondoc.core.ladder import rungs
from dondoc.core.occurrence import Approval, StepState
from dondoc.core.phase import stand
from dondoc.core.rights import Subject, Viewer, may
from dondoc.register.book import Book
from dondoc.use_cases.names import party_name, role_title, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.post import Post
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.viewer import subject_of
from dondoc.words.labels import status_words


class Report(NamedTuple):
    """One report that this viewer is asked about. `mark` names it in an address without naming a case."""

    mark: str
    post: Post
    title: str
    period: str
    party: str
    level: str  # the role it would go to
    status: str
    last_on: date | None


class Request(NamedTuple):
    """What a doer has asked for; `named` is whose work they say it is, "" where they ask for more time."""

    key: str
    step: str
    title: str
    party: str
    doer: str
    named: str
    reason: str
    last_on: date | None


class Waiting(NamedTuple):
    reports: tuple[Report, ...]
    requests: tuple[Request, ...]


def waiting_decisions(office: Office, viewer: Viewer, at: datetime) -> Waiting:
    """As of `at`; reads only. Of a confidential case a report shows its number and its due."""
    with office.register.reading() as book:
        asked = _scenes(office, book, "approval")
        wanted = _scenes(office, book, "request") if may(viewer, "extend") else []
    reports = [one for scene in asked for one in reports_of(office, scene, viewer, at)]
    requests = [one for scene in wanted for one in _requests(office, scene, viewer, at)]
    return Waiting(tuple(one for one in reports if one.post.may), tuple(requests))


def report(office: Office, mark: str, viewer: Viewer, at: datetime) -> Report | None:
    """The report of that mark, answered already or not; None where this viewer is asked about no such one."""
    with office.register.reading() as book:
        asked = _scenes(office, book, "approval")
    return next((one for s in asked for one in reports_of(office, s, viewer, at) if one.mark == mark), None)


def _scenes(office: Office, book: Book, kind: str) -> list[Scene]:
    return gather(office, book, book.told_as([kind]))


def reports_of(office: Office, scene: Scene, viewer: Viewer, at: datetime) -> Iterator[Report]:
    """Every report of an occurrence's current rounds that this viewer was, or is, asked about."""
    on, birth = local_day(office, at), scene.birth
    head = office.directory.resolve(scene.plan.office_head, birth.party, on, frozenset(birth.excluded)).person
    own = Subject(birth.key, people=frozenset({head}) - {""}, confidential=scene.obligation.confidential)
    if viewer.person != head or not may(viewer, "approve", own):
        return
    for state in scene.occurrence.steps:
        for approval in state.round.approvals if state.round else ():
            yield _report(office, scene, state, approval, viewer, at)


def _report(office: Office, scene: Scene, state: StepState, approval: Approval, viewer: Viewer, at: datetime) -> Report:
    birth, hidden, round_ = scene.birth, scene.obligation.confidential, state.round
    assert round_
    mark = hashlib.sha256(f"{birth.key}#{state.id}.{round_.n}.{approval.rung}".encode()).hexdigest()[:16]
    waits = not approval.outcome and not scene.occurrence.closed and state.status == "open"
    standing = stand(scene.obligation, scene.occurrence, scene.world.moments, at)
    return Report(
        mark=mark,
        post=Post(
            key=birth.key,
            step=state.id,
            person=viewer.person,
            via="portal",
            seal=f"{viewer.person}/{mark}",
            may=("approve", "withhold") if waits else (),
            today=local_day(office, at),
            rung=approval.rung,
            confidential=hidden,
        ),
        title=title_of(scene.obligation, birth),
        period="" if hidden else birth.label,
        party="" if hidden else party_name(office.directory, birth.party),
        level=_level(office, scene, state, approval),
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        last_on=round_.last_on,
    )


def _level(office: Office, scene: Scene, state: StepState, approval: Approval) -> str:
    """The title of the role that the report would go to."""
    assert state.round
    ladder = rungs(state.round, scene.step(state.id).ladder, scene.world.moments)
    rung = next(islice(ladder, approval.rung, None), None)
    to = rung.escalation.to if rung and rung.escalation else ""
    return role_title(office.directory, office.directory.role_of(to, scene.birth.party)) if to else ""


def _requests(office: Office, scene: Scene, viewer: Viewer, at: datetime) -> Iterator[Request]:
    if scene.occurrence.closed or not may(viewer, "extend", subject_of(office, scene, local_day(office, at))):
        return
    for state in scene.occurrence.steps:
        if state.status in ("open", "returned") and (state.asked_extension or state.disowned):
            yield _request(office, scene, state)


def _request(office: Office, scene: Scene, state: StepState) -> Request:
    named, birth = office.directory.persons.get(state.disowned), scene.birth
    asked = office.directory.role_of(state.assigned or scene.step(state.id).by, birth.party)
    return Request(
        birth.key,
        state.id,
        title_of(scene.obligation, birth),
        "" if scene.obligation.confidential else party_name(office.directory, birth.party),
        role_title(office.directory, asked),
        named.name if named else state.disowned,
        "" if scene.obligation.confidential or state.disowned else state.asked_extension,
        state.round.last_on if state.round else None,
    )
