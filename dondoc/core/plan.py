"""A plan and its obligations as immutable values; what a definition becomes once it is loaded."""

from datetime import date, time
from typing import Literal, NamedTuple

from dondoc.core.timing import Timing

Kind = Literal["calendar", "once", "standing", "event", "acknowledgement", "checklist", "office", "ad-hoc"]
BasisKind = Literal["plan", "law", "external", "office", "proposed"]
Voice = Literal["urge", "request", "report"]  # đôn đốc a subordinate, đề nghị a peer, kính báo cáo a superior
DecidingDate = Literal["submitted", "sent", "received", "done", "signed"]


CASE_NUMBER = r"(?:[A-ZĐ]{1,4}-?)?\d{1,6}(?:[/-]\d{1,4})?"  # TC-01 · 12/2022 · TC-01/2022 · TC-2022-01
_SPOT = rf"(?:(?i:kho|phòng|tủ|kệ|giá|ngăn|hộp|cặp|tập|quyển|sổ|trang|tờ|hồ sơ)(?: số)? )?(?:{CASE_NUMBER}|[A-ZĐ])"
_KEEPER = r"(?i:văn thư(?: đơn vị| cơ quan| sở)?|lưu trữ(?: cơ quan| sở)?|văn phòng(?: sở)?|thanh tra(?: sở)?)"
CASE_PLACE = rf"(?:{_KEEPER}|{_SPOT})(?:, {_SPOT})*"  # Thanh tra Sở, tủ 3, hồ sơ số 12 · HS-12/2022 · kho A, giá 4


class Basis(NamedTuple):
    """On what a due or a reading rests. "proposed" until someone entitled decides."""

    kind: BasisKind
    source: str = ""  # clause, article, or number and date of the deciding document
    decided_by: str = ""
    decided_on: date | None = None


class Citation(NamedTuple):
    """Where the plan says so, and in which words (verbatim; "…" marks words left out)."""

    at: str
    quote: str


class Escalation(NamedTuple):
    """A rung after the due: working days after last_on, whom to tell, and whether a person must approve first."""

    after: int
    to: str  # role reference, see directory.py
    mode: Literal["send", "approve"] = "send"
    draft: str = ""  # a paper to draft at this rung, such as cong-van-don-doc
    every: int = 0  # then again every n working days until answered; 0: once


class Ladder(NamedTuple):
    """Reminders in working days before target_on (0 is the day itself), then escalations."""

    name: str
    remind: tuple[int, ...] = ()
    escalate: tuple[Escalation, ...] = ()


class Step(NamedTuple):
    """One act: who does it, by when, and what proves it."""

    id: str
    title: str
    by: str  # role reference
    ask: str  # what the doer is asked, a full sentence in Vietnamese
    timing: Timing
    ladder: Ladder
    basis: Basis
    voice: Voice = "urge"
    evidence: tuple[str, ...] = ()
    after: str = ""  # the step that must be done first; "" is none
    confirms: str = ""  # this step is the office's word on that one: confirm or return
    joins: tuple[str, ...] = ()  # obligations of the same plan and period that this step waits for
    times: int = 1  # acts asked for before the due; each answer is one
    min_days_after: int = 0  # a duration: its act is a breach earlier than this many days after `after`'s act
    complex_timing: Timing | None = None  # the longer statutory clock, only by a recorded decision
    max_extensions: int = -1  # by law; -1 no limit of its own
    law: str = ""
    nothing_allowed: bool = False  # "không phát sinh" is a fulfilment
    deciding_date: DecidingDate = "submitted"
    return_within: int = 2  # working days of a resubmission round
    no_files: bool = False  # a paper of the Party, or a secret one: its number, its date and where it is kept, no more


class Obligation(NamedTuple):
    """One duty of the plan, with its citations, parties and process."""

    id: str
    title: str
    section: str  # "III", "II.3", …
    kind: Kind
    citations: tuple[Citation, ...]
    steps: tuple[Step, ...]
    parties: tuple[str, ...]  # unit or role ids; one occurrence each
    periods: tuple[str, ...] = ()  # labels in the order of a YearlyDates rule's days
    event: str = ""  # name of the event that opens a case
    event_title: str = ""  # the event in words, as the monthly checklist asks about it
    checklist_role: str = ""  # who is asked monthly whether the event occurred
    confidential: bool = False
    excludes: tuple[str, ...] = ()  # parties of a case that leave every chain: "accused"
    population: str = ""  # acknowledgement: whose (unit.members, all-staff, leaders)
    documents: tuple[str, ...] = ()  # what is to be acknowledged
    covers: tuple[str, ...] = ()  # rows of the office's inventory that this obligation answers
    collision: Literal["", "next-in-month-else-previous", "next", "previous", "skip"] = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    goes_on: bool = False  # its basis is law: it does not end with the plan's year


class PlanDocument(NamedTuple):
    """The signed paper."""

    number: str
    issued_on: date
    agency: str


class LegalBasis(NamedTuple):
    """A document the plan rests on or asks to spread, and how long it is in force."""

    id: str
    title: str
    number: str
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""


class Hours(NamedTuple):
    """The office's sending hour and window, local time."""

    send: time = time(8, 0)
    opens: time = time(7, 30)
    closes: time = time(17, 0)


class Plan(NamedTuple):
    """One issued document, loaded."""

    id: str
    title: str
    document: PlanDocument
    year: int
    valid_from: date
    valid_to: date
    calendar: str
    zone: str
    office: str  # the role that watches
    hours: Hours
    obligations: tuple[Obligation, ...]
    draft: bool = False  # an edition not yet signed
    office_head: str = ""  # role: a proposed due never speaks above it, and it approves what goes higher
    legal_bases: tuple["LegalBasis", ...] = ()
    source: str = ""  # folder it came from, for messages
    named_days: tuple[tuple[str, tuple[date, ...]], ...] = ()  # days that other calendars set, such as a school year's
    versions: tuple[tuple[str, str], ...] = ()  # obligation id, SHA-256 of its canonical JSON
    case_place: str = CASE_PLACE  # where a confidential case's papers lie: a regular expression for the whole
    case_number: str = CASE_NUMBER  # what a confidential case may be called: a regular expression for the whole
