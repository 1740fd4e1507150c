"""Letters that came back: what was called sent was not, and the next channel or a call takes its place."""

from datetime import datetime
from typing import NamedTuple

from dondoc.register.book import Book
from dondoc.use_cases.mail_route import EMAIL
from dondoc.use_cases.office import Office
from dondoc.words import OFFICE, _, speaking
from dondoc.words.bounces import bounce_words
from notifications.bounce import LARGEST as LARGEST
from notifications.bounce import Bounce, read_bounces
from notifications.bounce_mailbox import MailboxTrouble, unread


class Bounces(NamedTuple):
    """`strange` are messages that are no report on a letter of ours; `trouble` why the mailbox could not be read."""

    bounced: int = 0
    delayed: int = 0
    known: int = 0  # said before, or of no consequence
    strange: int = 0
    trouble: str = ""


def take_bounces(office: Office, at: datetime) -> Bounces:
    """Every unread message of DONDOC_BOUNCE_MAILBOX, each marked as read once it is entered; none without one."""
    kinds, trouble = list[str](), ""
    try:
        for raw in unread(office.mail.bounces) if office.mail.bounces else ():
            kinds += _taken(office, raw, at)
    except MailboxTrouble as found:
        trouble = str(found)
    return _counted(kinds)._replace(trouble=trouble)


def take_bounce(office: Office, raw: bytes, at: datetime) -> Bounces:
    """One message. What names no letter of ours, or another recipient than it had, changes nothing."""
    return _counted(_taken(office, raw, at))


def _counted(kinds: list[str]) -> Bounces:
    bounced, delayed, known, strange = map(kinds.count, ("bounced", "delayed", "known", "strange"))
    return Bounces(bounced, delayed, known, strange)


@speaking(OFFICE)
def _taken(office: Office, raw: bytes, at: datetime) -> list[str]:
    reports = read_bounces(raw)
    if not reports:
        return ["strange"]
    with office.register.writing() as book:
        return [_entered(book, report, at) for report in reports]


def _entered(book: Book, report: Bounce, at: datetime) -> str:
    """What became of one report, as Bounces counts it."""
    id_ = _our_letter(book, report)
    if not id_:
        return "strange"
    why = " – ".join(filter(None, (bounce_words(report.status), report.said)))
    if report.action == "failed":
        told = _("Thư bị trả lại: {why}").format(why=why)
        return "bounced" if book.bounce(id_, at, told, report.status) else "known"
    if report.action == "delayed":
        told = _("Máy chủ thư báo còn chậm: {why}").format(why=why)
        return "delayed" if book.note(id_, at, "delayed", told) else "known"
    return "known"  # delivered, relayed, expanded: nothing to do


def _our_letter(book: Book, report: Bounce) -> str:
    """The identifier of a letter is its Message-ID's first half; both halves and its recipient must be right."""
    local = report.message_id.strip("<>").partition("@")[0]
    for record in book.deliveries(ids=sorted({local, report.envelope_id} - {""})):
        letter = record.delivery
        named = report.message_id == letter.message_id or (not report.message_id and report.envelope_id == letter.id)
        if named and letter.channel == EMAIL and letter.address.lower() in report.recipients:
            return letter.id
    return ""
