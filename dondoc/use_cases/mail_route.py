"""By which way messages leave, and to whom they go while the register is on trial."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from dondoc.core.contact import EMAIL, Contact, Contacts
from dondoc.core.secret_url import SecretUrl
from dondoc.use_cases.refused import Refused
from dondoc.words import _
from notifications.channels import problem_with
from notifications.zalo.address import is_zalo, stand_in_of

CHANNEL = "DONDOC_CHANNEL_"
CALL = "call"  # no channel: a person of the office who telephones


class MailRoute(NamedTuple):
    """`url` of e-mail is an Apprise URL or smtp://HOST:PORT; "" sends none. `is_mailbox`: it is the embedded mailbox.

    `test_address` receives everything while on trial over a real server.
    """

    url: str = ""
    is_mailbox: bool = False
    test_address: str = ""
    sender: str = "Đôn Đốc <don-doc@so-khcn.example>"
    reply_to: str = ""
    channels: Mapping[str, SecretUrl] = {}  # the office's other channels by name, each an Apprise URL
    bounces: str = ""  # the mailbox reports on undelivered letters come back to: a Maildir or an IMAP URL
    burst: int = 0  # messages a sweep may make before sending is held; 0 is the shipped number
    portal_url: str = ""  # where staff open what a message links to; "" writes no links
    outage_hours: int = 0  # office hours of standstill that letters speak of; 0 is the shipped number

    def can_send(self, *, live: bool) -> bool:
        """Without a test address nothing of a trial leaves over a real server."""
        if live:
            return bool(self.url or self.channels)
        return bool(self.url) and (self.is_mailbox or bool(self.test_address))

    def url_of(self, channel: str) -> str:
        """Where a channel leads; "" where it is not configured."""
        return self.url if channel == EMAIL else self.channels.get(channel, "")

    @property
    def domain(self) -> str:
        """Of message identifiers (RFC 5322, 3.6.4)."""
        return self.sender.rpartition("@")[2].rstrip("> ") or "dondoc.invalid"


def route_from(environ: Mapping[str, str]) -> MailRoute:
    """The route a process's environment states; front doors hand it to open_office."""
    return MailRoute(
        url=SecretUrl(environ.get("DONDOC_SMTP_URL", "")),
        is_mailbox=environ.get("DONDOC_MAILBOX") == "1",
        test_address=environ.get("DONDOC_TEST_ADDRESS", ""),
        sender=environ.get("DONDOC_SENDER") or MailRoute().sender,
        reply_to=environ.get("DONDOC_REPLY_TO", ""),
        burst=_count(environ, "DONDOC_BURST"),
        portal_url=environ.get("DONDOC_PORTAL_URL", "").rstrip("/"),
        outage_hours=_count(environ, "DONDOC_OUTAGE_HOURS"),
        channels=_channels(environ),
        bounces=SecretUrl(environ.get("DONDOC_BOUNCE_MAILBOX", "")),
    )


def _channels(environ: Mapping[str, str]) -> dict[str, SecretUrl]:
    """DONDOC_CHANNEL_ZALO_BOT=URL is the channel zalo-bot."""
    named = {name.removeprefix(CHANNEL): url for name, url in environ.items() if name.startswith(CHANNEL) and url}
    return {name.lower().replace("_", "-"): SecretUrl(url) for name, url in named.items()}


def _count(environ: Mapping[str, str], name: str) -> int:
    found = environ.get(name, "")
    if found and not found.isdecimal():
        raise Refused(
            _("{name}={found!r} không phải một số.").format(name=name, found=found),
            _("Ghi một số nguyên, hoặc bỏ biến này."),
        )
    return int(found or 0)


def unreadable_channels(route: MailRoute) -> list[tuple[str, str]]:
    """Channel names with why nothing could ever leave by them; sends nothing."""
    return [(name, problem) for name, url in sorted(route.channels.items()) if (problem := problem_with(url))]


class Way(NamedTuple):
    """How one message reaches one person. `trial_for` is the address that would have got it, "" when it does get it."""

    channel: str
    address: str
    trial_for: str = ""


def way_to(
    route: MailRoute,
    contacts: Contacts,
    person: str,
    *,
    live: bool,
    confidential: bool = False,
    tried: Collection[str] = (),
) -> Way | None:
    """The person's first channel that is configured, has an address, may carry it and was not `tried` in vain.

    None: there is none, somebody must call. On trial everything goes by e-mail, or to a stand-in for Zalo; live
    nothing is kept waiting for a stand-in that was left in the channels.
    """
    contact = contacts.get(person, Contact())
    for channel, address in contact.addresses.items():
        url = route.url_of(channel)
        may = _may_carry(contact, channel, url, confidential=confidential)
        if url and may and channel not in tried and live != bool(stand_in_of(url)):
            return Way(channel, address)
    return None if live or EMAIL in tried else _trial_way(route, person, contact)


def _may_carry(contact: Contact, channel: str, url: str, *, confidential: bool) -> bool:
    """By Zalo nothing before the person agreed, whatever the channel is called; then a case's number, due and link.

    Any other service would get the whole letter: of a confidential case it gets none.
    """
    if channel == EMAIL:
        return True
    return bool(contact.zalo_opt_in) if is_zalo(url) else not confidential


def _trial_way(route: MailRoute, person: str, contact: Contact) -> Way:
    if route.is_mailbox:
        return Way(EMAIL, contact.email or f"{person}@chay-thu.test", contact.email or person)
    return Way(EMAIL, route.test_address, contact.email or person)
