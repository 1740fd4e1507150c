"""What the reader of a link may do: as the duty stands now, whatever it was when the message left."""

from datetime import date

from dondoc.core.notice import Notice
from dondoc.use_cases.links import Link
from dondoc.use_cases.office import Office
from dondoc.use_cases.post import Deed
from dondoc.use_cases.scene import Scene
from dondoc.use_cases.step_deeds import deeds_of_doer, word_on_step


def deeds(office: Office, scene: Scene, link: Link, on: date) -> tuple[Deed, ...]:
    """Open to the reader on a local day; none of a confidential case, which asks for signing in."""
    if scene.obligation.confidential or scene.occurrence.closed:
        return ()
    mine = link.person == person_now(office, scene, link.notice, on)
    if link.notice.kind == "approval":
        return ("approve", "withhold") if mine and _is_asked(scene, link.notice) else ()
    if link.notice.kind == "request":
        return _of_request(scene, link.notice) if mine else ()
    read: tuple[Deed, ...] = ("acknowledge",) if is_to_read(scene, link.person) else ()
    return read + (_of_step(scene, link.notice.step) if mine else ())


def role_now(office: Office, scene: Scene, notice: Notice) -> str:
    """Whose work it is: the office's head lets reports go up, the office decides requests, all else is the doer's."""
    if notice.kind == "approval":
        return scene.plan.office_head
    if notice.kind == "request":
        return scene.plan.office
    by = scene.occurrence.step(notice.step).assigned or scene.step(notice.step).by
    return office.directory.role_of(by, scene.birth.party)


def person_now(office: Office, scene: Scene, notice: Notice, on: date) -> str:
    """Who would be told today in that role; "" where nobody would."""
    role, excluded = role_now(office, scene, notice), frozenset(scene.birth.excluded)
    return office.directory.resolve(role, scene.birth.party, on, excluded).person


def _of_step(scene: Scene, step_id: str) -> tuple[Deed, ...]:
    return word_on_step(scene, step_id) if scene.step(step_id).confirms else deeds_of_doer(scene, step_id)


def _of_request(scene: Scene, notice: Notice) -> tuple[Deed, ...]:
    """The decision asked for, as long as nobody has taken one."""
    state = scene.occurrence.step(notice.step)
    if notice.details.get("wants") == "not-mine":
        return ("reassign",) if state.disowned else ()
    return ("extend",) if state.asked_extension and state.round and state.round.last_on else ()


def is_to_read(scene: Scene, person: str) -> bool:
    """Whether this person has still to acknowledge it."""
    return any(member.person == person and member.status == "pending" for member in scene.occurrence.members)


def _is_asked(scene: Scene, notice: Notice) -> bool:
    """Whether this very report still waits: another level's question is another message's."""
    round_ = scene.occurrence.step(notice.step).round
    waiting = [a.rung for a in round_.approvals if not a.outcome] if round_ and round_.n == notice.round else []
    return notice.rung in waiting
