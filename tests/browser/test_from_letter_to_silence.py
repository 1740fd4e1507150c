"""The way of one report in a real browser: letter, link, evidence, confirmation, silence. No page needs JavaScript."""

from pathlib import Path

import pytest
from browsed_house import CLERK, DOER, LINK, House, june, served, served_alone
from playwright.sync_api import expect

SUBJECT = "Báo cáo kết quả thực hiện QCDC 6 tháng"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo 6 tháng.pdf"
    path.write_bytes(PDF)
    return path


def open_letter(page, house: House, person: str) -> None:
    """Read the newest letter about the report as a mail program shows it, and follow its link."""
    letter = next(one for one in reversed(house.letters(person)) if house.link(person) in one.text)
    page.set_content(letter.html)
    page.locator(f'a[href="{house.link(person)}"]').first.click()


def hand_in(page, paper: Path, number: str = "45/BC-TĐC") -> None:
    page.get_by_role("link", name="Báo kết quả").click()
    page.get_by_label("Số, ký hiệu văn bản").fill(number)
    page.get_by_label("Ngày ký văn bản").fill("02/6/2022")
    page.get_by_label("Tệp minh chứng").set_input_files(paper)
    page.get_by_role("button", name="Gửi kết quả").click()


def confirm(page) -> None:
    page.get_by_role("link", name="Xác nhận đã nhận").click()
    page.get_by_label("Ngày đến (dấu đến)").fill("03/6/2022")
    page.get_by_role("button", name="Xác nhận đã nhận").click()


def about_the_report(letters, house: House) -> list[str]:
    """Subjects of letters to the doer about the report."""
    address = house.office.contacts[DOER].email
    return [one.subject for one in letters if one.recipient == address and SUBJECT in one.subject]


def test_from_the_letter_to_the_silence_of_the_next_check(closed_house, visiting, shot, paper) -> None:
    """At first over a portal in a process of its own, as `dondoc up` starts it."""
    house = closed_house
    with served_alone(house):
        page = visiting(house, javascript=False)
        open_letter(page, house, DOER)
        expect(page.get_by_role("heading", level=1)).to_contain_text(SUBJECT)
        shot(page, "lien-ket-viec")
        hand_in(page, paper)
        expect(page.get_by_role("status")).to_contain_text("Đã ghi vào sổ theo dõi")
        expect(page.locator("main")).to_contain_text(paper.name)
        shot(page, "lien-ket-da-ghi")
    (answer,) = house.step().submissions
    assert (answer.number, answer.actor) == ("45/BC-TĐC", DOER)

    assert about_the_report(house.run(june(6)), house) == []
    with served(house):
        page = visiting(house, javascript=False)
        open_letter(page, house, CLERK)
        expect(page.locator("main")).to_contain_text("45/BC-TĐC")
        shot(page, "lien-ket-van-phong")
        confirm(page)
        expect(page.get_by_role("status")).to_contain_text("Đã ghi vào sổ theo dõi")
    assert house.step().status == house.step(step="tiep-nhan").status == "done"
    assert about_the_report(house.run(june(7)) + house.run(june(8)), house) == []


def test_what_is_returned_is_handed_in_again(house, visiting, shot, paper) -> None:
    doer = visiting(house, javascript=False)
    doer.goto(house.link(DOER))
    hand_in(doer, paper)
    house.run(june(6))
    clerk = visiting(house, javascript=False)
    clerk.goto(house.link(CLERK))
    clerk.get_by_role("link", name="Trả lại để bổ sung").click()
    clerk.get_by_role("button", name="Trả lại").click()
    expect(clerk.get_by_role("alert")).to_contain_text("Ghi lý do.")
    shot(clerk, "lien-ket-tra-lai-loi")
    clerk.get_by_label("Lý do").fill("Thiếu phụ lục số liệu.")
    clerk.get_by_role("button", name="Trả lại").click()
    expect(clerk.get_by_role("status")).to_be_visible()
    (told,) = about_the_report(house.run(june(6, 9)), house)
    assert "rả lại" in told

    open_letter(doer, house, DOER)
    hand_in(doer, paper, number="46/BC-TĐC")
    assert [one.number for one in house.step().submissions] == ["45/BC-TĐC", "46/BC-TĐC"]
    house.run(june(7))
    open_letter(clerk, house, CLERK)
    confirm(clerk)
    assert house.step().status == "done"


def test_an_old_link_says_what_to_do_instead(house, visiting, shot) -> None:
    page, link = visiting(house), house.link()
    page.goto(link[:-1] + ("A" if link[-1] != "A" else "B"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Liên kết không dùng được")
    assert LINK.fullmatch(link)
    shot(page, "lien-ket-hong")
