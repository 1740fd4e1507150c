"""What the page behind a link shows, and what its reader may do there."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from dondoc.core.phase import stand
from dondoc.use_cases.keep_file import read_kept
from dondoc.use_cases.links import Link, open_link
from dondoc.use_cases.message_of import item_of
from dondoc.use_cases.names import role_title
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather_one
from dondoc.words.labels import evidence_words, status_words
from notifications.message import MessageItem

Deed = Literal["submit", "nothing", "extension", "acknowledge"]


class Recorded(NamedTuple):
    """What the book holds of one answer."""

    number: str
    signed_on: date | None
    done_on: date | None
    submitted_on: date
    kept_at: str
    files: tuple[str, ...]
    note: str
    confirmed_on: date | None


class AnswerPage(NamedTuple):
    """`may` are the deeds open to the reader now; none where the work is somebody else's, done or confidential."""

    link: Link
    reader: str  # the person's name as the organisation file writes it
    item: MessageItem
    status: str
    asks: tuple[str, ...]  # the evidence asked for, in words
    kinds: tuple[str, ...]  # the same by its names in the definition
    may: tuple[Deed, ...]
    with_whom: str  # the role whose work it is, where it is not the reader's
    recorded: tuple[Recorded, ...]
    extension_asked: str  # reason of a request that waits for the office
    acknowledged: bool
    confidential: bool
    today: date


def answer_page(office: Office, token: str, at: datetime) -> AnswerPage:
    """The page as of `at`; reads only. DeadLink where the link leads nowhere."""
    link = open_link(office, token, at)
    with office.register.reading() as book:
        scene = gather_one(office, book, link.notice.occurrence)
    step, state = scene.step(link.notice.step), scene.occurrence.step(link.notice.step)
    moments = scene.world.moments
    standing = stand(scene.obligation, scene.occurrence, moments, at)
    whose = _doer(office, scene, link.notice.step, moments.day_of(at))
    mine = link.person == whose
    return AnswerPage(
        link=link,
        reader=office.directory.persons[link.person].name if link.person in office.directory.persons else link.person,
        item=item_of(office, scene, link.notice, at),
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        asks=tuple(evidence_words(kind) for kind in step.evidence),
        kinds=step.evidence,
        may=_deeds(scene, link, at, mine=mine),
        with_whom="" if mine else role_title(office.directory, _role(office, scene, link.notice.step)),
        recorded=()
        if scene.obligation.confidential
        else tuple(
            Recorded(
                s.number,
                s.signed_on,
                s.done_on,
                s.submitted_on,
                s.kept_at,
                tuple(read_kept(f).name for f in s.files),
                s.note,
                s.confirmed_on,
            )
            for s in state.submissions
        ),
        extension_asked="" if scene.obligation.confidential else state.asked_extension,
        acknowledged=any(m.person == link.person and m.status == "acknowledged" for m in scene.occurrence.members),
        confidential=scene.obligation.confidential,
        today=moments.day_of(at),
    )


def _role(office: Office, scene: Scene, step_id: str) -> str:
    by = scene.occurrence.step(step_id).assigned or scene.step(step_id).by
    return office.directory.role_of(by, scene.birth.party)


def _doer(office: Office, scene: Scene, step_id: str, on: date) -> str:
    """Who would be told as the doer on that day."""
    role = _role(office, scene, step_id)
    return office.directory.resolve(role, scene.birth.party, on, frozenset(scene.birth.excluded)).person


def _deeds(scene: Scene, link: Link, at: datetime, *, mine: bool) -> tuple[Deed, ...]:
    step, state = scene.step(link.notice.step), scene.occurrence.step(link.notice.step)
    closed = scene.occurrence.closed or state.status in ("done", "nothing", "suspended", "submitted")
    pending = any(m.person == link.person and m.status == "pending" for m in scene.occurrence.members)
    if scene.obligation.confidential or closed:
        return ()
    reader: tuple[Deed, ...] = ("acknowledge",) if pending else ()
    if not mine or step.confirms or scene.occurrence.members:
        return reader
    nothing: tuple[Deed, ...] = ("nothing",) if step.nothing_allowed else ()
    dated: tuple[Deed, ...] = ("extension",) if state.round and state.round.last_on else ()
    return (*reader, "submit", *nothing, *dated)
