"""By which way messages leave, and to whom they go while the register is on trial."""

from collections.abc import Mapping
from typing import NamedTuple

from definitions.organisation import Contacts
from dondoc.use_cases.refused import Refused


class MailRoute(NamedTuple):
    """`url` is an Apprise URL or smtp://HOST:PORT; "" sends nothing. `is_mailbox`: it is the embedded mailbox.

    `test_address` receives everything while on trial over a real server.
    """

    url: str = ""
    is_mailbox: bool = False
    test_address: str = ""
    sender: str = "Đôn Đốc <don-doc@so-khcn.example>"
    reply_to: str = ""
    burst: int = 0  # messages a sweep may make before sending is held; 0 is the shipped number
    outage_hours: int = 0  # office hours of standstill that letters speak of; 0 is the shipped number

    def can_send(self, *, live: bool) -> bool:
        """Without a test address nothing of a trial leaves over a real server."""
        return bool(self.url) and (live or self.is_mailbox or bool(self.test_address))

    @property
    def domain(self) -> str:
        """Of message identifiers (RFC 5322, 3.6.4)."""
        return self.sender.rpartition("@")[2].rstrip("> ") or "dondoc.invalid"


def route_from(environ: Mapping[str, str]) -> MailRoute:
    """The route a process's environment states; front doors hand it to open_office."""
    return MailRoute(
        url=environ.get("DONDOC_SMTP_URL", ""),
        is_mailbox=environ.get("DONDOC_MAILBOX") == "1",
        test_address=environ.get("DONDOC_TEST_ADDRESS", ""),
        sender=environ.get("DONDOC_SENDER") or MailRoute().sender,
        reply_to=environ.get("DONDOC_REPLY_TO", ""),
        burst=_count(environ, "DONDOC_BURST"),
        outage_hours=_count(environ, "DONDOC_OUTAGE_HOURS"),
    )


def _count(environ: Mapping[str, str], name: str) -> int:
    found = environ.get(name, "")
    if found and not found.isdecimal():
        raise Refused(f"{name}={found!r} không phải một số.", "Ghi một số nguyên, hoặc bỏ biến này.")
    return int(found or 0)


class Addressed(NamedTuple):
    """`trial_for` is the address that would have got it, "" when it does get it."""

    address: str
    trial_for: str = ""


def address_of(route: MailRoute, contacts: Contacts, person: str, *, live: bool) -> Addressed | None:
    """Where a person's message goes; None where no address is known."""
    contact = contacts.get(person)
    real = contact.email if contact else ""
    if live:
        return Addressed(real) if real else None
    if route.is_mailbox:
        return Addressed(real or f"{person}@chay-thu.test", real or person)
    return Addressed(route.test_address, real or person)
