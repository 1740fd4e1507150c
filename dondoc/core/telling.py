"""Telling: one rung's notice to a role's holder of the day, with what it must say; gaps go to the office."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.core.directory import Recipient
from dondoc.core.ladder import Rung
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Occurrence, Round, StepState
from dondoc.core.plan import Escalation, Obligation, Step
from dondoc.core.world import World

KEPT = timedelta(days=30)  # how long an overdue notice or an escalation is worth delivering


class Scene(NamedTuple):
    """One step's telling: everything the small functions of deal, approvals and handover share."""

    obligation: Obligation
    step: Step
    state: StepState
    round: Round
    occurrence: Occurrence
    world: World
    at: datetime

    @property
    def due_at(self) -> datetime | None:
        """The first instant that is too late."""
        last_on = self.round.last_on
        return self.world.moments.start_of(last_on + timedelta(days=1)) if last_on else None


def role_of(scene: Scene, ref: str) -> str:
    return scene.world.directory.role_of(ref, scene.occurrence.birth.party)


def notices_of(scene: Scene, spoken: Iterable[Rung]) -> list[Notice]:
    doer = scene.state.assigned or scene.step.by
    return [
        notice
        for rung in spoken
        for notice in tell(scene, rung, rung.escalation.to if rung.escalation else doer, _details(scene, rung))
    ]


def _details(scene: Scene, rung: Rung) -> dict[str, object]:
    details: dict[str, object] = {}
    if rung.escalation:
        details["level"] = role_of(scene, rung.escalation.to)
    if draft := draft_of(rung):
        details["draft"] = draft
    if missing := scene.world.missing.get(scene.step.id):
        details["missing"] = list(missing)
    if pending := _pending(scene):
        details["pending"] = pending
    return details


def _pending(scene: Scene) -> list[str]:
    """Who of a campaign has not acknowledged yet, by id."""
    if scene.step.id != scene.obligation.steps[0].id:
        return []
    return [member.person for member in scene.occurrence.members if member.status == "pending"]


def draft_of(rung: Rung) -> str:
    escalation: Escalation | None = rung.escalation
    return escalation.draft if escalation else ""


def tell(scene: Scene, rung: Rung, ref: str, details: dict[str, object]) -> list[Notice]:
    """The notice to a role's holder of the day; where nobody can be reached, the office hears of the gap."""
    birth, directory, on = scene.occurrence.birth, scene.world.directory, scene.world.moments.day_of(scene.at)
    excluded = frozenset(birth.excluded)
    found = directory.resolve(ref, birth.party, on, excluded)
    notices = []
    if found.person and found.gap != "no-address" and not _climbs_too_high(scene, found):
        notices.append(_notice(scene, rung, found.person, *_addressed(scene, found, details)))
    if found.gap:
        office = directory.resolve(scene.world.plan.office, birth.party, on, excluded)
        person = "" if scene.obligation.confidential else found.person
        gap = {**details, "gap": found.gap, "role": found.role, "person": person}
        name = rung._replace(name=f"{rung.name} gap {found.role}", kind="gap")
        notices.append(_notice(scene, name, office.person, office.role, office.acting, gap))
    return notices


def _addressed(scene: Scene, found: Recipient, details: dict[str, object]) -> tuple[str, str, dict[str, object]]:
    """(role, acting role, details). Of a confidential case whoever answers is addressed as themselves.

    In whose place they do would say who is passed over, and an absence written down would say when nobody is.
    """
    if not scene.obligation.confidential:
        return found.role, found.acting, details
    answers = found.acting or found.role
    return answers, "", {**details, **({"level": answers} if "level" in details else {})}


def _climbs_too_high(scene: Scene, found: Recipient) -> bool:
    """A proposed due does not reach the leadership by way of a vacant desk below it."""
    directory = scene.world.directory
    acting, asked = directory.role(found.acting), directory.role(found.role)
    if scene.round.basis != "proposed" or acting is None:
        return False
    return acting.leadership and not (asked and asked.leadership)


def _notice(scene: Scene, rung: Rung, person: str, role: str, acting: str, details: dict[str, object]) -> Notice:
    known = scene.world.directory.role(role)
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
