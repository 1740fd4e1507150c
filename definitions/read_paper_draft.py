"""A reading written as a draft folder: plan.yaml, one file a section, the paper's text and a summary page.

Every "?" is a decision that the paper leaves open; a folder that still has one does not load.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from definitions.editor_line import editor_line
from definitions.problem import DefinitionError, Problem
from definitions.read_paper import DraftObligation, PaperReading
from definitions.read_paper_citations import CitedDocument
from definitions.read_paper_summary import summary
from definitions.timing_words import slug
from definitions.yaml_source import read_yaml
from dondoc.words import _
from dondoc.words.dates import short_date

PLAN_FILE, SUMMARY_FILE, PAPER_FILE = "plan.yaml", "tom-tat.md", "van-ban.txt"


def write_draft(reading: PaperReading, folder: Path) -> list[str]:
    """Write the draft to `folder`, which must not exist yet; the names of its files. All of them, or nothing.

    Raises DefinitionError where the folder exists.
    """
    if folder.exists() or folder.is_symlink():
        expected = "một thư mục chưa có"
        raise DefinitionError([Problem(str(folder), 1, 1, "", _("thư mục đã có, không ghi đè"), expected)])
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        files = draft_files(reading, folder)
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8")
        for name in files:
            if name.endswith(".yaml"):
                read_yaml(made / name)  # proof that an editor can read what was written
        made.chmod(0o755)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return list(files)


def draft_files(reading: PaperReading, folder: Path) -> dict[str, str]:
    """The texts of the draft's files, by name."""
    first = editor_line(folder) + "\n"
    sections = {
        _file_name(reading, section): first + text
        for section in dict.fromkeys(obligation.section for obligation in reading.obligations)
        for text in [_section(reading, section)]
    }
    return {
        PLAN_FILE: first + "\n".join(_plan(reading, folder)) + "\n",
        **sections,
        SUMMARY_FILE: summary(reading, folder.name),
        PAPER_FILE: "\n\n".join(line.text for line in reading.lines) + "\n",
    }


def _file_name(reading: PaperReading, section: str) -> str:
    title = dict(reading.headings).get(section, "")
    place = "-".join(slug(part).upper() if part.isupper() else slug(part) for part in section.split(".") if part)
    place = section if all(part.isalnum() and part.isascii() for part in section.split(".") if part) else place
    words = slug(title)[:40].rsplit("-", 1)[0] if len(slug(title)) > 40 else slug(title)
    return f"{'-'.join(filter(None, (place, words))) or 'van-ban'}.yaml"


def _said(text: str) -> str:
    """Any text as a YAML scalar that reads back the same."""
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    return " ".join(text.split())


def _plan(reading: PaperReading, folder: Path) -> Iterator[str]:
    year = reading.year or "?"
    issued = reading.issued_on.isoformat() if reading.issued_on else "?"
    yield f"# BẢN NHÁP đọc từ {_comment(reading.file)}. Dấu ? là điều văn bản không nói: phải có người quyết định."
    yield f"# Xem {SUMMARY_FILE}; điền xong thì chạy dondoc check, thêm --paper {PAPER_FILE} để soát lời trích."
    yield f"plan: {slug(folder.name) or 'ke-hoach'}"
    yield f"title: {_said(reading.title or '?')}"
    yield f"document: {{number: {_said(reading.number)}, date: {_said(issued)}, agency: {_said(reading.agency)}}}"
    yield f"year: {year if reading.year else _said('?')}"
    yield "# đề xuất: hiệu lực từ ngày ký đến hết năm của kế hoạch"
    yield f"valid: {{from: {_said(issued)}, to: {_said(f'{year}-12-31' if reading.year else '?')}}}"
    yield "draft: true                 # bỏ dòng này khi đã quyết định xong và đối chiếu với bản ký"
    yield "# vai trò theo dõi, đôn đốc; dấu ? là cần quyết định"
    yield f"office: {reading.office or _said('?')}"
    yield 'office-head: ""             # vai trò đứng đầu Văn phòng, nếu có'
    yield ""
    yield "# Thang nhắc không có trong văn bản: đây là đề xuất để bản nháp nạp được, cơ quan sửa theo lệ của mình."
    yield "office-steps:"
    yield from (f"  {key}: {{ladder: chung}}" for key in ("bind-due", "decide-proposed", "checklist", "next-plan"))
    yield "ladders:"
    yield "  chung:"
    yield "    remind: [7, 3, 1, 0]"
    yield "    escalate: [{after: 1, to: unit.head}]"
    if reading.documents:
        yield ""
        yield "# Văn bản mà kế hoạch dẫn; from, to (hiệu lực) phải tra, không có trong kế hoạch."
        yield "legal-bases:"
        yield from _bases(reading)
    yield ""
    yield "# Các đoạn của văn bản phải có nghĩa vụ dẫn tới."
    yield "clauses:"
    yield from (f"  - {_said(at)}" for at in dict.fromkeys(obligation.at for obligation in reading.obligations))


