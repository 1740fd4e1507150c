"""The form of an administrative paper: page, head, number and day, signature and copies.

Nghị định 30/2020/NĐ-CP, Phụ lục I (from 05/3/2020): A4; margins 20-25 mm above and below, 30-35 left, 15-20 right;
Times New Roman, 13-14 for the body.
"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, HEAD, SMALL = 14, 13, 11  # points
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def new_paper() -> Paper:
    """An empty A4 page with the decree's margins and type, its pages numbered from the second on."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    _number_pages(section.header.paragraphs[0])
    return paper


def head(paper: Paper, number: str, subject: str = "") -> None:
    """Agency at the left, nation and motto at the right; below them the number, and the place with the day.

    `subject` is a letter's own matter (V/v …), under its number.
    """
    table = paper.add_table(2, 2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _widths(table, 65, 100)
    left, right = table.rows[0].cells
    line(left, "{{ letterhead.parent|upper }}", HEAD)
    line(left, "{{ letterhead.agency|upper }}", HEAD, bold=True)
    rule(left, 22)
    line(right, NATION, HEAD, bold=True)
    line(right, MOTTO, BODY, bold=True)
    rule(right, 19)
    left, right = table.rows[1].cells
    line(left, number, HEAD)
    if subject:
        line(left, subject, 12)
    line(right, "{{ place_and_day }}", BODY, italic=True)


def title(paper: Paper, kind: str, abstract: str) -> None:
    """BÁO CÁO over what it is about, with a short rule."""
    centred(paper, kind, bold=True, before=12)
    centred(paper, abstract, bold=True)
    rule(paper, 60)


def body(paper: Paper, text: str, **more: Any) -> Paragraph:
    """One justified paragraph, its first line indented."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.line_spacing = Mm(12.7), Pt(6), 1.15
    _run(paragraph, text, BODY, **more)
    return paragraph


def centred(paper: Paper, text: str, *, bold: bool = False, before: int = 0) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    _run(paragraph, text, BODY, bold=bold)
    return paragraph


def control(paper: Paper, tag: str) -> None:
    """A line that only a template engine reads: `{%p for … %}`."""
    paper.add_paragraph(tag)


def foot(paper: Paper, copies: Sequence[str]) -> None:
    """Copies at the left; capacity, title, room for the hand and the signer's name at the right."""
    table = paper.add_table(1, 2)
    table.autofit = False
    _widths(table, 80, 85)
    left, right = table.rows[0].cells
    line(left, "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
    for copy in copies:
        line(left, copy, SMALL, align=ALIGN.LEFT)
    line(right, "{{ signature.capacity }}", BODY, bold=True)
    line(right, "{{ signature.title }}", BODY, bold=True)
    for _space in range(4):
        line(right, "", BODY)
    line(right, "{{ signer }}", BODY, bold=True)


def line(
    cell: Cell, text: str, size: int, *, bold: bool = False, italic: bool = False, align: ALIGN = ALIGN.CENTER
) -> None:
    """One line of a cell; the first takes the paragraph that every cell is born with."""
    first = cell.paragraphs[0]
    fresh = first if not first.runs and len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()
    fresh.alignment = align
    _run(fresh, text, size, bold=bold, italic=italic)


def rule(place: Paper | Cell, indent: int) -> None:
    """A drawn line, `indent` millimetres in from either side."""
    paragraph = place.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_after = Pt(4)
    paragraph.add_run().font.size = Pt(2)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)


def _widths(table: Table, *millimetres: int) -> None:
    """Of the grid and of every cell: Word reads one, LibreOffice the other."""
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _run(paragraph: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
