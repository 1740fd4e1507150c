"""Somebody who works here daily: a name, a letter, one button, their work; and out again. No JavaScript."""

from browsed_house import DOER, IN, PHONE, House
from playwright.sync_api import Page, expect


def ask(page: Page, house: House, who: str) -> str:
    """Fill in the form, as far as the letter; its link."""
    before = len(house.letters(DOER))
    page.get_by_label("Thư điện tử, số điện thoại hoặc mã của bạn").fill(who)
    page.get_by_role("button", name="Gửi liên kết đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem thư để đăng nhập")
    (letter,) = _came(page, house, before)
    return str(IN.findall(letter.text)[0])


def _came(page: Page, house: House, before: int) -> list:
    """It is sent after the page has answered: nobody learns from the time it takes who is known."""
    for _time in range(100):
        if found := house.letters(DOER)[before:]:
            return found
        page.wait_for_timeout(50)
    return []


def test_in_by_a_link_to_the_page_first_asked_for_and_out_again(house, visiting, shot) -> None:
    page = visiting(house, javascript=False)
    page.goto(f"{house.url}/quan-triet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    link = ask(page, house, house.office.contacts[DOER].email)
    page.goto(link)
    page.get_by_role("button", name="Đăng nhập").click()
    assert page.url == f"{house.url}/quan-triet"
    page.get_by_role("link", name="Việc của tôi").click()
    expect(page.get_by_role("link", name="Báo cáo kết quả thực hiện QCDC")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_have_text("Đã đăng xuất.")
    page.goto(f"{house.url}/viec-cua-toi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")

    page.goto(link)  # a second time
    expect(page.get_by_role("heading", level=1)).to_have_text("Liên kết đăng nhập không dùng được")


def test_on_a_phone_the_pages_fold_away_and_open_without_a_script(house, visiting, shot) -> None:
    page = visiting(house, DOER, size=PHONE, javascript=False)
    page.goto(house.url)
    entry = page.get_by_role("link", name="Quán triệt", exact=True)
    expect(entry).to_be_hidden()
    page.get_by_text("Các trang").click()
    entry.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quán triệt, phổ biến")
