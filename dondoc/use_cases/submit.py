"""Hand in: the doer's answer to a step, with its evidence."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.plan import Step
from dondoc.use_cases.act import Act, Recorded, enter, fact, running_step
from dondoc.use_cases.names import short_party
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _
from dondoc.words.dates import short_date
from dondoc.words.labels import evidence_words


class Evidence(NamedTuple):
    """What proves the act. done and signed are the doer's to state; sent and received are the office's alone."""

    number: str = ""
    signed_on: date | None = None
    done_on: date | None = None
    sent_on: date | None = None
    received_on: date | None = None
    kept_at: str = ""  # where the paper lies, when it is not handed in as a file
    files: tuple[str, ...] = ()
    note: str = ""
    figures: tuple[tuple[str, str], ...] = ()


def submit(office: Office, key: str, evidence: Evidence, act: Act, at: datetime, step: str = "") -> Recorded:
    """Enter the answer. Refused: the step is finished, evidence or a joined part is missing, a day lies ahead."""
    return enter(office, key, act, at, lambda scene: _facts(office, scene, evidence, act, at, step))


def _facts(office: Office, scene: Scene, evidence: Evidence, act: Act, at: datetime, step_id: str) -> Sequence[Fact]:
    step, state = running_step(scene, step_id)
    _refuse_future(scene, evidence, at)
    _refuse_closed_papers(step, evidence)
    _refuse_incomplete(step, evidence)
    _refuse_missing_parts(office, scene, step)
    awaits = any(other.confirms == step.id for other in scene.obligation.steps)
    payload: dict[str, Any] = evidence._asdict() | {
        "files": list(evidence.files),
        "figures": dict(evidence.figures),
        "recorded_on": scene.world.moments.day_of(at),
        "awaits_confirmation": awaits or None,
        "left": max(step.times - len(state.submissions) - 1, 0) or None,
        "breach_days": _taken_down_early(scene, step, act.act_on) or None,
    }
    return [fact("submitted", scene, step.id, act, at, **{k: v for k, v in payload.items() if v not in ([], {})})]


def _refuse_future(scene: Scene, evidence: Evidence, at: datetime) -> None:
    today = scene.world.moments.day_of(at)
    for said, day in (
        (_("Ngày ký {day} ở sau hôm nay."), evidence.signed_on),
        (_("Ngày hoàn thành {day} ở sau hôm nay."), evidence.done_on),
        (_("Ngày gửi {day} ở sau hôm nay."), evidence.sent_on),
        (_("Ngày đến {day} ở sau hôm nay."), evidence.received_on),
    ):
        if day and day > today:
            raise Refused(
                said.format(day=short_date(day)),
                _("Hãy kiểm tra lại ngày ghi trên văn bản."),
            )


def _refuse_closed_papers(step: Step, evidence: Evidence) -> None:
    """A paper of the Party or a secret one is not taken in, nor retold: whoever may read it knows where it lies."""
    if step.no_files and (evidence.files or evidence.note or evidence.figures):
        raise Refused(
            _("Bước «{title}» thuộc diện văn bản Đảng hoặc văn bản mật, không nhận tệp, số liệu hay ghi chú.").format(
                title=step.title
            ),
            _("Chỉ ghi số (--number), ngày (--signed-on) và nơi lưu văn bản (--kept-at)."),
        )


def _refuse_incomplete(step: Step, evidence: Evidence) -> None:
    """Every kind of evidence the step asks for, as number, date, file, or the place where it is kept."""
    given = {
        "document-number": bool(evidence.number),
        "document-date": bool(evidence.signed_on or evidence.done_on),
    }
    somewhere = bool(evidence.files or evidence.kept_at or evidence.number)
    missing = [kind for kind in step.evidence if not given.get(kind, somewhere)]
    if missing:
        words = ", ".join(evidence_words(kind) for kind in missing)
        raise Refused(
            _("Bước «{title}» còn thiếu minh chứng: {words}.").format(title=step.title, words=words),
            _("Gửi tệp, hoặc ghi số, ngày và nơi lưu văn bản."),
        )


def _refuse_missing_parts(office: Office, scene: Scene, step: Step) -> None:
    missing = scene.world.missing.get(step.id, ())
    if missing:
        names = ", ".join(short_party(office.directory, party) for party in missing)
        raise Refused(
            _("Bước «{title}» còn chờ: {names}.").format(title=step.title, names=names),
            _("Nếu quyết định nộp không đủ: dondoc record decide --what close-without-missing"),
        )


def _taken_down_early(scene: Scene, step: Step, on: date) -> int:
    """Days short of a duration (niêm yết ít nhất 30 ngày liên tục): recorded as a breach, not refused."""
    if not step.min_days_after or not step.after:
        return 0
    start = scene.occurrence.step(step.after).done_on
    if start is None:
        raise Refused(
            _("Chưa có ngày bắt đầu của bước «{title}».").format(title=scene.step(step.after).title),
            _("Hãy ghi bước đó trước."),
        )
    return max(0, (start + timedelta(days=step.min_days_after) - on).days)
