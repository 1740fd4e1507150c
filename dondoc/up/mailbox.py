"""The embedded mailbox as the house sees it: used only while the office has no mail server of its own."""

from collections.abc import Mapping
from pathlib import Path

from dondoc.up.places import HOST, Places
from notifications.mailbox import Mailbox, list_messages

FOLDER = "mailbox"  # below the data folder; `dondoc mailbox` reads there


def needs_mailbox(environ: Mapping[str, str]) -> bool:
    """Whether nothing else is configured to take the office's messages."""
    return not environ.get("DONDOC_SMTP_URL") or environ.get("DONDOC_MAILBOX") == "1"


def embedded(places: Places) -> Mailbox:
    """The mailbox of this instance, not yet listening."""
    return Mailbox(places.data / FOLDER, HOST, places.smtp_port)


def environment_of(mailbox: Mailbox) -> dict[str, str]:
    """What whoever sends must know; during a trial everything goes here, whatever the contacts say."""
    return {"DONDOC_SMTP_URL": mailbox.url, "DONDOC_MAILBOX": "1"}


def letters(places: Places) -> list[Path]:
    """What has arrived, oldest first."""
    return [message.path for message in list_messages(places.data / FOLDER)]
