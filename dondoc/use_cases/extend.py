"""Moving a due by a document: extension, binding an unset due, re-setting it earlier or later."""

from collections.abc import Sequence
from datetime import date, datetime

from definitions.office_steps import BIND_PREFIX
from dondoc.core.facts import Fact
from dondoc.use_cases.act import Act, Document, Recorded, enter, fact, redue, running_step
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.requests import request_to_office
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.submit import Evidence, submit
from dondoc.words import _
from dondoc.words.dates import short_date


def extend(
    office: Office,
    key: str,
    last_on: date,
    document: Document,
    act: Act,
    at: datetime,
    step: str = "",
    *,
    by_issuer: bool = False,
) -> Recorded:
    """A later due, by decision; refused for the law's due beyond what the law allows, and for a superior's.

    `by_issuer`: the document is of the very body that set an external due, which may move its own.
    """
    return enter(office, key, act, at, lambda scene: _extension(scene, last_on, document, act, at, step, by_issuer))


def ask_extension(
    office: Office, key: str, until: date, reason: str, act: Act, at: datetime, step: str = ""
) -> Recorded:
    """The doer asks and the office is told; nothing moves until it decides. Refused for a day not after the due."""

    def build(scene: Scene) -> Sequence[Fact]:
        asked, state = running_step(scene, step)
        if state.round and state.round.last_on and until <= state.round.last_on:
            raise Refused(_("Ngày xin gia hạn không ở sau hạn hiện nay."), _("Ghi một ngày sau hạn."))
        return [fact("extension-asked", scene, asked.id, act, at, until=until, reason=reason)]

    return enter(office, key, act, at, build, lambda scene: request_to_office(office, scene, step, "extension", at))


def bind_due(
    office: Office, key: str, last_on: date, document: Document, act: Act, at: datetime, step: str = ""
) -> Recorded:
    """Give an unset due its day, out of the document that states it. Refused where the due is set already."""

    def build(scene: Scene) -> Sequence[Fact]:
        bound, state = running_step(scene, step)
        if state.round is not None and state.round.last_on is not None:
            raise Refused(
                _("Bước «{title}» đã có hạn: hết ngày {last_on}.").format(
                    title=bound.title, last_on=short_date(state.round.last_on)
                ),
                _("Muốn đổi hạn: dondoc record extend hoặc reset."),
            )
        return [
            fact("bound", scene, bound.id, act, at, last_on=last_on, document=document.number, on=document.on),
            redue(scene, bound, "bound", last_on, document, act, at, "external"),
        ]

    recorded = enter(office, key, act, at, build)
    _finish_search(office, key, document, act, at)
    return recorded


def _finish_search(office: Office, key: str, document: Document, act: Act, at: datetime) -> None:
    """The office's own step "find the due" is done once no occurrence of the obligation lacks one."""
    plan_id, obligation_id = key.split("/")[:2]
    with office.register.reading() as book:
        searches = gather(
            office, book, [b.key for b in book.births(plan=plan_id, obligation=f"{BIND_PREFIX}{obligation_id}")]
        )
        others = gather(office, book, [b.key for b in book.births(plan=plan_id, obligation=obligation_id)])
    if any(_lacks_due(other) for other in others if not other.occurrence.closed):
        return
    for search in searches:
        if not search.occurrence.closed:
            found = Evidence(number=document.number, signed_on=document.on)
            key_ = f"{act.request_key}/search" if act.request_key else ""
            submit(office, search.birth.key, found, act._replace(request_key=key_), at)


def _lacks_due(scene: Scene) -> bool:
    return any(s.status == "open" and s.round is not None and s.round.last_on is None for s in scene.occurrence.steps)


def reset_due(
    office: Office, key: str, last_on: date, document: Document, act: Act, at: datetime, step: str = ""
) -> Recorded:
    """Set a due earlier or later by document; refused as an extension is when it is later."""

    def build(scene: Scene) -> Sequence[Fact]:
        moved, state = running_step(scene, step)
        current = state.round.last_on if state.round else None
        if current and last_on > current:
            _refuse_superior(scene, moved.id)
            if moved.max_extensions >= 0:  # a later due of the law is an extension and counts as one
                raise Refused(
                    _("Bước «{title}» chỉ được lùi hạn bằng gia hạn.").format(title=moved.title),
                    _("Dùng: dondoc record extend"),
                )
        return [
            fact("reset", scene, moved.id, act, at, last_on=last_on, document=document.number, on=document.on),
            redue(scene, moved, "decided", last_on, document, act, at),
        ]

    return enter(office, key, act, at, build)


def _extension(
    scene: Scene, last_on: date, document: Document, act: Act, at: datetime, step_id: str, by_issuer: bool
) -> Sequence[Fact]:
    step, state = running_step(scene, step_id)
    current = state.round.last_on if state.round else None
    if current is None:
        raise Refused(
            _("Bước «{title}» chưa xác định hạn nên không gia hạn được.").format(title=step.title),
            _("Dùng: dondoc record bind-due"),
        )
    if last_on <= current:
        raise Refused(
            _("Hạn mới {last_on} không sau hạn đang có {current}.").format(
                last_on=short_date(last_on), current=short_date(current)
            ),
            _("Đặt hạn sớm hơn: dondoc record reset."),
        )
    basis = state.rounds[0].basis
    if not (by_issuer and basis == "external"):
        _refuse_superior(scene, step.id)
    return [
        fact("extended", scene, step.id, act, at, last_on=last_on, document=document.number, on=document.on),
        redue(scene, step, "extended", last_on, document, act, at, "external" if by_issuer else "office"),
    ]


def _refuse_superior(scene: Scene, step_id: str) -> None:
    """The office cannot extend the law's due or a superior's, save as often as the law itself allows."""
    step, state = scene.step(step_id), scene.occurrence.step(step_id)
    basis = state.rounds[0].basis if state.rounds else step.basis.kind
    if step.max_extensions >= 0 and state.extensions >= step.max_extensions:
        raise Refused(
            _("Pháp luật chỉ cho gia hạn {times} lần ({law}).").format(
                times=step.max_extensions, law=step.law or _("xem căn cứ")
            )
        )
    if basis in ("law", "external") and step.max_extensions < 1:
        source = step.law or step.basis.source or _("văn bản cấp trên")
        raise Refused(
            _("Hạn này do {source} quy định; Sở không tự gia hạn được.").format(source=source),
            _("Đề nghị cơ quan ban hành điều chỉnh."),
        )
