"""What the register hands out besides the core's own values. No table row leaves this room."""

from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.delivery import Delivery
from dondoc.core.notice import Notice
from dondoc.core.occurrence import StepStatus


class StepFold(NamedTuple):
    """One step as the facts leave it; rebuildable. Days are local, `since_at` an aware UTC instant."""

    key: str  # occurrence
    step: str
    status: StepStatus
    round: int = 0
    cause: str = ""  # why the round began
    since_at: datetime | None = None
    last_on: date | None = None  # None: unset
    target_on: date | None = None
    unrolled_on: date | None = None
    basis: str = ""
    cursor: int = 0
    epoch: int = 0
    role: str = ""  # responsible role
    unit: str = ""  # responsible unit
    deciding_on: date | None = None  # the day that counts, once something was handed in
    recorded_on: date | None = None  # when it was written down: later than deciding_on is "ghi nhận sau hạn"
    done_on: date | None = None
    note: str = ""


class Line(NamedTuple):
    """An occurrence on the board from one local day until another, unless something is recorded meanwhile.

    `timely` and `first_timely` are the verdicts of what is answered, "" where the due still runs and the day decides.
    """

    key: str
    n: int  # one occurrence may have several lines, one after the other in time
    from_on: str  # ISO day; "" from whenever
    until_on: str  # the first day on which it no longer holds
    tier: int  # 0 runs, 1 is finished or set aside
    due: str  # the last lawful day, "9999-12-31" where there is none
    confidential: bool
    section: str
    unit: str  # the party's
    party: str
    kind: str  # of the obligation
    title: str
    label: str  # of the period
    words: str  # what a search looks at
    step: str
    step_title: str
    role: str
    phase: str  # "open" also before since_at
    since_at: datetime | None
    basis: str
    target_on: date | None
    timely: str
    days: int
    recorded_late: bool
    first_on: date | None  # the first round's last day
    first_timely: str
    first_days: int
    counted: str  # "1/2" of an act asked for several times
    decided_on: date | None  # the day that counts, of what was answered


class NoticeRecord(NamedTuple):
    notice: Notice
    delivery: str = ""  # id of the message it went into
    withdrawn_at: datetime | None = None
    reason: str = ""


class Attempt(NamedTuple):
    """One try at handing a delivery over."""

    delivery: str
    n: int
    at: datetime
    outcome: str
    detail: str
    worker: str


class DeliveryRecord(NamedTuple):
    """A delivery with what the outbox knows about it."""

    delivery: Delivery
    next_at: datetime | None  # not before
    detail: str = ""  # last word about it
    settled_at: datetime | None = None
    notices: tuple[str, ...] = ()
    lease_until: datetime | None = None
    worker: str = ""


class Undelivered(NamedTuple):
    """A notice whose last message failed ("dead") or may have failed ("unknown"). `tried` holds that channel too."""

    notice: Notice
    delivery: str
    channel: str
    status: str
    detail: str  # last word about it
    settled_at: datetime | None
    alarmed_at: datetime | None  # when the office was last told; None where every letter that should tell it failed
    tried: frozenset[str] = frozenset()


class LostAlarm(NamedTuple):
    """A letter that should have told the office of a message (`told`) and did not arrive itself."""

    told: str
    letter: str
    person: str
    channel: str
    detail: str  # last word about it
    settled_at: datetime | None
