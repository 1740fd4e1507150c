"""One occurrence's page: all the book knows of it, for whoever may see it."""

from datetime import date

import pytest
from answering_office import DOER, HEAD, PLAN, REPORT, Portal, june
from test_answer_by_link import GIVEN, PDF

from dondoc.core.rights import Viewer
from dondoc.use_cases.act import Act
from dondoc.use_cases.keep_file import keep_file
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.see_occurrence import Unseen, see
from dondoc.words.outcomes import outcome_words

PAGE = f"/ky/{REPORT}"
CLERK, DIRECTOR, INSPECTOR_DOER = "cv-theo-doi-qcdc", "giam-doc-so", "thanh-tra-vien"


def hand_in(portal: Portal) -> str:
    """By link, with a file; the file's address on the page."""
    link = portal.link()
    files = [("files", ("báo cáo.pdf", PDF, "text/html"))]
    portal.browser.post(f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN}, files=files)
    return f"{PAGE}/tep/{portal.step().submissions[0].files[0].partition('/')[0]}"


def open_complaint(portal: Portal) -> str:
    """A confidential case; its key."""
    act = Act("van-phong", "cli", date(2022, 6, 3))
    return open_case(portal.office, PLAN, CaseOpening("khieu-nai", date(2022, 6, 2)), act, portal.at).key


def test_it_says_what_is_due_why_by_whom_and_how_the_process_goes(portal: Portal) -> None:
    portal.sign_in(DOER)
    shown = portal.get(PAGE)
    assert shown.status_code == 200
    for words in (
        "Thứ Sáu, ngày 03/6/2022",
        "hết Thứ Bảy, ngày 04/6/2022",
        "trước ngày 05/6",
        "III, gạch đầu dòng 4",
        "Đầu mối Chi cục TĐC – Cán bộ đầu mối Chi cục TĐC",
        "có thể trả lại về bước: Nộp báo cáo",
    ):
        assert words in shown.text


def test_the_ladder_to_come_names_each_rung_its_moment_and_its_reader(portal: Portal) -> None:
    portal.sign_in(CLERK)
    text = portal.get(PAGE).text
    assert "08:00 06/6/2022" in text and "quá hạn 5 ngày làm việc, báo cấp trên (phải có người duyệt)" in text
    hand_in(portal)
    assert "Không có lần báo nào sắp tới." not in portal.get(PAGE).text  # the office's own step is up now


def test_a_mail_server_s_word_is_never_called_received(portal: Portal) -> None:
    portal.sign_in(CLERK)
    text = portal.get(PAGE).text
    assert "gửi chạy thử, không đến người nhận" in text and "đã nhận<" not in text
    assert outcome_words("sent", "email") == "đã chuyển cho máy chủ thư"
    assert outcome_words("sent", "zalo") == "đã chuyển cho Zalo"


def test_the_doer_sees_no_other_s_messages_and_the_office_all(portal: Portal) -> None:
    portal.run(june(6))
    portal.sign_in(DOER)
    mine = portal.get(PAGE).text
    assert "Đã báo cho tôi" in mine and "báo cáo cấp trên</td>" not in mine
    portal.sign_in(CLERK)
    assert "<td>báo cáo cấp trên · Nộp báo cáo</td>" in portal.get(PAGE).text


def test_an_answer_by_link_is_journaled_in_words_with_whom_the_link_was_sent_to(portal: Portal) -> None:
    hand_in(portal)
    portal.sign_in(CLERK)
    text = portal.get(PAGE).text
    assert "qua liên kết gửi cho Cán bộ đầu mối Chi cục TĐC" in text and "số văn bản: 45/BC-TĐC" in text


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (DOER, 200),
        (HEAD, 200),
        (CLERK, 200),
        (DIRECTOR, 200),
        ("cv-dau-moi-qlkh", 404),
        ("tp-qlkh", 404),
        ("ktv-kiem-dinh-1", 404),
    ],
)
def test_another_unit_s_occurrence_is_not_there(portal: Portal, person: str, status: int) -> None:
    file = hand_in(portal)
    portal.sign_in(person)
    assert [portal.get(path).status_code for path in (PAGE, file)] == [status, status]


def test_a_confidential_case_is_there_for_those_on_it_alone(portal: Portal) -> None:
    key = open_complaint(portal)
    for person, status in ((INSPECTOR_DOER, 200), (CLERK, 404), (DIRECTOR, 404), (HEAD, 404)):
        portal.sign_in(person)
        assert portal.get(f"/ky/{key}").status_code == status, person


def test_a_confidential_case_s_page_names_no_party_no_plan_and_nobody(portal: Portal) -> None:
    key = open_complaint(portal)
    portal.sign_in(INSPECTOR_DOER)
    main = portal.get(f"/ky/{key}").text.partition("<main")[2]
    assert "Vụ việc K" in main
    for name in ("Chuyên viên theo dõi QCDC", "Thanh tra Sở Khoa học", "Kế hoạch thực hiện", "II.3"):
        assert name not in main, name


def test_an_inspector_sees_the_case_they_were_granted(portal: Portal) -> None:
    key = open_complaint(portal)
    without = Viewer("x", "X", "", frozenset({"inspector"}))
    with portal.office.register.reading() as book:
        assert see(portal.office, book, key, without._replace(grants=frozenset({key})), portal.at)
        with pytest.raises(Unseen):
            see(portal.office, book, key, without, portal.at)


def test_what_does_not_exist_is_not_there_either(portal: Portal) -> None:
    portal.sign_in(CLERK)
    for path in ("/ky/qcdc-2022/khong-co/2022/x", f"{PAGE}/tep/{'0' * 64}", f"{PAGE}/tep/..%2f..%2fsecret.key"):
        assert portal.get(path).status_code == 404


def test_a_file_is_a_download_of_its_own_kind_under_its_own_name(portal: Portal) -> None:
    file = hand_in(portal)
    portal.sign_in(CLERK)
    answer = portal.get(file)
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''b%C3%A1o%20c%C3%A1o.pdf" in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_of_another_occurrence_is_not_served_by_this_one(portal: Portal) -> None:
    kept = keep_file(portal.office.data, "khac.pdf", PDF + b"%")
    portal.sign_in(CLERK)
    assert portal.get(f"{PAGE}/tep/{kept.sha256}").status_code == 404


def test_the_clerk_s_link_leads_to_the_file_and_another_s_does_not(portal: Portal) -> None:
    sha = hand_in(portal).rpartition("/")[2]
    portal.run(june(6))
    answer = portal.get(f"{portal.link(CLERK)}/tep/{sha}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"].startswith("attachment;")
    other = portal.link(CLERK, next(n for n in _told(portal, CLERK) if n != REPORT))
    assert portal.get(f"{other}/tep/{sha}").status_code == 404
    assert portal.get(f"/viec/x/tep/{sha}").status_code == 404


def _told(portal: Portal, person: str) -> list[str]:
    with portal.office.register.reading() as book:
        return [r.notice.occurrence for r in book.notices() if r.notice.recipient == person and r.delivery]


def test_nobody_sees_it_without_signing_in(portal: Portal) -> None:
    assert portal.get(PAGE).headers["location"].startswith("/dang-nhap?tiep=%2Fky%2F")
