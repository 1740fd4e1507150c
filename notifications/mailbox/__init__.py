"""The embedded mailbox: a real mail server on loopback that keeps what it gets, and what reads it back."""

from notifications.mailbox.reader import MailSummary, MailView, list_messages, read_message
from notifications.mailbox.server import Mailbox, MailboxError

__all__ = ["MailSummary", "MailView", "Mailbox", "MailboxError", "list_messages", "read_message"]
