"""The board's page: for whom, filtered, of a past day, and page by page."""

import re
from html import unescape

import pytest
from answering_office import HEAD, REPORT, Portal, june

from dondoc.use_cases.office import Office

CLERK = "cv-theo-doi-qcdc"


@pytest.fixture
def watched(office: Office) -> Portal:
    """Watched since the plan was signed, and never answered."""
    return Portal(office, june(3))


def keys(text: str) -> list[str]:
    return re.findall(r'href="/ky/([^"]+)"', text)


def test_the_board_is_not_for_staff_without_a_part_in_it(watched: Portal) -> None:
    assert watched.get("/so").status_code == 303
    watched.sign_in("cb-dau-moi-tdc")
    assert watched.get("/so").status_code == 403


def test_page_after_page_shows_each_occurrence_once(watched: Portal) -> None:
    watched.sign_in(CLERK)
    found, path = list[str](), "/so"
    while path:
        page = watched.get(path).text
        assert len(keys(page)) <= 50
        found += keys(page)
        further = re.search(r'href="(/so\?sau=[^"]+)"', page)
        path = unescape(further[1]) if further else ""
    assert len(found) == len(set(found)) > 100 and REPORT in found


def test_a_filter_stays_in_the_link_to_the_next_page(watched: Portal) -> None:
    watched.sign_in(CLERK)
    page = watched.get("/so", tinh_trang="chua-den").text
    assert re.search(r'href="/so\?tinh_trang=chua-den&amp;sau=[^"]+"', page)
    assert '<option value="chua-den" selected>' in page


def test_a_head_is_shown_their_unit_alone(watched: Portal) -> None:
    watched.sign_in(HEAD)
    page = watched.get("/so").text
    assert REPORT in keys(page) and "thanh-tra" not in "".join(keys(page))
    assert '<option value="thanh-tra"' not in page
    assert keys(watched.get("/so", don_vi="thanh-tra").text) == []


def test_a_past_day_says_what_kind_of_past_it_is(watched: Portal) -> None:
    watched.sign_in(CLERK)
    then = watched.get("/so", ngay="01/6/2022", don_vi="chi-cuc-tdc")
    assert "những gì sổ đã ghi đến ngày đó" in then.text and REPORT in keys(then.text)
    assert "nay biết là đã làm" in watched.get("/so", ngay="01/6/2022", nhin="nay").text


def test_a_day_that_is_none_is_said_beside_what_was_typed(watched: Portal) -> None:
    watched.sign_in(CLERK)
    page = watched.get("/so", ngay="31/6/2022")
    assert page.status_code == 422 and 'value="31/6/2022"' in page.text and "không phải một ngày" in page.text


@pytest.mark.parametrize("wanted", [{"sau": "x"}, {"sau": "0.2022.y"}, {"thang": "2022-13"}, {"thang": "abc"}])
def test_an_address_nobody_was_given_is_no_page(watched: Portal, wanted: dict[str, str]) -> None:
    watched.sign_in(CLERK)
    assert watched.get("/so", **wanted).status_code == 404


def test_nothing_found_says_what_to_do(watched: Portal) -> None:
    watched.sign_in(CLERK)
    assert "Bỏ lọc để xem cả sổ" in watched.get("/so", tim="không có gì như vậy").text
