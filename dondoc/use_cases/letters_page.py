"""What was sent to whom and what became of it; what is held back, and why."""

from datetime import date, datetime
from typing import NamedTuple, get_args

from dondoc.core.contact import EMAIL
from dondoc.core.delivery import DeliveryStatus
from dondoc.core.rights import Viewer
from dondoc.register.book import Book
from dondoc.register.letters import LetterLine, Letters
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.hold import show_hold
from dondoc.use_cases.office import Office, local_day
from dondoc.words import _
from dondoc.words.calls import channel_words
from dondoc.words.outcomes import outcome_words

A_PAGE = 50
OUTCOMES: dict[str, tuple[str, ...]] = {
    "cho": ("ready", "sending", "retry"),
    "da-gui": ("sent",),
    "loi": ("dead", "unknown", "replaced"),
    "thu-hoi": ("withdrawn",),
}


class LetterShown(NamedTuple):
    """One message. Of a confidential case neither who got it nor its subject, but for who got it."""

    day: date
    person: str
    subject: str
    channel: str
    outcome: str
    failed: bool


class LettersPage(NamedTuple):
    """`after` opens the next page, "" on the last. `held` is the reason why nothing leaves, "" where it does."""

    letters: tuple[LetterShown, ...]
    after: str
    held: str
    waiting: int
    live: bool
    mailbox: bool  # e-mail goes to the embedded mailbox


def letters_page(
    office: Office, viewer: Viewer, at: datetime, *, outcome: str = "", person: str = "", after: str = ""
) -> LettersPage:
    """At most fifty, newest first. An unknown filter is none. Reads only."""
    day, _dot, id_ = after.partition(".")
    with office.register.reading() as book:
        lines = Letters(book.session, book.agency).page(
            OUTCOMES.get(outcome, get_args(DeliveryStatus)), person, day, id_, A_PAGE + 1
        )
        hidden = _confidential(office, book, lines)
        live = is_live(book, local_day(office, at))
        shown = tuple(_shown(office, viewer, book, line, line.id in hidden) for line in lines[:A_PAGE])
    held, last = show_hold(office, at), lines[A_PAGE - 1] if len(lines) > A_PAGE else None
    return LettersPage(
        shown,
        f"{last.local_day}.{last.id}" if last else "",
        held.reason,
        held.number,
        live,
        office.mail.is_mailbox,
    )


def _confidential(office: Office, book: Book, lines: list[LetterLine]) -> set[str]:
    keys = sorted({key for line in lines for key in line.occurrences})
    hidden = {birth.key for birth in book.births(keys=keys) if office.obligation(book, birth).confidential}
    return {line.id for line in lines if hidden & set(line.occurrences)}


def _shown(office: Office, viewer: Viewer, book: Book, line: LetterLine, hidden: bool) -> LetterShown:
    known = office.directory.persons.get(line.person)
    secret = hidden and line.person != viewer.person
    return LetterShown(
        line.local_day,
        "" if secret else known.name if known else line.person,
        _("Vụ việc bảo mật") if secret else line.subject,
        channel_words(line.channel),
        outcome_words(line.status, line.channel, line.detail, trial=_was_trial(office, book, line)),
        line.status in OUTCOMES["loi"],
    )


def _was_trial(office: Office, book: Book, line: LetterLine) -> bool:
    """The embedded mailbox brings nothing to anybody, in the trial or after it."""
    if office.mail.is_mailbox and line.channel == EMAIL:
        return True
    return line.settled_at is not None and not is_live(book, local_day(office, line.settled_at))
