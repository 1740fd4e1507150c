"""Letters that come back: the next channel takes over, and a forged report changes nothing."""

import mailbox
import subprocess
import sys
from datetime import date
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from watched_office import CLERK, REPORT, Post, at, delivered

from definitions.contacts import Contact
from dondoc.cli.bug_report import _secrets
from dondoc.core.delivery import Delivery
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.office import Office
from dondoc.use_cases.take_bounces import Bounces, take_bounce, take_bounces
from dondoc.words.bounces import bounce_words
from notifications.bounce import read_bounces
from notifications.channels import send
from notifications.smtp_connection import close_all

DAY = date(2022, 5, 25)
NINE = at(DAY, 9)
# As Postfix 3.7 writes it, shortened.
REPORT_TEXT = """\
Return-Path: <>
From: MAILER-DAEMON@so-khcn.example (Mail Delivery System)
To: don-doc@so-khcn.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="9E1.1/mx"
Message-Id: <20220525010203.1@mx.so-khcn.example>

This is a MIME-encapsulated message.

--9E1.1/mx
Content-Type: text/plain; charset=us-ascii

<{recipient}>: host mx said: {status} {said}

--9E1.1/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.so-khcn.example
{envelope}
Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--9E1.1/mx
Content-Type: {returned}

From: don-doc@so-khcn.example
To: {recipient}
Subject: =?utf-8?b?xJDDtG4gxJHhu5Fj?=
Message-ID: {message_id}

--9E1.1/mx--
"""


def report(
    letter: Delivery,
    action: str = "failed",
    status: str = "5.1.1",
    recipient: str = "",
    message_id: str = "",
    envelope: str = "",
    returned: str = "message/rfc822",
    said: str = "550 5.1.1 User unknown",
) -> bytes:
    given = {"action": action, "status": status, "returned": returned, "said": said}
    named = {"recipient": recipient or letter.address, "message_id": message_id or letter.message_id}
    text = REPORT_TEXT.format(**given, **named, envelope=f"Original-Envelope-Id: {envelope}\n" if envelope else "")
    return text.encode()


@pytest.fixture
def mailed(live: Office) -> Office:
    """Everybody by e-mail alone but one, who has Zalo after it; everything was accepted."""
    contact = live.contacts[CLERK]._replace(prefer=("email", "zalo"))
    live = live._replace(contacts={**live.contacts, CLERK: contact})
    delivered(live, at(DAY), Post())
    return live


def letter_to(office: Office, person: str = CLERK) -> Delivery:
    with office.register.reading() as book:
        (found,) = [
            r.delivery
            for r in book.deliveries(person=person)
            if REPORT in r.delivery.text and r.delivery.local_day == DAY and r.delivery.channel == "email"
        ]
    return found


def state(office: Office) -> tuple[str, list[str]]:
    letter = letter_to(office)
    with office.register.reading() as book:
        return letter.status, [attempt.outcome for attempt in book.attempts(letter.id)]


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_came_back_goes_by_the_next_channel(mailed: Office, returned: str) -> None:
    raw = report(letter_to(mailed), returned=returned)
    assert take_bounce(mailed, raw, NINE) == Bounces(bounced=1)
    assert state(mailed) == ("dead", ["sent", "bounced"])
    post = Post()
    delivered(mailed, NINE, post)
    assert post.of() == [("zalo", True)] and state(mailed)[0] == "replaced"


def test_without_another_channel_somebody_calls_and_reads_why(mailed: Office) -> None:
    mailed = mailed._replace(contacts={**mailed.contacts, CLERK: Contact("dau-moi@so.example", phone="024 1")})
    take_bounce(mailed, report(letter_to(mailed), said="không có ai ở đây"), NINE)
    (call,) = [call for call in call_list(mailed, NINE) if call.person == CLERK and call.key == REPORT]
    assert call.why.startswith("Thư bị trả lại: 5.1.1: hộp thư không tồn tại – ")


def test_the_same_report_twice_is_one_bounce(mailed: Office) -> None:
    raw = report(letter_to(mailed))
    assert [take_bounce(mailed, raw, NINE).known for _ in range(3)] == [0, 1, 1]
    assert state(mailed)[1] == ["sent", "bounced"]


def test_a_delay_is_noted_and_moves_nothing(mailed: Office) -> None:
    raw = report(letter_to(mailed), action="delayed", status="4.4.1")
    assert [take_bounce(mailed, raw, NINE)[:3] for _ in range(2)] == [(0, 1, 0), (0, 0, 1)]
    assert state(mailed) == ("sent", ["sent", "delayed"])


def test_a_failure_after_long_waiting_is_a_failure(mailed: Office) -> None:
    assert take_bounce(mailed, report(letter_to(mailed), status="4.4.7"), NINE).bounced == 1


def test_our_envelope_names_the_letter_where_its_headers_did_not_come_back(mailed: Office) -> None:
    letter = letter_to(mailed)
    raw = report(letter, envelope=letter.id, returned="text/plain")
    assert take_bounce(mailed, raw, NINE).bounced == 1


