"""Kept messages in words: decoded, and without an exception however broken a file is."""

from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple

from notifications.mailbox.folder import arrived_at, messages, number_of

HEAD = 65_536  # bytes in which the headers of a message are looked for: a list reads no more of each file


class MailSummary(NamedTuple):
    """`at` is aware UTC, `size` in bytes; sender and recipient are bare addresses, "" where the file names none."""

    number: int
    path: Path
    at: datetime
    sender: str
    recipient: str
    subject: str
    size: int


class MailView(NamedTuple):
    """One whole message. `headers` in their order, decoded; `attachments` are file names."""

    number: int
    path: Path
    at: datetime
    sender: str
    recipient: str
    subject: str
    size: int
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[str, ...]


def list_messages(folder: Path) -> list[MailSummary]:
    """What arrived, oldest first; a file that cannot be read is left out."""
    return [found for path in messages(folder) if (found := _summary(path))]


def read_message(folder: Path, number: int) -> MailView | None:
    """One message by its number; None where there is none."""
    path = next((path for path in reversed(messages(folder)) if number_of(path) == number), None)
    summary = _summary(path) if path else None
    if path is None or summary is None:
        return None
    message = message_from_bytes(path.read_bytes())
    headers = tuple((name, _decoded(value)) for name, value in message.items())
    return MailView(*summary, headers, _part(message, "plain"), _part(message, "html"), _attachments(message))


def _summary(path: Path) -> MailSummary | None:
    try:
        with path.open("rb") as file:
            message = message_from_bytes(file.read(HEAD).replace(b"\r\n", b"\n").split(b"\n\n")[0])
        at, size = arrived_at(path), path.stat().st_size
    except OSError:
        return None
    sender = _address(message, "From", "Return-Path")
    recipient = _address(message, "Delivered-To", "To")
    return MailSummary(number_of(path), path, at, sender, recipient, _decoded(message.get("Subject", "")), size)


def _address(message: Message, *names: str) -> str:
    found = (parseaddr(_decoded(message.get(name, "")))[1] for name in names)
    return next(filter(None, found), "")


def _decoded(value: object) -> str:
    """An RFC 2047 header as text on one line; what cannot be decoded as it stands."""
    written = " ".join(str(value).split())
    try:
        return str(make_header(decode_header(written)))
    except (LookupError, ValueError, MessageError):
        return written


def _part(message: Message, subtype: str) -> str:
    for part in message.walk():
        if part.get_content_type() == f"text/{subtype}" and not part.get_filename():
            return _content(part)
    return ""


def _content(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload())
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        text = content.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def _attachments(message: Message) -> tuple[str, ...]:
    return tuple(_decoded(name) for part in message.walk() if (name := part.get_filename()))
