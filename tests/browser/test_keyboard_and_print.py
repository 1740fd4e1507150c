"""Without a mouse, and on paper."""

import re

import pytest
from browsed_house import DOER, House
from playwright.sync_api import Page, expect

FOCUSED = """() => {
  const one = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(one);
  return {name: one.id || one.textContent.trim(), outline: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth)};
}"""
FORM = ["Đến nội dung chính", "English", "‹ Quay lại", "number", "signed_on", "done_on", "files", "kept_at", "note"]


@pytest.fixture
def page(house: House, visiting) -> Page:
    page = visiting(house, javascript=False)
    page.goto(f"{house.link(DOER)}/nop")
    return page


def tabbed(page: Page) -> dict:
    page.keyboard.press("Tab")
    return page.evaluate(FOCUSED)


def test_the_first_tab_offers_the_way_past_the_page_s_head(page: Page) -> None:
    skip = page.get_by_role("link", name=FORM[0])
    tabbed(page)
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED)["name"] == "noi-dung"
    assert tabbed(page)["name"] == "‹ Quay lại"


def test_tab_goes_through_the_form_in_its_order_and_is_always_seen(page: Page) -> None:
    steps = [tabbed(page) for _time in range(len(FORM) + 1)]
    assert [step["name"] for step in steps] == [*FORM, "Gửi kết quả"]
    assert [step["name"] for step in steps if step["outline"] < 3] == []


def test_what_is_wrong_is_read_first_and_leads_to_its_field(page: Page) -> None:
    page.get_by_label("Ngày ký văn bản").fill("31/6/2022")
    page.get_by_label("Số, ký hiệu văn bản").press("Enter")
    expect(page).to_have_title(re.compile("^Lỗi: "))
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wrong = page.get_by_label("Ngày ký văn bản")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_value("31/6/2022")
    expect(wrong).to_have_accessible_description(re.compile("Lỗi: .*không phải một ngày"))


def test_a_file_chosen_in_vain_is_asked_for_again(page: Page, tmp_path) -> None:
    """It is the one thing typed that no browser keeps."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    page.get_by_label("Tệp minh chứng").set_input_files(tmp_path / "a.pdf")
    page.get_by_label("Ngày ký văn bản").fill("31/6/2022")
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_label("Tệp minh chứng")).to_have_accessible_description(re.compile("Chọn lại tệp"))


def test_paper_holds_the_matter_and_no_controls(page: Page, house: House, tmp_path) -> None:
    page.goto(house.link(DOER))
    page.emulate_media(media="print")
    for gone in ("header", "footer", ".viec-lam", ".bo-qua"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("blockquote").first).to_be_visible()
    page.pdf(path=tmp_path / "viec.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "viec.pdf").read_bytes())) == 1