def test_a_forged_report_changes_nothing(mailed: Office) -> None:
    letter = letter_to(mailed)
    forged = [
        report(letter, message_id="<khong-co@so-khcn.example>"),
        report(letter, message_id=letter.message_id.replace("@", "@x.")),
        report(letter, recipient="nguoi-khac@so.example"),
        report(letter, message_id="<khong-co@x.example>", envelope=letter.id),
        report(letter, envelope=letter.id, recipient="nguoi-khac@so.example", returned="text/plain"),
        report(letter).replace(b"multipart/report", b"multipart/mixed"),
        b"Subject: vang mat\n\nToi dang di cong tac.\n",
        b"",
    ]
    assert {take_bounce(mailed, raw, NINE) for raw in forged} == {Bounces(strange=1)}
    assert state(mailed) == ("sent", ["sent"])


def test_no_crafted_report_brings_the_reading_down() -> None:
    whole = report(Delivery("a", "", "email", "a@b.example", "now", DAY, "", "", "", "<a@b.example>", NINE))
    for cut in range(0, len(whole), 7):
        read_bounces(whole[:cut])
        read_bounces(whole[:cut] + b"\xff\x00\r" + whole[cut + 3 :])
    assert [found.status for found in read_bounces(whole)] == ["5.1.1"]


def test_a_maildir_is_read_once_and_its_messages_are_marked(mailed: Office, tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "tra-lai")
    box.add(b"Subject: xin chao\n\nabc\n")
    box.add(report(letter_to(mailed)))
    mailed = mailed._replace(mail=mailed.mail._replace(bounces=str(tmp_path / "tra-lai")))
    assert take_bounces(mailed, NINE) == Bounces(bounced=1, strange=1)
    assert take_bounces(mailed, NINE) == Bounces()
    assert [message.get_flags() for message in mailbox.Maildir(tmp_path / "tra-lai")] == ["S", "S"]


@pytest.mark.parametrize("place", ["/khong/co", "maildir:///khong/co", "imap://ai:mat-khau@127.0.0.1:9/INBOX"])
def test_a_mailbox_that_cannot_be_read_is_told_without_its_password(mailed: Office, place: str) -> None:
    found = take_bounces(mailed._replace(mail=mailed.mail._replace(bounces=place)), NINE)
    assert "hộp thư trả lại" in found.trouble.lower() and "mat-khau" not in found.trouble


def test_a_mail_server_may_hand_a_report_over_itself(mailed: Office) -> None:
    command = [sys.executable, "-m", "dondoc", "bounces", "read", "-", "--data", str(mailed.data)]
    done = subprocess.run(command, input=report(letter_to(mailed)), capture_output=True, check=True, timeout=120)
    assert "bị trả lại: 1" in done.stdout.decode() and state(mailed)[0] == "dead"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.2.2", "5.2.2: hộp thư đã đầy"),
        ("5.7.26", "5.7.26: bị từ chối vì quy định bảo mật của bên nhận"),
        ("", "máy chủ thư báo không đưa đến được"),
        ("5.9.9", "5.9.9: máy chủ thư báo không đưa đến được"),
    ],
)
def test_a_status_is_said_in_words(status: str, words: str) -> None:
    assert bounce_words(status) == words


class Talk(StreamRequestHandler):
    """Says yes to everything, offers delivery reports (RFC 3461), and keeps what it is told."""

    def handle(self) -> None:
        self.wfile.write(b"220 mx\r\n")
        for line in self.rfile:
            self.server.said.append(line.decode().strip())  # type: ignore[attr-defined]
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.wfile.write(self.server.offer)  # type: ignore[attr-defined]
            elif verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
                self.wfile.write(b"250 taken\r\n")
            else:
                self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")


@pytest.mark.parametrize("offer", [b"250-DSN\r\n250 mx\r\n", b"250-DSN\r\n250 PIPELINING\r\n", b"250 mx\r\n"])
def test_a_server_that_can_is_asked_to_name_the_letter_in_its_report(offer: bytes) -> None:
    with ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.said, server.offer, server.daemon_threads = [], b"250-mx\r\n" + offer, True  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        letter = Delivery("ab12", "", "email", "a+b=c@so.example", "now", DAY, "x", "y", "", "<ab12@so.example>", NINE)
        outcome = send(letter, f"smtp://127.0.0.1:{server.server_address[1]}", "Đôn Đốc <don-doc@so.example>")
        close_all()
        server.shutdown()
    envelope = [line for line in server.said if line.startswith(("MAIL", "RCPT"))]  # type: ignore[attr-defined]
    asked = b"DSN" in offer
    assert outcome.kind == "sent"
    assert envelope == [
        "MAIL FROM:<don-doc@so.example>" + " RET=HDRS ENVID=ab12" * asked,
        "RCPT TO:<a+b=c@so.example>" + " NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb+3Dc@so.example" * asked,
    ]


def test_a_bug_report_tells_no_password_of_the_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_BOUNCE_MAILBOX", "imaps://ai:mat-khau@so.example/INBOX")
    assert "imaps://ai:mat-khau@so.example/INBOX" in _secrets()
