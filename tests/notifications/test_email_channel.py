"""E-mail against real servers: what arrives, what is refused, and what each ending is called."""

import base64
import logging
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from apprise import Apprise
from mail_servers import Certificate, Server, certificate, hangs_up

from dondoc.core.delivery import Delivery
from notifications.channels import CHANNELS, send
from notifications.email_channel import DonDocMail, register
from notifications.smtp_connection import close_all
from notifications.smtp_message import Attachment, Letterhead, compose

SENDER = "Đôn Đốc <don-doc@so-khcn.example>"
SUBJECT = "[Đôn đốc] Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng đầu năm 2022 – còn 7 ngày làm việc"
LETTER = Delivery(
    id="ab12",
    person="dau-moi-tdc",
    channel="email",
    address="dau-moi@chi-cuc-tdc.example",
    pace="now",
    local_day=date(2022, 5, 25),
    subject=SUBJECT,
    text="Kính gửi Chi cục,\n\nĐề nghị gửi báo cáo.\n.\n..hai chấm\n",
    html="<p>Đề nghị gửi báo cáo.</p>",
    message_id="<ab12@so-khcn.example>",
    not_after=datetime(2022, 6, 5, tzinfo=UTC),
    references="<r1@so-khcn.example> <r2@so-khcn.example>",
)


