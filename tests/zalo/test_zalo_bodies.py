"""Template bodies: which template, which words, how long, and what a confidential case may say."""

from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile

import pytest

from definitions.problem import DefinitionError
from definitions.zalo_templates import load_zalo_templates
from dondoc.core.zalo_template import ZaloParameter, ZaloTemplate
from dondoc.use_cases.office import SHIPPED
from notifications.channels import carries_text, compose_for
from notifications.message import MessageContext, MessageItem
from notifications.zalo.body import Body, cut, facts_of, read_body, zalo_body

ITEM = MessageItem(
    kind="reminder",
    tone="urge",
    title="Báo cáo kết quả thực hiện QCDC định kỳ 6 tháng, năm",
    ask="Đề nghị nộp báo cáo.",
    key="qcdc-2022/bao-cao/2022-H1/tdc",
    period="6 tháng đầu năm 2022",
    party="Chi cục Tiêu chuẩn Đo lường Chất lượng",
    target_on=date(2022, 6, 3),
    last_on=date(2022, 6, 4),
    days_left=2,
)
SECRET = ITEM._replace(title="Vụ việc 05/2022", confidential=True, period="", party="", ask="Đề nghị xem hồ sơ.")


def _message(*items: MessageItem) -> MessageContext:
    return MessageContext("Cán bộ đầu mối", "Văn phòng Sở", date(2022, 6, 1), items)


def _body(templates, *items: MessageItem) -> Body | None:
    return read_body(zalo_body(_message(*items), templates))


@pytest.fixture
def shipped(tmp_path: Path):
    copyfile(SHIPPED / "zalo-templates.example.yaml", tmp_path / "zalo-templates.yaml")
    return load_zalo_templates(tmp_path)


def test_a_message_goes_by_the_template_of_its_kind(shipped) -> None:
    body = _body(shipped, ITEM)
    assert body and body.template_id == "310001" and not body.escalates
    assert body.data == {
        "loai": "Nhắc việc",
        "nguoi_nhan": "Cán bộ đầu mối",
        "viec": "Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022",
        "han": "04/6/2022",
        "con_lai": "còn 02 ngày làm việc",
        "lien_ket": "-",
    }


def test_an_escalation_says_that_it_may_use_the_reserve(shipped) -> None:
    body = _body(shipped, ITEM._replace(kind="escalation", days_overdue=3, days_left=0))
    assert body and (body.template_id, body.escalates, body.data["qua_han"]) == ("310002", True, "quá hạn 03 ngày")


def test_several_things_go_as_a_digest_that_names_the_nearest_due(shipped) -> None:
    later = ITEM._replace(key="z", target_on=date(2022, 6, 10), last_on=date(2022, 6, 10))
    body = _body(shipped, later, ITEM)
    assert body and (body.template_id, body.data["so_viec"], body.data["han_gan_nhat"]) == ("310003", "02", "04/6/2022")


@pytest.mark.parametrize("items", [(SECRET,), (ITEM, SECRET)])
def test_a_confidential_case_says_its_number_and_its_due_and_nothing_else(shipped, items) -> None:
    body = _body(shipped, *items)
    assert body and body.template_id == "310004"
    told = {"Vụ việc 05/2022", "02 việc cần làm", "04/6/2022", "-"}
    assert set(body.data.values()) <= told


def test_without_a_template_for_it_a_confidential_case_does_not_go_by_zalo(shipped) -> None:
    others = {use: template for use, template in shipped.items() if use != "confidential"}
    assert zalo_body(_message(SECRET), others) == ""


def test_what_has_no_template_has_no_body(shipped) -> None:
    assert zalo_body(_message(ITEM), {}) == "" == zalo_body(_message(ITEM), {"digest": shipped["digest"]})


def test_even_a_template_that_asks_for_more_gets_no_more_of_a_confidential_case() -> None:
    greedy = ZaloTemplate("1", (ZaloParameter("ai", "person", 30),), confidential=True)
    with pytest.raises(KeyError):
        zalo_body(_message(SECRET), {"confidential": greedy})


def test_an_empty_value_is_a_dash(shipped) -> None:
    body = _body(shipped, ITEM._replace(days_left=0, last_on=None))
    assert body and (body.data["con_lai"], body.data["han"]) == ("-", "chưa xác định hạn")


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (17, "Báo cáo định kỳ 6"),
        (16, "Báo cáo định kỳ…"),
        (15, "Báo cáo định…"),
        (8, "Báo cáo…"),
        (7, "Báo…"),
        (3, "Bá…"),
        (1, "…"),
    ],
)
def test_what_is_too_long_is_cut_after_a_whole_word(limit: int, text: str) -> None:
    assert cut("Báo cáo định kỳ 6", limit) == text
    assert len(text) <= limit


