"""The moments at which the flow UI should show a run: what each open occurrence will ask for, and when."""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from dondoc.core.ladder import Rung, rungs
from dondoc.core.occurrence import Round
from dondoc.core.plan import Step
from dondoc.use_cases.names import party_name, short_party
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather

AHEAD_OF_ONE = 12  # rungs of one step shown ahead: a repeating escalation has no end


class Touchpoint(NamedTuple):
    """`key` changes when the due does, so that a moved due asks for other runs. `at` is a UTC instant."""

    key: str  # occurrence/step.round.last_on/rung
    plan: str
    obligation: str
    occurrence: str
    name: str
    at: datetime
    tags: tuple[str, ...]


def desired_touchpoints(office: Office, at: datetime, until: datetime) -> list[Touchpoint]:
    """Touchpoints in (at, until], by time. A confidential case has none: the sweep watches it."""
    with office.register.reading() as book:
        keys = [birth.key for birth in book.births() if not birth.before_watch]
        scenes = [s for s in gather(office, book, keys) if not s.obligation.confidential and not s.occurrence.closed]
        points = [point for scene in scenes for point in _of_scene(office, scene, at, until)]
    return sorted(points, key=lambda point: (point.at, point.key))


def _of_scene(office: Office, scene: Scene, at: datetime, until: datetime) -> Iterator[Touchpoint]:
    for step in scene.obligation.steps:
        state = scene.occurrence.step(step.id)
        if state.status != "open" or state.round is None:
            continue
        ahead = takewhile(lambda rung: rung.at <= until, rungs(state.round, step.ladder, scene.world.moments))
        said = (r for r in _first(ahead) if _may_speak(office, scene, state.round, r))
        coming = [r for r in said if r.at > at and r.index >= state.round.cursor]  # type: ignore[union-attr]
        for rung in _one_a_moment(coming):
            yield _touchpoint(office, scene, step, state.round, rung)


def _may_speak(office: Office, scene: Scene, round_: Round, rung: Rung) -> bool:
    """A proposed due never speaks above the office's head, so no run need show it."""
    if rung.escalation is None or round_.basis != "proposed":
        return True
    role = office.directory.roles.get(office.directory.role_of(rung.escalation.to, scene.birth.party))
    return role is not None and not role.leadership


def _first(ahead: Iterator[Rung]) -> Iterator[Rung]:
    for rung in ahead:
        if rung.index > AHEAD_OF_ONE:
            return
        yield rung


def _one_a_moment(coming: list[Rung]) -> list[Rung]:
    """Several levels told at one moment are one run."""
    return list({rung.at: rung for rung in reversed(coming)}.values())[::-1]


def _touchpoint(office: Office, scene: Scene, step: Step, round_: Round, rung: Rung) -> Touchpoint:
    birth = scene.birth
    return Touchpoint(
        key=f"{birth.key}/{step.id}.{round_.n}.{round_.last_on}/{rung.name}",
        plan=birth.plan,
        obligation=birth.obligation,
        occurrence=birth.key,
        name=_name(office, scene, step, rung),
        at=rung.at,
        tags=(party_name(office.directory, birth.party), f"mục {scene.obligation.section}", scene.obligation.kind),
    )


def _name(office: Office, scene: Scene, step: Step, rung: Rung) -> str:
    """ "Báo cáo 6 tháng · Chi cục TĐC · còn 7 ngày làm việc" """
    title = scene.birth.title or scene.obligation.title
    what = title if len(scene.obligation.steps) == 1 else f"{title}: {step.title}"
    return " · ".join((what, scene.birth.label, short_party(office.directory, scene.birth.party), _moment(rung)))


def _moment(rung: Rung) -> str:
    match rung.kind:
        case "reminder":
            return f"còn {rung.offset} ngày làm việc"
        case "due-today":
            return "đến ngày phải xong"
        case "overdue":
            return "quá hạn nếu chưa có"
        case "escalation":
            return f"quá hạn {rung.offset} ngày làm việc, báo cấp trên"
        case _:
            return "bắt đầu"
