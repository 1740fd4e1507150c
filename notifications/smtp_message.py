"""A delivery as the bytes a mail server takes: pure 7-bit, the same for the same input."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.charset import BASE64, Charset
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import Compat32, compat32
from email.utils import format_datetime, formataddr, localtime, parseaddr
from typing import NamedTuple

from dondoc.core.delivery import Delivery

_CRLF: Compat32 = compat32.clone(linesep="\r\n")
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
    """The whole message. `at` is the Date of this try, None the moment of the call; Refused before anything unsafe."""
    message = _body(delivery)
    if attachments:
        mixed = MIMEMultipart("mixed", policy=_CRLF)
        for part in (message, *map(_attached, attachments)):
            mixed.attach(part)
        message = mixed
    for name, value in _headers(delivery, head, at).items():
        message[name] = value  # type: ignore[assignment]  # a Header is taken too, says its manual
    return message.as_bytes(policy=_CRLF)


def _headers(delivery: Delivery, head: Letterhead, at: datetime | None) -> dict[str, str | Header]:
    headers: dict[str, str | Header] = {
        "From": _named(head.name, head.address),
        "To": _address("address", delivery.address),
        "Subject": _encoded(_line("subject", delivery.subject)),
        "Date": format_datetime(at or localtime()),
        "Message-ID": _message_id("message_id", delivery.message_id),
        # RFC 3834: keeps vacation notices and other machines from answering a machine.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if head.reply_to:
        headers["Reply-To"] = head.reply_to
    if threads := [_message_id("references", one) for one in _line("references", delivery.references).split()]:
        headers |= {"In-Reply-To": threads[-1], "References": " ".join(threads)}
    return headers


def _body(delivery: Delivery) -> MIMEBase:
    text = _text(delivery.text, "plain")
    if not delivery.html:
        return text
    # RFC 2046 5.1.4: the last part is the one preferred.
    both = MIMEMultipart("alternative", policy=_CRLF, boundary=_boundary(delivery))
    both.attach(text)
    both.attach(_text(delivery.html, "html"))
    return both


def _text(text: str, subtype: str) -> MIMEText:
    return MIMEText(text, subtype, UTF_8, policy=_CRLF)  # type: ignore[arg-type]  # a Charset is taken too


def _boundary(delivery: Delivery) -> str:
    """Of the message's own identifier; no base64 line begins with "--", so none can be mistaken for it."""
    return "=_" + re.sub(r"[^A-Za-z0-9]", "", delivery.message_id)[:60]


def _attached(attachment: Attachment) -> MIMEBase:
    main, _slash, sub = _line("attachment", attachment.media_type).partition("/")
    part = MIMEBase(main or "application", sub or "octet-stream", policy=_CRLF)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _line("attachment", attachment.name)))
    return part


def _encoded(text: str) -> str | Header:
    """RFC 2047 where it is not plain ASCII: UTF-8, composed letters, folded between characters."""
    return text if text.isascii() else Header(text, UTF_8, header_name="Subject")


def _named(name: str, address: str) -> str:
    if name.isascii():
        return formataddr((name, address))
    words = Header(name, UTF_8, header_name="From").encode(linesep="")
    return f"{words} <{address}>"


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
