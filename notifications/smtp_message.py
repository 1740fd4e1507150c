"""A delivery as the bytes a mail server takes: pure 7-bit, the same for the same input."""

import re
import unicodedata
from base64 import encodebytes
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.charset import BASE64, Charset
from email.header import Header
from email.utils import encode_rfc2231, format_datetime, formataddr, localtime, parseaddr
from functools import lru_cache
from typing import NamedTuple

from dondoc.core.delivery import Delivery

NEW_LINE = "\r\n "
MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
# Stated here because Apprise changes the library's own "utf-8" for the whole process when it is imported.
UTF_8 = Charset("utf-8")
UTF_8.header_encoding = UTF_8.body_encoding = BASE64
CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029]")
MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
# One mailbox, plain: no quoted local part, no list, no comment. SMTPUTF8 addresses are not supported.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class Attachment(NamedTuple):
    """`media_type` like "text/calendar"."""

    name: str
    media_type: str
    content: bytes


class Refused(ValueError):
    """A value that may not stand in a header: `field` names it. Never sent, never repaired silently."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Letterhead(NamedTuple):
    """From whom, once checked; `name` may be Vietnamese, the addresses are plain."""

    name: str
    address: str
    reply_to: str = ""


@lru_cache(maxsize=16)
def letterhead(sender: str, reply_to: str = "") -> Letterhead:
    """Out of "Đôn Đốc <a@b.example>"; Refused where that is no single address."""
    name, address = parseaddr(_line("sender", sender))
    reply_address = parseaddr(_line("reply_to", reply_to))[1]
    if reply_to:
        _address("reply_to", reply_address)
    return Letterhead(name, _address("sender", address), reply_address)


def compose(
    delivery: Delivery, head: Letterhead, attachments: Sequence[Attachment] = (), at: datetime | None = None
) -> bytes:
    """The whole message. `at` is the Date of this try, None the moment of the call; Refused before anything unsafe.

    Written out, because the library's own classes take longer than handing the message over does.
    """
    headers = "".join(f"{name}: {value}\r\n" for name, value in _headers(delivery, head, at))
    parts = [_text(delivery.text, "plain")]
    if delivery.html:
        # RFC 2046 5.1.4: the last part is the one preferred.
        parts = [_parts("alternative", delivery, [*parts, _text(delivery.html, "html")])]
    if attachments:
        parts = [_parts("mixed", delivery, [*parts, *map(_attached, attachments)])]
    return f"{headers}MIME-Version: 1.0\r\n".encode("ascii") + parts[0]


def _headers(delivery: Delivery, head: Letterhead, at: datetime | None) -> Iterator[tuple[str, str]]:
    yield "From", _named(head.name, head.address)
    yield "To", _address("address", delivery.address)
    yield "Subject", _folded("Subject", _line("subject", delivery.subject))
    yield "Date", format_datetime(at or localtime())
    yield "Message-ID", _message_id("message_id", delivery.message_id)
    if threads := [_message_id("references", one) for one in _line("references", delivery.references).split()]:
        yield "In-Reply-To", threads[-1]
        yield "References", NEW_LINE.join(threads)
    if head.reply_to:
        yield "Reply-To", head.reply_to
    # RFC 3834: keeps vacation notices and other machines from answering a machine.
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"


def _text(text: str, subtype: str) -> bytes:
    # One kind of line end (RFC 2046 4.1.1), whatever the letter was written with.
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return _encoded(f'text/{subtype}; charset="utf-8"', lines.encode("utf-8", "replace"))


def _attached(attachment: Attachment) -> bytes:
    media_type = _line("attachment", attachment.media_type)
    if not MEDIA_TYPE.fullmatch(media_type):
        raise Refused("attachment")
    name = encode_rfc2231(_line("attachment", attachment.name), "utf-8")
    return _encoded(media_type, attachment.content, f"Content-Disposition: attachment; filename*={name}\r\n")


def _encoded(content_type: str, content: bytes, more: str = "") -> bytes:
    head = f"Content-Type: {content_type}\r\n{more}Content-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("ascii") + encodebytes(content).replace(b"\n", b"\r\n")


def _parts(subtype: str, delivery: Delivery, parts: Sequence[bytes]) -> bytes:
    """The boundary is made of the message's identifier; "=_" stands in no base64 line, so none is mistaken for it."""
    boundary = f"=_{subtype}_" + re.sub(r"[^A-Za-z0-9]", "", delivery.message_id)[:40]
    mark = f"--{boundary}".encode("ascii")
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return head + b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"


def _folded(name: str, text: str) -> str:
    """RFC 2047 where it is not plain ASCII: UTF-8, composed letters, folded between characters."""
    if text.isascii() and len(name) + len(text) < 75:
        return text
    charset = None if text.isascii() else UTF_8
    return Header(text, charset, header_name=name).encode(linesep="\r\n")


def _named(name: str, address: str) -> str:
    if name.isascii():
        return formataddr((name, address))
    return f"{_folded('From', name)}{NEW_LINE if len(name) > 10 else ' '}<{address}>"


def _line(field: str, value: str) -> str:
    if CONTROL.search(value):
        raise Refused(field)
    return unicodedata.normalize("NFC", value).strip()


def _address(field: str, value: str) -> str:
    if not ADDRESS.fullmatch(value) or len(value) > 254:
        raise Refused(field)
    return value


def _message_id(field: str, value: str) -> str:
    bracketed = value if value.startswith("<") else f"<{value}>"
    if not MESSAGE_ID.fullmatch(bracketed):
        raise Refused(field)
    return bracketed
