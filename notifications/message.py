"""What a template may know: plain facts about one thing a person must be told, and about the letter it goes into."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from dondoc.core.notice import NoticeKind
from dondoc.core.plan import Citation

# What a title says of all its periods gives way to the one at hand.
GENERAL_PERIOD = " định kỳ 6 tháng, năm"
ActingAs = Literal["", "deputy", "secretary", "next-up"]


class MessageItem(NamedTuple):
    """One notice in words that need no further look-up. Days are local; "" and None are "nothing to say".

    Of a confidential case only `title` (its number), dates and the step's own request are set; no party, no name.
    """

    kind: NoticeKind
    tone: str  # urge · request · report
    title: str  # the obligation, or "Vụ việc 05/2022"
    ask: str  # the definition's own sentence, or the office's
    key: str  # occurrence key, for the office's register
    step_id: str = ""
    verb: str = "submit"  # what the office records when it is done: submit · confirm
    period: str = ""  # 6 tháng đầu năm 2022
    party: str = ""  # Chi cục Tiêu chuẩn Đo lường Chất lượng
    party_short: str = ""  # Chi cục TĐC
    step: str = ""  # its title, where the process has more than one act
    role: str = ""  # title of the role addressed
    doer: str = ""  # title of the role that does the step
    acting: str = ""  # title of the role that receives in its place
    acting_as: ActingAs = ""
    plan: str = ""  # Kế hoạch số …/KH-KHCN ngày 18/02/2022
    citations: tuple[Citation, ...] = ()
    why: tuple[str, ...] = ()  # the due explained, a line a step
    last_on: date | None = None  # the last lawful day; None: the due is unset
    target_on: date | None = None
    earlier_on: date | None = None  # the due of the round before, when this one moved it
    days_overdue: int = 0  # calendar days after last_on
    days_left: int = 0  # working days until target_on
    basis: str = ""  # plan · law · external · office · proposed
    source: str = ""  # clause, article, or the deciding document
    reading: str = ""  # how an ambiguous phrase is read, and who decided it
    law: str = ""
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # units whose part is still awaited
    missing_people: int = 0  # persons who have not acknowledged
    level: str = ""  # title of the role an escalation goes to, or wants to
    draft: str = ""  # the paper drafted at this rung: công văn đôn đốc
    cause: str = ""  # why the round began
    decision: str = ""  # number and date of the document that moved the due
    reason: str = ""  # why it was returned, who is missing
    wants: str = ""  # what the doer asks the office: extension · not-mine
    wants_on: date | None = None  # until when
    named: str = ""  # whose work the doer says it is
    gap: str = ""  # vacant · absent · unknown-role · no-address · nobody · sealed
    gap_role: str = ""
    nothing_allowed: bool = False
    confidential: bool = False
    link: str = ""  # where the answer is given; a placeholder until the message is handed over
    for_office: bool = False  # the reader keeps the register: tell the command too

    @property
    def proposed(self) -> bool:
        """Nobody has decided this due yet; it is no miss and never called one."""
        return self.basis == "proposed"

    @property
    def name(self) -> str:
        """Title and period, as a subject or a list names it."""
        if not self.period or self.period in self.title:
            return self.title
        title = self.title.removesuffix(GENERAL_PERIOD)
        return f"{title}, {self.period}" if title[-1:].isdigit() else f"{title} {self.period}"


class MessageContext(NamedTuple):
    """One letter: to whom, from whom, on which local day, and everything it tells."""

    person: str  # the name by which the reader is addressed
    office: str  # Văn phòng Sở
    on: date
    items: tuple[MessageItem, ...]  # one is a letter, several a digest
    agency: str = ""  # SỞ KHOA HỌC VÀ CÔNG NGHỆ
    pace: Literal["now", "digest"] = "now"
    trial_for: str = ""  # in trial: the address that would have got it
    person_id: str = ""
    outage: tuple[datetime, datetime] | None = None  # the standstill it makes good, local


class Rendered(NamedTuple):
    subject: str
    text: str
    html: str
