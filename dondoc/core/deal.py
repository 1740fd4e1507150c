"""Dealing with the rungs of one step's current round: which speak, to whom, and which are superseded."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from dondoc.core.approvals import ask_first, chase, chase_at, rung_of
from dondoc.core.directory import UNREADABLE
from dondoc.core.handover import doer_told, handover, is_handed_over
from dondoc.core.ladder import Rung, rungs
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Approval, Occurrence, Round
from dondoc.core.plan import Obligation, Step
from dondoc.core.telling import Scene, notices_of, role_of
from dondoc.core.world import World

LOOK_AGAIN = timedelta(hours=1)


class Deal(NamedTuple):
    """Action: rungs up to `cursor` are dealt with. `superseded` and `passed` are rung names, for the journal."""

    step: str
    round: int
    cursor: int
    notices: tuple[Notice, ...]
    superseded: tuple[str, ...]
    approvals: tuple[Approval, ...]
    doer: str = ""  # the person who heard as the doer, "" where none did


class Dealt(NamedTuple):
    action: Deal | None
    next_at: datetime | None


def deal_step(obligation: Obligation, step: Step, occurrence: Occurrence, world: World, at: datetime) -> Dealt:
    """Deals with every rung whose moment has come; silent outside the office's hours."""
    state = occurrence.step(step.id)
    if state.status != "open" or state.round is None or occurrence.set_aside:
        return Dealt(None, None)
    if UNREADABLE in occurrence.birth.excluded:
        # Nothing is dealt with, so that all of it is still told once somebody can say whom to leave out.
        return Dealt(None, world.moments.next_open(at + LOOK_AGAIN))
    scene = Scene(obligation, step, state, state.round, occurrence, world, at)
    if not world.moments.is_open(at):
        first = at if is_handed_over(scene) else _next_moment(scene, state.round)
        return Dealt(None, world.moments.next_open(max(first, at)) if first else None)
    ladder = rungs(state.round, step.ladder, world.moments)
    due = list(takewhile(lambda rung: rung.at <= at, _from(ladder, state.round.cursor)))
    spoken, superseded = _choose(scene, due)
    spoken, asked = ask_first(scene, spoken)
    approvals, approval_notices = chase(scene, asked)
    notices = _once_each((*notices_of(scene, spoken), *approval_notices))
    if not doer_told(notices) and is_handed_over(scene):
        notices = (*notices, *handover(scene))
    after = state.round._replace(cursor=state.round.cursor + len(due), approvals=approvals)
    doer = doer_told(notices)
    action = Deal(step.id, after.n, after.cursor, notices, tuple(superseded), approvals, doer)
    changed = after != state.round or (doer and doer != state.told_to)
    following = _next_moment(scene, after)
    return Dealt(action if changed else None, world.moments.next_open(max(following, at)) if following else None)


def _from(ladder: Iterator[Rung], cursor: int) -> Iterator[Rung]:
    return (rung for rung in ladder if rung.index >= cursor)


def _next_moment(scene: Scene, round_: Round) -> datetime | None:
    """The next rung's moment, or the next chase of a pending approval."""
    following = next(_from(rungs(round_, scene.step.ladder, scene.world.moments), round_.cursor), None)
    moments = [following.at] if following else []
    moments += [chase_at(scene, rung_of(scene, a), a.chased + 1) for a in round_.approvals if not a.outcome]
    moments += [scene.at for a in round_.approvals if a.outcome == "approved" and not a.told]
    return min(moments, default=None)


# --- which rungs speak ---


def _choose(scene: Scene, due: list[Rung]) -> tuple[list[Rung], list[str]]:
    """Of the reminders only the latest, and none after the due; of a level's repeats only the latest."""
    opening = scene.world.moments.first_speech(scene.round.since_at)
    real = [rung for rung in due if _is_real(rung, opening)]
    early = [rung for rung in real if rung.kind not in ("overdue", "escalation")]
    late = [rung for rung in real if rung.kind in ("overdue", "escalation") and _may_speak(scene, rung)]
    too_late = scene.due_at is not None and scene.at >= scene.due_at
    spoken = [] if too_late else early[-1:]
    spoken += _latest_of_each_level(late)
    kept = {rung.index for rung in spoken}
    return spoken, [rung.name for rung in (*early, *late) if rung.index not in kept]


def _is_real(rung: Rung, opening: datetime) -> bool:
    """Reminders up to the opening are none, save the due day's own word: it outranks an opening of the same moment."""
    if rung.kind == "due-today":
        return rung.at >= opening
    return rung.index == 0 or rung.at > opening or rung.kind in ("overdue", "escalation")


def _latest_of_each_level(late: list[Rung]) -> list[Rung]:
    """One rung a level, the doer first and the highest level last; of an approving level the first rung, because
    one question at a time is enough."""
    chosen: dict[tuple[str, int], Rung] = {}
    for rung in late:
        level = (rung.escalation.to, rung.escalation.after) if rung.escalation else ("", 0)
        if rung.escalation and rung.escalation.mode == "approve" and level in chosen:
            continue
        chosen[level] = rung
    return sorted(chosen.values(), key=lambda rung: (rung.escalation.after if rung.escalation else 0, rung.index))


def _may_speak(scene: Scene, rung: Rung) -> bool:
    """A proposed due never speaks above the office's head."""
    if rung.escalation is None or scene.round.basis != "proposed":
        return True
    role = scene.world.directory.roles.get(role_of(scene, rung.escalation.to))
    return role is not None and not role.leadership and rung.escalation.mode == "send"


def _once_each(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """One person hears once, in the highest voice; questions and gaps are another matter and stay."""
    highest: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        matter = notice.kind if notice.kind in ("approval", "gap") else "telling"
        if matter == "telling" and notice.recipient:
            highest[(notice.recipient, matter)] = notice
        else:
            highest[(notice.key, matter)] = notice
    return tuple(highest.values())
