"""What the embedded mailbox of an office's data keeps."""

from pathlib import Path

from notifications.mailbox.reader import MailSummary, MailView, list_messages, read_message

FOLDER = "mailbox"


def list_mail(data: Path) -> list[MailSummary]:
    """Every message, in the order of arrival; [] where no mailbox was ever opened."""
    return list_messages(data / FOLDER)


def read_mail(data: Path, number: int) -> MailView | None:
    """One message by its number, or None."""
    return read_message(data / FOLDER, number)
