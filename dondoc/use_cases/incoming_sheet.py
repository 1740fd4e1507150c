"""The e-office's incoming register out of an Excel file: each row with the open step it may answer. Nothing written."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.directory import Directory
from dondoc.core.plan import Step
from dondoc.papers.sheet import Sheet, SheetRow
from dondoc.register.values import StepFold
from dondoc.use_cases.contacts_sheet import opened
from dondoc.use_cases.names import case_name, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene, gather
from dondoc.words import _
from dondoc.words.dates import read_day, short_date

HEADINGS = {
    "number": ("Số, ký hiệu", "Số ký hiệu", "Số văn bản", "Số/Ký hiệu", "Số KH"),
    "signed_on": ("Ngày ký", "Ngày văn bản", "Ngày ban hành", "Ngày VB"),
    "sender": ("Nơi gửi", "Cơ quan gửi", "Đơn vị gửi", "Nơi ban hành", "Cơ quan ban hành", "Tác giả"),
    "sent_on": ("Ngày gửi", "Thời gian gửi"),
    "received_on": ("Ngày đến", "Ngày nhận", "Ngày tiếp nhận"),
    "about": ("Trích yếu", "Nội dung", "Trích yếu nội dung"),
}
DAYS = ("signed_on", "sent_on", "received_on")


class Incoming(NamedTuple):
    """One paper as the register of incoming papers has it."""

    number: str
    party: str  # unit id
    signed_on: date | None
    sent_on: date | None
    received_on: date | None


class Candidate(NamedTuple):
    """A step that this paper may answer; `handed_in` where the unit has reported this very number already."""

    key: str
    step: str
    name: str
    last_on: date | None
    handed_in: bool

    @property
    def value(self) -> str:
        return f"{self.key}#{self.step}"


class MatchedRow(NamedTuple):
    """`guess` is the candidate proposed, "" where a person must choose."""

    n: int
    paper: Incoming
    sender: str
    about: str
    candidates: tuple[Candidate, ...]
    guess: str


class IncomingSheet(NamedTuple):
    """`known`: rows whose paper the book holds already with the day on which it came."""

    rows: tuple[MatchedRow, ...]
    known: int
    without: tuple[str, ...]  # papers of a unit that answer no open step, in words
    problems: tuple[str, ...]


def read_incoming(office: Office, content: bytes, at: datetime) -> IncomingSheet:
    """Refused where the file cannot be read at all; a row that is wrong is a problem and the others stand."""
    sheet = opened(content, HEADINGS, ("number", "sender"))
    open_ = _open_steps(office)
    rows, without, problems, known = list[MatchedRow](), list[str](), list[str](), 0
    for line in sheet.rows:
        paper, wrong = _paper(office, sheet, line, local_day(office, at))
        problems += wrong
        if wrong or paper is None:
            continue
        of_party = open_.get(paper.party, [])
        if any(_is_known(scene, paper) for scene in of_party):
            known += 1
        elif candidates := _candidates(of_party, paper, at):
            guess = _guess(candidates, line.text("about"))
            rows.append(MatchedRow(line.n, paper, line.text("sender"), line.text("about"), candidates, guess))
        else:
            without.append(_("Hàng {n}").format(n=line.n) + f": {paper.number}, {line.text('sender')}")
    return IncomingSheet(tuple(rows), known, tuple(without), tuple(problems))


def _open_steps(office: Office) -> dict[str, list[Scene]]:
    """Occurrences by party that wait for an answer, or for the day on which their answer came."""
    with office.register.reading() as book:
        waiting = [fold for plan in office.plans for fold in book.steps(plan=plan) if _waits(fold)]
        scenes = gather(office, book, sorted({fold.key for fold in waiting}))
    found: dict[str, list[Scene]] = {}
    for scene in scenes:
        if not scene.obligation.confidential and not scene.obligation.population:
            found.setdefault(scene.birth.party, []).append(scene)
    return found


def _waits(fold: StepFold) -> bool:
    return fold.status in ("open", "returned", "submitted", "done")


def _paper(office: Office, sheet: Sheet, line: SheetRow, today: date) -> tuple[Incoming | None, list[str]]:
    wrong: list[str] = []
    days = {field: _day(sheet, line, field, today, wrong) for field in DAYS}
    number, party = line.text("number"), party_named(office.directory, line.text("sender"))
    if not number:
        wrong.append(_place(sheet, line, "number") + _("thiếu số, ký hiệu"))
    if not party:
        wrong.append(_place(sheet, line, "sender") + _("không rõ “{v}” là đơn vị nào").format(v=line.text("sender")))
    if not (days["sent_on"] or days["received_on"]):
        wrong.append(_place(sheet, line, "received_on") + _("cần ngày gửi hoặc ngày đến"))
    return Incoming(number, party, **days), wrong


def _day(sheet: Sheet, line: SheetRow, field: str, today: date, wrong: list[str]) -> date | None:
    """A day, also out of an e-office's "03/06/2022 08:15"."""
    given = line.text(field)
    try:
        day = read_day(given.split(" ")[0].split("T")[0]) if given else None
    except ValueError:
        wrong.append(_place(sheet, line, field) + _("“{v}” không phải một ngày").format(v=given))
        return None
    if day and day > today:
        wrong.append(_place(sheet, line, field) + _("ngày {day} ở sau hôm nay").format(day=short_date(day)))
    return day


