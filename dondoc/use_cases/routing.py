"""Which notice goes by which channel: the person's first one, and after a failure the next, never the same twice."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.core.contact import Contact
from dondoc.core.notice import Notice
from dondoc.register.book import Book
from dondoc.register.outbox import AGAIN
from dondoc.register.values import Undelivered
from dondoc.use_cases.mail_route import CALL, Way, way_to
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather

# How long a service may take to say itself that it delivered what it never answered for.
RECEIPT = timedelta(minutes=30)
NO_CHANNEL = "no-channel"
Routed = tuple[Notice, Way]


class Tellable(NamedTuple):
    """A notice still to be said, and the channels on which it failed."""

    notice: Notice
    tried: Collection[str] = ()
    failed: bool = False  # its last message is dead already


def tellable(book: Book, at: datetime) -> list[Tellable]:
    """Notices in no message, and those whose message failed while there is still time for another channel."""
    unsaid = book.open_notices(at)
    tried = book.tried([notice.key for notice in unsaid])
    return [
        *(Tellable(notice, tried.get(notice.key, ())) for notice in unsaid),
        *(Tellable(lost.notice, lost.tried, failed=True) for lost in book.undelivered() if may_go_on(lost, at)),
    ]


def may_go_on(lost: Undelivered, at: datetime) -> bool:
    """Whether this message is past hope, and its notice not yet past use."""
    return lost.notice.not_after >= at and is_given_up(lost, at)


def is_given_up(lost: Undelivered, at: datetime) -> bool:
    """Of a message nobody can answer for, e-mail was tried as often as it may be; others may still send a receipt."""
    waits = lost.status == "unknown" and lost.channel not in AGAIN and lost.settled_at is not None
    return not waits or lost.settled_at + RECEIPT <= at  # type: ignore[operator]


def routed(
    office: Office, notices: Sequence[Tellable], scenes: Mapping[str, Scene], at: datetime, *, live: bool
) -> list[Routed]:
    """Each notice that may be said at `at` with its way; where no way was ever open, somebody must call."""
    found = []
    for one in notices:
        scene = scenes.get(one.notice.occurrence)
        if scene and _is_the_hour(scene, one.notice, at):
            way = next_way(office, one.notice, scene, one.tried, live=live)
            if way or not one.failed:
                found.append((one.notice, way or _by_phone(office, one.notice)))
    return found


def next_way(office: Office, notice: Notice, scene: Scene, tried: Collection[str], *, live: bool) -> Way | None:
    """The next channel of the notice's recipient; None where there is none left."""
    confidential = scene.obligation.confidential
    return way_to(office.mail, office.contacts, notice.recipient, live=live, confidential=confidential, tried=tried)


def can_pass_on(office: Office, book: Book, delivery_id: str, *, live: bool) -> bool:
    """Whether another channel is left for everything a message tells."""
    record = next(iter(book.deliveries(ids=[delivery_id])), None)
    if record is None:
        return False
    notices = [found.notice for found in book.notices(keys=record.notices)]
    scenes = {scene.birth.key: scene for scene in gather(office, book, sorted({n.occurrence for n in notices}))}
    tried, channel = book.tried(record.notices), record.delivery.channel
    return bool(notices) and all(
        n.occurrence in scenes
        and next_way(office, n, scenes[n.occurrence], {channel, *tried.get(n.key, ())}, live=live)
        for n in notices
    )


def _is_the_hour(scene: Scene, notice: Notice, at: datetime) -> bool:
    """Within the office's hours; outside them only what the next opening would be too late for."""
    moments = scene.world.moments
    return moments.is_open(at) or notice.not_after < moments.next_open(at)


def _by_phone(office: Office, notice: Notice) -> Way:
    return Way(CALL, office.contacts.get(notice.recipient, Contact()).phone)
