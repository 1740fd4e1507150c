"""What the people of a rehearsal do: through the same record verbs as in earnest."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from definitions.scenario import ScenarioAct
from dondoc.core.notice import Notice
from dondoc.core.phase import current_step
from dondoc.core.plan import Plan
from dondoc.core.population import population_of
from dondoc.use_cases.act import Act, Document, Recorded
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.extend import bind_due, extend
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.people_acts import acknowledge, approve, withhold
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred, waive
from dondoc.words import _

SOON = timedelta(hours=2)
KEPT = "Văn thư Sở"


def answers_to(office: Office, notices: Sequence[Notice], at: datetime) -> Iterator[tuple[datetime, Notice]]:
    """When everybody answers in time: two hours after the sending hour of the day to be done by, once a round."""
    opened = [n for n in notices if n.kind in ("opened", "moved", "returned", "reminder", "due-today")]
    with office.register.reading() as book:
        scenes = {scene.birth.key: scene for scene in gather(office, book, [n.occurrence for n in opened])}
    for notice in opened:
        scene = scenes[notice.occurrence]
        round_ = scene.occurrence.step(notice.step).round
        if round_ and round_.target_on:
            yield max(scene.world.moments.sending(round_.target_on), at) + SOON, notice


class Performed(NamedTuple):
    closed: tuple[str, ...]  # of the occurrences acted on, those that are closed now
    told: tuple[Notice, ...]  # what the act itself made somebody hear


def perform(office: Office, plan: Plan, act: ScenarioAct | Notice, at: datetime) -> Performed:
    """Do it. Refused where it cannot be done."""
    if isinstance(act, Notice):
        done = [_answer(office, act, at)]
    else:
        done = [_act(office, plan, act, key, at) for key in _named(office, plan, act)]
    recorded = [one for one in done if one]
    with office.register.reading() as book:
        scenes = gather(office, book, [one.key for one in recorded])
    closed = tuple(scene.birth.key for scene in scenes if scene.occurrence.closed)
    return Performed(closed, tuple(notice for one in recorded for notice in one.told))


def _answer(office: Office, notice: Notice, at: datetime) -> Recorded | None:
    with office.register.reading() as book:
        scene = gather(office, book, [notice.occurrence])[0]
    if scene.occurrence.step(notice.step).status != "open" or scene.occurrence.closed:
        return None
    act = Act(notice.recipient, "rehearsal", scene.world.moments.day_of(at))
    step = scene.step(notice.step)
    if step.confirms:
        return confirm(office, notice.occurrence, act, at, step.confirms)
    if scene.obligation.steps[0].id == step.id and _has_population(scene, at):
        return acknowledge(office, notice.occurrence, act, at, all_but=(), minutes="Biên bản họp đơn vị")
    left = scene.occurrence.step(step.id).left or step.times
    answers = [submit(office, notice.occurrence, _evidence(scene, at), act, at, step.id) for _time in range(left)]
    return answers[-1]


def _has_population(scene: Scene, at: datetime) -> bool:
    world = scene.world
    people = population_of(scene.obligation, scene.birth.party, world.directory, world.moments, at)
    return bool(scene.occurrence.members or people)


def _evidence(scene: Scene, at: datetime, number: str = "01/BC") -> Evidence:
    day = scene.world.moments.day_of(at)
    return Evidence(number=number, signed_on=day, done_on=day, kept_at=KEPT)


def _named(office: Office, plan: Plan, act: ScenarioAct) -> list[str]:
    """Keys of the occurrences an act names; Refused where it names none. A case has none before it is opened."""
    if act.act == "open-case":
        return [""]
    with office.register.reading() as book:
        births = book.births(plan=plan.id, obligation=act.obligation)
    keys = [
        b.key
        for b in births
        if act.period in ("", b.period, b.reference) and act.party in ("", b.party) and not b.before_watch
    ]
    if not keys:
        raise Refused(
            _("Không có kỳ thực hiện nào của «{obligation}» như kịch bản nêu.").format(obligation=act.obligation),
            _("Xem: dondoc calendar"),
        )
    return keys


def _act(office: Office, plan: Plan, act: ScenarioAct, key: str, at: datetime) -> Recorded:
    who = Act(plan.office, "rehearsal", act.on)  # of a confidential case only somebody of the organisation may write
    paper = Document(act.number, act.on)
    match act.act:
        case "submit":
            with office.register.reading() as book:
                scene = gather(office, book, [key])[0]
            step = act.step or current_step(scene.obligation, scene.occurrence).id
            return submit(office, key, _evidence(scene, at, act.number), who, at, step)
        case "confirm":
            return confirm(office, key, who, at, act.step)
        case "return":
            return return_step(office, key, act.reason, who, at, act.step)
        case "nothing-occurred":
            return nothing_occurred(office, key, who, at)
        case "acknowledge":
            return acknowledge(office, key, who, at, all_but=(), minutes=act.number)
        case "extend":
            return extend(office, key, act.last_on or act.on, paper, who, at, act.step)
        case "bind-due":
            return bind_due(office, key, act.last_on or act.on, paper, who, at, act.step)
        case "waive":
            return waive(office, key, act.reason, who, at)
        case "open-case":
            return open_case(office, plan.id, CaseOpening(act.obligation, act.on, act.party), who, at)
        case "approve":
            return approve(office, key, who, at, act.step)
        case "withhold":
            return withhold(office, key, act.reason, who, at, act.step)