def _bases(reading: PaperReading) -> Iterator[str]:
    used: set[str] = set()
    for document in reading.documents:
        id_ = slug(f"{document.kind} {document.number or document.about}")[:70].strip("-")
        if id_ in used:
            continue
        used.add(id_)
        title = _said(f"{document.kind} {document.about}".strip() if document.number else document.about)
        note = _said(_issued(document))
        number = f"number: {_said(document.number)}, " if document.number else ""
        yield f"  - {{id: {id_}, {number}title: {title}, note: {note}}}"


def _issued(document: CitedDocument) -> str:
    day = f"ngày {short_date(document.issued_on)}" if document.issued_on else ""
    body = f"của {document.body}" if document.body else ""
    return " ".join(filter(None, (day, body, f"– dẫn tại {'; '.join(document.places)}")))


def _section(reading: PaperReading, section: str) -> str:
    title = dict(reading.headings).get(section, "")
    own = [obligation for obligation in reading.obligations if obligation.section == section]
    head = f"# {_comment(f'{section}. {title}' if title else section)}\n"
    return head + "".join("\n" + "\n".join(_obligation(obligation)) + "\n" for obligation in own)


def _obligation(obligation: DraftObligation) -> Iterator[str]:
    yield f"- id: {obligation.id}"
    yield f"  title: {_said(obligation.title)}"
    if _opens(obligation):
        yield "  kind: event"
    yield "  cites:"
    yield f"    - {{at: {_said(obligation.at)}, quote: {_said(obligation.quote)}}}"
    yield from _due(obligation)
    if obligation.periods:
        yield f"  periods: [{', '.join(map(_said, obligation.periods))}]"
    yield from _who(obligation)
    yield "  ladder: chung"


def _opens(obligation: DraftObligation) -> bool:
    """A due that waits for something to happen belongs to a case."""
    return bool(obligation.clock and (obligation.clock.sort == "event" or obligation.clock.on_event))


def _due(obligation: DraftObligation) -> Iterator[str]:
    clock = obligation.clock
    if clock is None:
        yield '  due: "?"                     # cần quyết định: văn bản không ghi hạn. Chưa biết thì ghi unset'
        return
    if _opens(obligation):
        yield f"  opens: phat-sinh-{obligation.id}"
        yield f"  event-title: {_said(clock.words)}"
    yield f"  due: {_said(clock.words)}" + (
        "          # hạn nằm ở văn bản khác: phải tìm rồi gắn" if clock.sort == "pointer" else ""
    )
    if clock.sort in ("ambiguous", "vague"):
        choices = clock.expected or "một cụm thời gian rõ ràng (như ngày làm việc cuối cùng của quý), hoặc unset"
        yield f"  # cần quyết định cách hiểu: {_comment(choices)}"
        yield "  # basis là proposed, hoặc decided kèm by, on, document"
        yield f'  reading: {{{_said(clock.key or clock.words.lower())}: "?", basis: "?"}}'


def _who(obligation: DraftObligation) -> Iterator[str]:
    if not obligation.by:
        yield '  each: ["?"]                  # cần quyết định: đơn vị hay vai trò nào, mã trong organisation.yaml'
        yield '  by: "?"                      # cần quyết định: ai làm'
        return
    yield f"  each: [{', '.join(obligation.each)}]   # văn bản ghi: {_comment(obligation.named)}"
    yield f"  by: {obligation.by}"
