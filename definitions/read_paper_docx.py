"""The paragraphs and table rows of a .docx, with the numbers and dashes that Word draws by itself. Bounded input."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from definitions.read_paper_lines import Line, neat, refused
from dondoc.words import _

MAX_PARTS = 2_000
MAX_UNPACKED = 80_000_000
MAX_DEPTH = 40  # of tables and frames inside one another

_BROKEN = _("tệp .docx hỏng hoặc không phải .docx")
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:rPr"), qn("w:pPr")}
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def docx_lines(file: Path) -> Iterator[Line]:
    """Each paragraph and each table row in the paper's order; deleted text of a tracked change is left out.

    Raises DefinitionError for a file that is no .docx, is broken, locked or unpacks to too much.
    """
    _check_zip(file)
    try:
        document = Document(str(file))
        yield from _Reader(document).lines()
    # A hostile file fails in as many ways as zip, XML and python-docx have; each is the file's fault, none is ours.
    except (RecursionError, MemoryError, OSError) as error:
        raise refused(file, f"{_BROKEN} ({type(error).__name__})", _("một tệp .docx mở được bằng Word")) from None
    except Exception as error:
        raise refused(file, f"{_BROKEN} ({type(error).__name__})", _("một tệp .docx mở được bằng Word")) from None


def _check_zip(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise refused(
                    file, _("tệp có mật khẩu"), _("một tệp .docx không mật khẩu"), _("Bỏ mật khẩu rồi lưu lại.")
                )
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise refused(
                    file,
                    _("tệp bung ra quá lớn"),
                    _("không quá {unpacked} MB khi bung").format(unpacked=MAX_UNPACKED // 1000000),
                )
            if "[Content_Types].xml" not in names:
                raise refused(file, _BROKEN, _("một tệp .docx mở được bằng Word"))
            _refuse_doctype(file, archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise refused(file, f"{_BROKEN} ({type(error).__name__})", _("một tệp .docx mở được bằng Word")) from None


def _refuse_doctype(file: Path, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Word writes no DOCTYPE; who does wants entities expanded or files read."""
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            start = stream.read(4096).replace(b"\0", b"")
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise refused(
                file, _("{filename} có khai báo DOCTYPE").format(filename=part.filename), _("một tệp .docx do Word lưu")
            )


class _Reader:
    """Walks the body; counts the automatic numbers on the way."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = _Numbering(document)
        self.number = self.tables = 0

    def lines(self) -> Iterator[Line]:
        yield from self._walk(self.document.element.body, 0)

    def _walk(self, element: Any, depth: int) -> Iterator[Line]:
        if depth > MAX_DEPTH:
            return
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self.tables += 1
                yield from self._table(child, self.tables)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self._walk(child, depth + 1)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        self.number += 1
        mark = self.numbering.mark(element)
        for i, piece in enumerate(_text(element).split("\n")):
            words = neat(piece)
            if words:
                yield Line(self.number, f"{mark} {words}" if mark and not i else words, True)

    def _table(self, table: Any, index: int) -> Iterator[Line]:
        for row in table.iter(qn("w:tr")):
            self.number += 1
            cells = tuple(_cell(cell) for cell in row.iterchildren(qn("w:tc")))
            if text := neat(" ".join(cells)):
                yield Line(self.number, text, True, cells, index)


def _cell(cell: Any) -> str:
    return neat(" ".join(_text(paragraph) for paragraph in cell.iter(qn("w:p"))))


def _text(paragraph: Any) -> str:
    """What a reader sees: inserted text too, deleted text not; a line break is a new line."""
    pieces: list[str] = []
    stack = [iter(paragraph.iterchildren())]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
            pieces.append("-" if child.tag == qn("w:noBreakHyphen") else " ")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif child.tag not in _SKIPPED:
            stack.append(iter(child.iterchildren()))
    return "".join(pieces)


class _Numbering:
    """The marks Word draws in front of a list's paragraphs: "1.", "II.", "a)", a dash."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level) → format, text, start
        self.counts: dict[tuple[str, int], int] = {}
        self.styles = self._of_styles(document)
        part = next((p for p in document.part.package.iter_parts() if str(p.partname).endswith("/numbering.xml")), None)
        root = getattr(part, "element", None)
        if root is not None:
            self._read(root)

    def _of_styles(self, document: Any) -> dict[str, Any]:
        return {style.get(qn("w:styleId")): style for style in document.styles.element.iterchildren(qn("w:style"))}

    def _read(self, root: Any) -> None:
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.iterchildren(qn("w:abstractNum"))}
        for number in root.iterchildren(qn("w:num")):
            of = _value(number, "w:abstractNumId")
            for level in abstract[of].iterchildren(qn("w:lvl")) if of in abstract else ():
                key = (number.get(qn("w:numId")), int(level.get(qn("w:ilvl")) or 0))
                start = _value(level, "w:start")
                shape = (_value(level, "w:numFmt"), _value(level, "w:lvlText"), int(start) if start.isdigit() else 1)
                self.levels[key] = shape

    def mark(self, paragraph: Any) -> str:
        """The mark of a paragraph, "" where it is in no list; counts it."""
        list_id, level = self._place(paragraph)
        shape = self.levels.get((list_id, level))
        if shape is None:
            return ""
        form, text, start = shape
        if form in ("bullet", "none", ""):
            return "" if form == "none" else "+" if text.strip() == "+" or level else "-"
        self.counts[list_id, level] = self.counts.get((list_id, level), start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == list_id and key[1] > level]:
            del self.counts[deeper]
        return re.sub(r"%([1-9])", lambda match: self._counted(list_id, int(match[1]) - 1), text)

    def _counted(self, list_id: str, level: int) -> str:
        form, _text, start = self.levels.get((list_id, level), ("decimal", "", 1))
        number = self.counts.get((list_id, level), start)
        if form == "upperRoman":
            return _roman(number)
        if form == "lowerLetter":
            return chr(ord("a") + (number - 1) % 26)
        return chr(ord("A") + (number - 1) % 26) if form == "upperLetter" else str(number)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        properties = paragraph.find(qn("w:pPr"))
        for _hop in range(10):  # a style may rest on another, and a hostile one on itself
            if properties is None:
                break
            numbered = properties.find(qn("w:numPr"))
            if numbered is not None:
                level = _value(numbered, "w:ilvl")
                return _value(numbered, "w:numId"), int(level) if level.isdigit() else 0
            style = self.styles.get(_value(properties, "w:pStyle") or "")
            properties = style.find(qn("w:pPr")) if style is not None else None
        return "", 0


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val")) or ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * min(number // value, 30)
        number %= value
    return text
