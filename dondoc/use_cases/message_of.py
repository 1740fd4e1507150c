"""From a notice to the plain facts that templates speak of; what a confidential case may not say is left out here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dondoc.core.directory import Directory
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Round, StepState
from dondoc.core.plan import Obligation, Plan, Step
from dondoc.use_cases.names import party_name, role_title, short_party, title_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather
from dondoc.words import OFFICE, _, speaking
from dondoc.words.dates import short_date
from dondoc.words.explain import explain
from dondoc.words.labels import evidence_words
from notifications.message import ActingAs, MessageContext, MessageItem
from notifications.render import Rendered, render, render_subject

DRAFTS = {"cong-van-don-doc": "công văn đôn đốc"}
# While nobody knows whom to leave out not even the case is named: this may reach the accused.
NAMELESS: dict[str, Any] = {
    "title": "Vụ việc bảo mật",
    "key": "",
    "last_on": None,
    "target_on": None,
    "days_overdue": 0,
    "days_left": 0,
    "why": (),
    "doer": "",
}
TO_THE_DOER = frozenset({"opened", "reminder", "due-today", "overdue", "moved", "returned", "handover"})


def rendered_notices(
    office: Office, notices: Sequence[Notice], at: datetime, *, texts: bool = True
) -> Iterator[tuple[Notice, Rendered]]:
    """Each notice as a letter of its own, in the given order; those whose occurrence is not loaded are left out.

    Without `texts` only the subject is written.
    """
    if not notices:
        return
    with office.register.reading() as book:
        scenes = {scene.birth.key: scene for scene in gather(office, book, sorted({n.occurrence for n in notices}))}
    for notice in notices:
        if scene := scenes.get(notice.occurrence):
            yield notice, _rendered(office, scene, notice, at, texts=texts)


@speaking(OFFICE)
def _rendered(office: Office, scene: Scene, notice: Notice, at: datetime, *, texts: bool) -> Rendered:
    item = item_of(office, scene, notice, at)
    letter = context(office, scene.plan, notice.recipient, [item], scene.world.moments.day_of(at))
    return render(letter) if texts else Rendered(render_subject(letter), "", "")


def context(
    office: Office, plan: Plan, person: str, items: Sequence[MessageItem], on: date, *, trial_for: str = ""
) -> MessageContext:
    """A letter of the plan's office to one person on a local day; several items make a digest."""
    known = office.directory.persons.get(person)
    addressee = known.name if known else role_title(office.directory, plan.office)
    return MessageContext(addressee, office_unit(office.directory, plan), on, tuple(items), trial_for=trial_for)


def office_unit(directory: Directory, plan: Plan) -> str:
    """The name under which the office writes: the unit of the role that watches."""
    role = directory.roles.get(plan.office)
    return party_name(directory, role.unit) if role else role_title(directory, plan.office)


def item_of(office: Office, scene: Scene, notice: Notice, at: datetime) -> MessageItem:
    """What a letter may say of one notice, as of `at`."""
    step, state = scene.step(notice.step), scene.occurrence.step(notice.step)
    item = _of_step(office, scene, notice, step, state)
    item = _with_due(item, scene, step, round_told(state, notice), scene.world.moments.day_of(at))
    item = _with_people(item, office.directory, scene, notice, step, state)
    return _discreet(item, scene) if scene.obligation.confidential else item


def round_told(state: StepState, notice: Notice) -> Round | None:
    """The round the notice speaks of; the current one where it names none."""
    if 0 < notice.round <= len(state.rounds):
        return state.rounds[notice.round - 1]
    return state.round


def _of_step(office: Office, scene: Scene, notice: Notice, step: Step, state: StepState) -> MessageItem:
    obligation, birth = scene.obligation, scene.birth
    office_roles = (scene.plan.office, scene.plan.office_head)
    return MessageItem(
        kind=notice.kind,
        tone=notice.tone,
        title=title_of(obligation, birth),
        ask=_asked(step, state),
        key=birth.key,
        step_id=step.id,
        verb="confirm" if step.confirms else "submit",
        period=birth.label,
        party=party_name(office.directory, birth.party),
        party_short=short_party(office.directory, birth.party),
        step=step.title if len(obligation.steps) > 1 else "",
        plan=plan_words(scene.plan),
        citations=obligation.citations,
        law=step.law,
        evidence=tuple(evidence_words(kind) for kind in step.evidence),
        nothing_allowed=step.nothing_allowed,
        for_office=(notice.acting or notice.role) in office_roles or bool(step.confirms),
        draft=_(DRAFTS.get(str(notice.details.get("draft", "")), str(notice.details.get("draft", "")))),
        missing_people=_pending(obligation, scene, step),
        reason=_reason(scene, step, notice),
        **_request(office.directory, scene, notice),
    )


def _request(directory: Directory, scene: Scene, notice: Notice) -> dict[str, Any]:
    """What a doer asks the office for, as the book says it: whose work it is can be erased there."""
    if notice.kind != "request":
        return {}
    wants, asked = str(notice.details.get("wants", "")), _asked_for(scene, notice)
    until, named = asked.get("until"), directory.persons.get(str(asked.get("person", "")))
    return {
        "wants": wants,
        "wants_on": date.fromisoformat(until) if until else None,
        "named": named.name if named else "",
    }


