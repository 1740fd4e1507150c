"""The mailbox to which reports on undelivered letters come back: a Maildir, or a folder on an IMAP server."""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dondoc.words import _
from notifications.bounce import LARGEST
from notifications.smtp_connection import tls_context
from notifications.smtp_settings import is_loopback

MOST = 500  # messages a round
PATIENCE = 20.0  # seconds


class MailboxTrouble(Exception):
    """Why it could not be read, in words and without a password."""


def unread(place: str) -> Iterator[bytes]:
    """Messages nobody has read, each marked as read once the next one is asked for; MailboxTrouble in words.

    `place` is a Maildir's folder, maildir:///FOLDER, or imaps://USER:PASSWORD@HOST/FOLDER.
    """
    scheme, mark, rest = place.partition("://")
    if mark and scheme.lower() in ("imap", "imaps"):
        yield from _of_server(place)
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


def _of_server(url: str) -> Iterator[bytes]:
    server = urlsplit(url)
    shown = f"{server.hostname}:{server.port or (993 if server.scheme == 'imaps' else 143)}"
    try:
        with _opened(url) as imap:
            imap.login(unquote(server.username or ""), unquote(server.password or ""))
            imap.select(unquote(server.path.strip("/")) or "INBOX")
            for number in imap.search(None, "UNSEEN")[1][0].split()[:MOST]:
                answer = imap.fetch(number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
                yield next((part[1] for part in answer if isinstance(part, tuple)), b"")
                imap.store(number.decode(), "+FLAGS", "\\Seen")
    except (OSError, ssl.SSLError, imaplib.IMAP4.error, UnicodeError) as error:
        told = _("Không đọc được hộp thư trả lại ở {place}: xem lại địa chỉ, tên và mật khẩu ({why}).")
        raise MailboxTrouble(told.format(place=shown, why=type(error).__name__)) from None


def _opened(url: str) -> imaplib.IMAP4:
    """RFC 8314: TLS from the first byte, or STARTTLS; in plain text on this machine alone."""
    server = urlsplit(url)
    host = server.hostname or ""
    if server.scheme.lower() == "imaps":
        return imaplib.IMAP4_SSL(host, server.port or 993, ssl_context=tls_context(True, ""), timeout=PATIENCE)
    imap = imaplib.IMAP4(host, server.port or 143, timeout=PATIENCE)
    if not is_loopback(host):
        imap.starttls(tls_context(True, ""))
    return imap
