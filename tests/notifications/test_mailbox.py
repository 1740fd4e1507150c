"""The embedded mailbox: it keeps every message, on this machine only, and reads back even what is broken."""

import smtplib
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifications.mailbox import Mailbox, MailboxError, list_messages, read_message
from notifications.mailbox.folder import keep, messages

AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
LETTER = (
    "From: a@x.example\r\nTo: =?utf-8?b?xJDDtG4=?= <b@x.example>\r\nSubject: =?utf-8?b?xJDDtG4gxJHhu5Fj?=\r\n\r\nhi\r\n"
)


def post(mailbox: Mailbox, text: str = LETTER, recipient: str = "b@x.example") -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as client:
        client.sendmail("a@x.example", [recipient], text)


def test_a_message_is_kept_with_its_number_and_time_and_read_back(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "hộp thư", port=0, clock=lambda: AT) as mailbox:
        assert mailbox.url == f"smtp://127.0.0.1:{mailbox.port}"
        post(mailbox, recipient="other@x.example")
    (mail,) = list_messages(mailbox.folder)
    assert mail.path.name == "000001-20261123T010203Z.eml"
    assert (mail.number, mail.at, mail.subject) == (1, AT, "Đôn đốc")
    # whom it was handed over for, not what its text claims
    assert (mail.sender, mail.recipient) == ("a@x.example", "other@x.example")
    assert mail.size == mail.path.stat().st_size
    view = read_message(mailbox.folder, 1)
    assert view is not None
    assert view.text == "hi\n"
    assert ("To", "Đôn <b@x.example>") in view.headers


def test_both_parts_and_attachment_names_are_shown_decoded(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"] = "Thử"
    message.set_content("chữ")
    message.add_alternative("<b>chữ</b>", subtype="html")
    message.add_attachment(b"1", maintype="application", subtype="octet-stream", filename="công văn.docx")
    keep(tmp_path, message.as_bytes(), AT)
    view = read_message(tmp_path, 1)
    assert view is not None
    assert (view.text.strip(), view.html.strip(), view.attachments) == ("chữ", "<b>chữ</b>", ("công văn.docx",))


def test_numbers_go_on_after_a_restart_and_are_never_given_twice(tmp_path: Path) -> None:
    with Mailbox(tmp_path, port=0) as mailbox:
        post(mailbox)
        post(mailbox)
    messages(tmp_path)[-1].unlink()
    with Mailbox(tmp_path, port=0) as mailbox:
        post(mailbox)
    assert [mail.number for mail in list_messages(tmp_path)] == [1, 3]


def test_numbers_go_on_where_only_the_messages_are_left(tmp_path: Path) -> None:
    keep(tmp_path, b"Subject: 1\n\n", AT)
    (tmp_path / ".last").unlink()
    assert keep(tmp_path, b"Subject: 2\n\n", AT).name.startswith("000002-")


def test_two_servers_keeping_into_one_folder_lose_nothing(tmp_path: Path) -> None:
    with Mailbox(tmp_path, port=0) as one, Mailbox(tmp_path, port=0) as two:
        threads = [threading.Thread(target=post, args=(box,)) for box in (one, two) for _ in range(15)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [mail.number for mail in list_messages(tmp_path)] == list(range(1, 31))


def test_a_message_over_the_limit_is_refused_and_one_at_the_limit_kept(tmp_path: Path) -> None:
    with Mailbox(tmp_path, port=0, largest=1000) as mailbox:
        head = "Subject: x\r\n\r\n"
        post(mailbox, head + "x" * (1000 - len(head) - 2) + "\r\n")
        with pytest.raises(smtplib.SMTPException):
            post(mailbox, head + "x" * 1001 + "\r\n")
    assert len(list_messages(tmp_path)) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "mail.example.test", ""])
def test_nothing_but_loopback_is_listened_to(tmp_path: Path, host: str) -> None:
    with pytest.raises(MailboxError, match=r"127\.0\.0\.1"):
        Mailbox(tmp_path, host, 0)


def test_a_taken_port_is_said_in_plain_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(MailboxError, match=rf"Cổng {port} .* chọn cổng khác"):
            Mailbox(tmp_path, port=port).start()


def test_stopping_ends_open_connections_and_frees_the_port(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path, port=0)
    mailbox.start()
    client = smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10)
    mailbox.stop()
    mailbox.stop()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.noop()
    mailbox.start()
    post(mailbox)
    mailbox.stop()
    assert len(list_messages(tmp_path)) == 1


def test_files_from_elsewhere_and_broken_ones_are_listed_and_shown(tmp_path: Path) -> None:
    keep(tmp_path, LETTER.encode(), AT)
    (tmp_path / "thư cũ.eml").write_bytes(
        b"Subject: =?nosuch?b?!!!?=\nContent-Type: text/plain; charset=nosuch\n\n\xff\xfe"
    )
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "7.eml").write_bytes(b"Subject: bay\n\nx")
    (tmp_path / "binary.eml").write_bytes(bytes(range(256)) * 20)
    (tmp_path / ".000009-x.eml.partial").write_bytes(b"half")
    (tmp_path / "folder.eml").mkdir()
    found = list_messages(tmp_path)
    assert [mail.number for mail in found][:2] == [1, 7]
    assert len(found) == 5
    assert len({mail.number for mail in found}) == 5
    for mail in found:
        assert read_message(tmp_path, mail.number) is not None


def test_no_folder_and_no_such_number_are_nothing(tmp_path: Path) -> None:
    assert list_messages(tmp_path / "none") == []
    assert read_message(tmp_path, 1) is None
