"""Three ways to get written messages out over Zalo, each a whole run of the office at one moment; see tests/faults."""

from collections.abc import Callable, Mapping
from datetime import datetime

import dondoc.use_cases.deliver as delivering
from dondoc.core.delivery import Delivery
from dondoc.use_cases.compose import compose
from dondoc.use_cases.hand_over import BATCH, LEASE
from dondoc.use_cases.links import with_links
from dondoc.use_cases.office import Office
from dondoc.use_cases.stale_notices import withdraw_stale
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.zalo_send import send_zalo


def ours(office: Office, at: datetime) -> None:
    """Claimed under a lease before the I/O, settled after it; what nobody can answer for goes by mail later."""
    sweep(office, at)
    delivering.deliver(office, at, clock=lambda: at)


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
            _send(office, delivery, at)


def naive_retry(office: Office, at: datetime) -> None:
    """What a flow's or a cron job's own retries do: send everything that waits, write it down, and if not, again."""
    _written(office, at)
    with office.register.reading() as book:
        waiting = [record.delivery for record in book.deliveries(statuses=["ready"])]
    for delivery in waiting:
        _send(office, delivery, at)
    with office.register.writing() as book:
        for delivery in waiting:
            book.settle(delivery.id, "sent", at)


def _written(office: Office, at: datetime) -> None:
    sweep(office, at)
    withdraw_stale(office, at)
    compose(office, at)


def _send(office: Office, delivery: Delivery, at: datetime) -> None:
    url, delivery = office.mail.url_of(delivery.channel), with_links(office, delivery)
    if delivery.channel == "zalo":
        send_zalo(office, delivery, url, lambda: at)
    else:
        delivering.send_by_channel(delivery, url)


POLICIES: Mapping[str, Callable[[Office, datetime], None]] = {
    "ours": ours,
    "claim and forget": claim_and_forget,
    "naive retry": naive_retry,
}
