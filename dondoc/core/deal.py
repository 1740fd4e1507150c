"""Dealing with the rungs of one step's current round: which speak, to whom, and which are superseded."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from dondoc.core.directory import Recipient
from dondoc.core.ladder import Rung, rungs
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Approval, Occurrence, Round, StepState
from dondoc.core.plan import Escalation, Obligation, Step

if TYPE_CHECKING:
    from dondoc.core.decide import World

KEPT = timedelta(days=30)  # how long an overdue notice or an escalation is worth delivering


class Deal(NamedTuple):
    """Action: rungs up to `cursor` are dealt with. `superseded` and `passed` are rung names, for the journal."""

    step: str
    round: int
    cursor: int
    notices: tuple[Notice, ...]
    superseded: tuple[str, ...]
    approvals: tuple[Approval, ...]


class Dealt(NamedTuple):
    action: Deal | None
    next_at: datetime | None


class _Scene(NamedTuple):
    """One step's telling: everything the small functions below share."""

    obligation: Obligation
    step: Step
    state: StepState
    round: Round
    occurrence: Occurrence
    world: "World"
    at: datetime

    @property
    def due_at(self) -> datetime | None:
        """The first instant that is too late."""
        last_on = self.round.last_on
        return self.world.moments.start_of(last_on + timedelta(days=1)) if last_on else None


def deal_step(obligation: Obligation, step: Step, occurrence: Occurrence, world: "World", at: datetime) -> Dealt:
    """Deals with every rung whose moment has come; silent outside the office's hours."""
    state = occurrence.step(step.id)
    if state.status != "open" or state.round is None or occurrence.set_aside:
        return Dealt(None, None)
    scene = _Scene(obligation, step, state, state.round, occurrence, world, at)
    if not world.moments.is_open(at):
        first = _next_moment(scene, state.round)
        return Dealt(None, world.moments.next_open(max(first, at)) if first else None)
    ladder = rungs(state.round, step.ladder, world.moments)
    due = list(takewhile(lambda rung: rung.at <= at, _from(ladder, state.round.cursor)))
    spoken, superseded = _choose(scene, due)
    spoken, asked = _ask_first(scene, spoken)
    approvals, approval_notices = _chase(scene, asked)
    notices = (*_notices(scene, spoken), *approval_notices)
    after = state.round._replace(cursor=state.round.cursor + len(due), approvals=approvals)
    action = Deal(step.id, after.n, after.cursor, _once_each(notices), tuple(superseded), approvals)
    changed = after != state.round
    following = _next_moment(scene, after)
    return Dealt(action if changed else None, world.moments.next_open(max(following, at)) if following else None)


def _from(ladder: Iterator[Rung], cursor: int) -> Iterator[Rung]:
    return (rung for rung in ladder if rung.index >= cursor)


def _next_moment(scene: _Scene, round_: Round) -> datetime | None:
    """The next rung's moment, or the next chase of a pending approval."""
    following = next(_from(rungs(round_, scene.step.ladder, scene.world.moments), round_.cursor), None)
    moments = [following.at] if following else []
    moments += [_chase_at(scene, _rung(scene, a), a.chased + 1) for a in round_.approvals if not a.outcome]
    moments += [scene.at for a in round_.approvals if a.outcome == "approved" and not a.told]
    return min(moments, default=None)


# --- which rungs speak ---


def _choose(scene: _Scene, due: list[Rung]) -> tuple[list[Rung], list[str]]:
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


def _may_speak(scene: _Scene, rung: Rung) -> bool:
    """A proposed due never speaks above the office's head."""
    if rung.escalation is None or scene.round.basis != "proposed":
        return True
    role = scene.world.directory.roles.get(_role_of(scene, rung.escalation.to))
    return role is not None and not role.leadership and rung.escalation.mode == "send"


def _role_of(scene: _Scene, ref: str) -> str:
    return scene.world.directory.role_of(ref, scene.occurrence.birth.party)


# --- approvals ---


def _ask_first(scene: _Scene, spoken: list[Rung]) -> tuple[list[Rung], tuple[Approval, ...]]:
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


def _named(scene: _Scene, indexes: set[int]) -> Iterable[Rung]:
    if not indexes:
        return ()
    ladder = rungs(scene.round, scene.step.ladder, scene.world.moments)
    return [rung for rung in takewhile(lambda r: r.index <= max(indexes), ladder) if rung.index in indexes]


def _rung(scene: _Scene, approval: Approval) -> Rung:
    return next(iter(_named(scene, {approval.rung})))


def _chase_at(scene: _Scene, rung: Rung, times: int) -> datetime:
    """The moment of the n-th chase: n working days after the rung's own day; 0 is the first asking."""
    day = scene.world.moments.day_of(rung.at)
    return scene.world.moments.sending(scene.world.moments.calendar.shift(day, times))


