"""/vu-viec and /dot-xuat: who opens what, who sees it, and what the others learn."""

import re

import pytest
from answering_office import DOER, PLAN, Portal, june
from form_fields import send
from test_occurrence_deeds import done, offered
from test_occurrence_page import CLERK, DIRECTOR, INSPECTOR_DOER

from dondoc.use_cases.scene import gather_one

ACCUSED = "pho-chanh-thanh-tra-so"
PAPER = {"document": "12/QĐ-SKHCN", "document_on": "02/6/2022"}


def opened(portal: Portal, person: str, obligation: str, **typed: str) -> str:
    """The key of a case opened on the page."""
    portal.sign_in(person)
    answer = send(portal, f"/vu-viec/mo/{PLAN}/{obligation}", **{"event_on": "02/6/2022", **typed})
    assert answer.status_code == 303, answer.text
    found = re.fullmatch(r"/ky/(.+)/da-ghi", answer.headers["location"])
    assert found
    return found[1]


def test_the_office_opens_a_case_and_sees_it_listed_with_its_clock(portal: Portal) -> None:
    key = opened(portal, CLERK, "ck-khen-thuong", reference="07/2022")
    assert key == f"{PLAN}/ck-khen-thuong/07-2022/van-phong"
    text = portal.get("/vu-viec").text
    assert "07/2022" in text and f'href="/ky/{key}"' in text and "(0/2)" in text
    assert "mở vụ việc" in portal.get(f"/ky/{key}/da-ghi").text


def test_a_confidential_case_is_opened_by_who_is_asked_about_it_and_by_nobody_else(portal: Portal) -> None:
    for person in (CLERK, DIRECTOR, DOER):
        portal.sign_in(person)
        assert portal.get(f"/vu-viec/mo/{PLAN}/to-cao").status_code == 404, person
        assert "tố cáo" not in portal.get("/vu-viec/mo").text
    assert opened(portal, INSPECTOR_DOER, "to-cao", reference="TC-01").startswith(f"{PLAN}/to-cao/TC-01/")


def test_the_accused_is_left_out_and_named_nowhere(portal: Portal) -> None:
    key = opened(portal, INSPECTOR_DOER, "to-cao", reference="TC-01", left_out_1=ACCUSED)
    with portal.office.register.reading() as book:
        (birth,) = book.births(keys=[key])
        assert ACCUSED not in "".join(birth.excluded)
        assert gather_one(portal.office, book, key).birth.excluded == (ACCUSED,)
    name = portal.office.directory.persons[ACCUSED].name
    assert name not in portal.get(f"/ky/{key}").text + portal.get("/vu-viec").text
    portal.sign_in(ACCUSED)
    assert portal.get(f"/ky/{key}").status_code == 404


@pytest.mark.parametrize("reference", ["Đơn của bà Nguyễn Thị B", "vụ ông A"])
def test_a_number_in_the_register_holds_no_name(portal: Portal, reference: str) -> None:
    portal.sign_in(INSPECTOR_DOER)
    answer = send(portal, f"/vu-viec/mo/{PLAN}/to-cao", event_on="02/6/2022", reference=reference)
    assert answer.status_code == 422 and "không chứa tên" in answer.text


def test_a_day_ahead_opens_nothing(portal: Portal) -> None:
    portal.sign_in(CLERK)
    answer = send(portal, f"/vu-viec/mo/{PLAN}/ck-khen-thuong", event_on="04/6/2022")
    assert answer.status_code == 422 and "ở sau hôm nay" in answer.text


def test_those_not_on_a_confidential_case_see_figures_alone(portal: Portal) -> None:
    opened(portal, INSPECTOR_DOER, "to-cao", reference="TC-01")
    assert "TC-01" in portal.get("/vu-viec").text
    portal.sign_in(CLERK)
    text = portal.get("/vu-viec").text
    assert "TC-01" not in text and "to-cao" not in text and "1 vụ việc bảo mật, 0 quá hạn" in text
    portal.sign_in(DOER)
    text = portal.get("/vu-viec").text
    assert "bảo mật" not in text and "Chưa có vụ việc nào." in text


def test_a_case_goes_from_its_opening_over_an_extension_to_its_close(portal: Portal) -> None:
    key = opened(portal, INSPECTOR_DOER, "to-cao", reference="TC-02")
    page = f"/ky/{key}"
    assert {"nop", "dong", "phuc-tap"} <= offered(portal, INSPECTOR_DOER, page)
    done(portal, INSPECTOR_DOER, "phuc-tap", "thu-ly", page, **PAPER)
    portal.at = june(6)
    done(portal, INSPECTOR_DOER, "nop", "thu-ly", page, number="05/QĐ-TTr", signed_on="06/6/2022", kept_at="Thanh tra")
    assert "(1/5)" in portal.get("/vu-viec").text
    done(portal, INSPECTOR_DOER, "gia-han", "giai-quyet", page, last_on="30/9/2022", **PAPER)
    row = next(row for row in portal.get("/vu-viec").text.split("<tr>") if "TC-02" in row)
    assert "1 lần" in row
    assert "30/9/2022" in portal.get(page).text
    done(portal, INSPECTOR_DOER, "dong", page=page, reason="đã rút đơn", **PAPER)
    assert "TC-02" not in portal.get("/vu-viec").text and "TC-02" in portal.get("/vu-viec", xong="1").text


def test_a_long_list_goes_on_on_the_next_page(portal: Portal) -> None:
    for n in range(51):
        opened(portal, CLERK, "ck-khen-thuong", reference=f"{n:02}/2022")
    first = portal.get("/vu-viec").text
    following = re.search(r'href="(/vu-viec\?sau=[^"]+)"', first)
    assert following and first.count('<th scope="row">') == 50
    assert portal.get(following[1]).text.count('<th scope="row">') == 1
    assert portal.get("/vu-viec", sau="x|y").text.count('<th scope="row">') == 50


def test_an_incoming_document_becomes_a_duty_with_its_due(portal: Portal) -> None:
    portal.sign_in(CLERK)
    typed = {
        "title": "Báo cáo việc thực hiện Nghị quyết 12",
        "document": "15/UBND-VX",
        "document_on": "01/6/2022",
        "sender": "UBND tỉnh",
        "last_on": "20/6/2022",
        "by": "chi-cuc-tdc",
    }
    bare = send(portal, "/dot-xuat", **{**typed, "by": "", "sender": ""})
    assert bare.status_code == 422 and "Ghi cơ quan gửi." in bare.text and "15/UBND-VX" in bare.text
    answer = send(portal, "/dot-xuat", **typed)
    assert answer.headers["location"] == f"/ky/{PLAN}/viec-dot-xuat/15-ubnd-vx/chi-cuc-tdc/da-ghi"
    assert "nop" in offered(portal, DOER, answer.headers["location"].removesuffix("/da-ghi"))
    portal.sign_in(CLERK)
    again = send(portal, "/dot-xuat", **typed)
    assert again.status_code == 422 and "Đã có" in again.text


def test_only_the_office_opens_what_no_plan_holds(portal: Portal) -> None:
    for person in (DOER, DIRECTOR, INSPECTOR_DOER):
        portal.sign_in(person)
        assert portal.get("/dot-xuat").status_code == 403
