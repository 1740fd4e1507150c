import unicodedata

from definitions.paper import check_paper, missing_piece, parse_paper
from definitions.paper_problems import paper_problems

PAPER = """
I. MỤC ĐÍCH

- Không phải nhiệm vụ.

II. NỘI DUNG

1. Công tác chỉ đạo

- Chi uỷ thường xuyên **quan tâm** chỉ đạo.

2. Tuyên truyền

- Nâng cao nhận thức, trọng tâm là:

+ Chỉ thị số 30;

+ Kết luận số 120.

- Phổ biến văn bản:

+ Nghị định số 04.

4. Kiểm tra, giám sát. Tổ chức Hội nghị đúng thời gian quy định.

- Công khai dự toán, quyết toán...bằng nhiều hình thức.

III. TỔ CHỨC THỰC HIỆN

- Chi cục, Trung tâm báo cáo “kết quả”  trước ngày 05/6 và ngày 10/11 của năm.

Trên đây là Kế hoạch.

Nơi nhận:

- Ban Dân vận;
"""
LABELS = [
    "II.1, gạch đầu dòng 1",
    "II.2, gạch đầu dòng 1",
    "II.2, gạch đầu dòng 1, dấu cộng 1",
    "II.2, gạch đầu dòng 1, dấu cộng 2",
    "II.2, gạch đầu dòng 2",
    "II.2, gạch đầu dòng 2, dấu cộng 1",
    "II.4, tiêu đề",
    "II.4, gạch đầu dòng 1",
    "III, gạch đầu dòng 1",
]


def section(*cites):
    lines = "\n".join(f'    - {{at: "{at}", quote: "{quote}"}}' for at, quote in cites)
    return f"- id: a\n  title: A\n  due: trước ngày 05/6\n  by: van-phong\n  ladder: don-vi\n  cites:\n{lines}\n"


def everything():
    return [(clause.label, clause.text.split()[0]) for clause in parse_paper(PAPER)]


def test_the_paper_has_a_label_for_every_clause_of_parts_ii_and_iii():
    assert [clause.label for clause in parse_paper(PAPER)] == LABELS


def test_the_same_paper_with_other_line_ends_or_decomposed_letters_has_the_same_labels():
    assert [clause.label for clause in parse_paper(unicodedata.normalize("NFD", PAPER))] == LABELS
    assert [clause.label for clause in parse_paper(PAPER.replace("\n", "\r\n"))] == LABELS


def test_a_plan_that_cites_every_clause_in_its_words_passes(loaded):
    report = check_paper(loaded(section(*everything())), PAPER)
    assert report.ok
    assert report.quotes == len(LABELS)


def test_a_clause_that_nothing_cites_is_listed_with_its_text(loaded):
    report = check_paper(loaded(section(*everything()[:-1])), PAPER)
    assert not report.ok
    assert [clause.label for clause in report.uncited] == ["III, gạch đầu dòng 1"]
    assert "10/11" in report.uncited[0].text


def test_emphasis_quotation_marks_spaces_and_decomposed_letters_do_not_count(loaded):
    cites = [
        ("II.1, gạch đầu dòng 1", "Chi uỷ thường xuyên quan  tâm"),
        ("III, gạch đầu dòng 1", 'báo cáo "kết quả" trước'),
    ]
    text = section(*cites).replace('"kết quả"', r"\"kết quả\"")
    report = check_paper(loaded(unicodedata.normalize("NFD", text)), PAPER)
    assert report.misquotes == ()


def test_an_ellipsis_leaves_words_out_but_not_their_order():
    text = "trước ngày 05/6 và ngày 10/11 của năm"
    assert missing_piece("trước ngày 05/6 … của năm", text) == ""
    assert missing_piece("của năm … trước ngày 05/6", text) == "trước ngày 05/6"


def test_a_quote_that_the_paper_does_not_hold_is_told_with_file_and_line(written, loaded):
    text = section(("III, gạch đầu dòng 1", "báo cáo … trước ngày 06/6"), *everything())
    report = check_paper(loaded(text), PAPER)
    (wrong,) = report.misquotes
    assert wrong.missing == "trước ngày 06/6"
    (problem,) = paper_problems(written(text), report)
    assert (problem.file, problem.line, problem.path) == ("ke-hoach/III.yaml", 7, "[1].cites[1].quote")
    assert "06/6" in problem.found


def test_a_quote_at_the_wrong_place_names_the_right_one(loaded):
    report = check_paper(loaded(section(("II.1, gạch đầu dòng 1", "Công khai dự toán"))), PAPER)
    assert report.misquotes[0].elsewhere == "II.4, gạch đầu dòng 1"


def test_a_place_that_the_paper_does_not_have_is_told(written, loaded):
    text = section(("II.9, gạch đầu dòng 1", "Chi uỷ"), *everything())
    report = check_paper(loaded(text), PAPER)
    assert report.unknown_places == (("a", "II.9, gạch đầu dòng 1"),)
    assert "II.9" in paper_problems(written(text), report)[0].found


def test_words_outside_parts_ii_and_iii_are_held_against_the_whole_paper(loaded):
    assert not check_paper(loaded(section(("Nơi nhận", "Ban Dân vận"))), PAPER).misquotes
    assert check_paper(loaded(section(("Nơi nhận", "Ban Tuyên giáo"))), PAPER).misquotes


def test_a_text_that_is_no_plan_does_not_pass(written, loaded):
    text = section(("Nơi nhận", "abc"))
    report = check_paper(loaded(text), "abc")
    assert not report.ok
    assert "không có mục nào" in paper_problems(written(text), report)[0].found
