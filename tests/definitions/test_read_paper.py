"""A paper becomes a draft: what it says is found, what it does not say is left open, and nothing is invented."""

import re
import unicodedata
from pathlib import Path

import pytest
from read_paper_samples import PLAN_2022, SCHOOL, SMALL, docx_of, numbered_docx

from definitions.calendar import working_calendar
from definitions.load_plan import load_plan, section_files
from definitions.organisation import load_organisation
from definitions.paper import check_paper, parse_paper
from definitions.problem import DefinitionError
from definitions.read_paper import PaperReading, read_paper
from definitions.read_paper_draft import write_draft
from definitions.read_paper_lines import read_lines
from definitions.read_paper_outline import outline
from dondoc.core.plan import Plan

ROOT = Path(__file__).parents[2]
OFFICE = load_organisation(ROOT / "definitions").directory
NOT_HERE = not PLAN_2022.is_file()


def read(text: str, tmp_path: Path, name: str = "ke-hoach.txt") -> PaperReading:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_paper(file, OFFICE)


def words(reading: PaperReading, *sorts: str) -> list[tuple[str, str]]:
    return [(obligation.at, word.words) for obligation, word in reading.found(*sorts)]


def decided(folder: Path) -> Path:
    """Fill in every decision a draft asks for, as a person would; the dates of the paper are left as they are."""
    for file in [*section_files(folder), folder / "plan.yaml"]:
        text = file.read_text(encoding="utf-8")
        text = re.sub(r'\{"last-week": "\?", basis: "\?"\}', "{last-week: last-thursday, basis: proposed}", text)
        text = re.sub(r'(reading: \{"[^"]+"): "\?", basis: "\?"\}', r"\1: unset, basis: proposed}", text)
        text = text.replace('due: "?"', "due: unset").replace('each: ["?"]', "each: [van-phong]")
        text = text.replace('by: "?"', "by: van-phong").replace('office: "?"', "office: van-phong")
        assert '"?"' not in text, text
        file.write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path) -> Plan:
    return load_plan(folder, working_calendar(2021, 2027, ROOT / "definitions" / "calendar" / "vn.yaml"), OFFICE)


def test_dates_pointers_and_ambiguous_words_are_told_apart(tmp_path):
    reading = read(SMALL, tmp_path)
    assert words(reading, "dated") == [
        ("III, gạch đầu dòng 1", "trước ngày 05/6 và ngày 10/11"),
        ("III, gạch đầu dòng 2", "trước ngày 10/12"),
    ]
    assert words(reading, "ambiguous") == [("II.1, gạch đầu dòng 1", "vào thứ 5 của tuần cuối tháng")]
    assert words(reading, "pointer") == [("III, gạch đầu dòng 2", "đúng thời gian quy định")]
    assert {word for _at, word in words(reading, "vague")} == {"Thường xuyên", "định kỳ", "Cuối năm"}


def test_the_day_of_a_cited_document_is_no_due(tmp_path):
    reading = read("II. VIỆC\n\n- Thực hiện Quyết định số 171/QĐ-KHCN ngày 31/12/2021 của Sở Mẫu.\n", tmp_path)
    assert words(reading, "dated", "unknown") == []
    (document,) = reading.documents
    assert (document.kind, document.number, str(document.issued_on), document.body) == (
        "Quyết định", "171/QĐ-KHCN", "2021-12-31", "Sở Mẫu",
    )  # fmt: skip


def test_a_bullet_with_several_dues_becomes_several_obligations_with_quotes_of_their_own(tmp_path):
    own = [o for o in read(SMALL, tmp_path).obligations if o.at == "III, gạch đầu dòng 2"]
    assert [o.quote for o in own] == [
        "Giao Văn phòng Sở theo dõi, đôn đốc",
        "gửi báo cáo đúng thời gian quy định",
        "Cuối năm gửi kết quả trước ngày 10/12",
    ]
    assert [o.by for o in own] == ["unit.focal"] * 3, "who is named at the start does the rest of the sentence too"


def test_units_named_at_the_start_of_a_sentence_are_who_does_it(tmp_path):
    report = next(o for o in read(SMALL, tmp_path).obligations if "báo cáo trước" in o.quote)
    assert report.each == ("chi-cuc-tdc", "trung-tam-khcn")
    assert report.periods == ("6 tháng", "năm")
    assert report.decisions == ()


def test_purposes_are_read_but_become_no_obligation_unless_they_name_a_date(tmp_path):
    reading = read(SMALL, tmp_path)
    assert [goal.label for goal in reading.goals] == ["I, gạch đầu dòng 1"]
    dated = read(SMALL.replace("- Công khai, minh bạch.", "- Công khai xong trước ngày 31/3."), tmp_path)
    assert dated.goals == ()
    assert dated.obligations[0].at == "I, gạch đầu dòng 1"