def test_a_link_is_never_cut_and_a_parameter_too_short_for_one_is_refused(tmp_path: Path) -> None:
    place = "https://lien-ket.invalid/0"
    template = ZaloTemplate("1", (ZaloParameter("mo", "link", 120),))
    body = _body({"default": template}, ITEM._replace(link=place))
    assert body and body.data == {"mo": place}
    yaml = "- {id: '1', uses: [default], parameters: {a: {fact: link, max: 119}}}\n"
    (tmp_path / "zalo-templates.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(DefinitionError, match="120"):
        load_zalo_templates(tmp_path)


def test_letters_are_counted_as_composed_and_line_ends_are_spaces() -> None:
    import unicodedata

    assert cut(unicodedata.normalize("NFD", "Đề nghị\nnộp"), 11) == "Đề nghị nộp"


def test_every_value_fits_its_parameter_whatever_the_message(shipped) -> None:
    long = ITEM._replace(title="Việc rất dài " * 60, party="Đơn vị " * 60)
    for kind in ("opened", "reminder", "due-today", "overdue", "escalation", "approval", "moved", "returned", "gap"):
        template = shipped.get(kind) or shipped["default"]
        body = _body(shipped, long._replace(kind=kind))  # type: ignore[arg-type]
        assert body and all(0 < len(body.data[p.name]) <= p.limit for p in template.parameters)


def test_every_fact_a_template_may_name_is_known() -> None:
    from typing import get_args

    from dondoc.core.zalo_template import Fact

    assert set(facts_of(_message(ITEM))) == set(get_args(Fact))


def test_composing_for_a_template_channel_freezes_the_body_and_keeps_the_subject(shipped) -> None:
    said = compose_for("zalozbs://123", shipped)(_message(ITEM))
    assert read_body(said.text) and said.html == "" and "Báo cáo" in said.subject
    assert not carries_text("zalozbs://123") and carries_text("zalobot://1:a") and carries_text("zalooa://1")


@pytest.mark.parametrize("url", ["zalobot://1:a", "zalooa://1"])
def test_a_zalo_text_is_title_due_and_link_one_thing_after_another(url: str) -> None:
    item = ITEM._replace(link="https://a.example/1")
    said = compose_for(url)(_message(item))
    assert said.subject == "Nhắc việc: Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022"
    assert said.text == "Hạn: 04/6/2022 (còn 02 ngày làm việc)\nhttps://a.example/1\n" and said.html == ""
    later = ITEM._replace(key="z", title="Việc sau", period="", target_on=date(2022, 6, 10), last_on=None)
    said = compose_for(url)(_message(later, item, SECRET._replace(key="b")))
    assert said.subject == "03 việc cần làm"
    assert [line for line in said.text.splitlines() if line[:1].isdigit()] == [
        "1. Vụ việc 05/2022",
        "2. Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022",
        "3. Việc sau",
    ]


def test_a_zalo_text_names_the_outage_it_makes_good() -> None:
    down = (datetime(2022, 6, 1, 8, tzinfo=UTC), datetime(2022, 6, 3, 8, tzinfo=UTC))
    assert "02/6" not in (text := compose_for("zalobot://1:a")(_message(ITEM)._replace(outage=down)).text)
    assert text.startswith("Hệ thống không hoạt động từ 08 giờ 00 ngày 01/6/2022 đến 08 giờ 00 ngày 03/6/2022")


@pytest.mark.parametrize("kind", ["reminder", "overdue", "escalation", "gap"])
def test_of_a_confidential_case_a_zalo_text_does_not_even_say_what_kind_of_message_it_is(kind) -> None:
    said = compose_for("zalobot://1:a")(_message(SECRET._replace(kind=kind, days_overdue=3)))
    assert (said.subject, said.text) == ("Vụ việc 05/2022", "Hạn: 04/6/2022\n")


@pytest.mark.parametrize("text", ["", "Kính gửi", "[]", "{}", '{"template_id": "1"}', '{"template_data": {}}', "1"])
def test_a_letter_is_no_body(text: str) -> None:
    assert read_body(text) is None


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("templates: []", "danh sách"),
        ("- {id: '1', uses: [nhac], parameters: {a: {fact: title, max: 9}}}", "một trong"),
        ("- {id: '1', uses: [default], parameters: {a: {fact: ten, max: 9}}}", "một trong"),
        ("- {id: '1', uses: [default], parameters: {a: {fact: title, max: 0}}}", "≥ 1"),
        ("- {id: '1', uses: [default], parameters: {a: {fact: title, max: 201}}}", "≤ 200"),
        ("- {id: '1', uses: [default], parameters: {}}", "zalo-templates.yaml:1"),
        ("- {id: '1', uses: [confidential], parameters: {a: {fact: person, max: 9}}}", "vụ việc mật"),
        ("- {id: '1', uses: [confidential, gap], parameters: {a: {fact: title, max: 9}}}", "chỉ confidential"),
        ("- {id: '1', uses: [gap, gap], parameters: {a: {fact: title, max: 9}}}", "mỗi loại thông báo một mẫu"),
    ],
)
def test_a_wrong_template_file_is_told_with_its_place(tmp_path: Path, yaml: str, said: str) -> None:
    (tmp_path / "zalo-templates.yaml").write_text(yaml + "\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as wrong:
        load_zalo_templates(tmp_path)
    assert said in str(wrong.value) and "zalo-templates.yaml:1" in str(wrong.value)


def test_an_office_without_the_file_has_no_templates(tmp_path: Path) -> None:
    assert load_zalo_templates(tmp_path) == {}