def _chase(scene: _Scene, approvals: tuple[Approval, ...]) -> tuple[tuple[Approval, ...], tuple[Notice, ...]]:
    """Pending questions are asked again each working day; an approved rung speaks once."""
    after, notices = [], []
    for approval in approvals:
        rung = _rung(scene, approval)
        if approval.outcome == "approved" and not approval.told:
            notices += _notices(scene, [rung])
            approval = approval._replace(told=True)
        elif not approval.outcome and (times := _chases_due(scene, rung, approval)) > approval.chased:
            notices += _question(scene, rung, times)
            approval = approval._replace(chased=times)
        after.append(approval)
    return tuple(after), tuple(notices)


def _chases_due(scene: _Scene, rung: Rung, approval: Approval) -> int:
    times = max(approval.chased, 0)
    while _chase_at(scene, rung, times + 1) <= scene.at:
        times += 1
    return times


def _question(scene: _Scene, rung: Rung, times: int) -> list[Notice]:
    name = f"{rung.name} ?{times}"
    level = rung.escalation.to if rung.escalation else ""
    asked = rung._replace(name=name, kind="approval", escalation=None, at=_chase_at(scene, rung, times))
    return _tell(scene, asked, scene.world.plan.office_head, {"level": _role_of(scene, level), "draft": _draft(rung)})


# --- to whom ---


def _notices(scene: _Scene, spoken: Iterable[Rung]) -> list[Notice]:
    doer = scene.state.assigned or scene.step.by
    return [
        notice
        for rung in spoken
        for notice in _tell(scene, rung, rung.escalation.to if rung.escalation else doer, _details(scene, rung))
    ]


def _details(scene: _Scene, rung: Rung) -> dict[str, object]:
    details: dict[str, object] = {}
    if rung.escalation:
        details["level"] = _role_of(scene, rung.escalation.to)
    if draft := _draft(rung):
        details["draft"] = draft
    if missing := scene.world.missing.get(scene.step.id):
        details["missing"] = list(missing)
    if pending := _pending(scene):
        details["pending"] = pending
    return details


def _pending(scene: _Scene) -> list[str]:
    """Who of a campaign has not acknowledged yet, by id."""
    if scene.step.id != scene.obligation.steps[0].id:
        return []
    return [member.person for member in scene.occurrence.members if member.status == "pending"]


def _draft(rung: Rung) -> str:
    escalation: Escalation | None = rung.escalation
    return escalation.draft if escalation else ""


def _tell(scene: _Scene, rung: Rung, ref: str, details: dict[str, object]) -> list[Notice]:
    """The notice to a role's holder of the day; where nobody can be reached, the office hears of the gap."""
    birth, directory, on = scene.occurrence.birth, scene.world.directory, scene.world.moments.day_of(scene.at)
    excluded = frozenset(birth.excluded)
    found = directory.resolve(ref, birth.party, on, excluded)
    notices = []
    if found.person and found.gap != "no-address" and not _climbs_too_high(scene, found):
        notices.append(_notice(scene, rung, found.person, found.role, found.acting, details))
    if found.gap:
        office = directory.resolve(scene.world.plan.office, birth.party, on, excluded)
        gap = {**details, "gap": found.gap, "role": found.role, "person": found.person}
        name = rung._replace(name=f"{rung.name} gap {found.role}", kind="gap")
        notices.append(_notice(scene, name, office.person, office.role, office.acting, gap))
    return notices


def _climbs_too_high(scene: _Scene, found: Recipient) -> bool:
    """A proposed due does not reach the leadership by way of a vacant desk below it."""
    roles = scene.world.directory.roles
    if scene.round.basis != "proposed" or found.acting not in roles:
        return False
    return roles[found.acting].leadership and not roles[found.role].leadership


def _notice(scene: _Scene, rung: Rung, person: str, role: str, acting: str, details: dict[str, object]) -> Notice:
    known = scene.world.directory.roles.get(role)
    late = rung.kind not in ("opened", "reminder", "due-today") or scene.due_at is None
    return Notice(
        key=f"{scene.occurrence.key}#{scene.step.id}.{scene.round.n}.{rung.name}@{person or role}",
        kind=rung.kind,
        occurrence=scene.occurrence.key,
        step=scene.step.id,
        round=scene.round.n,
        rung=rung.index,
        recipient=person,
        role=role,
        acting=acting,
        tone=known.tone if known and known.tone != "urge" else scene.step.voice,
        epoch=scene.state.epoch,
        moment_at=rung.at,
        # Told late, after a standstill or a late approval, it is as true as on its day: it keeps its full time.
        not_after=max(rung.at, scene.at) + KEPT if late or scene.due_at is None else scene.due_at,
        details=details,
    )


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
