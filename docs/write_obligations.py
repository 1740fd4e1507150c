"""Writes docs/obligations.md: every row of the office's inventory, and which obligation answers it.

Run it after a change of definitions/qcdc-2022 (`make docs`); a test compares the page with what it would write.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from definitions.calendar import working_calendar
from definitions.load_plan import load_plan
from definitions.organisation import load_organisation
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Escalation, Obligation, Plan, Step
from dondoc.core.schedule import expand
from dondoc.core.timing import Unset, Within

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "obligations.md"
BASES = {"plan": "kế hoạch", "law": "luật", "external": "văn bản ngoài", "office": "quyết định", "proposed": "đề xuất"}
POPULATIONS = {
    "leaders": "cấp uỷ, chính quyền (chi uỷ viên, lãnh đạo Sở, trưởng/phó đơn vị); mỗi người một xác nhận",
    "unit.members": "mọi người của đơn vị; mỗi người một xác nhận",
    "all-staff": "toàn thể CC, VC, NLĐ; mỗi người một xác nhận",
}
SECTIONS = ("II.1", "II.2", "II.3", "II.4", "III", "Nơi nhận")
READINGS = {"last-thursday": "thứ Năm cuối cùng của tháng"}
INTRO = """# Kế hoạch QCDC năm 2022: 55 dòng kiểm kê và nghĩa vụ trả lời từng dòng

Trang này do `docs/write_obligations.py` viết ra từ `definitions/qcdc-2022/`; muốn sửa thì sửa định nghĩa rồi chạy
`make docs`.

- **Ngày năm 2022** ghi *ngày phải xong* (ngày làm việc cuối cùng không muộn hơn hạn); trong ngoặc là ngày cuối cùng
  của hạn khi hai ngày khác nhau. Vụ việc không có ngày trước: ghi sự kiện mở ra và thời hạn từng bước.
- **Nhắc ai**: người làm được nhắc trước T ngày làm việc và báo quá hạn ngày +1; sau dấu → là các bậc báo lên. Hạn
  còn là *đề xuất* thì các bậc trên Chánh Văn phòng im lặng cho đến khi có quyết định; bậc có dấu (duyệt) chờ một
  người đồng ý.
- **Căn cứ** ghi theo từng bước khi các bước khác nhau. "đúng thời gian quy định" không được đặt ngày: ghi *chưa xác
  định hạn*.
"""


class Book(NamedTuple):
    """What one page is written from."""

    plan: Plan
    directory: Directory
    births: tuple[Birth, ...]

    def of(self, row: str, obligation: Obligation) -> list[Birth]:
        """The occurrences that answer a row: of its own period and party where the row names one."""
        births = [b for b in self.births if b.obligation == obligation.id]
        if len(obligation.covers) < 2:
            return births
        births = [b for b in births if "-6thang" not in row or b.label.startswith("6 tháng")]
        births = [b for b in births if "bc-" not in row or "-nam" not in row or b.label.startswith("năm")]
        own = [b for b in births if b.party.endswith(row.rsplit("-", 1)[-1])]
        return own if row.startswith("bc-") and own else births


def open_book() -> Book:
    directory = load_organisation(ROOT / "definitions")[0]
    calendar: WorkingCalendar = working_calendar(2021, 2024, ROOT / "definitions" / "calendar" / "vn.yaml")
    plan = load_plan(ROOT / "definitions" / "qcdc-2022", calendar, directory)
    return Book(plan, directory, tuple(expand(plan, calendar)))


def page(book: Book) -> str:
    """The whole page as Markdown."""
    written = [o for o in book.plan.obligations if o.citations]
    sections = sorted({o.section for o in written}, key=SECTIONS.index)
    parts = [INTRO, summary(book, written)]
    for section in sections:
        parts += [f"## {section}\n", *(entry for o in written if o.section == section for entry in entries(book, o))]
    return "\n".join(parts)


def summary(book: Book, written: list[Obligation]) -> str:
    rows = sum(len(o.covers) for o in written)
    bases = Counter(step.basis.kind for o in written for step in o.steps)
    counted = ", ".join(f"{BASES[kind]} {bases[kind]}" for kind in BASES if bases[kind])
    unset = [o.title for o in written for s in o.steps if isinstance(s.timing.rule, Unset)]
    return (
        f"{rows} dòng, {len(written)} nghĩa vụ, {bases.total()} bước; căn cứ của các bước: {counted}.\n"
        f"Chưa xác định hạn: {'; '.join(unset)}.\n"
    )


def entries(book: Book, obligation: Obligation) -> Iterator[str]:
    """One heading a row; a row that shares its obligation with others names what is its own."""
    for row in obligation.covers or (f"{obligation.id} (thêm)",):
        yield f"### `{row}`\n\n{table(book, row, obligation)}"


def table(book: Book, row: str, obligation: Obligation) -> str:
    births = book.of(row, obligation)
    lines = {
        "Nghĩa vụ": f"`{obligation.id}` — {obligation.title}",
        "Văn bản": document(book.plan, row, obligation),
        "Yêu cầu": "<br>".join(asked(step, obligation) for step in obligation.steps),
        "Minh chứng": "; ".join(dict.fromkeys(e for step in obligation.steps for e in step.evidence)),
        "Ai làm": "; ".join(dict.fromkeys(doers(book, obligation, births))),
        "Đối tượng": POPULATIONS.get(obligation.population, ""),
        "Ngày năm 2022": when(obligation, births),
        "Nhắc ai": "<br>".join(dict.fromkeys(told(book, obligation, step) for step in obligation.steps)),
        "Căn cứ": "; ".join(dict.fromkeys(basis(step) for step in obligation.steps)),
        "Trích": "<br>".join(f"{c.at}: “{c.quote}”" for c in citations(book.plan, row, obligation)),
        "Ghi chú": obligation.note,
    }
    cells = "".join(f"| **{name}** | {text} |\n" for name, text in lines.items() if text)
    return f"| | |\n|---|---|\n{cells}"


def document(plan: Plan, row: str, obligation: Obligation) -> str:
    """The document a row of a campaign stands for: pb-nd-04-2015 is legal basis nd-04-2015."""
    wanted = row.removeprefix("pb-")
    return next(
        (f"{b.number} — {b.title}" for b in plan.legal_bases if b.id == wanted and b.id in obligation.documents), ""
    )


def citations(plan: Plan, row: str, obligation: Obligation):  # type: ignore[no-untyped-def]
    """All citations; of a campaign's row only those that name its document."""
    wanted = row.removeprefix("pb-")
    number = next((b.number for b in plan.legal_bases if b.id == wanted and b.id in obligation.documents), "")
    own = [c for c in obligation.citations if number and f"số {number.split('-QĐ')[0]}" in c.quote]
    return own or obligation.citations


