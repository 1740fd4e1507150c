"""Signing in by a link that works once, sent over the person's own channel.

It goes to the channel at once and not through the outbox: it is worth nothing after twenty minutes, must arrive outside
the sending hours and while sending is held (somebody has to sign in to release it), and so no database holds it.
"""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from dondoc.core.contact import Contact
from dondoc.core.delivery import Delivery
from dondoc.use_cases.credentials import LIVES, issue, sha_of
from dondoc.use_cases.deliver import by_route
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.hand_over import Clock, Send
from dondoc.use_cases.mail_route import Way, way_to
from dondoc.use_cases.message_of import office_unit
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.viewer import viewer_of
from dondoc.words.dates import office_moment
from notifications.channels import as_carried, carries_text
from notifications.sign_in_letter import SignInLetter, render_sign_in, sign_in_line
from notifications.smtp_connection import close_all

MOST_AN_HOUR = 6  # links to one person; whoever asks for more learns nothing of it
MOST_PEOPLE = 4  # who share one address
PHONE = re.compile(r"(?:\+?84|0)\d{8,10}")
LOG = logging.getLogger(__name__)


def people_named(office: Office, typed: str, at: datetime) -> list[str]:
    """Who may sign in here under an e-mail address, a telephone number or an id; [] for strangers."""
    wanted = typed.strip().casefold()
    found = [wanted] if wanted in office.directory.persons else []
    found += [person for person, contact in office.contacts.items() if _is_theirs(contact, wanted)]
    return [person for person in dict.fromkeys(found) if viewer_of(office, person, at)][:MOST_PEOPLE]


def _is_theirs(contact: Contact, wanted: str) -> bool:
    phone = _phone(wanted)
    return wanted == contact.email.casefold() or bool(phone and phone in (_phone(contact.phone), _phone(contact.zalo)))


def _phone(text: str) -> str:
    """0912 345 678 and +84 912… as 0912345678; "" where it is no number of this country."""
    digits = re.sub(r"[\s.()-]", "", text)
    return re.sub(r"^\+?84", "0", digits) if PHONE.fullmatch(digits) else ""


def send_sign_in(office: Office, typed: str, back: str, clock: Clock, send: Send | None = None) -> int:
    """Send each person so named a link; how many left. `back` is the page they wanted.

    Says nothing to whoever asked: the portal runs it after it has answered.
    """
    at, sent = clock(), 0
    for person in people_named(office, typed, at):
        sent += _send_to(office, person, back, at, send or by_route(office, clock))
    close_all()
    return sent


def _send_to(office: Office, person: str, back: str, at: datetime, send: Send) -> int:
    if _has_enough(office, person, at):
        LOG.warning("no further sign-in link this hour for %s", person)
        return 0
    ways = list(_ways(office, person, at))
    secret = issue(office, "sign-in", person, at, rights={"back": back}) if ways else ""
    for way in ways:
        outcome = send(_letter(office, person, secret, way, at))
        if outcome.kind in ("sent", "unknown"):
            return 1
        LOG.warning("sign-in link for %s did not leave by %s: %s", person, way.channel, outcome.detail)
    return 0


def _has_enough(office: Office, person: str, at: datetime) -> bool:
    with office.register.reading() as book:
        return book.credentials_made("sign-in", person, at - LIVES["sign-in"] * 3) >= MOST_AN_HOUR


def _ways(office: Office, person: str, at: datetime) -> Iterator[Way]:
    """The person's channels that carry words, in the order in which they are tried."""
    with office.register.reading() as book:
        live = is_live(book, local_day(office, at))
    if not office.mail.can_send(live=live) or not office.mail.portal_url:
        return
    tried = {name for name, url in office.mail.channels.items() if not carries_text(url)}
    while way := way_to(office.mail, office.contacts, person, live=live, tried=tried):
        yield way
        tried.add(way.channel)


def sign_in_address(office: Office, secret: str) -> str:
    return f"{office.mail.portal_url}/vao/{secret}"


def _letter(office: Office, person: str, secret: str, way: Way, at: datetime) -> Delivery:
    plan = next(iter(office.plans.values()))
    until = at + LIVES["sign-in"]
    letter = SignInLetter(
        person=office.directory.persons[person].name,
        office=office_unit(office.directory, plan),
        link=sign_in_address(office, secret),
        until=office_moment(until, office.moments(plan).zone),
        trial_for=way.trial_for,
    )
    said = as_carried(render_sign_in(letter), office.mail.url_of(way.channel))
    said = said if said.text else said._replace(text=sign_in_line(letter))  # Zalo learns of nobody's name
    id_ = sha256(f"sign-in/{sha_of(secret)}".encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=way.channel,
        address=way.address,
        pace="now",
        local_day=local_day(office, at),
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{office.mail.domain}>",
        not_after=until,
    )
