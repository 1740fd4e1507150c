"""Notices that would no longer say the truth: answered, moved, overtaken by a later reminder, or out of time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

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
ON_ITS_WAY = "bước này đã có thay đổi khi thư đang gửi"
RAN_OUT = "đã thử gửi đến hết thời hạn"
TAKEN_BACK = ("ready", "retry", "sending", "dead", "unknown")


Matter = tuple[str, str, str]  # occurrence, step, recipient
Rivals = Mapping[Matter, Sequence[Notice]]


class Waiting(NamedTuple):
    """What is not said yet. `tried`: its message was handed over in vain; `failed`: and will not be by that channel."""

    notice: Notice
    tried: bool = False
    failed: bool = False


def withdraw_stale(office: Office, at: datetime) -> int:
    """Take back what waits and is stale, with its reason in the journal; how many.

    What ran out of time while it was being tried is not taken back: it did not arrive, and somebody must call.
    """
    with office.register.writing() as book:
        book.lose_leases(at)
        waiting = _waiting(book, at)
        keys = sorted({one.notice.occurrence for one in waiting})
        scenes = {scene.birth.key: scene for scene in gather(office, book, keys)}
        rivals = _rivals(book, waiting)
        reasons = {one.notice.key: reason for one in waiting if (reason := _stale(one, rivals, scenes, at))}
        book.run_out([key for key, reason in reasons.items() if reason == RAN_OUT], at)
        return sum(
            _withdraw(
                book, [one.notice for one in waiting if reasons.get(one.notice.key) == reason], reason, scenes, at
            )
            for reason in sorted(set(reasons.values()) - {RAN_OUT})
        )


def _withdraw(book: Book, notices: Sequence[Notice], reason: str, scenes: Mapping[str, Scene], at: datetime) -> int:
    taken = set(book.withdraw([notice.key for notice in notices], reason, at))
    mine = [notice for notice in notices if notice.key in taken]  # another sweep enters what it took itself
    book.append([_entry(scenes[notice.occurrence], notice, reason, at) for notice in mine])
    return len(mine)


def withdraw_answered(book: Book, scene: Scene, after: Occurrence, at: datetime) -> int:
    """Take back, in the answer's own transaction, what still waits and speaks of it; how many.

    Nothing is claimed after the answer's commit: a message that was frozen already is composed anew without it.
    """
    written = [r for r in book.notices(occurrences=[after.key]) if not r.withdrawn_at]
    status = {
        r.delivery.id: r.delivery.status for r in book.deliveries(ids=sorted({r.delivery for r in written} - {""}))
    }
    stale = [r for r in written if status.get(r.delivery, "ready") in TAKEN_BACK and is_answered(r.notice, after)]
    # One that is on its way may arrive; should its worker die it is not sent again.
    leaving = [r.notice for r in stale if status.get(r.delivery) == "sending"]
    resting = [r.notice for r in stale if status.get(r.delivery) != "sending"]
    scenes = {after.key: scene}
    return _withdraw(book, resting, ANSWERED, scenes, at) + _withdraw(book, leaving, ON_ITS_WAY, scenes, at)


def is_answered(notice: Notice, occurrence: Occurrence) -> bool:
    epochs = [state.epoch for state in occurrence.steps if state.id == notice.step]
    # None: the version adopted since has no such step.
    return occurrence.closed or not epochs or epochs[0] > notice.epoch


def _waiting(book: Book, at: datetime) -> list[Waiting]:
    """Notices not yet composed, those inside messages that have not left, and those that no message brought."""
    held = book.deliveries(statuses=["ready", "retry"])
    begun = {key for record in held if record.delivery.attempts for key in record.notices}
    unsaid = [*book.open_notices(at), *(r.notice for r in book.notices(keys=[k for d in held for k in d.notices]))]
    tried = begun | set(book.tried([notice.key for notice in unsaid]))
    return [
        *(Waiting(notice, notice.key in tried) for notice in unsaid),
        *(Waiting(lost.notice, tried=True, failed=True) for lost in book.undelivered()),
    ]


def _rivals(book: Book, waiting: Sequence[Waiting]) -> Rivals:
    """What may have overtaken a notice: whatever else waits, and for what failed whatever was said since."""
    failed = sorted({one.notice.occurrence for one in waiting if one.failed})
    said = [r.notice for r in book.notices(occurrences=failed) if not r.withdrawn_at] if failed else []
    rivals: dict[Matter, list[Notice]] = {}
    for notice in (*(one.notice for one in waiting), *said):
        rivals.setdefault(_matter(notice), []).append(notice)
    return rivals


def _stale(one: Waiting, rivals: Rivals, scenes: Mapping[str, Scene], at: datetime) -> str:
    notice, scene = one.notice, scenes.get(one.notice.occurrence)
    others = rivals[_matter(notice)]
    if scene is None:
        return ""
    if is_answered(notice, scene.occurrence):
        return ANSWERED
    if _is_handed_over(notice, scene.occurrence):
        return HANDED_OVER
    if _is_filled(notice, scene, at):
        return FILLED
    if one.failed:
        return OVERTAKEN if any(_says_more(later, notice) for later in others) else ""
    if notice.not_after < at:
        return RAN_OUT if one.tried else EXPIRED
    overtaken = notice.kind in EARLY and any(_overtakes(later, notice) for later in others)
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
    return later.round == notice.round and later.kind in EARLY and later.rung > notice.rung


def _says_more(later: Notice, notice: Notice) -> bool:
    """Nobody need call about a reminder once the person is told of the same step again."""
    newer = (later.moment_at, later.rung) > (notice.moment_at, notice.rung)
    return newer and _voice(later) == _voice(notice)


def _matter(notice: Notice) -> Matter:
    return notice.occurrence, notice.step, notice.recipient


def _voice(notice: Notice) -> str:
    """A gap of one role says nothing about another's; questions and reports are no reminders."""
    if notice.kind == "gap":
        return " ".join((notice.kind, str(notice.details.get("role", ""))))
    return notice.kind if notice.kind in ("approval", "escalation") else "telling"


def _entry(scene: Scene, notice: Notice, reason: str, at: datetime) -> Fact:
    day = scene.world.moments.day_of(at)
    payload = {"notice": notice.key, "reason": reason}
    return Fact("withdrawn", notice.occurrence, notice.step, at, day, "dondoc", "outbox", payload)
