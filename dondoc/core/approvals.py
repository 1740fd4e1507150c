"""Rungs above the office's head wait for a person's word: asked once a level, chased daily, told when approved."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from dondoc.core.ladder import Rung, rungs
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Approval
from dondoc.core.telling import Scene, draft_of, notices_of, role_of, tell


def ask_first(scene: Scene, spoken: list[Rung]) -> tuple[list[Rung], tuple[Approval, ...]]:
    """Rungs that need a person's word first leave the list and become questions, one a level at a time."""
    approvals = scene.round.approvals
    by_index = {r.index: r for r in _named(scene, {a.rung for a in approvals if not a.outcome})}
    pending = {rung.escalation.to for rung in by_index.values() if rung.escalation}
    said = []
    for rung in spoken:
        if rung.escalation is None or rung.escalation.mode == "send":
            said.append(rung)
        elif rung.escalation.to not in pending:
            pending.add(rung.escalation.to)
            approvals = (*approvals, Approval(rung.index, -1))
    return said, approvals


def _named(scene: Scene, indexes: set[int]) -> Iterable[Rung]:
    if not indexes:
        return ()
    ladder = rungs(scene.round, scene.step.ladder, scene.world.moments)
    return [rung for rung in takewhile(lambda r: r.index <= max(indexes), ladder) if rung.index in indexes]


def rung_of(scene: Scene, approval: Approval) -> Rung:
    return next(iter(_named(scene, {approval.rung})))


def chase_at(scene: Scene, rung: Rung, times: int) -> datetime:
    """The moment of the n-th chase: n working days after the rung's own day; 0 is the first asking."""
    day = scene.world.moments.day_of(rung.at)
    return scene.world.moments.sending(scene.world.moments.calendar.shift(day, times))


def chase(scene: Scene, approvals: tuple[Approval, ...]) -> tuple[tuple[Approval, ...], tuple[Notice, ...]]:
    """Pending questions are asked again each working day; an approved rung speaks once."""
    after, notices = [], []
    for approval in approvals:
        rung = rung_of(scene, approval)
        if approval.outcome == "approved" and not approval.told:
            notices += notices_of(scene, [rung])
            approval = approval._replace(told=True)
        elif not approval.outcome and (times := _chases_due(scene, rung, approval)) > approval.chased:
            notices += _question(scene, rung, times)
            approval = approval._replace(chased=times)
        after.append(approval)
    return tuple(after), tuple(notices)


def _chases_due(scene: Scene, rung: Rung, approval: Approval) -> int:
    times = max(approval.chased, 0)
    while chase_at(scene, rung, times + 1) <= scene.at:
        times += 1
    return times


def _question(scene: Scene, rung: Rung, times: int) -> list[Notice]:
    name = f"{rung.name} ?{times}"
    level = rung.escalation.to if rung.escalation else ""
    asked = rung._replace(name=name, kind="approval", escalation=None, at=chase_at(scene, rung, times))
    return tell(scene, asked, scene.world.plan.office_head, {"level": role_of(scene, level), "draft": draft_of(rung)})
