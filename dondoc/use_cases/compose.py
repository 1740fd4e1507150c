"""Composing: one person's notices of one pace and voice become one message, rendered and frozen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby

from dondoc.core.delivery import Delivery
from dondoc.core.notice import Notice
from dondoc.register.book import Book
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.mail_route import Addressed, MailRoute, address_of
from dondoc.use_cases.message_of import context, item_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene, gather
from notifications.render import render

CHANNEL = "email"
Group = tuple[str, str, str]  # recipient, pace, voice


def compose(office: Office, at: datetime) -> int:
    """Freeze what can be said now; how many messages. Rendering happens between two short transactions.

    A digest waits until nothing of the agenda is due: the morning's checks come one after another, and a person gets
    one digest a day.
    """
    route = office.mail
    with office.register.reading() as book:
        live = is_live(book, local_day(office, at))
        notices = _sayable(book, at)
        scenes = {s.birth.key: s for s in gather(office, book, sorted({n.occurrence for n in notices}))}
    if not route.can_send(live=live):
        return 0
    letters = list(_letters(office, notices, scenes, route, at, live=live))
    with office.register.writing() as book:
        return sum(book.put_delivery(delivery, keys) for delivery, keys in letters)


def _sayable(book: Book, at: datetime) -> list[Notice]:
    settled = not book.due_keys(at, 1)
    return [n for n in book.open_notices(at) if n.recipient and (n.pace == "now" or settled)]


def _letters(
    office: Office,
    notices: Sequence[Notice],
    scenes: Mapping[str, Scene],
    route: MailRoute,
    at: datetime,
    *,
    live: bool,
) -> Iterator[tuple[Delivery, list[str]]]:
    for group, members in groupby(sorted(notices, key=_group), key=_group):
        mine = sorted((n for n in members if n.occurrence in scenes), key=lambda n: (n.not_after, n.key))
        to = address_of(route, office.contacts, group[0], live=live)
        if mine and to:
            yield _letter(office, mine, scenes, route, to, at), [n.key for n in mine]


def _group(notice: Notice) -> Group:
    voice = "escalation" if notice.kind == "escalation" else "own" if notice.pace == "now" else ""
    return notice.recipient, notice.pace, voice


def _letter(
    office: Office,
    notices: Sequence[Notice],
    scenes: Mapping[str, Scene],
    route: MailRoute,
    to: Addressed,
    at: datetime,
) -> Delivery:
    first = scenes[notices[0].occurrence]
    plan, moments, person = first.plan, first.world.moments, notices[0].recipient
    items = [item_of(office, scenes[n.occurrence], n, at) for n in notices]
    letter = context(office, plan, person, items, moments.day_of(at), trial_for=to.trial_for)
    said = render(letter._replace(pace=notices[0].pace))
    id_ = sha256("\n".join(sorted(n.key for n in notices)).encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=CHANNEL,
        address=to.address,
        pace=notices[0].pace,
        local_day=moments.day_of(at),
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{route.domain}>",
        not_after=max(n.not_after for n in notices),
        references=_thread(notices, route),
    )


def _thread(notices: Sequence[Notice], route: MailRoute) -> str:
    """One identifier all messages to a person about one occurrence refer to, so that a ladder reads as one thread."""
    if len(notices) > 1:
        return ""
    root = sha256(f"{notices[0].occurrence}@{notices[0].recipient}".encode()).hexdigest()[:32]
    return f"<{root}@{route.domain}>"
