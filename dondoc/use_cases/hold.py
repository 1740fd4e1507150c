"""Holding back: after an unusual burst or a clock jump nothing leaves until the office has looked."""

from datetime import datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.notice import Notice
from dondoc.register.book import Book
from dondoc.register.outbox import SENDING
from dondoc.use_cases.office import Office, local_day

BURST = 40  # messages one sweep may make before a person looks at them; DONDOC_BURST sets the office's own


class Held(NamedTuple):
    reason: str  # "" is not held
    notices: tuple[Notice, ...]  # what waits


def is_held(book: Book) -> bool:
    return book.setting(SENDING) == "held"


def hold_in(book: Book, office: Office, reason: str, at: datetime) -> None:
    """Hold sending, inside the caller's transaction. Held already, it stays for the first reason."""
    if not is_held(book):
        book.put_setting(SENDING, "held")
        book.put_setting("held-reason", reason)
        book.append([_fact("held", office, at, "dondoc", "sweep", {"reason": reason})])


def show_hold(office: Office, at: datetime) -> Held:
    """Why sending is held, and what waits for it."""
    with office.register.reading() as book:
        return Held((book.setting("held-reason") or "") if is_held(book) else "", tuple(book.open_notices(at)))


def release(office: Office, at: datetime, actor: str, via: str = "cli") -> int:
    """Let everything that waits go; the number of notices. 0 and no entry where nothing was held."""
    with office.register.writing() as book:
        if not is_held(book):
            return 0
        book.put_setting(SENDING, "open")
        waiting = book.open_notices(at)
        book.append([_fact("released", office, at, actor, via, {"count": len(waiting)})])
        return len(waiting)


def discard(office: Office, at: datetime, actor: str, via: str = "cli") -> int:
    """Withdraw everything that waits, then send again from now on; the number withdrawn."""
    with office.register.writing() as book:
        if not is_held(book):
            return 0
        frozen = [key for record in book.deliveries(statuses=["ready", "retry"]) for key in record.notices]
        failed = [lost.notice.key for lost in book.undelivered() if lost.notice.not_after >= at]
        keys = [*(notice.key for notice in book.open_notices(at)), *frozen, *failed]
        book.withdraw(keys, "Văn phòng bỏ danh sách đang giữ", at)
        book.put_setting(SENDING, "open")
        book.append([_fact("discarded", office, at, actor, via, {"notices": keys})])
        return len(keys)


def _fact(kind: str, office: Office, at: datetime, actor: str, via: str, payload: dict[str, object]) -> Fact:
    return Fact(kind, "", "", at, local_day(office, at), actor, via, payload)  # type: ignore[arg-type]