def test_what_looks_like_a_time_and_is_not_understood_is_said_and_lowers_the_coverage(tmp_path):
    reading = read("II. VIỆC\n\n- Họp trước ngày 05/6.\n- Hoàn thành vào khoảng tháng 13 con trăng 32/13.\n", tmp_path)
    assert words(reading, "unknown")
    coverage = reading.coverage
    assert (coverage.clauses, coverage.of_clauses) == (2, 2)
    assert coverage.times == 1 < coverage.of_times


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  \t ").replace("- ", "–  "),
        lambda text: text.replace("á", "á\u200b"),
    ],
    ids=["decomposed", "crlf", "no-break spaces", "odd spaces", "invisible characters"],
)
def test_the_form_of_letters_and_spaces_does_not_count(tmp_path, spoil):
    plain, odd = read(SMALL, tmp_path), read(spoil(SMALL), tmp_path)
    assert [(o.id, o.at, o.quote, o.decisions) for o in odd.obligations] == [
        (o.id, o.at, o.quote, o.decisions) for o in plain.obligations
    ]


def test_a_word_file_and_its_text_are_read_alike(tmp_path):
    by_text, by_word = read(SMALL, tmp_path), read_paper(docx_of(SMALL, tmp_path / "a.docx"), OFFICE)
    assert [o._replace(line=0) for o in by_word.obligations] == [o._replace(line=0) for o in by_text.obligations]
    assert by_word.issued_on == by_text.issued_on is not None


def test_marks_that_word_draws_tables_letterheads_and_tracked_changes_are_read(tmp_path):
    reading = read_paper(numbered_docx(tmp_path / "a.docx"), OFFICE)
    assert (reading.number, str(reading.issued_on), reading.year) == ("15/KH-SM", "2022-02-18", 2022)
    assert [goal.label for goal in reading.goals] == ["I, gạch đầu dòng 1"]
    assert [(o.at, o.clock.words if o.clock else "", o.each) for o in reading.obligations] == [
        ("II.1, gạch đầu dòng 1", "vào ngày 15 hằng tháng", ()),
        ("II.1, gạch đầu dòng 2", "trước ngày 05/6", ()),
        ("Bảng 2, dòng 1", "chậm nhất ngày 31/3", ("van-phong",)),
        ("Bảng 2, dòng 2", reading.obligations[3].clock.words if reading.obligations[3].clock else "", ("thanh-tra",)),
    ]
    assert "30/6" not in " ".join(o.quote for o in reading.obligations)


def test_a_draft_does_not_load_until_its_decisions_are_made_and_then_does(tmp_path):
    write_draft(read(SMALL, tmp_path), tmp_path / "nhap")
    with pytest.raises(DefinitionError) as refused:
        loaded(tmp_path / "nhap")
    assert {problem.path.rpartition(".")[2] for problem in refused.value.problems} >= {"due", "by"}
    plan = loaded(decided(tmp_path / "nhap"))
    assert plan.year == 2022
    assert check_paper(plan, (tmp_path / "nhap" / "van-ban.txt").read_text(encoding="utf-8")).ok


