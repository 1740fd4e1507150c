"""The lines of a paper as its parts, headings and clauses, each clause with the label by which offices cite it.

The labels are those of definitions/paper.py ("II.1, gạch đầu dòng 2, dấu cộng 1"), so that `dondoc check --paper`
finds every quotation of a draft again.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from definitions.read_paper_lines import Line

_PART = re.compile(r"(?:(?:PHẦN|Phần|CHƯƠNG|Chương)\s+)?([IVX]{1,6})\s*[.:)–-]\s*(\S.*)\Z")
_LETTERED = re.compile(r"([A-H])\.\s+(\S.*)\Z")
_ARTICLE = re.compile(r"Điều\s+(\d{1,3})\s*[.:]\s*(\S.*)\Z")
_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)]?\s+(\S.*)\Z")
_MARKED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]|\d{1,2}(?:\.\d{1,2})+\s")
_DASH = re.compile(r"[-–—−•●▪*·][\s.]*(?=\S)(.*)\Z")
_PLUS = re.compile(r"[+○◦]\s*(\S.*)\Z")
_POINT = re.compile(r"([a-zđ])\s*[).]\s+(\S.*)\Z")
_RECIPIENTS = re.compile(r"Nơi (gửi|nhận)\s*:?\s*(.*)\Z", re.IGNORECASE)
_END = re.compile(r"(Trên đây là|(KT|TM|TL|TUQ|Q)\. ?[A-ZĐ])", re.UNICODE)
# Parts that say why and by what right, not who does what: their bullets are read but become no obligation.
_NO_DUTIES = re.compile(r"mục đích|mục tiêu|yêu cầu|quan điểm|căn cứ|đánh giá chung|kết quả đạt được", re.IGNORECASE)
RECIPIENTS = "Nơi nhận"
HEADING = ", tiêu đề"


class PaperClause(NamedTuple):
    """One paragraph of a part: a bullet, a heading that is itself a duty, or a paragraph without a mark."""

    label: str
    text: str
    line: int
    section: str  # "II.1"
    duty: bool  # False in a part of purposes and requirements
    cells: tuple[str, ...] = ()  # of a table's row, under the names of `columns`
    columns: tuple[str, ...] = ()


class Outline(NamedTuple):
    head: tuple[Line, ...]  # what stands before the first part: number, day, title, legal bases
    headings: tuple[tuple[str, str], ...]  # section, its title
    clauses: tuple[PaperClause, ...]
    recipients: tuple[str, ...]


def outline(lines: Sequence[Line]) -> Outline:
    """The parts of a paper. Without Roman parts its numbered headings are the parts; without those it is one part."""
    reader = _Reader(has_parts=any(_PART.match(line.text) for line in lines))
    for line in lines:
        reader.take(line)
    return reader.done()


class _Reader:
    def __init__(self, has_parts: bool) -> None:
        self.has_parts = has_parts
        self.head: list[Line] = []
        self.headings: list[tuple[str, str]] = []
        self.clauses: list[PaperClause] = []
        self.recipients: list[str] = []
        self.part = self.heading = ""
        self.open = self.ended = self.receiving = False
        self.duty = self.part_duty = True
        self.dashes = self.pluses = self.paragraphs = self.table = self.rows = 0
        self.letter = ""
        self.columns: tuple[str, ...] = ()

    def done(self) -> Outline:
        return Outline(tuple(self.head), tuple(self.headings), tuple(self._leaves()), tuple(self.recipients))

    def _leaves(self) -> Iterator[PaperClause]:
        """A heading stands for itself where nothing stands under it, or where it is a sentence of duties."""
        over = {clause.section for clause in self.clauses if not clause.label.endswith(HEADING)}
        over |= {_above(clause.section) for clause in self.clauses}
        for clause in self.clauses:
            if not clause.label.endswith(HEADING) or clause.section in over:
                if not clause.label.endswith(HEADING) or clause.text.rstrip().endswith("."):
                    yield clause
            else:
                yield clause._replace(section=_above(clause.section) or clause.section)

    def take(self, line: Line) -> None:
        text = line.text
        if found := _RECIPIENTS.match(text):
            self.receiving, self.open = True, False
            self.recipients += [found[2].strip(" ;.")] if found[2].strip(" ;.") else []
        elif line.cells:
            self._row(line)
        elif found := _PART.match(text):
            self._part(found[1], found[2])
        elif self.receiving:
            self._recipient(text)
        elif _END.match(text):
            self.open, self.ended = False, True
        elif not self._numbered(line) and not self.open and not self.ended:
            self.head.append(line)

    def _numbered(self, line: Line) -> bool:
        """A heading, a bullet, a point or a paragraph of an open part; True where the line was used."""
        if self.ended:
            return False
        text = line.text
        if (found := _ARTICLE.match(text)) and not self.has_parts:
            self._part(f"Điều {found[1]}", found[2])
            self._clause(f"{self.part}{HEADING}", found[2], line)
        elif (found := _HEADING.match(text)) and _MARKED.match(text) and (self.open or not self.has_parts):
            self._heading(found[1], found[2], line)
        elif self.has_parts and not self.open:
            return False
        elif found := _DASH.match(text):
            self._bullet(found[1], line)
        elif found := _PLUS.match(text):
            self.pluses += 1
            self._clause(f"{self._at()}, gạch đầu dòng {self.dashes}, dấu cộng {self.pluses}", found[1], line)
        elif self.open and (found := _POINT.match(text)):
            self.letter, self.dashes = found[1], 0
            self._clause(f"{self._section()}, điểm {found[1]}", found[2], line)
        elif not self.open:
            return False
        else:
            self._paragraph(line)
        return True

    def _bullet(self, text: str, line: Line) -> None:
        self.open = True
        self.dashes, self.pluses = self.dashes + 1, 0
        self._clause(f"{self._at()}, gạch đầu dòng {self.dashes}", text, line)

    def _section(self) -> str:
        return f"{self.part}{'.' if self.part and self.heading else ''}{self.heading}"

    def _at(self) -> str:
        section = self._section() or "Văn bản"
        return f"{section}, điểm {self.letter}" if self.letter else section

    def _part(self, number: str, title: str) -> None:
        self.part, self.heading, self.open, self.receiving, self.ended = number, "", True, False, False
        self.part_duty = self.duty = not _NO_DUTIES.search(title)
        self._fresh()
        self.headings.append((number, title))

    def _heading(self, number: str, title: str, line: Line) -> None:
        self.heading, self.open = number, True
        self._fresh()
        # Under "Mục đích, yêu cầu" nothing is a duty; under a part of duties a heading may still be "Yêu cầu".
        self.duty = self.part_duty and not (_NO_DUTIES.match(title) and len(title) < 60)
        self.headings.append((self._section(), title))
        self._clause(f"{self._section()}{HEADING}", title, line)

    def _fresh(self) -> None:
        self.dashes = self.pluses = self.paragraphs = 0
        self.letter = ""

    def _clause(self, label: str, text: str, line: Line) -> None:
        self.clauses.append(PaperClause(label, text, line.number, self._section(), self.duty))

    def _paragraph(self, line: Line) -> None:
        """A line that hangs on the one above it, or a paragraph without a mark."""
        last = self.clauses[-1] if self.clauses else None
        if last and not line.apart and self._hangs_on(last, line):
            self.clauses[-1] = last._replace(text=f"{last.text} {line.text}")
        else:
            self.paragraphs += 1
            self._clause(f"{self._section() or 'Văn bản'}, đoạn {self.paragraphs}", line.text, line)

    def _hangs_on(self, last: PaperClause, line: Line) -> bool:
        """A sentence broken by a narrow page goes on in the next line; a heading only where that begins small."""
        if last.section != self._section() or line.text[0].islower():
            return last.section == self._section()
        return not last.label.endswith(HEADING) and last.text[-1] not in ".;:!?"

    def _recipient(self, text: str) -> None:
        found = _DASH.match(text)
        if found:
            self.recipients.append(found[1].strip(" ;."))
        else:
            self.ended = True

    def _row(self, line: Line) -> None:
        """A row of a table of assignments; of a letterhead or a signature only the words."""
        if line.table != self.table:
            self.table, self.rows, self.columns = line.table, 0, _columns(line.cells)
            if self.columns:
                return
        if not self.columns:
            self._words_of(line)
            return
        self.rows += 1
        text = " – ".join(cell for cell in line.cells if cell and not cell.strip(" .").isdigit())
        label = f"Bảng {line.table}, dòng {self.rows}"
        self.clauses.append(PaperClause(label, text, line.number, f"Bảng {line.table}", True, line.cells, self.columns))

    def _words_of(self, line: Line) -> None:
        for cell in line.cells:
            if found := _RECIPIENTS.search(cell):
                self.recipients += [part.strip(" ;.") for part in re.split(r"\s-\s|;", found[2]) if part.strip(" ;.-")]
            elif cell and not self.open and not self.ended:
                self.head.append(Line(line.number, cell, True))


def _above(section: str) -> str:
    return section.rpartition(".")[0]


_NAMES = {
    "task": re.compile(r"nội dung|nhiệm vụ|công việc", re.IGNORECASE),
    "time": re.compile(r"thời (gian|hạn)|tiến độ|hoàn thành", re.IGNORECASE),
    "lead": re.compile(r"chủ trì|thực hiện|phụ trách|chịu trách nhiệm", re.IGNORECASE),
    "with": re.compile(r"phối hợp", re.IGNORECASE),
    "proof": re.compile(r"sản phẩm|kết quả|minh chứng", re.IGNORECASE),
}


def _columns(cells: tuple[str, ...]) -> tuple[str, ...]:
    """What each column of a table of assignments holds; () for any other table."""
    order = ("time", "with", "proof", "task", "lead")
    names = tuple(next((name for name in order if len(cell) < 60 and _NAMES[name].search(cell)), "") for cell in cells)
    return names if "task" in names and "time" in names else ()
