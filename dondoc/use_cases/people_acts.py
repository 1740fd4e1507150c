"""What people say about a step besides its answer: acknowledge, reassign, suspend, resume, decide, approve."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dondoc.core.book_entries import entry_of
from dondoc.core.due import due_within, rolled
from dondoc.core.facts import Fact
from dondoc.core.population import published
from dondoc.core.timing import Within
from dondoc.use_cases.act import Act, Document, Recorded, enter, fact, redue, running_step
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _

DECIDABLE = ("complex", "close-without-missing", "basis")


def acknowledge(
    office: Office,
    key: str,
    act: Act,
    at: datetime,
    *,
    person: str = "",
    all_but: Sequence[str] | None = None,
    minutes: str = "",
) -> Recorded:
    """One person has read it; or a unit's minutes say so for all but those named."""

    def build(scene: Scene) -> Sequence[Fact]:
        looked = _looked_at(office, scene, act, at)
        known = {member.person for member in scene.occurrence.members} | {
            p for f in looked for p in f.payload["joined"]
        }
        strangers = ({person} if person else set(all_but or ())) - known
        if not scene.obligation.population:
            raise Refused(
                _("«{title}» không phải nội dung phổ biến cần xác nhận đã đọc.").format(title=scene.obligation.title)
            )
        if strangers:
            raise Refused(
                _("Không thuộc danh sách phải xác nhận: {strangers}.").format(strangers=", ".join(sorted(strangers)))
            )
        if all_but is not None and not minutes.strip():
            raise Refused(_("Xác nhận chung phải có số, ngày biên bản họp."), _("Thêm --minutes."))
        absent = list(all_but) if all_but is not None else None
        return [
            *looked,
            fact(
                "acknowledged",
                scene,
                scene.obligation.steps[0].id,
                act,
                at,
                person=person,
                all_but=absent,
                minutes=minutes,
            ),
        ]

    return enter(office, key, act, at, build)


def _looked_at(office: Office, scene: Scene, act: Act, at: datetime) -> list[Fact]:
    """Whoever acknowledges before the first check (none came during an outage) is of a population nobody wrote down."""
    moments = scene.world.moments
    return [
        entry_of(change, scene.birth.key, at, moments.day_of(at), act.via)
        for change in published(scene.obligation, scene.occurrence, office.directory, moments, at)
    ]


def reassign(office: Office, key: str, to: str, reason: str, act: Act, at: datetime, step: str = "") -> Recorded:
    """Another role does it from now on; a round speaks once to the new holder. Refused for a role nobody knows."""

    def build(scene: Scene) -> Sequence[Fact]:
        moved, state = running_step(scene, step)
        if office.directory.role(to) is None:
            raise Refused(
                _("Không có vai «{to}» trong tệp tổ chức.").format(to=to),
                _("Các vai: {roles}.").format(roles=", ".join(sorted(office.directory.roles))),
            )
        given = fact("reassigned", scene, moved.id, act, at, to=to, reason=reason)
        last_on = state.round.last_on if state.round else None
        if state.status != "open" or last_on is None:
            return [given]
        return [given, redue(scene, moved, "reassigned", last_on, None, act, at, state.round.basis)]  # type: ignore[union-attr]

    return enter(office, key, act, at, build)


def suspend(
    office: Office, key: str, reason: str, document: Document, act: Act, at: datetime, step: str = ""
) -> Recorded:
    """The clock stops by decision."""

    def build(scene: Scene) -> Sequence[Fact]:
        stopped, _ = running_step(scene, step)
        return [fact("suspended", scene, stopped.id, act, at, reason=reason, document=str(document))]

    return enter(office, key, act, at, build)


