"""Papers to read: made as a person makes them in Word, and spoiled as hostile ones are."""

import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

ROOT = Path(__file__).parents[2]
SCHOOL = ROOT / "definitions" / "papers_sample" / "truong-hoc.txt"
PLAN_2022 = ROOT.parent / "shared" / "domain" / "ke-hoach-qcdc-2022.txt"

# The paper's skeleton in our own words, for where the signed text itself is not at hand.
SMALL = """
Số: 12/KH-SM

Mẫu, ngày 18 tháng 02 năm 2022

KẾ HOẠCH Thực hiện quy chế năm 2022

Căn cứ Quyết định số 171/QĐ-KHCN ngày 31/12/2021 của Sở Mẫu ban hành Quy chế;

I. MỤC ĐÍCH

- Công khai, minh bạch.

II. NỘI DUNG

1. Tiếp dân

- Tiếp công dân vào thứ 5 của tuần cuối tháng.

- Thường xuyên rà soát văn bản.

III. TỔ CHỨC THỰC HIỆN

- Chi cục TĐC, Trung tâm KH&CN định kỳ 6 tháng, năm báo cáo trước ngày 05/6 và ngày 10/11 của năm.

- Giao Văn phòng Sở theo dõi, đôn đốc; gửi báo cáo đúng thời gian quy định. Cuối năm gửi kết quả trước ngày 10/12.

Trên đây là Kế hoạch./.

Nơi nhận:

- Các đơn vị;
- Lưu: VT.
"""


def docx_of(text: str, file: Path) -> Path:
    """A Word file with a paragraph for each line of a text."""
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(str(file))
    return file


def numbered_docx(file: Path) -> Path:
    """A Word file whose Roman, Arabic and dash marks are drawn by Word, with a tracked change and a letterhead."""
    document = Document()
    _letterhead(document)
    numbering = document.part.numbering_part.element
    for list_id, levels in {"71": ("upperRoman", "%1."), "72": ("decimal", "%1."), "73": ("bullet", "-")}.items():
        _add_list(numbering, list_id, *levels)
    document.add_paragraph("KẾ HOẠCH Thử danh sách tự động năm 2022")
    for list_id, text in (
        ("71", "MỤC ĐÍCH"), ("73", "Công khai."), ("71", "NỘI DUNG"), ("72", "Tiếp dân"),
        ("73", "Tiếp dân vào ngày 15 hằng tháng."), ("73", "Báo cáo trước ngày 05/6."),
    ):  # fmt: skip
        _in_list(document.add_paragraph(text), list_id)
    _track(document.paragraphs[-1], deleted=" và ngày 30/6", inserted=" của năm")
    table = document.add_table(rows=3, cols=4)
    rows = (
        ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian hoàn thành"),
        ("1", "Niêm yết dự toán", "Văn phòng Sở", "chậm nhất ngày 31/3"),
        ("2", "Kiểm tra nội bộ", "Thanh tra Sở", "ngày nào đó trong quý III"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(file))
    return file


def _letterhead(document) -> None:
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "SỞ MẪU\nSố: 15/KH-SM"
    table.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMẫu, ngày 18 tháng 02 năm 2022"


def _add_list(numbering, list_id: str, form: str, text: str) -> None:
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), list_id)
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), list_id)
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), list_id)
    number.append(link)
    numbering.append(number)


def _in_list(paragraph, list_id: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbered = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", "0"), ("w:numId", list_id)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        numbered.append(child)
    properties.append(numbered)


def _track(paragraph, deleted: str, inserted: str) -> None:
    for name, text_name, words in (("w:del", "w:delText", deleted), ("w:ins", "w:t", inserted)):
        change, run, text = OxmlElement(name), OxmlElement("w:r"), OxmlElement(text_name)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)


def spoiled(good: Path, file: Path, part: str, content: bytes) -> Path:
    """A copy of a .docx with one part replaced."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
        if part not in source.namelist():
            target.writestr(part, content)
    return file
