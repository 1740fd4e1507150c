"""Three ways to get written messages out, each a whole run of the office at one moment; ours is the product's own."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import make_msgid

from dondoc.core.delivery import Delivery
from dondoc.use_cases.compose import compose
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.hand_over import BATCH, LEASE
from dondoc.use_cases.office import Office
from dondoc.use_cases.stale_notices import withdraw_stale
from dondoc.use_cases.sweep import sweep
from notifications.channels import send
from notifications.smtp_connection import close_all


def ours(office: Office, at: datetime) -> None:
    """Claimed under a lease before the I/O, settled after it."""
    sweep(office, at)
    deliver(office, at, clock=lambda: at)


def claim_and_forget(office: Office, at: datetime) -> None:
    """Marked as sent with the claim, then sent; what was marked is never looked at again."""
    _written(office, at)
    while True:
        with office.register.writing() as book:
            claimed = book.claim(at, "worker", LEASE, BATCH)
            for delivery in claimed:
                book.settle(delivery.id, "sent", at, worker="worker")
        if not claimed:
            break
        for delivery in claimed:
            _send(office, delivery)
    close_all()


def naive_retry(office: Office, at: datetime) -> None:
    """What a flow's or a cron job's own retries do: send everything that waits, write it down, and if not, again.

    Every try is a message of its own, as most libraries make it.
    """
    _written(office, at)
    with office.register.reading() as book:
        waiting = [record.delivery for record in book.deliveries(statuses=["ready"])]
    for delivery in waiting:
        _send(office, delivery._replace(message_id=make_msgid(domain=office.mail.domain)))
    close_all()
    with office.register.writing() as book:
        for delivery in waiting:
            book.settle(delivery.id, "sent", at)


def _written(office: Office, at: datetime) -> None:
    sweep(office, at)
    withdraw_stale(office, at)
    compose(office, at)


def _send(office: Office, delivery: Delivery) -> None:
    send(delivery, office.mail.url_of(delivery.channel), office.mail.sender, office.mail.reply_to)


POLICIES: Mapping[str, Callable[[Office, datetime], None]] = {
    "ours": ours,
    "claim and forget": claim_and_forget,
    "naive retry": naive_retry,
}
