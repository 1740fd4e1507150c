"""`dondoc mailbox` lists and shows what lies in the folder of the embedded mailbox."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

SUBJECT = "[Nhắc việc] Báo cáo 6 tháng – còn 07 ngày làm việc (phải xong Thứ Sáu, ngày 03/6/2022)"


def _put(folder: Path, name: str, to: str, subject: str) -> None:
    message = EmailMessage()
    message["To"], message["Subject"], message["Message-ID"] = to, subject, f"<{name}@dondoc.example>"
    message.set_content("Kính gửi: Cán bộ đầu mối\n")
    message.add_alternative("<p>Kính gửi</p>", subtype="html")
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "mailbox"
    folder.mkdir(parents=True)
    _put(folder, "000001-20220525T010000Z", "tdc@so.example", SUBJECT)
    _put(folder, "000002-20220525T010500Z", "khcn@so.example", "Khác")
    return tmp_path / "data"


def test_messages_are_numbered_in_the_order_of_arrival(dondoc, data: Path) -> None:
    mails = json.loads(dondoc("mailbox", "list", "--json", "--data", str(data)).out)
    assert [(mail["number"], mail["recipient"]) for mail in mails] == [(1, "tdc@so.example"), (2, "khcn@so.example")]
    assert mails[0]["subject"] == SUBJECT
    assert mails[0]["at"] == "2022-05-25T01:00:00+00:00"


def test_the_list_can_be_narrowed_to_an_address(dondoc, data: Path) -> None:
    said = dondoc("mailbox", "list", "--to", "khcn", "--data", str(data))
    assert "khcn@so.example" in said.out
    assert "08:05 25/5/2022" in said.out
    assert "tdc@so.example" not in said.out


def test_a_message_is_shown_with_its_text_or_its_html(dondoc, data: Path) -> None:
    text = dondoc("mailbox", "show", "1", "--data", str(data)).out
    assert SUBJECT in text and "Kính gửi: Cán bộ đầu mối" in text and "<p>" not in text
    assert "<p>Kính gửi</p>" in dondoc("mailbox", "show", "1", "--html", "--data", str(data)).out


@pytest.mark.parametrize("number", ["0", "3"])
def test_a_number_that_is_not_there_is_wrong_input(dondoc, data: Path, number: str) -> None:
    said = dondoc("mailbox", "show", number, "--data", str(data))
    assert said.code == 1
    assert "mailbox list" in said.err


def test_an_empty_mailbox_says_so(dondoc, tmp_path: Path) -> None:
    said = dondoc("mailbox", "list", "--data", str(tmp_path / "none"))
    assert said.code == 0
    assert "chưa có thư nào" in said.out
