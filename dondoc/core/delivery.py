"""One message to one person on one channel, composed and frozen; the outbox sends it until it is settled."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from dondoc.core.notice import Pace

DeliveryStatus = Literal[
    "ready",  # frozen, not yet tried
    "sending",  # claimed under a lease
    "retry",  # tried; waits for its next moment
    "sent",
    "unknown",  # nobody can say; not sent again on this channel
    "dead",  # refused for good, came back, or its time is over: the next channel, or somebody must call
    "replaced",  # failed, and another channel has taken over what it told
    "withdrawn",  # a member was answered before it left
]
OutcomeKind = Literal["sent", "temporary", "permanent", "unknown"]


class Delivery(NamedTuple):
    """Bytes that no longer change. `not_after` is an aware instant, `local_day` a day of the office's zone."""

    id: str  # deterministic; a recomposed message gets another id than the withdrawn one
    person: str
    channel: str  # email, or the name of a channel of the office
    address: str
    pace: Pace
    local_day: date
    subject: str
    text: str
    html: str
    message_id: str  # deterministic: a second try is recognisable as the same message
    not_after: datetime
    references: str = ""
    attempts: int = 0  # begun so far, this one included
    status: DeliveryStatus = "ready"
