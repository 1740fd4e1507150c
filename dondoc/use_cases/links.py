"""Links in messages: signed, bound to one person and one notice, and dead after a while.

A message in the outbox holds a placeholder; the link itself is made when the message is handed over, so that neither
the database nor a backup of it holds a live one. What a link opens is looked up in the register each time.
"""

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadSignature, Signer

from dondoc.core.delivery import Delivery
from dondoc.core.notice import Notice
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.office import Office, local_day

LIVES = timedelta(days=60)  # from the day the message was composed
PURPOSE = "answer"
# A host that never exists (RFC 6761, 6.4): a message that leaves without its links misleads nobody.
PLACE = "https://lien-ket.invalid/{n}"
_PLACES = re.compile(r"https://lien-ket\.invalid/(\d+)")


class DeadLink(LookupError):
    """`why`: forged, expired, revoked or gone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Link(NamedTuple):
    """What a link gives: this person was told this, by that message."""

    person: str
    notice: Notice
    delivery: str
    address: str  # where the message went; the journal names it
    until_on: date  # last local day on which it opens


def place_of(office: Office, n: int) -> str:
    """What stands in a frozen message for the link of its n-th notice; "" where no portal is configured."""
    return PLACE.format(n=n) if office.mail.portal_url else ""


def with_links(office: Office, delivery: Delivery) -> Delivery:
    """The message as it leaves: placeholders become links, each of the notice that it was composed of."""
    if not _PLACES.search(delivery.text + delivery.html):
        return delivery
    with office.register.reading() as book:
        keys = book.told_by(delivery.id)

    def filled(text: str) -> str:
        return _PLACES.sub(lambda place: link_to(office, delivery.id, keys[int(place[1])]), text)

    return delivery._replace(text=filled(delivery.text), html=filled(delivery.html))


def link_to(office: Office, delivery_id: str, notice_key: str) -> str:
    """The address of one notice's page."""
    return f"{office.mail.portal_url}/viec/{_signer(office).sign(f'{delivery_id}-{_mark(notice_key)}').decode()}"


def open_link(office: Office, token: str, at: datetime) -> Link:
    """What a link leads to as of `at`. DeadLink says why it leads nowhere."""
    try:
        delivery_id, _dash, mark = _signer(office).unsign(token).decode().partition("-")
    except (BadSignature, UnicodeDecodeError):
        raise DeadLink("forged") from None
    with office.register.reading() as book:
        records = book.deliveries(ids=[delivery_id])
        # By its own mark, never by its place: a message may lose members after it has left.
        notices = book.notices(keys=[key for key in book.told_by(delivery_id) if _mark(key) == mark])
        revoked_on = book.setting(_revocation(records[0].delivery.person)) if records else None
        ends_on = book.setting(_end(records[0].delivery.person)) if records else None
        live_from = book.setting("live-from") if is_live(book, local_day(office, at)) else None
    if not records or not notices:
        raise DeadLink("gone")
    delivery = records[0].delivery
    link = Link(delivery.person, notices[0].notice, delivery_id, delivery.address, delivery.local_day + LIVES)
    if local_day(office, at) > link.until_on:
        raise DeadLink("expired")
    if revoked_on and delivery.local_day <= date.fromisoformat(revoked_on):
        raise DeadLink("revoked")
    if live_from and delivery.local_day < date.fromisoformat(live_from):
        raise DeadLink("revoked")  # the trial's letters lie in a mailbox that others read
    if ends_on and delivery.local_day < date.fromisoformat(ends_on) <= local_day(office, at):
        raise DeadLink("revoked")
    return link


def revoke_links(office: Office, person: str, on: date) -> None:
    """Every link sent to a person up to and on a local day opens nothing any more."""
    with office.register.writing() as book:
        book.put_setting(_revocation(person), on.isoformat())


def end_links(office: Office, person: str, from_on: date) -> None:
    """From a local day on, still to come, every link sent to a person before it opens nothing any more."""
    with office.register.writing() as book:
        book.put_setting(_end(person), from_on.isoformat())


def _mark(notice_key: str) -> str:
    return hashlib.sha256(notice_key.encode()).hexdigest()[:6]


def _revocation(person: str) -> str:
    return f"links-revoked/{person}"


def _end(person: str) -> str:
    return f"links-end/{person}"


def _signer(office: Office) -> Signer:
    keys = office.sealer.signing_keys(PURPOSE)[::-1]  # the signer takes the newest last
    return Signer(keys, salt=PURPOSE, key_derivation="none", digest_method=_sha256)


def _sha256(data: bytes = b"") -> "hashlib._Hash":
    return hashlib.sha256(data)
