"""Công văn đôn đốc: whom it names, in which words and form, and how it is kept."""

import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from paper_samples import FIRST, MONDAY, SECOND, act, at, converted, hand_in, words

from dondoc.papers.fill import SHIPPED, TemplateProblem, fill
from dondoc.papers.write_templates import TEMPLATES
from dondoc.use_cases.keep_file import path_of, read_kept
from dondoc.use_cases.keep_papers import keep_draft, record_issued
from dondoc.use_cases.letterheads import template_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.urging_letter import PAPER, urging_letters


def test_one_letter_names_every_unit_that_has_not_handed_in(office: Office) -> None:
    (letter,) = urging_letters(office, FIRST, MONDAY)
    text = words(letter.content)
    assert letter.keys == (FIRST, SECOND)
    assert "- Chi cục Tiêu chuẩn Đo lường Chất lượng;\n- Trung tâm Khoa học và Công nghệ." in text
    assert "Đến 09 giờ 00 ngày 06/6/2022, Văn phòng Sở chưa nhận được kết quả của:" in text
    assert "trước 16 giờ 00 ngày 08/6/2022." in text  # two working days after Monday
    assert "V/v đôn đốc " in text and "lần" not in text
    assert text.rstrip().endswith("Trân trọng./.")


def test_who_handed_in_is_named_no_more(office: Office) -> None:
    hand_in(office, SECOND)
    (letter,) = urging_letters(office, FIRST, MONDAY)
    text = words(letter.content)
    assert letter.keys == (FIRST,) and "Trung tâm" not in text
    assert "Kính gửi: Chi cục Tiêu chuẩn Đo lường Chất lượng." in text
    assert "chưa nhận được kết quả của Chi cục Tiêu chuẩn Đo lường Chất lượng." in text


def test_when_all_have_handed_in_there_is_no_letter(office: Office) -> None:
    hand_in(office, FIRST)
    hand_in(office, SECOND)
    with pytest.raises(Refused, match="Không còn đơn vị"):
        urging_letters(office, FIRST, MONDAY)


def test_a_letter_each_names_one_unit_each(office: Office) -> None:
    letters = urging_letters(office, FIRST, MONDAY, each=True)
    assert [letter.keys for letter in letters] == [(FIRST,), (SECOND,)]
    assert len({letter.name for letter in letters}) == 2


def test_before_the_due_it_reminds_and_does_not_urge(office: Office) -> None:
    (letter,) = urging_letters(office, FIRST, at(2022, 6, 3, 9))
    assert "V/v nhắc " in words(letter.content)


def test_drafts_do_not_count_and_issued_letters_do(office: Office) -> None:
    (first,) = urging_letters(office, FIRST, MONDAY)
    for n in ("a", "b"):
        keep_draft(office, PAPER, first.name, first.content, first.keys, act(n), MONDAY)
    (again,) = urging_letters(office, FIRST, MONDAY)
    assert again.times == 1
    record_issued(office, FIRST, PAPER, "45/SKHCN-VP", date(2022, 6, 6), act("c"), MONDAY)
    (second,) = urging_letters(office, FIRST, MONDAY)
    text = words(second.content)
    assert second.times == 2 and "V/v đôn đốc (lần 2) " in text and "Đây là lần 2" in text


def test_a_draft_is_kept_with_every_occurrence_it_is_about_once(office: Office) -> None:
    (letter,) = urging_letters(office, FIRST, MONDAY)
    for _twice in range(2):
        keep_draft(office, PAPER, letter.name, letter.content, letter.keys, act("once"), MONDAY)
    for key in (FIRST, SECOND):
        with office.register.reading() as book:
            (drafted,) = [fact for fact in book.facts([key])[key] if fact.kind == "drafted"]
        (named,) = drafted.payload["files"]
        assert path_of(office.data, read_kept(named).sha256).read_bytes() == letter.content


def test_a_number_without_a_draft_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="chưa có dự thảo"):
        record_issued(office, FIRST, PAPER, "45/SKHCN-VP", date(2022, 6, 6), act(), MONDAY)


def test_the_form_is_the_decrees(office: Office) -> None:
    (letter,) = urging_letters(office, FIRST, MONDAY)
    paper = Document(io.BytesIO(letter.content))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert {round(section.top_margin.mm), round(section.bottom_margin.mm)} <= set(range(20, 26))
    assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20
    assert paper.styles["Normal"].font.name == "Times New Roman"
    assert 13 <= paper.styles["Normal"].font.size.pt <= 14
    head = paper.tables[0]
    assert head.cell(0, 1).paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert (
        head.cell(0, 0).paragraphs[1].text == "SỞ KHOA HỌC VÀ CÔNG NGHỆ" and head.cell(0, 0).paragraphs[1].runs[0].bold
    )
    assert "/SKHCN-VP" in head.cell(1, 0).paragraphs[0].text
    assert section.different_first_page_header_footer and "PAGE" in section.header.paragraphs[0]._p.xml


def test_libreoffice_draws_it_on_one_page(office: Office, tmp_path: Path, need_tool: Callable[..., str]) -> None:
    (letter,) = urging_letters(office, FIRST, MONDAY)
    file = tmp_path / letter.name
    file.write_bytes(letter.content)
    page = converted(need_tool("soffice"), file, "pdf")
    text = subprocess.run([need_tool("pdftotext"), "-layout", str(page), "-"], capture_output=True, check=True)
    assert text.stdout.decode().count("\f") == 1
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text.stdout.decode()


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_that_ship_are_what_the_script_writes(name: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.docx"
    TEMPLATES[name]().save(str(fresh))
    assert words(fresh.read_bytes()) == words((SHIPPED / f"{name}.docx").read_bytes())


def _template(folder: Path, *lines: str) -> Path:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(str(folder / "mau.docx"))
    return folder / "mau.docx"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Số: {{ nothing }}", "nothing"),
        ("{{ number", "viết sai"),
        ("{{ number.__class__.__mro__ }}", "không được phép"),
        ("{{ ().__class__.__base__.__subclasses__() }}", "không được phép"),
        ("{% for x in range(10**9) %}{% endfor %}", "không"),
    ],
)
def test_a_bad_template_is_refused_with_what_is_wrong(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(TemplateProblem, match=said):
        fill(_template(tmp_path, "Kính gửi", line), {"number": "5"})


def test_what_is_no_word_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "mau.docx").write_bytes(b"not a docx")
    with pytest.raises(TemplateProblem, match="không đọc được"):
        fill(tmp_path / "mau.docx", {})


def test_values_are_words_and_never_tags(tmp_path: Path) -> None:
    filled = fill(_template(tmp_path, "Số: {{ number }}"), {"number": "<w:p/> & {{ 7*7 }}"})
    assert words(filled) == "Số: <w:p/> & {{ 7*7 }}"


def test_an_offices_own_template_comes_first(office: Office, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    own = _template(tmp_path / "papers", "Của cơ quan").rename(tmp_path / "papers" / f"{PAPER}.docx")
    assert template_of(office._replace(definitions=(tmp_path, *office.definitions)), PAPER) == own
