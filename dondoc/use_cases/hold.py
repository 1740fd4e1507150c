"""Holding back: after an unusual burst or a clock jump nothing leaves until the office has looked."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.notice import Notice
from dondoc.register.book import Book
from dondoc.register.outbox import SENDING
from dondoc.use_cases.office import Office, local_day

BURST = 40  # messages one sweep may make before a person looks at them; DONDOC_BURST sets the office's own
WAITING = ("ready", "retry", "sending")
DISCARDED = "discarded"
CLOCK = "held-for-the-clock"  # set while held because the clock cannot be believed, whatever was the first reason


class Letter(NamedTuple):
    """A message that tells of no occurrence: an alarm, the journal's head. `person` is an id."""

    id: str
    person: str
    subject: str
    status: str


class Held(NamedTuple):
    reason: str  # "" is not held
    notices: tuple[Notice, ...]  # what waits, in a message already or not, and what may yet go by another channel
    letters: tuple[Letter, ...] = ()

    @property
    def number(self) -> int:
        return len(self.notices) + len(self.letters)


def is_held(book: Book) -> bool:
    return book.setting(SENDING) == "held"


def is_clock_doubted(book: Book) -> bool:
    """Whether nobody has said yet that the clock is right again: what it says of time that passed may be untrue."""
    return is_held(book) and book.setting(CLOCK) is not None


def hold_in(book: Book, office: Office, reason: str, at: datetime, *, clock: bool = False) -> None:
    """Hold sending, inside the caller's transaction. Held already, it stays for the first reason."""
    if clock:
        book.put_setting(CLOCK, "yes")
    if not is_held(book):
        book.put_setting(SENDING, "held")
        book.put_setting("held-reason", reason)
        book.append([_fact("held", office, at, "dondoc", "sweep", {"reason": reason})])


def show_hold(office: Office, at: datetime) -> Held:
    """Why sending is held, and what waits for it; what a notice says of people is left out (`details`).

    Of a confidential case who hears is left out too: who does not would follow from it.
    """
    with office.register.reading() as book:
        if not is_held(book):
            return Held("", ())
        notices = _discreet(office, book, _notices(book, at))
        return Held(book.setting("held-reason") or "", notices, _letters(book))


def _discreet(office: Office, book: Book, notices: Sequence[Notice]) -> tuple[Notice, ...]:
    births = book.births(keys=sorted({notice.occurrence for notice in notices}))
    hidden = {birth.key for birth in births if office.obligation(book, birth).confidential}
    return tuple(_without_people(n) if n.occurrence in hidden else n._replace(details={}) for n in notices)


def _without_people(notice: Notice) -> Notice:
    return notice._replace(key="", recipient="", role="", acting="", details={})


def release(office: Office, at: datetime, actor: str, via: str = "cli") -> int:
    """Let everything that waits go; the number of notices and letters. 0 and no entry where nothing was held."""
    with office.register.writing() as book:
        if not is_held(book):
            return 0
        _open(book)
        count = what_waits(book, at)
        book.append([_fact("released", office, at, actor, via, {"count": count})])
        return count


def discard(office: Office, at: datetime, actor: str, via: str = "cli") -> int:
    """Withdraw everything that waits, then send again from now on; the number of notices and letters.

    What another worker is handing over at this moment may still arrive; it is not tried again.
    """
    with office.register.writing() as book:
        if not is_held(book):
            return 0
        keys, letters = [notice.key for notice in _notices(book, at)], _letters(book)
        book.withdraw(keys, "Văn phòng bỏ danh sách đang giữ", at)
        for letter in letters:
            if letter.status == "sending":
                book.settle(letter.id, "unknown", at, detail=DISCARDED)
        book.bury([letter.id for letter in letters], at, DISCARDED)
        _open(book)
        payload: dict[str, object] = {"notices": keys, "letters": [letter.id for letter in letters]}
        book.append([_fact("discarded", office, at, actor, via, payload)])
        return len(keys) + len(letters)


def _open(book: Book) -> None:
    book.put_setting(SENDING, "open")
    book.put_setting(CLOCK, None)


def what_waits(book: Book, at: datetime) -> int:
    """How many notices and letters leave once nothing holds them."""
    return len(_notices(book, at)) + len(_letters(book))


def _notices(book: Book, at: datetime) -> tuple[Notice, ...]:
    """Each once: in no message, in one that waits or was under way, or failed while another channel may be left."""
    frozen = [key for record in book.deliveries(statuses=WAITING) for key in record.notices]
    composed = [record.notice for record in book.notices(keys=sorted(frozen)) if not record.withdrawn_at]
    failed = [lost.notice for lost in book.undelivered() if lost.notice.not_after >= at]
    return (*book.open_notices(at), *composed, *failed)


def _letters(book: Book) -> tuple[Letter, ...]:
    waiting = [record.delivery for record in book.deliveries(statuses=WAITING) if not record.notices]
    return tuple(Letter(d.id, d.person, d.subject, d.status) for d in waiting)


def _fact(kind: str, office: Office, at: datetime, actor: str, via: str, payload: dict[str, object]) -> Fact:
    return Fact(kind, "", "", at, local_day(office, at), actor, via, payload)  # type: ignore[arg-type]
