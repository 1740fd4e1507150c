"""Deliver: take back what is stale, compose what is to be said, hand it over, write down what really happened."""

from datetime import datetime
from typing import NamedTuple

from dondoc.core.contact import EMAIL
from dondoc.core.delivery import Delivery, OutcomeKind
from dondoc.use_cases.alarm import alarm
from dondoc.use_cases.call_list import call_list, lost_messages
from dondoc.use_cases.compose import compose
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.hand_over import Clock, Send, hand_over
from dondoc.use_cases.hold import is_held
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.outage import is_outage_to_note, note_outage
from dondoc.use_cases.returned_addresses import others_first, returned_on
from dondoc.use_cases.stale_notices import withdraw_stale
from dondoc.use_cases.zalo_alarm import alarm_zalo
from dondoc.words import OFFICE, _, speaking
from notifications.channels import send as send_by_channel
from notifications.outcome import Outcome
from notifications.smtp_connection import close_all
from notifications.zalo.address import is_zalo


class DeliveryReport(NamedTuple):
    """`dead` are messages nobody will get any more: somebody must call. `waiting` says why nothing may leave."""

    sent: int = 0
    temporary: int = 0
    permanent: int = 0
    unknown: int = 0
    withdrawn: int = 0
    held: bool = False
    dead: int = 0
    waiting: str = ""


@speaking(OFFICE)
def deliver(
    office: Office, at: datetime, *, clock: Clock, send: Send | None = None, limit: int = 1000
) -> DeliveryReport:
    """At most `limit` messages, all as of `at`; `clock` is read around the I/O, for leases and retries."""
    withdrawn = withdraw_stale(office, at)
    _note_outage(office, at)
    with office.register.reading() as book:
        held, live = is_held(book), is_live(book, local_day(office, at))
        office = others_first(office, returned_on(office, book, at))
    if not office.mail.can_send(live=live):
        return DeliveryReport(withdrawn=withdrawn, held=held, waiting=_no_way(office))
    if held:
        return DeliveryReport(withdrawn=withdrawn, held=True)
    compose(office, at)
    outcomes = _until_quiet(office, at, clock, send or by_route(office, clock), limit, live=live)
    close_all()
    return DeliveryReport(
        sent=outcomes.count("sent"),
        temporary=outcomes.count("temporary"),
        permanent=outcomes.count("permanent"),
        unknown=outcomes.count("unknown"),
        withdrawn=withdrawn,
        dead=lost_messages(call_list(office, at)),
    )


def _until_quiet(
    office: Office, at: datetime, clock: Clock, send: Send, limit: int, *, live: bool
) -> list[OutcomeKind]:
    """Hand over; what a channel refused for good goes by the next one at once, and of what has none somebody hears."""
    outcomes = hand_over(office, clock, send, limit, live=live)
    while len(outcomes) < limit and _more(office, at, live=live):
        outcomes += hand_over(office, clock, send, limit - len(outcomes), live=live)
    return outcomes


def _more(office: Office, at: datetime, *, live: bool) -> int:
    return compose(office, at) or alarm(office, at, live=live) or alarm_zalo(office, at, live=live)


def _note_outage(office: Office, at: datetime) -> None:
    """Checks that were late may run before the sweep that makes everything good: their letters wait for it."""
    with office.register.reading() as book:
        found = is_outage_to_note(office, book, at)
    if found:
        with office.register.writing() as book:
            note_outage(office, book, at)


def _no_way(office: Office) -> str:
    if not office.mail.url:
        return "chưa cấu hình máy chủ thư (DONDOC_SMTP_URL)"
    return "đang chạy thử qua máy chủ thư thật: cần DONDOC_TEST_ADDRESS, hoặc go-live"


def _is_real(office: Office, clock: Clock) -> bool:
    """Whether a message is meant to reach somebody; what only the embedded mailbox holds has reached nobody."""
    with office.register.reading() as book:
        return is_live(book, local_day(office, clock()))


def by_route(office: Office, clock: Clock) -> Send:
    """Hands a message to the channel it names, as that channel is configured now."""
    mail = office.mail

    def send(delivery: Delivery) -> Outcome:
        if mail.is_mailbox and delivery.channel == EMAIL and _is_real(office, clock):
            return Outcome("temporary", _("hộp thư kèm theo chỉ để chạy thử: khai báo DONDOC_SMTP_URL"))
        url = mail.url_of(delivery.channel)
        if is_zalo(url):
            # Here and not above: an office without Zalo does not wait for what it imports.
            from dondoc.use_cases.zalo_send import send_zalo

            return send_zalo(office, delivery, url, clock)
        return send_by_channel(delivery, url, mail.sender, mail.reply_to)

    return send