@pytest.fixture(autouse=True)
def _no_connection_left() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture(params=[False, True], ids=["step by step", "reads ahead"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(reads_ahead=request.param) as running:
        yield running


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("tls"))


def url(port: int, extra: str = "") -> str:
    return f"smtp://127.0.0.1:{port}{extra}"


# ── what arrives ──


def test_a_letter_arrives_with_each_header_once_and_both_parts(server: Server) -> None:
    outcome = send(LETTER, url(server.port), SENDER, "van-phong@so-khcn.example")
    assert outcome[:2] == ("sent", "250 OK queued as 42")
    (got,) = server.got
    assert (got.sender, got.recipients) == ("don-doc@so-khcn.example", ["dau-moi@chi-cuc-tdc.example"])
    message = got.message
    assert message.get_all("Message-ID") == ["<ab12@so-khcn.example>"]
    assert {name: len(message.get_all(name)) for name in message} == dict.fromkeys(message, 1)
    assert message["Subject"] == SUBJECT
    assert str(message["From"]) == SENDER
    assert message["Reply-To"] == "van-phong@so-khcn.example"
    assert message["In-Reply-To"] == "<r2@so-khcn.example>"
    assert message["References"] == "<r1@so-khcn.example> <r2@so-khcn.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.tzinfo is not None
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text
    assert message.get_body(("html",)).get_content().strip() == LETTER.html


def test_the_wire_is_7_bit_with_short_lines_and_every_encoded_word_is_whole(server: Server) -> None:
    send(LETTER._replace(subject="ậ" * 300, text="Đ" * 5000), url(server.port), SENDER)
    raw = server.got[0].raw
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert server.got[0].message["Subject"].replace(" ", "") == "ậ" * 300


def test_headers_are_composed_vietnamese_whatever_form_came_in(server: Server) -> None:
    send(LETTER._replace(subject=unicodedata.normalize("NFD", SUBJECT)), url(server.port), SENDER)
    assert server.got[0].message["Subject"] == SUBJECT


def test_the_same_delivery_composes_to_the_same_bytes() -> None:
    head, at = Letterhead("Đôn Đốc", "a@b.example"), datetime(2022, 5, 25, 1, tzinfo=UTC)
    assert compose(LETTER, head, at=at) == compose(LETTER, head, at=at)


def test_bytes_do_not_depend_on_who_changed_the_librarys_charsets(monkeypatch: pytest.MonkeyPatch) -> None:
    from email import charset

    head, at = Letterhead("Đôn Đốc", "a@b.example"), datetime(2022, 5, 25, 1, tzinfo=UTC)
    monkeypatch.setitem(charset.CHARSETS, "utf-8", (charset.QP, charset.QP, "utf-8"))
    first = compose(LETTER, head, at=at)
    monkeypatch.setitem(charset.CHARSETS, "utf-8", (charset.SHORTEST, charset.BASE64, "utf-8"))
    assert compose(LETTER, head, at=at) == first


def test_a_letter_without_html_is_plain_text(server: Server) -> None:
    send(LETTER._replace(html=""), url(server.port), SENDER)
    assert server.got[0].message.get_content_type() == "text/plain"


def test_an_attachment_keeps_its_vietnamese_name_and_its_bytes(server: Server) -> None:
    plugin = DonDocMail(**DonDocMail.parse_url(f"dondocmail://127.0.0.1:{server.port}"))
    paper = Attachment("Công văn đôn đốc.docx", "application/octet-stream", bytes(range(256)))
    assert plugin.deliver(LETTER, SENDER, attachments=[paper]).kind == "sent"
    (found,) = server.got[0].message.iter_attachments()
    assert (found.get_filename(), found.get_content()) == (paper.name, paper.content)
    assert server.got[0].message.get_body(("plain",)) is not None


# ── what is refused ──


@pytest.mark.parametrize("field", ["subject", "address", "message_id", "references"])
@pytest.mark.parametrize("bad", ["\r\nBcc: x@evil.example", "\nX: y", "\r", "\x00", "\u2028"])
def test_a_line_end_in_a_header_is_refused_for_good_and_nothing_is_sent(server: Server, field: str, bad: str) -> None:
    hostile = LETTER._replace(**{field: getattr(LETTER, field) + bad})
    outcome = send(hostile, url(server.port), SENDER)
    assert outcome.kind == "permanent"
    assert field in outcome.detail
    assert server.got == []
    assert server.connections == 0


@pytest.mark.parametrize(
    "bad", ["", "a", "a@b@c", "a b@c.example", "a@x.example,b@x.example", "a@x.example> SIZE=1", "đ@x.example"]
)
def test_an_address_that_is_not_one_plain_mailbox_is_refused_for_good(server: Server, bad: str) -> None:
    assert send(LETTER._replace(address=bad), url(server.port), SENDER).kind == "permanent"
    assert server.connections == 0


@pytest.mark.parametrize("sender", ["", "Đôn Đốc", "a@b.example\r\nBcc: x@evil.example"])
def test_a_sender_nobody_can_write_from_is_a_configuration_to_repair(server: Server, sender: str) -> None:
    outcome = send(LETTER, url(server.port), sender)
    assert outcome.kind == "temporary"
    assert "sender" in outcome.detail


def test_plain_text_leaves_this_machine_only_encrypted() -> None:
    outcome = send(LETTER, "smtp://mail.example.test:25?mode=plain", SENDER)
    assert outcome.kind == "temporary"
    assert "starttls" in outcome.detail


@pytest.mark.parametrize("bad", ["", "smtp://", "smtp://user:geheim@", "nonsense", "nosuch://user:geheim@host"])
def test_a_url_nobody_can_read_is_temporary_and_its_secret_is_not_repeated(
    bad: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    outcome = send(LETTER, bad, SENDER)
    assert outcome.kind == "temporary"
    assert outcome.detail
    assert "geheim" not in outcome.detail + caplog.text + "".join(capfd.readouterr())


# ── what each ending is called ──


@pytest.mark.parametrize(
    ("stage", "reply", "kind"),
    [
        ("RCPT", "450 4.2.1 mailbox busy", "temporary"),
        ("RCPT", "499 odd", "temporary"),
        ("RCPT", "550 5.1.1 no such user", "permanent"),
        ("RCPT", "530 5.7.0 authentication required", "temporary"),
        ("RCPT", "554 5.7.1 Relay access denied", "temporary"),
        ("RCPT", "553 5.1.8 Sender address rejected", "temporary"),
        ("RCPT", "550 user said 5.7.1 once", "permanent"),
        ("DATA", "451 4.3.0 greylisted", "temporary"),
        ("DATA", "554 5.7.1 refused", "permanent"),
        ("MAIL", "451 4.3.0 later", "temporary"),
        ("MAIL", "550 5.7.1 sender not allowed", "temporary"),
        ("MAIL", "552 5.3.4 too large", "permanent"),
    ],
)
def test_a_reply_decides_by_its_code_and_by_whom_it_speaks_of(
    server: Server, stage: str, reply: str, kind: str
) -> None:
    server.refuse[stage] = reply
    outcome = send(LETTER, url(server.port), SENDER)
    assert outcome.kind == kind
    assert reply in outcome.detail


def test_after_a_refusal_the_same_connection_serves_the_next_letter(server: Server) -> None:
    server.refuse["RCPT"] = "550 5.1.1 no such user"
    assert send(LETTER, url(server.port), SENDER).kind == "permanent"
    server.refuse.clear()
    assert send(LETTER, url(server.port), SENDER).kind == "sent"
    assert server.connections == 1
    assert server.got[0].recipients == [LETTER.address]


@pytest.mark.parametrize("moment", ["connect", "MAIL", "RCPT", "DATA", "text"])
def test_a_connection_lost_before_the_final_dot_is_temporary(moment: str) -> None:
    large = LETTER._replace(text="x" * 8_000_000)
    with hangs_up(moment) as port:
        assert send(large, url(port), SENDER).kind == "temporary"


def test_a_connection_lost_after_the_final_dot_is_unknown_and_not_tried_again_by_the_channel() -> None:
    with hangs_up("dot") as port:
        outcome = send(LETTER, url(port), SENDER)
    assert outcome.kind == "unknown"
    assert f"127.0.0.1:{port}" in outcome.detail


def test_a_server_that_is_down_is_temporary() -> None:
    with Server() as gone:
        port = gone.port
    outcome = send(LETTER, url(port), SENDER)
    assert outcome.kind == "temporary"
    assert f"127.0.0.1:{port}" in outcome.detail


# ── the kept connection ──


def test_many_letters_take_one_connection(server: Server) -> None:
    for n in range(20):
        assert send(LETTER._replace(message_id=f"<{n}@x.example>"), url(server.port), SENDER).kind == "sent"
    assert server.connections == 1
    assert [got.message["Message-ID"] for got in server.got] == [f"<{n}@x.example>" for n in range(20)]


def test_a_server_started_again_between_two_letters_is_met_by_a_new_connection() -> None:
    with Server() as first:
        assert send(LETTER, url(first.port), SENDER).kind == "sent"
    with Server(port=first.port) as second:
        assert send(LETTER, url(second.port), SENDER).kind == "sent"
        assert len(second.got) == 1


def test_a_kept_connection_that_was_idle_too_long_is_not_trusted(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(LETTER, url(server.port), SENDER)
    monkeypatch.setattr("notifications.smtp_connection.IDLE", 0.0)
    assert send(LETTER, url(server.port), SENDER).kind == "sent"
    assert server.connections == 2


def test_threads_do_not_share_a_connection(server: Server) -> None:
    def some() -> None:
        kinds.extend(send(LETTER, url(server.port), SENDER).kind for _ in range(5))
        close_all()

    kinds: list[str] = []
    threads = [threading.Thread(target=some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds == ["sent"] * 20
    assert server.connections == 4


# ── encryption and login ──


def test_starttls_and_login_with_an_odd_password(pair: Certificate) -> None:
    with Server({"vp": "p@ss:/?#"}, tls_context=pair.server_side, require_starttls=True) as server:
        secret = quote("p@ss:/?#", safe="")
        address = f"smtp://vp:{secret}@127.0.0.1:{server.port}?ca={pair.path}"
        assert send(LETTER, address, SENDER).kind == "sent"
        assert send(LETTER, address, SENDER).kind == "sent"
        assert server.connections == 1


def test_tls_from_the_first_byte(pair: Certificate) -> None:
    with Server(ssl_context=pair.server_side) as server:
        assert send(LETTER, f"smtps://127.0.0.1:{server.port}?ca={pair.path}", SENDER).kind == "sent"


def test_an_unknown_certificate_is_refused_in_words_unless_told_otherwise(pair: Certificate) -> None:
    with Server(tls_context=pair.server_side, require_starttls=True) as server:
        outcome = send(LETTER, f"smtp://127.0.0.1:{server.port}?mode=starttls", SENDER)
        assert outcome.kind == "temporary"
        assert "Chứng thư" in outcome.detail
        assert send(LETTER, f"smtp://127.0.0.1:{server.port}?mode=starttls&verify=no", SENDER).kind == "sent"


def test_a_server_without_starttls_gets_no_password(server: Server) -> None:
    outcome = send(LETTER, f"smtp://vp:geheim@127.0.0.1:{server.port}", SENDER)
    assert outcome.kind == "temporary"
    assert server.got == []


def test_a_password_the_library_cannot_send_is_temporary_and_no_letter_of_it_is_shown(pair: Certificate) -> None:
    with Server({"vp": "x"}, tls_context=pair.server_side, require_starttls=True) as server:
        secret = quote("đềđ", safe="")
        outcome = send(LETTER, f"smtp://vp:{secret}@127.0.0.1:{server.port}?ca={pair.path}", SENDER)
    assert outcome.kind == "temporary"
    assert "u0111" not in outcome.detail


def test_a_missing_certificate_file_is_a_configuration_to_repair(pair: Certificate) -> None:
    with Server(tls_context=pair.server_side) as server:
        outcome = send(LETTER, f"smtp://127.0.0.1:{server.port}?mode=starttls&ca=/no/such.pem", SENDER)
    assert outcome.kind == "temporary"


def test_a_wrong_password_is_temporary_names_the_account_and_is_never_shown(
    pair: Certificate, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    caplog.set_level(logging.INFO, "mail.log")  # the test's own server would log what it hears
    with Server({"vp": "good"}, tls_context=pair.server_side, require_starttls=True) as server:
        outcome = send(LETTER, f"smtp://vp:geheim@127.0.0.1:{server.port}?ca={pair.path}", SENDER)
    assert outcome.kind == "temporary"
    assert "vp" in outcome.detail
    shown = outcome.detail + caplog.text + "".join(capfd.readouterr())
    assert "geheim" not in shown
    assert base64.b64encode(b"geheim").decode() not in outcome.detail


# ── Apprise ──


def test_apprise_itself_can_use_the_plugin(server: Server) -> None:
    register()
    register()
    apprise = Apprise()
    assert apprise.add(f"dondocmail://127.0.0.1:{server.port}/a@x.example/b@x.example?from=don-doc@so-khcn.example")
    assert bool(apprise.notify(body="Thử <b>kênh</b>", title="Thử kênh"))
    assert [got.recipients for got in server.got] == [["a@x.example"], ["b@x.example"]]
    assert server.got[0].message["Subject"] == "Thử kênh"
    server.refuse["RCPT"] = "550 no"
    assert not bool(apprise.notify(body="Thử"))


def test_a_url_survives_its_own_printing_and_hides_its_password() -> None:
    made = DonDocMail(
        **DonDocMail.parse_url("dondocmails://vp:p%40ss@mail.example.test:2465/a@x.example?from=a@b.example&ca=/x.pem")
    )
    again = DonDocMail(**DonDocMail.parse_url(made.url()))
    assert again.settings == made.settings
    assert (again.targets, again.from_addr, again.url_identifier) == (
        ["a@x.example"],
        "a@b.example",
        made.url_identifier,
    )
    assert made.settings.password == "p@ss"
    assert "p@ss" not in made.url(privacy=True)
    assert "p%40ss" not in made.url(privacy=True)


@pytest.mark.parametrize(
    ("written", "mode", "port"),
    [
        ("dondocmail://127.0.0.1", "plain", 25),
        ("dondocmail://u:p@127.0.0.1", "starttls", 587),
        ("dondocmail://mail.example.test", "starttls", 587),
        ("dondocmails://mail.example.test", "tls", 465),
        ("dondocmails://mail.example.test?mode=starttls", "starttls", 587),
    ],
)
def test_the_way_of_encryption_follows_from_scheme_and_place(written: str, mode: str, port: int) -> None:
    settings = DonDocMail(**DonDocMail.parse_url(written)).settings
    assert (settings.mode, settings.port) == (mode, port)


def test_the_plugin_never_sleeps_between_messages() -> None:
    assert DonDocMail.request_rate_per_sec == 0


def test_any_other_apprise_url_is_a_channel_and_mailto_goes_to_the_delivery_s_person(server: Server) -> None:
    address = f"mailto://127.0.0.1:{server.port}?from=don-doc@so-khcn.example&rto=5"
    assert "mailto" not in CHANNELS
    assert send(LETTER, address, SENDER).kind == "sent"
    assert server.got[0].recipients == [LETTER.address]
    server.refuse["RCPT"] = "550 no"
    assert send(LETTER, address, SENDER).kind == "unknown"
