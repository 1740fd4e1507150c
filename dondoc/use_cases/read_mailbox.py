"""What the embedded mailbox keeps: DATA/mailbox/*.eml, oldest first, numbered from 1."""

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

FOLDER = "mailbox"


class Mail(NamedTuple):
    """One message as it arrived. `at` is aware: the Date header, or the file's own time where there is none."""

    number: int
    at: datetime
    to: str
    subject: str
    message_id: str
    file: str


class FullMail(NamedTuple):
    number: int
    at: datetime
    to: str
    subject: str
    message_id: str
    file: str
    text: str
    html: str


def list_mail(data: Path) -> list[Mail]:
    """Every message, in the order of arrival; [] where no mailbox was ever opened."""
    return [_mail(number, file, _headers(file)) for number, file in enumerate(_files(data), 1)]


def read_mail(data: Path, number: int) -> FullMail | None:
    """One message by its number, or None."""
    files = _files(data)
    if not 1 <= number <= len(files):
        return None
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(files[number - 1].read_bytes())
    mail = _mail(number, files[number - 1], message)
    return FullMail(*mail, text=_part(message, "plain"), html=_part(message, "html"))


def _files(data: Path) -> list[Path]:
    return sorted((data / FOLDER).rglob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name))


def _headers(file: Path) -> EmailMessage:
    with file.open("rb") as stream:
        return BytesParser(EmailMessage, policy=policy.default).parse(stream, headersonly=True)


def _mail(number: int, file: Path, message: EmailMessage) -> Mail:
    to, subject, message_id = (str(message.get(name, "")) for name in ("To", "Subject", "Message-ID"))
    return Mail(number, _moment(message, file), to, subject, message_id, str(file))


def _moment(message: EmailMessage, file: Path) -> datetime:
    try:
        at = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""