def asked(step: Step, obligation: Obligation) -> str:
    return step.ask if len(obligation.steps) == 1 else f"*{step.title}*: {step.ask}"


def doers(book: Book, obligation: Obligation, births: list[Birth]) -> Iterator[str]:
    for step in obligation.steps:
        for party in dict.fromkeys(b.party for b in births) or obligation.parties:
            yield title(book.directory, book.directory.role_of(step.by, party))


def title(directory: Directory, role_id: str) -> str:
    return directory.roles[role_id].title if role_id in directory.roles else role_id


def when(obligation: Obligation, births: list[Birth]) -> str:
    if obligation.kind == "event":
        clocks = "; ".join(f"{step.title}: {clock(step, obligation)}" for step in obligation.steps)
        return f"Mở khi: {obligation.event_title}. {clocks}"
    lines = [f"{step.title}: {days}" if len(obligation.steps) > 1 else days for step, days in dated(obligation, births)]
    return "<br>".join(lines)


def dated(obligation: Obligation, births: list[Birth]) -> Iterator[tuple[Step, str]]:
    for step in obligation.steps:
        days = {
            (r.target_on, r.last_on)
            for b in births
            for id_, r in b.rounds
            if id_ == step.id and r.target_on and r.last_on
        }
        said = [short(target) + (f" ({short(last)})" if last != target else "") for target, last in sorted(days)]
        yield step, ", ".join(said) or clock(step, obligation)


def short(day: date) -> str:
    """05/6, 31/3, 24/02: months 3 to 9 without a zero, as Nghị định 30/2020/NĐ-CP writes a date."""
    return f"{day.day:02}/{day.month:02}" if day.month < 3 else f"{day.day:02}/{day.month}"


def clock(step: Step, obligation: Obligation) -> str:
    """A period in words: from which act, the longer one of a complex case, the earliest end of a posting."""
    if not isinstance(step.timing.rule, Within):
        return "chưa xác định hạn" + ("" if isinstance(step.timing.rule, Unset) else f" ({step.timing.phrase})")
    after = step.timing.rule.after
    start = next((f" từ khi xong “{s.title}”" for s in obligation.steps if s.id == after), "")
    longer = f", phức tạp {step.complex_timing.phrase}" if step.complex_timing else ""
    least = f", không sớm hơn {step.min_days_after} ngày" if step.min_days_after else ""
    more = f", gia hạn tối đa {step.max_extensions} lần" if step.max_extensions > 0 else ""
    return f"{step.timing.reading or step.timing.phrase}{start}{longer}{least}{more}"


def told(book: Book, obligation: Obligation, step: Step) -> str:
    before = ", ".join(f"T-{n}" if n else "T" for n in step.ladder.remind)
    levels = ", ".join(level(book, obligation, rung) for rung in step.ladder.escalate)
    return f"`{step.ladder.name}`: {before} → {levels or 'không báo lên'}"


def level(book: Book, obligation: Obligation, rung: Escalation) -> str:
    heads = dict.fromkeys(title(book.directory, book.directory.role_of(rung.to, p)) for p in obligation.parties)
    who = "Thủ trưởng đơn vị" if len(heads) > 2 else "/".join(heads)
    again = f", lặp {rung.every} ngày" if rung.every else ""
    return f"+{rung.after} {who}{' (duyệt)' if rung.mode == 'approve' else ''}{again}"


def basis(step: Step) -> str:
    """What the due rests on, and the law its number was taken from."""
    reading = READINGS.get(step.timing.reading, step.timing.reading)
    said = f": đọc là “{reading}”" if reading else f": {step.basis.source}" if step.basis.source else ""
    law = f" (theo {step.law})" if step.law and step.law not in said else ""
    return f"{BASES[step.basis.kind]}{said}{law}"


def main() -> None:
    PAGE.write_text(page(open_book()), encoding="utf-8")
    print(f"Đã viết {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
