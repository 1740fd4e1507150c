"""The mailbox to which reports on undelivered letters come back: a Maildir, or a folder on an IMAP server."""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from dondoc.words import _
from notifications.bounce import LARGEST
from notifications.smtp_connection import tls_context
from notifications.smtp_settings import is_loopback

MOST = 500  # messages a round
PATIENCE = 20.0  # seconds
PORTS = {"plain": 143, "starttls": 143, "tls": 993}


class MailboxTrouble(Exception):
    """Why it could not be read, in words and without a password."""


def unread(place: str) -> Iterator[bytes]:
    """Messages nobody has read, each marked as read once the next one is asked for; MailboxTrouble in words.

    `place` is a Maildir's folder, maildir:///FOLDER, or imaps://USER:PASSWORD@HOST/FOLDER?ca=FILE; with imap:// and
    mode=starttls TLS begins later, as it does without asking for any other machine than this one.
    """
    scheme, mark, rest = place.partition("://")
    if mark and scheme.lower() in ("imap", "imaps"):
        yield from _of_server(imap_server(place))
    else:
        yield from _of_folder(Path(rest if mark else place))


def _of_folder(folder: Path) -> Iterator[bytes]:
    if not (folder / "new").is_dir():
        told = _("Hộp thư trả lại {folder} không phải một thư mục Maildir (không có thư mục new bên trong).")
        raise MailboxTrouble(told.format(folder=folder))
    try:
        box = mailbox.Maildir(folder, factory=None, create=False)
        for key in sorted(box.keys()):
            message = box.get_message(key)
            if "S" in message.get_flags():
                continue
            with box.get_file(key) as file:
                raw = file.read(LARGEST)
            yield raw
            message.set_subdir("cur")
            message.add_flag("S")
            box[key] = message
    except OSError as error:
        told = _("Không đọc được hộp thư trả lại {folder}: {why}")
        raise MailboxTrouble(told.format(folder=folder, why=error.strerror or type(error).__name__)) from error


class ImapServer(NamedTuple):
    """Never print it whole: it holds the password. `mode` is plain, starttls or tls."""

    host: str
    port: int
    mode: str
    user: str
    password: str
    folder: str
    ca_file: str = ""

    @property
    def place(self) -> str:
        """The server as a person may read it."""
        return f"{self.host}:{self.port}"


def imap_server(url: str) -> ImapServer:
    """What an IMAP URL names; MailboxTrouble where it cannot be read, or would send a password in plain text."""
    try:
        read, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise MailboxTrouble(
            _("Địa chỉ hộp thư trả lại không đọc được: cần dạng imaps://TÊN:MẬT_KHẨU@MÁY_CHỦ/INBOX.")
        ) from None
    given, host, tls = dict(parse_qsl(read.query)), read.hostname or "", read.scheme.lower() == "imaps"
    mode = given.get("mode", "tls" if tls else "plain" if is_loopback(host) else "starttls")
    if mode not in PORTS or (mode == "plain" and not is_loopback(host)):
        told = _(
            "Hộp thư trả lại ở {place}: dùng mode=starttls hoặc imaps://; không mã hóa chỉ được trên chính máy này."
        )
        raise MailboxTrouble(told.format(place=host))
    user, password, folder = (unquote(part or "") for part in (read.username, read.password, read.path.strip("/")))
    return ImapServer(host, port or PORTS[mode], mode, user, password, folder or "INBOX", given.get("ca", ""))


def _of_server(server: ImapServer) -> Iterator[bytes]:
    try:
        with _opened(server) as imap:
            imap.login(server.user, server.password)
            imap.select(server.folder)
            for number in imap.search(None, "UNSEEN")[1][0].split()[:MOST]:
                answer = imap.fetch(number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
                yield next((part[1] for part in answer if isinstance(part, tuple)), b"")
                imap.store(number.decode(), "+FLAGS", "\\Seen")
    except ssl.SSLCertVerificationError as error:
        told = _(
            "Chứng thư của máy chủ hộp thư {place} không được tin cậy: xem lại tên máy chủ hoặc tham số ca ({why})."
        )
        raise MailboxTrouble(told.format(place=server.place, why=error.verify_message)) from None
    except (OSError, ssl.SSLError, imaplib.IMAP4.error, UnicodeError) as error:
        told = _("Không đọc được hộp thư trả lại ở {place}: xem lại địa chỉ, tên và mật khẩu ({why}).")
        raise MailboxTrouble(told.format(place=server.place, why=type(error).__name__)) from None


def _opened(server: ImapServer) -> imaplib.IMAP4:
    """RFC 8314: TLS from the first byte, or STARTTLS; no name and no password before it."""
    if server.mode == "tls":
        context = tls_context(True, server.ca_file)
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=PATIENCE)
    imap = imaplib.IMAP4(server.host, server.port, timeout=PATIENCE)
    if server.mode == "starttls":
        try:
            imap.starttls(tls_context(True, server.ca_file))
        except BaseException:
            with suppress(OSError):
                imap.shutdown()
            raise
    return imap
