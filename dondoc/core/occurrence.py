"""An occurrence and its steps: born once, then a fold of its facts."""

from datetime import date, datetime
from typing import Literal, NamedTuple

Cause = Literal[
    "opened",
    "bound",
    "extended",
    "moved",
    "resubmission",
    "resumed",
    "live",
    "joined",
    "decided",
    "reassigned",
    "adopted",
]
StepStatus = Literal["waiting", "open", "submitted", "returned", "done", "nothing", "suspended"]
MemberStatus = Literal["pending", "acknowledged", "left", "suspended"]


class Approval(NamedTuple):
    """A rung that waits for a person's word."""

    rung: int  # index in the ladder
    chased: int = 0  # the last chase dealt with; 0 is the first asking
    outcome: Literal["", "approved", "withheld"] = ""
    told: bool = False  # spoken after approval


class Round(NamedTuple):
    """One life of a step's due. last_on None is an unset due. since_at is an aware instant."""

    n: int
    cause: Cause
    since_at: datetime
    last_on: date | None
    target_on: date | None
    unrolled_on: date | None
    basis: str = "plan"
    decision: str = ""  # number and date of the document that set it
    why: tuple[str, ...] = ()  # the explanation, from phrase to working day
    cursor: int = 0  # rungs dealt with: always a prefix of the ladder
    approvals: tuple[Approval, ...] = ()


class Submission(NamedTuple):
    """What was handed in; which day counts belongs to the obligation."""

    submitted_on: date
    recorded_on: date
    seq: int = 0
    done_on: date | None = None
    signed_on: date | None = None
    sent_on: date | None = None
    received_on: date | None = None
    confirmed_on: date | None = None
    number: str = ""
    kept_at: str = ""
    note: str = ""
    files: tuple[str, ...] = ()
    actor: str = ""
    round: int = 1  # the round it answered


class Member(NamedTuple):
    """One person of an acknowledgement's population."""

    person: str
    status: MemberStatus = "pending"


class StepState(NamedTuple):
    id: str
    status: StepStatus = "waiting"
    rounds: tuple[Round, ...] = ()
    epoch: int = 0  # raised by every fact that is not the engine's own telling
    submissions: tuple[Submission, ...] = ()
    left: int = 0  # acts still missing where several are asked for and some were answered
    assigned: str = ""  # role that took over
    told_to: str = ""  # the person who last heard as the doer
    complex: bool = False
    extensions: int = 0
    asked_extension: str = ""  # reason of a pending request
    disowned: str = ""  # the person whose work the doer says it is, until somebody decides
    waits_waived: bool = False  # closed over the heads of missing parties, by decision
    done_on: date | None = None  # the deciding day of the act that finished it
    submitted_at: datetime | None = None  # when the last submission was recorded
    finished_at: datetime | None = None  # when it became done, or nothing occurred
    returned_at: datetime | None = None
    suspended_on: date | None = None

    @property
    def round(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None


class Birth(NamedTuple):
    """What an occurrence is born with; kept apart from the book, held to it by a digest."""

    key: str  # plan/obligation/period/party
    plan: str
    obligation: str
    version: str  # SHA-256 of the obligation it was born under
    period: str  # 2022-H1 · 2022-03 · 2022-02-18
    label: str  # 6 tháng đầu năm 2022
    party: str
    opens_at: datetime  # aware; before it the engine is silent
    event_on: date | None = None  # the act that opened a case
    reference: str = ""  # a case's public number, or the incoming document's
    title: str = ""  # an ad-hoc obligation's own
    excluded: tuple[str, ...] = ()  # persons left out of every chain
    population: tuple[str, ...] = ()
    before_watch: bool = False  # its due lay before the watch began
    due_on: date | None = None  # an ad-hoc obligation's own
    rounds: tuple[tuple[str, Round], ...] = ()  # step id, its first round, where the due was known at birth


class Occurrence(NamedTuple):
    birth: Birth
    steps: tuple[StepState, ...]
    members: tuple[Member, ...] = ()
    waived: str = ""  # reason
    set_aside: bool = False

    @property
    def key(self) -> str:
        return self.birth.key

    def step(self, step_id: str) -> StepState:
        """The step of that id; KeyError where there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    @property
    def closed(self) -> bool:
        return bool(self.waived) or self.set_aside or all(s.status in ("done", "nothing") for s in self.steps)
