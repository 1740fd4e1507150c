"""Notices that would no longer say the truth: answered, moved, overtaken by a later reminder, or out of time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dondoc.core.facts import Fact
from dondoc.core.handover import DOER_KINDS
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Occurrence
from dondoc.register.book import Book
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather

EARLY = frozenset({"opened", "reminder", "due-today", "moved", "returned"})
ANSWERED, OVERTAKEN, EXPIRED = "bước này đã có thay đổi", "đã có lần nhắc sau", "đã qua thời điểm cần gửi"
HANDED_OVER, FILLED = "đã bàn giao người khác", "đã có người nhận"


def withdraw_stale(office: Office, at: datetime) -> int:
    """Take back what waits and is stale, with its reason in the journal; how many."""
    with office.register.writing() as book:
        waiting = _waiting(book, at)
        keys = sorted({notice.occurrence for notice in waiting})
        scenes = {scene.birth.key: scene for scene in gather(office, book, keys)}
        reasons = {n.key: reason for n in waiting if (reason := _stale(n, waiting, scenes, at))}
        count = 0
        for reason in sorted(set(reasons.values())):
            count += book.withdraw([key for key, why in reasons.items() if why == reason], reason, at)
        book.append([_entry(scenes[n.occurrence], n, reasons[n.key], at) for n in waiting if n.key in reasons])
    return count


def withdraw_answered(book: Book, scene: Scene, after: Occurrence, at: datetime) -> int:
    """Take back, in the answer's own transaction, what still waits and speaks of it; how many.

    Nothing is claimed after the answer's commit: a message that was frozen already is composed anew without it.
    """
    written = [r for r in book.notices(occurrences=[after.key]) if not r.withdrawn_at]
    frozen = book.deliveries(ids=sorted({r.delivery for r in written if r.delivery}))
    gone = {r.delivery.id for r in frozen if r.delivery.status not in ("ready", "retry")}
    stale = [r.notice for r in written if r.delivery not in gone and _is_answered(r.notice, after)]
    count = book.withdraw([n.key for n in stale], ANSWERED, at)
    book.append([_entry(scene, n, ANSWERED, at) for n in stale])
    return count


def _is_answered(notice: Notice, occurrence: Occurrence) -> bool:
    epochs = [state.epoch for state in occurrence.steps if state.id == notice.step]
    # None: the version adopted since has no such step.
    return occurrence.closed or not epochs or epochs[0] > notice.epoch


def _waiting(book: Book, at: datetime) -> list[Notice]:
    """Notices not yet composed, and those inside messages that have not left."""
    members = [key for record in book.deliveries(statuses=["ready", "retry"]) for key in record.notices]
    return [*book.open_notices(at), *(record.notice for record in book.notices(keys=members))]


def _stale(notice: Notice, waiting: Sequence[Notice], scenes: Mapping[str, Scene], at: datetime) -> str:
    scene = scenes.get(notice.occurrence)
    if scene is None:
        return ""
    if _is_answered(notice, scene.occurrence):
        return ANSWERED
    if _is_handed_over(notice, scene.occurrence):
        return HANDED_OVER
    if _is_filled(notice, scene, at):
        return FILLED
    if notice.not_after < at:
        return EXPIRED
    overtaken = notice.kind in EARLY and any(_overtakes(later, notice) for later in waiting)
    return OVERTAKEN if overtaken else ""


def _is_handed_over(notice: Notice, occurrence: Occurrence) -> bool:
    """The doer's message waits for somebody who no longer does it; the new holder has been told."""
    told_to = occurrence.step(notice.step).told_to
    return notice.kind in DOER_KINDS and bool(told_to) and notice.recipient != told_to


def _is_filled(notice: Notice, scene: Scene, at: datetime) -> bool:
    """The gap the office should hear of is there no more."""
    if notice.kind != "gap":
        return False
    on, birth = scene.world.moments.day_of(at), scene.birth
    role = str(notice.details.get("role", ""))
    return not scene.world.directory.resolve(role, birth.party, on, frozenset(birth.excluded)).gap


def _overtakes(later: Notice, notice: Notice) -> bool:
    same = (later.occurrence, later.step, later.round, later.recipient) == (
        notice.occurrence,
        notice.step,
        notice.round,
        notice.recipient,
    )
    return same and later.kind in EARLY and later.rung > notice.rung


def _entry(scene: Scene, notice: Notice, reason: str, at: datetime) -> Fact:
    day = scene.world.moments.day_of(at)
    payload = {"notice": notice.key, "reason": reason}
    return Fact("withdrawn", notice.occurrence, notice.step, at, day, "dondoc", "outbox", payload)
