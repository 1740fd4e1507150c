"""Entering what a person did: one transaction, one request key, refused in words when it cannot be so."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from dondoc.core.due import Due, due_decided
from dondoc.core.facts import Fact, FactKind
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Cause, StepState
from dondoc.core.phase import stand
from dondoc.core.plan import Step
from dondoc.core.round_value import round_payload
from dondoc.core.rounds import next_round
from dondoc.register.book import Book
from dondoc.use_cases.apply import dependents, write_facts
from dondoc.use_cases.discretion import refuse_words
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather_one
from dondoc.words import _
from dondoc.words.dates import short_date
from dondoc.words.labels import status_words


class Act(NamedTuple):
    """Who did it, through what, on which local day the act itself was done; one request key is one act."""

    actor: str
    via: str
    act_on: date
    request_key: str = ""


class Document(NamedTuple):
    """The paper a decision stands on."""

    number: str
    on: date

    def __str__(self) -> str:
        return f"{self.number} ngày {short_date(self.on)}"


class Recorded(NamedTuple):
    """What stands in the book afterwards; `already` when this very request was entered before."""

    key: str
    already: bool
    label: str
    told: tuple[Notice, ...] = ()  # what the act itself made somebody hear


Build = Callable[[Scene], Sequence[Fact]]
Tell = Callable[[Scene], Sequence[Notice]]  # given the scene as the act leaves it


def enter(office: Office, key: str, act: Act, at: datetime, build: Build, tell: Tell | None = None) -> Recorded:
    """Facts of one act on one occurrence, decided upon at once; `tell` is what nobody but the act itself says.

    Refused leaves nothing behind.
    """
    with office.register.writing() as book:
        book.lock([key, *_dependents(office, book, key)])
        scene = gather_one(office, book, key)
        moments = scene.world.moments
        if act.act_on > moments.day_of(at):
            raise Refused(
                _("Ngày thực hiện {act_on} ở sau hôm nay.").format(act_on=short_date(act.act_on)),
                _("Hãy ghi ngày việc thực sự được làm."),
            )
        if book.seen(act.request_key):
            return Recorded(key, True, _label(scene, at))
        facts = build(scene)
        refuse_words(office.directory, scene.plan, scene.obligation, facts)
        applied = write_facts(office, book, scene, facts, at, act.request_key)
        if not applied:
            return Recorded(key, True, _label(scene, at))
        after = applied[0].scene._replace(occurrence=applied[0].decision.after)
        own = tell(after) if tell else ()
        book.add_notices(own)
        return Recorded(key, False, _label(after, at), (*(n for one in applied for n in one.notices), *own))


def _dependents(office: Office, book: Book, key: str) -> list[str]:
    """Locked together with the occurrence, in one order, so that no two acts wait for each other."""
    return [other for birth in book.births(keys=[key]) for other in dependents(office, book, birth)]


def _label(scene: Scene, at: datetime) -> str:
    standing = stand(scene.obligation, scene.occurrence, scene.world.moments, at)
    return status_words(standing.phase, standing.timeliness, standing.basis)


def fact(kind: FactKind, scene: Scene, step: str, act: Act, at: datetime, **payload: Any) -> Fact:
    """One fact of a person's act; days become ISO text, empty values are left out."""
    kept = {name: _plain(value) for name, value in payload.items() if value not in (None, "", ())}
    return Fact(kind, scene.birth.key, step, at, act.act_on, act.actor, act.via, kept)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def running_step(scene: Scene, step_id: str = "") -> tuple[Step, StepState]:
    """The step somebody may still act on; Refused where it, or the whole occurrence, is finished."""
    step = scene.step(step_id)
    state = scene.occurrence.step(step.id)
    if scene.occurrence.waived:
        raise Refused(_("«{key}» đã được miễn: {waived}.").format(key=scene.birth.key, waived=scene.occurrence.waived))
    if state.status in ("done", "nothing"):
        done = short_date(state.done_on) if state.done_on else ""
        raise Refused(
            _("Bước «{title}» đã hoàn thành ngày {done}.").format(title=step.title, done=done),
            _("Nếu ghi sai: dondoc record correct (số của mục: dondoc journal show {key})").format(key=scene.birth.key),
        )
    return step, state


def redue(
    scene: Scene,
    step: Step,
    cause: Cause,
    last_on: date,
    document: Document | None,
    act: Act,
    at: datetime,
    basis: str = "office",
) -> Fact:
    """The fact that begins a round with a due set by a document."""
    state = scene.occurrence.step(step.id)
    reason = f"decided-by {document}" if document else f"set {cause}"
    due: Due = due_decided(last_on, scene.world.moments.calendar, (reason,))
    round_ = next_round(state, cause, at, due, basis, str(document) if document else cause)
    return Fact("round-begun", scene.birth.key, step.id, at, act.act_on, act.actor, act.via, round_payload(round_))
