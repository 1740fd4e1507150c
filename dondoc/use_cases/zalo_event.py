"""A webhook of Zalo's: believed only when signed, recorded once, and what follows from it."""

from datetime import datetime
from typing import Literal

from dondoc.register.book import Book
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_token import secrets_of
from dondoc.words import _
from notifications.zalo.webhook import HEADER as HEADER
from notifications.zalo.webhook import ZaloEvent, is_signed, read_event

OPEN = frozenset({"ready", "retry", "sending", "unknown"})
Heard = Literal["new", "known", "unsigned", "unreadable"]


def zalo_event(office: Office, raw: bytes, signature: str, at: datetime) -> Heard:
    """Nothing is written unless the signature is that of a connected account. Safe to repeat, in any order."""
    event = read_event(raw)
    if event is None:
        return "unreadable"
    if not _is_ours(office, event, raw, signature):
        return "unsigned"
    with office.register.writing() as book:
        if not book.add_zalo_event(event.id, event.name, event.oa_id, event.tracking_id, at):
            return "known"
        _apply(book, event, at)
    return "new"


def _is_ours(office: Office, event: ZaloEvent, raw: bytes, signature: str) -> bool:
    with office.register.reading() as book:
        accounts = book.zalo_accounts()
    mine = [account for account in accounts if account.app_id == event.app_id]
    return any(is_signed(raw, signature, one.app_id, secrets_of(office, one).oa_secret) for one in mine)


def _apply(book: Book, event: ZaloEvent, at: datetime) -> None:
    # What Zalo dates in the future would keep a window open too long.
    said_at = min(event.at, at)
    if event.kind == "delivered" and event.tracking_id:
        confirm_delivery(book, event.tracking_id, at)
    elif event.kind == "wrote" and event.user_id:
        book.note_zalo_writer(event.oa_id, event.user_id, "", said_at)
    elif event.kind == "unfollowed" and event.user_id:
        book.note_zalo_left(event.oa_id, event.user_id, said_at)


def confirm_delivery(book: Book, delivery_id: str, at: datetime) -> bool:
    """Zalo says the message reached its reader: what nobody could answer for is sent.

    False where it is none of ours, known to be sent, or its place was taken by another channel meanwhile.
    """
    found = book.deliveries(ids=[delivery_id])
    if not found or found[0].delivery.status not in OPEN:
        return False
    book.settle(delivery_id, "sent", at, detail=_("Zalo báo đã đến người nhận"))
    return True
