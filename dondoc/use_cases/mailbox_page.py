"""The embedded mailbox of an office on trial, as its page shows it; once messages are real it shows nothing."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from dondoc.core.rights import Viewer
from dondoc.use_cases.credentials import issue
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.read_mailbox import list_mail, read_mail
from dondoc.use_cases.sign_in import sign_in_address
from dondoc.use_cases.viewer import viewer_of
from notifications.mailbox.reader import MailSummary, MailView

A_PAGE = 50
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class MailList(NamedTuple):
    """Newest first; `before` opens the older ones, 0 on the last page."""

    mails: tuple[MailSummary, ...]
    before: int


def is_on_trial(office: Office, at: datetime) -> bool:
    """Whether messages still go to the embedded mailbox instead of people."""
    with office.register.reading() as book:
        return office.mail.is_mailbox and not is_live(book, local_day(office, at))


def mail_list(office: Office, before: int = 0) -> MailList:
    """At most fifty with a number below `before`."""
    mails = [mail for mail in reversed(list_mail(office.data)) if not before or mail.number < before]
    return MailList(tuple(mails[:A_PAGE]), mails[A_PAGE - 1].number if len(mails) > A_PAGE else 0)


def mail_view(office: Office, number: int) -> MailView | None:
    """One message, or None."""
    return read_mail(office.data, number)


def pieces(office: Office, text: str) -> Iterator[tuple[str, str]]:
    """A letter's text as (words, path): our own pages can be opened from it, no other address."""
    own, last = office.mail.portal_url, 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;)")
        if own and address.startswith(f"{own}/"):
            yield text[last : found.start()], ""
            yield address, address.removeprefix(own)
            last = found.start() + len(address)
    yield text[last:], ""


def first_sign_in(office: Office, at: datetime) -> tuple[str, Viewer] | None:
    """A link for whoever watches the newest plan, for the terminal that started a trial; None once it is real.

    It works once and for twenty minutes, as those that are sent do.
    """
    if not is_on_trial(office, at) or not office.plans or not office.mail.portal_url:
        return None
    plan = max(office.plans.values(), key=lambda one: one.valid_from)
    person = office.directory.resolve(plan.office, "", local_day(office, at)).person
    viewer = viewer_of(office, person, at) if person else None
    if viewer is None:
        return None
    return sign_in_address(office, issue(office, "sign-in", person, at, rights={"back": "/hop-thu"})), viewer
