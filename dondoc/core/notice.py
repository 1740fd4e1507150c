"""What one person must be told, as facts only; words and channels come later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

NoticeKind = Literal[
    "opened",  # a round begins: here is what will be asked
    "reminder",
    "due-today",
    "overdue",  # to the doer
    "escalation",  # to a level above
    "approval",  # asks the office's head to let an escalation go
    "moved",  # the due moved: extended, bound, re-set, or the calendar changed
    "returned",
    "handover",  # the work is yours now
    "request",  # the doer asks the office: a later due, or that somebody else does it
    "gap",  # nobody to tell, or no address
]
Pace = Literal["now", "digest"]  # due-today, overdue and escalation go at once; the rest once a day
NOW: frozenset[str] = frozenset({"due-today", "overdue", "escalation"})


class Notice(NamedTuple):
    """One thing one person must know. `key` exists once in the register."""

    key: str
    kind: NoticeKind
    occurrence: str
    step: str
    round: int
    rung: int
    recipient: str  # person id; "" for a gap nobody can receive
    role: str  # the role addressed
    acting: str  # the role that receives in its place
    tone: str  # urge · request · report
    epoch: int
    moment_at: datetime
    not_after: datetime
    details: Mapping[str, Any]  # {missing: [...], draft: …, level: …, approve: …, gap: …}

    @property
    def pace(self) -> Pace:
        return "now" if self.kind in NOW else "digest"
