"""End the trial: from a day on, messages reach the people they are meant for."""

from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.moments import Moments
from dondoc.core.occurrence import Round, StepState
from dondoc.core.round_value import round_payload
from dondoc.register.book import Book
from dondoc.use_cases.apply import check_in
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather
from dondoc.words import _


class WentLive(NamedTuple):
    """`set_aside`: keys due before the day, for one reconciliation list. `watched`: occurrences that begin anew.

    A case is set aside only where its last step was due: of one with steps to come, the overdue step begins once more.
    """

    set_aside: tuple[str, ...]
    watched: int


def is_live(book: Book, on: date) -> bool:
    """Whether messages reach people on a local day: until the day named, the trial goes on."""
    return book.setting("mode") == "live" and on >= date.fromisoformat(
        book.setting("live-from") or date.max.isoformat()
    )


def go_live(office: Office, from_on: date, at: datetime, actor: str, via: str = "cli") -> WentLive:
    """Refused when live already. What the trial said to its mailbox is withdrawn; open rounds begin once more."""
    with office.register.writing() as book:
        if book.setting("mode") == "live":
            raise Refused(_("Sổ theo dõi đã chạy thật."), _("Từ ngày: {on}.").format(on=book.setting("live-from")))
        book.put_setting("mode", "live")
        book.put_setting("live-from", from_on.isoformat())
        book.append([Fact("went-live", "", "", at, at.date(), actor, via, {"from_on": from_on.isoformat()})])
        unsaid = [*book.open_notices(at), *(lost.notice for lost in book.undelivered())]
        book.withdraw([n.key for n in unsaid], "kết thúc chạy thử", at)
        scenes = gather(office, book, [b.key for b in book.births() if not b.before_watch])
        running = [scene for scene in scenes if not scene.occurrence.closed]
        old = [scene for scene in running if _due_before(scene, from_on)]
        for scene in old:
            book.append([_entry(scene, "set-aside", "", at, actor, via, {})])
        fresh = [scene for scene in running if scene not in old]
        for scene in fresh:
            book.append(
                [
                    _entry(scene, "round-begun", s.id, at, actor, via, _live_round(s, from_on, scene.world.moments))
                    for s in _speaking(scene, at)
                ]
            )
        check_in(office, book, [scene.birth.key for scene in running], at, via)
        return WentLive(tuple(scene.birth.key for scene in old), len(fresh))


def _due_before(scene: Scene, day: date) -> bool:
    dues = [state.round.last_on for state in scene.occurrence.steps if state.round and state.round.last_on]
    return bool(dues) and max(dues) < day and not _goes_on(scene)


def _goes_on(scene: Scene) -> bool:
    """A case with steps still to come: their clocks, the law's own, begin when the step before them is done."""
    if scene.birth.event_on is None:
        return False
    confirming = {step.id for step in scene.obligation.steps if step.confirms}
    return any(s.status in ("waiting", "suspended") and s.id not in confirming for s in scene.occurrence.steps)


def _speaking(scene: Scene, at: datetime) -> list[StepState]:
    """Steps whose round the trial has already begun to speak of."""
    return [s for s in scene.occurrence.steps if s.status == "open" and s.round and s.round.since_at <= at]


def _live_round(state: StepState, from_on: date, moments: Moments) -> dict[str, object]:
    current = state.round
    assert current is not None
    since = max(moments.start_of(from_on), current.since_at)
    anew: Round = current._replace(n=current.n + 1, cause="live", since_at=since, cursor=0, approvals=())
    return round_payload(anew)


def _entry(scene: Scene, kind: str, step: str, at: datetime, actor: str, via: str, payload: dict[str, object]) -> Fact:
    day = scene.world.moments.day_of(at)
    return Fact(kind, scene.birth.key, step, at, day, actor, via, payload)  # type: ignore[arg-type]
