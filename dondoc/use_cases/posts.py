"""What a viewer may do on one occurrence: the table of rights, held against how each step stands."""

from datetime import date

from dondoc.core.book_entries import ENGINE
from dondoc.core.rights import Action, Subject, Viewer, may
from dondoc.use_cases.link_deeds import is_to_read
from dondoc.use_cases.office import Office
from dondoc.use_cases.post import Deed, Post
from dondoc.use_cases.scene import Scene
from dondoc.use_cases.step_deeds import decisions, deeds_of_doer, word_on_step

RIGHT: dict[Deed, Action] = {
    "submit": "submit",
    "checklist": "submit",
    "nothing": "nothing",
    "extension": "ask-extension",
    "not-mine": "not-mine",
    "acknowledge": "acknowledge",
    "confirm": "confirm",
    "return": "return",
    "extend": "extend",
    "bind": "reset-due",
    "reset": "reset-due",
    "basis": "decide",
    "complex": "decide",
    "missing": "decide",
    "assign": "assign",
    "reassign": "reassign",
    "suspend": "suspend",
    "resume": "suspend",
    "waive": "waive",
    "close": "close-case",
    "correct": "correct",
    "approve": "approve",
    "withhold": "approve",
}
OF_WHOLE: tuple[Deed, ...] = ("acknowledge", "waive", "close", "correct")


def posts(office: Office, scene: Scene, subject: Subject, viewer: Viewer, on: date) -> tuple[Post, ...]:
    """One a step, in order, also where nothing is open; what concerns the whole stands with the first."""
    found = [_post(office, scene, subject, viewer, step.id, on) for step in scene.obligation.steps]
    found[0] = found[0]._replace(may=(*found[0].may, *_of_whole(scene, subject, viewer)))
    return tuple(found)


def _post(office: Office, scene: Scene, subject: Subject, viewer: Viewer, step_id: str, on: date) -> Post:
    own = _own(office, scene, subject, step_id, on)
    return Post(
        key=scene.birth.key,
        step=step_id,
        person=viewer.person,
        via="portal",
        seal=f"{viewer.person}/{scene.birth.key}#{step_id}",
        may=tuple(deed for deed in _open(scene, step_id) if may(viewer, RIGHT[deed], _whose(deed, own, subject))),
        today=on,
        no_files=scene.step(step_id).no_files or scene.obligation.confidential,
        confidential=scene.obligation.confidential,
    )


def _open(scene: Scene, step_id: str) -> tuple[Deed, ...]:
    if scene.occurrence.closed:
        return word_on_step(scene, step_id) if not scene.occurrence.waived else ()
    state, confirms = scene.occurrence.step(step_id), scene.step(step_id).confirms
    answers = () if confirms or state.status == "waiting" else deeds_of_doer(scene, step_id)
    given: tuple[Deed, ...] = ("assign",) if "not-mine" in answers or (answers and state.round) else ()
    return (*answers, *word_on_step(scene, step_id), *given, *decisions(scene, step_id))


def _own(office: Office, scene: Scene, subject: Subject, step_id: str, on: date) -> Subject:
    """This step's subject: whoever answers for another step is not its doer."""
    by = scene.occurrence.step(step_id).assigned or scene.step(step_id).by
    if not scene.step(step_id).confirms and scene.occurrence.step(step_id).status == "done":
        return subject._replace(people=frozenset())  # nobody confirms what they handed in themselves
    doer = office.directory.resolve(by, scene.birth.party, on, frozenset(scene.birth.excluded)).person
    return subject._replace(people=frozenset({doer}) - {""})


def _whose(deed: Deed, own: Subject, subject: Subject) -> Subject:
    """Of a confidential case whoever is on it at any step may enter its decisions."""
    return (
        subject if subject.confidential and deed in ("extend", "bind", "reset", "complex", "suspend", "resume") else own
    )


def _of_whole(scene: Scene, subject: Subject, viewer: Viewer) -> tuple[Deed, ...]:
    is_open = {
        "acknowledge": is_to_read(scene, viewer.person) and not scene.occurrence.closed,
        "waive": not scene.occurrence.closed and scene.obligation.kind != "event",
        "close": not scene.occurrence.closed and scene.obligation.kind == "event",
        "correct": any(fact.actor != ENGINE and fact.kind not in ("corrected", "looked") for fact in scene.facts),
    }
    return tuple(deed for deed in OF_WHOLE if is_open[deed] and may(viewer, RIGHT[deed], subject))
