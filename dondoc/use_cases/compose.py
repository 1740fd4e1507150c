"""Composing: one person's notices of one pace, voice and channel become one message, rendered and frozen."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from hashlib import sha256
from itertools import groupby

from dondoc.core.delivery import Delivery
from dondoc.core.notice import Notice, Pace
from dondoc.register.book import Book
from dondoc.use_cases.due_here import is_due_here
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.hold import is_held
from dondoc.use_cases.links import place_of
from dondoc.use_cases.mail_route import CALL, MailRoute, Way
from dondoc.use_cases.message_of import context, item_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.outage import Outage, is_too_early, outage_spoken_of
from dondoc.use_cases.routing import NO_CHANNEL, Routed, Tellable, routed, tellable
from dondoc.use_cases.scene import Scene, gather
from notifications.channels import compose_for

Group = tuple[str, str, str, Way]  # recipient, pace, voice, way
AT_ONCE = "all"  # in a group's pace: after an outage one message tells what is urgent and what is not
Letter = tuple[Delivery, list[str]]  # with the keys of its notices


def compose(office: Office, at: datetime) -> int:
    """Freeze what can be said now; how many messages. Rendering happens between two short transactions.

    A digest waits for the sending hour, and until nothing of the agenda is due: the morning's checks come one after
    another, and a person gets one digest a day. After an outage everything waits for that, and a person gets one
    message for all that was missed. While sending is held nothing is frozen: what is true may change before it leaves.
    """
    route = office.mail
    with office.register.reading() as book:
        live = is_live(book, local_day(office, at))
        outage = outage_spoken_of(office, book, at)
        notices = _sayable(office, book, at, outage)
        scenes = {s.birth.key: s for s in gather(office, book, sorted({one.notice.occurrence for one in notices}))}
    if not route.can_send(live=live):
        return 0
    letters = list(_letters(office, routed(office, notices, scenes, at, live=live), scenes, at, outage))
    with office.register.writing() as book:
        if is_held(book):
            return 0
        return sum(any(_frozen(book, letter, at) for letter in alternatives) for alternatives in letters)


def _frozen(book: Book, letter: Letter, at: datetime) -> bool:
    """Put into the outbox; what no channel could carry is dead from the beginning, and somebody must call."""
    delivery, keys = letter
    done = book.put_delivery(delivery, keys)
    if done and delivery.channel == CALL:
        book.bury([delivery.id], at, NO_CHANNEL)
    return done


def _sayable(office: Office, book: Book, at: datetime, outage: Outage | None) -> list[Tellable]:
    settled = not is_due_here(office, book, at)
    if outage and is_too_early(office, outage, at, settled=settled):
        return []
    digests = settled and _is_digest_time(office, at)
    return [one for one in tellable(book, at) if one.notice.recipient and (one.notice.pace == "now" or digests)]


def _is_digest_time(office: Office, at: datetime) -> bool:
    """From the sending hour of a working day on; a digest made in the night would leave the morning without one."""
    moments = next((office.moments(plan) for plan in office.plans.values()), None)
    return moments is None or (moments.is_open(at) and at >= moments.sending(moments.day_of(at)))


def _letters(
    office: Office, notices: Sequence[Routed], scenes: Mapping[str, Scene], at: datetime, outage: Outage | None
) -> Iterator[list[Letter]]:
    """Each message with what may take its place where the person has had the day's digest."""
    missed = {notice.recipient for notice, _way in notices if outage and outage.covers(notice.moment_at)}
    for group, members in groupby(sorted(notices, key=_group(missed)), key=_group(missed)):
        mine = sorted((notice for notice, _way in members), key=lambda n: (n.not_after, n.key))
        spoken_of = outage if group[0] in missed else None
        told = [mine, *_without_digest(mine, group)]
        yield [(_letter(office, some, scenes, group[3], at, spoken_of), [n.key for n in some]) for some in told]


def _group(missed: Set[str]) -> Callable[[Routed], Group]:
    def group(routed: Routed) -> Group:
        notice, way = routed
        if notice.recipient in missed:
            return notice.recipient, AT_ONCE, "", way
        voice = "escalation" if notice.kind == "escalation" else "own" if notice.pace == "now" else ""
        return notice.recipient, notice.pace, voice, way

    return group


def _without_digest(notices: Sequence[Notice], group: Group) -> list[list[Notice]]:
    """What cannot wait for the next day's digest, of a message that tells everything at once."""
    pressing = [n for n in notices if n.pace == "now"]
    return [pressing] if group[1] == AT_ONCE and 0 < len(pressing) < len(notices) else []


def _letter(
    office: Office,
    notices: Sequence[Notice],
    scenes: Mapping[str, Scene],
    way: Way,
    at: datetime,
    outage: Outage | None,
) -> Delivery:
    first, route = scenes[notices[0].occurrence], office.mail
    plan, moments, person = first.plan, first.world.moments, notices[0].recipient
    pace: Pace = "digest" if any(n.pace == "digest" for n in notices) else "now"
    order = sorted(n.key for n in notices)
    links = [place_of(office, order.index(n.key)) for n in notices]
    items = [
        item_of(office, scenes[n.occurrence], n, at)._replace(link=link) for n, link in zip(notices, links, strict=True)
    ]
    letter = context(office, plan, person, items, moments.day_of(at), trial_for=way.trial_for)
    down = (outage.from_at.astimezone(moments.zone), outage.to_at.astimezone(moments.zone)) if outage else None
    said = compose_for(route.url_of(way.channel), office.zalo_templates)(letter._replace(pace=pace, outage=down))
    id_ = sha256("\n".join([way.channel, *sorted(n.key for n in notices)]).encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=way.channel,
        address=way.address,
        pace=pace,
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