def resume(office: Office, key: str, act: Act, at: datetime, step: str = "") -> Recorded:
    """Suspended days are added to the unrolled day, which then rolls by the step's own rule."""

    def build(scene: Scene) -> Sequence[Fact]:
        stopped = [s for s in scene.occurrence.steps if s.status == "suspended" and step in ("", s.id)]
        if not stopped:
            raise Refused(_("«{key}» không có bước nào đang tạm dừng.").format(key=scene.birth.key))
        state = stopped[0]
        given = [fact("resumed", scene, state.id, act, at)]
        if state.round is None or state.round.unrolled_on is None or state.suspended_on is None:
            return given
        timing = scene.step(state.id).timing
        day = state.round.unrolled_on + timedelta(days=(act.act_on - state.suspended_on).days)
        last_on = rolled(day, timing.roll, timing.stay_in_month, office.calendar)
        return [*given, redue(scene, scene.step(state.id), "resumed", last_on, None, act, at, state.round.basis)]

    return enter(office, key, act, at, build)


def decide(office: Office, key: str, what: str, document: Document, act: Act, at: datetime, step: str = "") -> Recorded:
    """complex: the longer statutory clock from the same start. close-without-missing: a join closed over heads.

    basis: a proposed due becomes the office's own, on the same day.
    """
    if what not in DECIDABLE:
        raise Refused(
            _("Không rõ quyết định «{what}».").format(what=what),
            _("Chọn một trong: {decidable}.").format(decidable=", ".join(DECIDABLE)),
        )

    def build(scene: Scene) -> Sequence[Fact]:
        chosen, state = running_step(scene, step)
        decided = fact("decided", scene, chosen.id, act, at, what=what, document=document.number, on=document.on)
        if what == "complex":
            return [decided, *_complex_clock(scene, chosen.id, document, act, at)]
        if what == "basis" and state.round and state.round.last_on:
            return [decided, redue(scene, chosen, "decided", state.round.last_on, document, act, at)]
        return [decided]

    return enter(office, key, act, at, build)


def _complex_clock(scene: Scene, step_id: str, document: Document, act: Act, at: datetime) -> list[Fact]:
    step = scene.step(step_id)
    timing = step.complex_timing
    if timing is None or not isinstance(timing.rule, Within):
        raise Refused(_("Bước «{title}» không có thời hạn cho vụ việc phức tạp.").format(title=step.title))
    start = scene.birth.event_on if timing.rule.after == "event" else scene.occurrence.step(timing.rule.after).done_on
    if start is None:
        raise Refused(_("Chưa có mốc bắt đầu tính hạn của bước «{title}».").format(title=step.title))
    due = due_within(timing.rule, start, timing, scene.world.moments.calendar)
    return [redue(scene, step, "decided", due.last_on, document, act, at, "law")]


def approve(office: Office, key: str, act: Act, at: datetime, step: str = "", *, rung: int | None = None) -> Recorded:
    """Let the escalation that was asked about go to its level; without `rung` the first that waits."""
    return _answer(office, key, "approved", "", act, at, step, rung)


def withhold(
    office: Office, key: str, reason: str, act: Act, at: datetime, step: str = "", *, rung: int | None = None
) -> Recorded:
    """Keep it from going up, with a reason that stays in the book."""
    if not reason.strip():
        raise Refused(_("Không trình lên phải có lý do."), _("Thêm --reason."))
    return _answer(office, key, "withheld", reason, act, at, step, rung)


def _answer(
    office: Office, key: str, kind: str, reason: str, act: Act, at: datetime, step: str, rung: int | None
) -> Recorded:
    def build(scene: Scene) -> Sequence[Fact]:
        for state in scene.occurrence.steps:
            for approval in state.round.approvals if state.round else ():
                if not approval.outcome and step in ("", state.id) and rung in (None, approval.rung):
                    n = state.round.n  # type: ignore[union-attr]
                    return [fact(kind, scene, state.id, act, at, round=n, rung=approval.rung, reason=reason)]  # type: ignore[arg-type]
        raise Refused(_("«{key}» không có báo cáo nào chờ duyệt.").format(key=scene.birth.key))

    return enter(office, key, act, at, build)