def test_nothing_is_invented_every_date_of_a_draft_is_the_papers_own(tmp_path):
    reading = read(SMALL, tmp_path)
    write_draft(reading, tmp_path / "nhap")
    for file in section_files(tmp_path / "nhap"):
        for due in re.findall(r'^  due: "(.*)"', file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            assert due == "?" or due in SMALL


def test_an_existing_folder_is_refused_and_left_alone(tmp_path):
    (tmp_path / "nhap").mkdir()
    with pytest.raises(DefinitionError, match="đã có"):
        write_draft(read(SMALL, tmp_path), tmp_path / "nhap")
    assert list((tmp_path / "nhap").iterdir()) == []


def test_a_draft_that_fails_on_the_way_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("definitions.read_paper_draft.read_yaml", lambda file: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_draft(read(SMALL, tmp_path), tmp_path / "nhap")
    assert [path.name for path in tmp_path.iterdir()] == ["ke-hoach.txt"]


def test_the_schools_paper_of_our_own_is_read_loaded_and_checked(tmp_path):
    reading = read_paper(SCHOOL, OFFICE)
    assert reading.coverage.clauses == reading.coverage.of_clauses == 8
    assert reading.coverage.times == reading.coverage.of_times == 7
    assert [d.number for d in reading.documents] == ["10/2022/QH15", "09/2024/TT-BGDĐT"]
    write_draft(reading, tmp_path / "nhap")
    assert len(loaded(decided(tmp_path / "nhap")).obligations) > 10


@pytest.mark.skipif(NOT_HERE, reason="the 2022 paper is not beside this checkout")
class TestThePlanOf2022:
    @pytest.fixture(params=["txt", "docx", "nfd"])
    def reading(self, request: pytest.FixtureRequest, tmp_path: Path) -> PaperReading:
        text = PLAN_2022.read_text(encoding="utf-8")
        if request.param == "docx":
            return read_paper(docx_of(text, tmp_path / "ke-hoach.docx"), OFFICE)
        return read(unicodedata.normalize("NFD", text) if request.param == "nfd" else text, tmp_path)

    def test_all_dated_obligations_are_found(self, reading: PaperReading) -> None:
        assert words(reading, "dated", "ambiguous") == [
            ("II.3, gạch đầu dòng 3", "vào ngày thứ 5 của tuần cuối tháng"),
            ("III, gạch đầu dòng 4", "trước ngày 05/6 và ngày 10/11"),
            ("III, gạch đầu dòng 5", "trước ngày 10/12"),
        ]

    def test_all_three_pointers_to_another_document_are_flagged(self, reading: PaperReading) -> None:
        at = ["II.4, tiêu đề", "III, gạch đầu dòng 1", "III, gạch đầu dòng 5"]
        assert words(reading, "pointer") == [(label, "đúng thời gian quy định") for label in at]

    def test_every_paragraph_becomes_an_obligation_and_every_time_is_understood(self, reading: PaperReading) -> None:
        coverage = reading.coverage
        assert (coverage.clauses, coverage.of_clauses) == (26, 26)
        assert (coverage.times, coverage.of_times) == (6, 6)

    def test_eleven_documents_and_the_day_and_year_are_found(self, reading: PaperReading) -> None:
        assert len(reading.documents) == 11
        assert all(document.issued_on and document.body for document in reading.documents)
        assert (str(reading.issued_on), reading.year, reading.office) == ("2022-02-18", 2022, "van-phong")

    def test_the_draft_loads_once_decided_and_its_quotes_stand_in_the_paper(self, reading, tmp_path: Path) -> None:
        write_draft(reading, tmp_path / "nhap")
        plan = loaded(decided(tmp_path / "nhap"))
        report = check_paper(plan, PLAN_2022.read_text(encoding="utf-8"))
        assert report.ok, (report.misquotes, report.unknown_places, report.uncited)

    def test_the_labels_are_those_of_the_paper_check(self) -> None:
        clauses = [clause.label for clause in outline(read_lines(PLAN_2022)).clauses if clause.duty]
        assert clauses == [clause.label for clause in parse_paper(PLAN_2022.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("sentence", "sorts", "phrase"),
    [
        ("Kết quả quý I báo cáo chậm nhất ngày 05/4", ["dated"], "chậm nhất ngày 05/4"),
        ("Tổ chức đối thoại ít nhất hai lần trong năm", ["dated"], "ít nhất hai lần trong năm"),
        ("Tiếp công dân vào thứ Sáu của tuần lễ cuối tháng", ["ambiguous"], "vào thứ Sáu của tuần lễ cuối tháng"),
        ("Số liệu lấy từ ngày 15 nào đó đến ngày 14 của tháng", [], ""),
        (
            "Gửi trước ngày 28 hằng tháng; riêng tháng 12 gửi trước ngày 31/12",
            ["dated"],
            "trước ngày 28 hằng tháng; riêng",
        ),
    ],
)
def test_a_phrase_is_taken_whole_or_not_at_all(tmp_path, sentence, sorts, phrase):
    reading = read(f"II. VIỆC\n\n- {sentence}.\n", tmp_path)
    found = reading.found("dated", "ambiguous")
    assert [word.sort for _o, word in found] == sorts
    assert all(word.words.startswith(phrase) for _o, word in found)


def test_a_line_broken_by_a_narrow_page_goes_on_and_a_new_part_begins_anew(tmp_path):
    text = "II. VIỆC\n- Báo cáo kết quả\ntrước ngày 05/6.\nIII. TỔ CHỨC\nVăn phòng theo dõi trước ngày 10/12.\n"
    reading = read(text, tmp_path)
    assert [(o.at, o.quote) for o in reading.obligations] == [
        ("II, gạch đầu dòng 1", "Báo cáo kết quả trước ngày 05/6"),
        ("III, đoạn 1", "Văn phòng theo dõi trước ngày 10/12"),
    ]
