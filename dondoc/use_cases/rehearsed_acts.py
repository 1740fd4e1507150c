"""What the people of a rehearsal do: through the same record verbs as in earnest."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from definitions.scenario import ScenarioAct
from dondoc.core.notice import Notice
from dondoc.core.phase import current_step
from dondoc.core.plan import Plan
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.extend import bind_due, extend
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.people_acts import acknowledge, approve, withhold
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred, waive

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


def perform(office: Office, plan: Plan, act: ScenarioAct | Notice, at: datetime) -> list[str]:
    """Do it; keys of the occurrences that are closed now. Refused where it cannot be done."""
    if isinstance(act, Notice):
        keys = [act.occurrence]
        _answer(office, act, at)
    else:
        keys = _named(office, plan, act)
        for key in keys or [""]:
            _act(office, plan, act, key, at)
    with office.register.reading() as book:
        return [scene.birth.key for scene in gather(office, book, keys) if scene.occurrence.closed]


def _answer(office: Office, notice: Notice, at: datetime) -> None:
    with office.register.reading() as book:
        scene = gather(office, book, [notice.occurrence])[0]
    if scene.occurrence.step(notice.step).status != "open" or scene.occurrence.closed:
        return
    act = Act(notice.recipient, "rehearsal", scene.world.moments.day_of(at))
    step = scene.step(notice.step)
    if step.confirms:
        confirm(office, notice.occurrence, act, at, step.confirms)
    elif scene.obligation.population and scene.obligation.steps[0].id == step.id and scene.occurrence.members:
        acknowledge(office, notice.occurrence, act, at, all_but=(), minutes="Biên bản họp đơn vị")
    else:
        submit(office, notice.occurrence, _evidence(scene, at), act, at, step.id)


def _evidence(scene: Scene, at: datetime, number: str = "01/BC") -> Evidence:
    day = scene.world.moments.day_of(at)
    return Evidence(number=number, signed_on=day, done_on=day, kept_at=KEPT)


def _named(office: Office, plan: Plan, act: ScenarioAct) -> list[str]:
    """Keys of the open occurrences an act names."""
    if act.act == "open-case":
        return []
    with office.register.reading() as book:
        births = book.births(plan=plan.id, obligation=act.obligation)
    return [
        b.key
        for b in births
        if act.period in ("", b.period, b.reference) and act.party in ("", b.party) and not b.before_watch
    ]


def _act(office: Office, plan: Plan, act: ScenarioAct, key: str, at: datetime) -> None:
    who = Act("rehearsal", "rehearsal", act.on)
    paper = Document(act.number, act.on)
    match act.act:
        case "submit":
            with office.register.reading() as book:
                scene = gather(office, book, [key])[0]
            step = act.step or current_step(scene.obligation, scene.occurrence).id
            submit(office, key, _evidence(scene, at, act.number), who, at, step)
        case "confirm":
            confirm(office, key, who, at, act.step)
        case "return":
            return_step(office, key, act.reason, who, at, act.step)
        case "nothing-occurred":
            nothing_occurred(office, key, who, at)
        case "acknowledge":
            acknowledge(office, key, who, at, all_but=(), minutes=act.number)
        case "extend":
            extend(office, key, act.last_on or act.on, paper, who, at, act.step)
        case "bind-due":
            bind_due(office, key, act.last_on or act.on, paper, who, at, act.step)
        case "waive":
            waive(office, key, act.reason, who, at)
        case "open-case":
            open_case(office, plan.id, CaseOpening(act.obligation, act.on, act.party), who, at)
        case "approve":
            approve(office, key, who, at, act.step)
        case "withhold":
            withhold(office, key, act.reason, who, at, act.step)