def _asked_for(scene: Scene, notice: Notice) -> Mapping[str, Any]:
    kind = "not-mine" if notice.details.get("wants") == "not-mine" else "extension-asked"
    return next((f.payload for f in reversed(scene.facts) if f.kind == kind and f.step == notice.step), {})


def _reason(scene: Scene, step: Step, notice: Notice) -> str:
    if notice.kind == "request":
        return str(_asked_for(scene, notice).get("reason", ""))
    return _return_reason(scene, step) if notice.kind == "returned" else ""


def _asked(step: Step, state: StepState) -> str:
    """The definition's request; of an act asked for several times, also how often it is still missing."""
    if step.times == 1:
        return step.ask
    left = state.left or step.times
    counted = _("Phải làm ít nhất {times} lần trong kỳ; còn thiếu {left} lần.").format(times=step.times, left=left)
    return f"{step.ask.rstrip('.')}. {counted}"


def plan_words(plan: Plan) -> str:
    """Title, number and day of the signed paper; an unsigned edition says so."""
    number = f"số …{plan.document.number}" if plan.document.number.startswith("/") else plan.document.number
    paper = " ".join(filter(None, (number, f"ngày {short_date(plan.document.issued_on)}")))
    return _("{title} (dự thảo)").format(title=plan.title) if plan.draft else f"{plan.title} ({paper})"


def _pending(obligation: Obligation, scene: Scene, step: Step) -> int:
    """How many of a campaign's people have still to acknowledge."""
    if not obligation.population or step.id != obligation.steps[0].id:
        return 0
    return sum(member.status == "pending" for member in scene.occurrence.members)


def _return_reason(scene: Scene, step: Step) -> str:
    returned = [fact for fact in scene.facts if fact.kind == "returned" and fact.step == step.id]
    return str(returned[-1].payload.get("reason", "")) if returned else ""


def _with_due(item: MessageItem, scene: Scene, step: Step, round_: Round | None, on: date) -> MessageItem:
    item = item._replace(basis=step.basis.kind, source=_source(step))
    if round_ is None:
        return item
    earlier = scene.occurrence.step(step.id).rounds[: round_.n - 1]
    item = item._replace(
        cause=round_.cause,
        decision=round_.decision,
        basis=round_.basis,
        why=tuple(explain(round_.why)),
        last_on=round_.last_on,
        target_on=round_.target_on,
        earlier_on=earlier[-1].last_on if earlier else None,
    )
    if round_.last_on is None or round_.target_on is None:
        return item
    calendar = scene.world.moments.calendar
    return item._replace(
        days_overdue=max((on - round_.last_on).days, 0), days_left=max(calendar.count_between(on, round_.target_on), 0)
    )


def _source(step: Step) -> str:
    """What the due rests on; a reading's code is left to the explanation, which says it in words."""
    return _("cách hiểu nêu dưới đây") if step.basis.source.startswith("cách hiểu:") else step.basis.source


def _with_people(
    item: MessageItem, directory: Directory, scene: Scene, notice: Notice, step: Step, state: StepState
) -> MessageItem:
    details = notice.details
    missing = details.get("missing") or ()
    return item._replace(
        role=role_title(directory, notice.role),
        doer=role_title(directory, directory.role_of(state.assigned or step.by, scene.birth.party)),
        acting=role_title(directory, notice.acting) if notice.acting else "",
        acting_as=acting_as(directory, notice),
        missing=tuple(party_name(directory, party) for party in missing),
        level=role_title(directory, str(details["level"])) if details.get("level") else "",
        gap=str(details.get("gap", "")),
        gap_role=role_title(directory, str(details["role"])) if details.get("role") else "",
    )


def acting_as(directory: Directory, notice: Notice) -> ActingAs:
    """In which quality somebody receives what was meant for another role."""
    role = directory.role(notice.role)
    if not notice.acting or role is None:
        return ""
    return {role.secretary: "secretary", role.deputy: "deputy"}.get(notice.acting, "next-up")  # type: ignore[return-value]


def _discreet(item: MessageItem, scene: Scene) -> MessageItem:
    """Of a confidential case: its number, its dates, and to the one who does it the definition's own request.

    No party, no clause that says what kind of case it is, no free text that somebody typed, no key that names it.
    """
    neutral = _("Đề nghị xem nội dung trong hồ sơ vụ việc; thư này không ghi nội dung.")
    return item._replace(
        ask=item.ask if item.kind in TO_THE_DOER else neutral,
        key=scene.birth.reference or scene.birth.period,
        step_id="",
        period="",
        party="",
        party_short="",
        step="",
        plan="",
        citations=(),
        law="",
        source="",
        decision="",
        evidence=item.evidence if item.kind in TO_THE_DOER else (),
        missing=(),
        missing_people=0,
        reason="",
        named="",
        draft="",
        for_office=False,
        confidential=True,
        # Who stands in for whom, or whose desk is called empty, would point at whom the case leaves out.
        acting="",
        acting_as="",
        gap="sealed" if item.gap == "sealed" else "nobody" if item.gap else "",
        gap_role="",
    )._replace(**(NAMELESS if item.gap == "sealed" else {}))
