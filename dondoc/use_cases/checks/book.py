"""The book: its chain, and that steps and agenda are what its facts make them (invariants 8 and 9 of the engine)."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

from dondoc.core.decide import decide
from dondoc.register.book import Book
from dondoc.register.values import StepFold
from dondoc.register.verify import verify_chain, verify_end
from dondoc.use_cases.apply import kept_folds, step_folds
from dondoc.use_cases.backup import BACKED_UP
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.sweep import is_revised
from dondoc.words import _

SHOWN = 3  # examples in one line


def chain(patient: Patient) -> list[Finding]:
    """All links; `quick` only the newest."""
    with patient.office.register.reading() as book:
        problems = verify_end(book) if patient.quick else verify_chain(book)
        count = book.head().link
    if problems:
        said = _("nhật ký có {count} chỗ không khớp: {first}").format(count=len(problems), first=problems[0])
        return [Finding("journal", "error", said, _("Dừng ghi sổ, giữ nguyên hiện trạng, đối chiếu với bản sao lưu."))]
    part = _("phần cuối") if patient.quick else _("toàn bộ")
    return [Finding("journal", "ok", _("nhật ký nguyên vẹn ({part}, {count} mục)").format(part=part, count=count))]


def folds(patient: Patient) -> list[Finding]:
    """Steps as kept are those that the facts give."""
    if patient.quick:
        return []
    office = patient.office
    with office.register.reading() as book:
        if is_revised(office, book):  # the next sweep looks at everything again
            return [
                Finding(
                    "folds",
                    "warn",
                    _("lịch hoặc danh sách cán bộ vừa đổi, chưa rà soát lại"),
                    _("Chờ lượt rà soát tới."),
                )
            ]
        wrong = [scene.birth.key for scene, kept in _scenes(patient, book) if _differs(scene, kept)]
    return _verdict("folds", wrong, _("các bước khớp với nhật ký"), _("bước lưu khác với dựng lại từ nhật ký"))


def _scenes(patient: Patient, book: Book) -> Iterator[tuple[Scene, list[StepFold]]]:
    keys = [birth.key for birth in book.births()]
    kept = kept_folds(book, keys)
    for scene in gather(patient.office, book, keys):
        yield scene, kept.get(scene.birth.key, [])


def _differs(scene: Scene, kept: list[StepFold]) -> bool:
    """What was never looked at has no steps yet."""
    return bool(kept or scene.facts) and kept != step_folds(scene, scene.occurrence)


def agenda(patient: Patient) -> list[Finding]:
    """Nothing asks for a look earlier than the agenda has it; what is already due is the next sweep's."""
    if patient.quick:
        return []
    with patient.office.register.reading() as book:
        noted = book.agenda()
        wrong = [
            scene.birth.key
            for scene, _kept in _scenes(patient, book)
            if _forgotten(scene, noted.get(scene.birth.key), patient.at)
        ]
    return _verdict("agenda", wrong, _("lịch xem lại không bỏ sót kỳ nào"), _("kỳ bị bỏ sót trong lịch xem lại"))


def _forgotten(scene: Scene, noted_at: datetime | None, at: datetime) -> bool:
    if noted_at is not None and noted_at <= at:
        return False
    decision = decide(scene.obligation, scene.occurrence, scene.world, at)
    if decision.actions:
        return True
    first = decision.next_at
    return first is not None and (noted_at is None or noted_at.timestamp() > math.floor(first.timestamp()))


def _verdict(check: str, wrong: list[str], good: str, bad: str) -> list[Finding]:
    if not wrong:
        return [Finding(check, "ok", good)]
    said = f"{len(wrong)} {bad}: {', '.join(wrong[:SHOWN])}{'…' if len(wrong) > SHOWN else ''}"
    return [Finding(check, "error", said, _("Chạy: dondoc journal verify; báo người phụ trách phần mềm."))]


def backed_up(patient: Patient) -> list[Finding]:
    """When the last backup was made."""
    with patient.office.register.reading() as book:
        last = book.setting(BACKED_UP)
    if last is None:
        return [Finding("backup", "warn", _("chưa sao lưu lần nào"), _("Chạy: dondoc backup TỆP, đặt lịch hằng ngày."))]
    age = patient.at - datetime.fromisoformat(last)
    said = _("sao lưu cuối cách đây {days} ngày").format(days=age.days)
    if age > timedelta(days=patient.office.limits.backup_days):
        return [Finding("backup", "warn", said, _("Chạy: dondoc backup TỆP, đặt lịch hằng ngày."))]
    return [Finding("backup", "ok", said)]
