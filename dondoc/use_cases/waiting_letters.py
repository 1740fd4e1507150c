"""Letters that a mail server put off: how many wait, what was last said about them, when the next is tried."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from dondoc.use_cases.office import Office


class WaitingLetters(NamedTuple):
    """`reason` is in words, "" where none was given; `next_at` is UTC, None where nothing waits."""

    number: int = 0
    reason: str = ""
    next_at: datetime | None = None


def waiting_letters(office: Office) -> WaitingLetters:
    """Reads only. `reason` is the last word that most of them were given."""
    with office.register.reading() as book:
        waiting = book.deliveries(statuses=["retry"])
    reasons = Counter(record.detail for record in waiting if record.detail).most_common(1)
    moments = [record.next_at for record in waiting if record.next_at]
    return WaitingLetters(len(waiting), reasons[0][0] if reasons else "", min(moments, default=None))
