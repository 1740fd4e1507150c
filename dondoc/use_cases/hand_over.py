"""Handing over: claimed and committed before the I/O, settled after it, and never without a lease that still holds."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from dondoc.core.delivery import Delivery, OutcomeKind
from dondoc.use_cases.links import with_links
from dondoc.use_cases.next_try import next_try
from dondoc.use_cases.office import Office
from notifications.outcome import Outcome

LEASE = timedelta(minutes=5)
RENEWED_AFTER = timedelta(minutes=1)  # so that every letter begins with four fifths of a lease before it
BATCH = 4
Send = Callable[[Delivery], Outcome]
Clock = Callable[[], datetime]


def hand_over(office: Office, clock: Clock, send: Send, limit: int, *, live: bool) -> list[OutcomeKind]:
    """What became of each message, at most `limit`. A worker that dies leaves a lease that runs out."""
    worker, outcomes = uuid4().hex[:12], list[OutcomeKind]()
    while len(outcomes) < limit:
        claimed_at = clock()
        with office.register.writing() as book:
            claimed = book.claim(claimed_at, worker, LEASE, min(BATCH, limit - len(outcomes)))
        if not claimed:
            break
        for delivery in _still_ours(office, claimed, worker, claimed_at, clock):
            outcome = send(with_links(office, delivery))
            with office.register.writing() as book:
                again = next_try(office, book, delivery, outcome.kind, clock(), live=live)
                book.settle(delivery.id, outcome.kind, clock(), again, outcome.detail, worker=worker, code=outcome.code)
            outcomes.append(outcome.kind)
    return outcomes


def _still_ours(
    office: Office, claimed: Sequence[Delivery], worker: str, since_at: datetime, clock: Clock
) -> Iterator[Delivery]:
    """Each when its turn comes; a server that stalls must not let another worker take what waits behind it."""
    ours = {delivery.id for delivery in claimed}
    for n, delivery in enumerate(claimed):
        if (now := clock()) - since_at >= RENEWED_AFTER:
            with office.register.writing() as book:
                ours = set(book.renew([one.id for one in claimed[n:]], worker, now + LEASE))
            since_at = now
        if delivery.id in ours:
            yield delivery
