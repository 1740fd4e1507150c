"""/cho-duyet: reports wait for the one who is asked, requests for who decides them, and for nobody else."""

import re

from answering_office import DOER, HEAD, REPORT, Portal, june
from form_fields import send
from test_occurrence_deeds import PAGE, done
from test_occurrence_page import CLERK, open_complaint

OFFICE_HEAD, DEPUTY, DIRECTOR = "chanh-van-phong-so", "pho-giam-doc-thuong-truc", "giam-doc-so"


def asked(portal: Portal) -> str:
    """Nobody answered; the address of the report about the Chi cục, as the office's head sees it."""
    for day in (6, 7, 8, 9, 10, 13, 14):
        portal.run(june(day))
    portal.sign_in(OFFICE_HEAD)
    row = next(row for row in portal.get("/cho-duyet").text.split("<tr>") if "Chi cục Tiêu chuẩn" in row)
    found = re.search(r'href="(/cho-duyet/[0-9a-f]{16})/dong-y"', row)
    assert found
    return found[1]


def test_the_one_who_is_asked_lets_it_go_up_and_sees_what_was_recorded(portal: Portal) -> None:
    address = asked(portal)
    count = len(portal.letters)
    assert send(portal, f"{address}/dong-y").headers["location"] == f"{address}/da-ghi"
    assert "đồng ý báo cáo cấp trên" in portal.get(f"{address}/da-ghi").text
    assert f"{address}/dong-y" not in portal.get("/cho-duyet").text
    portal.run(june(15))
    assert any(letter.person == DEPUTY for letter in portal.letters[count:])


def test_keeping_it_back_asks_for_a_reason(portal: Portal) -> None:
    address = asked(portal)
    assert send(portal, f"{address}/khong-bao-cao").status_code == 422
    assert send(portal, f"{address}/khong-bao-cao", reason="đã trao đổi trực tiếp").status_code == 303
    assert portal.get(f"{address}/khong-bao-cao").headers["location"] == "/cho-duyet"
    assert [a.outcome for a in portal.step().round.approvals][:1] == ["withheld"]


def test_nobody_else_answers_for_the_one_who_is_asked(portal: Portal) -> None:
    address = asked(portal)
    for person in (CLERK, DIRECTOR):
        portal.sign_in(person)
        assert address not in portal.get("/cho-duyet").text
        assert portal.get(f"{address}/dong-y").status_code == 404
    for person in (DOER, HEAD):
        portal.sign_in(person)
        assert portal.get("/cho-duyet").status_code == 403


def test_a_confidential_case_s_report_shows_its_number_and_its_due_alone(portal: Portal) -> None:
    key = open_complaint(portal)
    for day in range(15, 31):
        portal.run(june(day))
    portal.sign_in(OFFICE_HEAD)
    text = portal.get("/cho-duyet").text
    assert key not in text and "khieu-nai" not in text and "Thanh tra" not in text.partition("<main")[2]


def test_requests_wait_for_the_office_and_lead_to_their_decision(portal: Portal) -> None:
    done(portal, DOER, "xin-gia-han", "nop", until="15/6/2022", reason="chờ số liệu")
    portal.sign_in(CLERK)
    text = portal.get("/cho-duyet").text
    assert "chờ số liệu" in text and f'href="{PAGE}/gia-han?buoc=nop"' in text
    portal.sign_in(DIRECTOR)
    assert "chờ số liệu" not in portal.get("/cho-duyet").text
    done(portal, CLERK, "gia-han", "nop", last_on="15/6/2022", document="12/QĐ-SKHCN", document_on="02/6/2022")
    assert REPORT not in portal.get("/cho-duyet").text


def test_an_empty_list_says_so(portal: Portal) -> None:
    portal.sign_in(CLERK)
    text = portal.get("/cho-duyet").text
    assert "Không có báo cáo nào chờ ý kiến của bạn." in text and "Không có đề nghị nào chờ quyết định." in text


def test_a_mark_that_is_none_is_not_there(portal: Portal) -> None:
    portal.sign_in(OFFICE_HEAD)
    assert portal.get(f"/cho-duyet/{'0' * 16}/dong-y").status_code == 404
