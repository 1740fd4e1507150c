"""A confidential case from its opening to its close, by who is on it; without JavaScript."""

from browsed_house import CLERK, House, june
from playwright.sync_api import Page, expect

HOST, NUMBER = "thanh-tra-vien", "KN-07"


def answered(page: Page, house: House, number: str, day: str) -> None:
    """The step at hand, answered on the case's own page."""
    page.goto(f"{house.url}/vu-viec")
    page.get_by_role("row").filter(has_text=NUMBER).get_by_role("link").first.click()
    page.get_by_role("link", name="Báo kết quả").first.click()
    expect(page.get_by_label("Tệp minh chứng")).to_have_count(0)
    page.get_by_label("Số, ký hiệu văn bản").fill(number)
    page.get_by_label("Ngày ký văn bản").fill(day)
    page.get_by_label("Nơi lưu").fill("Thanh tra, hồ sơ KN-07")
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_role("status")).to_be_visible()


def test_a_case_from_opening_to_closing(house, visiting, shot) -> None:
    page = visiting(house, HOST, javascript=False)
    page.goto(house.url)
    page.get_by_role("link", name="Vụ việc", exact=True).click()
    page.get_by_role("link", name="Mở vụ việc").click()
    page.get_by_role("link", name="khiếu nại lần đầu").click()
    page.get_by_label("Ngày phát sinh").fill("02/6/2022")
    page.get_by_label("Số trong sổ").fill(NUMBER)
    page.get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_be_visible()
    shot(page, "vu-viec-da-mo")

    for day, number in ((6, "11/TB-TTr"), (7, "12/QĐ-SKHCN"), (8, "13/TTr")):
        house.at = june(day)
        page.context.add_cookies([house.session(HOST)])  # yesterday's session has ended
        answered(page, house, number, f"0{day}/6/2022")
    page.goto(f"{house.url}/vu-viec")
    expect(page.get_by_role("main")).not_to_contain_text(NUMBER)
    page.goto(f"{house.url}/vu-viec?xong=1")
    expect(page.get_by_role("main")).to_contain_text(NUMBER)

    clerk = visiting(house, CLERK, javascript=False)
    clerk.goto(f"{house.url}/vu-viec?xong=1")
    expect(clerk.get_by_role("main")).not_to_contain_text(NUMBER)
