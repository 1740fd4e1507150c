"""When a message is tried again on its channel, and when the channel is given up."""

from datetime import datetime, timedelta

from dondoc.core.delivery import Delivery, OutcomeKind
from dondoc.register.book import Book
from dondoc.register.outbox import AGAIN
from dondoc.use_cases.alarm import is_told_elsewhere
from dondoc.use_cases.mail_route import EMAIL
from dondoc.use_cases.office import Office
from dondoc.use_cases.routing import can_pass_on

FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
LAST_CALL = timedelta(minutes=10)  # before a message's time is over it is tried once more
TRIES = 8  # about two hours: then the next channel, where there is one


def next_try(
    office: Office, book: Book, delivery: Delivery, outcome: OutcomeKind, at: datetime, *, live: bool
) -> datetime | None:
    """The moment of the next try on the same channel; None where there is none, or another channel takes over."""
    if outcome == "unknown" and (delivery.channel not in AGAIN or delivery.attempts >= TRIES):
        return None
    if outcome not in ("temporary", "unknown"):
        return None
    if delivery.attempts >= TRIES and (
        can_pass_on(office, book, delivery.id, live=live) or is_told_elsewhere(office, book, delivery, at, live=live)
    ):
        return None
    return _within_hours(office, delivery, retry_at(delivery, at))


def retry_at(delivery: Delivery, at: datetime) -> datetime:
    """Doubling from a minute to six hours, spread by up to a half so that a thousand do not come back as one.

    The last try comes shortly before the message's time is over.
    """
    wait = min(FIRST_RETRY * 2 ** min(max(delivery.attempts - 1, 0), 9), LAST_RETRY)
    # Another part of the identifier each time: two that met once do not meet again.
    place = 2 * (delivery.attempts % 8)
    again = at + wait * (1 + int(delivery.id[place : place + 8], 16) / 2**33)
    last = delivery.not_after - LAST_CALL
    return last if again > last >= at + FIRST_RETRY else again


def _within_hours(office: Office, delivery: Delivery, at: datetime) -> datetime:
    """A telephone does not ring at night; a letter may lie there until morning."""
    plan = next(iter(office.plans.values()), None)
    if delivery.channel == EMAIL or plan is None:
        return at
    return office.moments(plan).next_open(at)