def party_named(directory: Directory, sender: str) -> str:
    """The unit that a sender's name means; "" for none, or for several."""
    wanted = _plain(sender)
    names = {unit.id: {_plain(unit.name), _plain(unit.short)} for unit in directory.units.values()}
    exact = [unit for unit, called in names.items() if wanted in called]
    within = [unit for unit, called in names.items() if any(f" {name} " in f" {wanted} " for name in called if name)]
    found = exact or within
    return found[0] if wanted and len(found) == 1 else ""


def _candidates(scenes: Sequence[Scene], paper: Incoming, at: datetime) -> tuple[Candidate, ...]:
    found = [one for scene in scenes for one in _of_scene(scene, paper, at)]
    reported = [one for one in found if one.handed_in]
    return tuple(sorted(reported or found, key=lambda one: (one.last_on or date.max, one.key)))


def _of_scene(scene: Scene, paper: Incoming, at: datetime) -> list[Candidate]:
    name, found = case_name(title_of(scene.obligation, scene.birth), scene.birth.label), []
    for step in scene.obligation.steps:
        state = scene.occurrence.step(step.id)
        handed_in = bool(state.submissions) and same_number(state.submissions[-1].number, paper.number)
        begun = state.round is not None and state.round.since_at <= at
        asked = begun and state.status in ("open", "returned") and _asks_for_paper(step)
        if not step.confirms and not scene.occurrence.closed and (handed_in or asked):
            last_on = state.round.last_on if state.round else None
            title = f"{name} – {step.title}" if len(scene.obligation.steps) > 1 else name
            found.append(Candidate(scene.birth.key, step.id, title, last_on, handed_in))
    return found


def _asks_for_paper(step: Step) -> bool:
    """A number is among its evidence, by the language's own name or in the plan's words ("số báo cáo")."""
    return any(kind == "document-number" or "số" in kind.split() for kind in step.evidence)


def _is_known(scene: Scene, paper: Incoming) -> bool:
    answers = [one for state in scene.occurrence.steps for one in state.submissions]
    return any(same_number(one.number, paper.number) and (one.received_on or one.sent_on) for one in answers)


def _guess(candidates: Sequence[Candidate], about: str) -> str:
    """The only one; or the one whose name shares most with what the paper is about, by more than any other."""
    if len(candidates) == 1:
        return candidates[0].value
    words = set(_plain(about).split())
    scored = sorted(((len(words & set(_plain(one.name).split())), one.value) for one in candidates), reverse=True)
    return scored[0][1] if about and scored[0][0] >= 3 and scored[0][0] > scored[1][0] else ""


def same_number(one: str, other: str) -> bool:
    """Numbers as people write them: case and spaces do not matter."""
    return bool(one) and re.sub(r"\s+", "", one).casefold() == re.sub(r"\s+", "", other).casefold()


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def _place(sheet: Sheet, line: SheetRow, field: str) -> str:
    column: Mapping[str, str] = sheet.columns
    said = _("Hàng {n}, cột {column}") if field in column else _("Hàng {n}")
    return said.format(n=line.n, column=column.get(field, "")) + ": "
