"""What was said about an occurrence, to whom, and what became of each message."""

from datetime import datetime
from typing import NamedTuple

from dondoc.core.contact import EMAIL
from dondoc.register.book import Book
from dondoc.register.values import DeliveryRecord, NoticeRecord
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.names import role_title
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene
from dondoc.words.calls import channel_words
from dondoc.words.labels import notice_words
from dondoc.words.outcomes import outcome_words


class MessageShown(NamedTuple):
    """`at` is the moment it stands for, `settled_at` when its outcome was known. No address, no text."""

    at: datetime
    kind: str
    step: str
    person: str  # id
    name: str
    role: str
    channel: str
    outcome: str
    settled_at: datetime | None


def messages_shown(office: Office, book: Book, scene: Scene, person: str = "") -> tuple[MessageShown, ...]:
    """Oldest first; of one person alone where one is named. Of a confidential case no recipient is named but them."""
    records = [r for r in book.notices(occurrences=[scene.birth.key]) if person in ("", r.notice.recipient)]
    sent = {d.delivery.id: d for d in book.deliveries(ids=sorted({r.delivery for r in records} - {""}))}
    return tuple(_shown(office, book, scene, record, sent.get(record.delivery)) for record in records)


def _shown(
    office: Office, book: Book, scene: Scene, record: NoticeRecord, delivery: DeliveryRecord | None
) -> MessageShown:
    notice, known = record.notice, office.directory.persons.get(record.notice.recipient)
    hidden = scene.obligation.confidential
    return MessageShown(
        at=notice.moment_at,
        kind=notice_words(notice.kind),
        step=scene.step(notice.step).title if notice.step in {s.id for s in scene.obligation.steps} else "",
        person=notice.recipient,
        name="" if hidden else known.name if known else notice.recipient,
        role="" if hidden else role_title(office.directory, notice.acting or notice.role),
        channel=channel_words(delivery.delivery.channel) if delivery else "",
        outcome=_outcome(office, book, record, delivery),
        settled_at=delivery.settled_at if delivery else None,
    )


def _outcome(office: Office, book: Book, record: NoticeRecord, delivery: DeliveryRecord | None) -> str:
    if record.withdrawn_at or delivery is None:
        return outcome_words("withdrawn" if record.withdrawn_at else "")
    status, channel = delivery.delivery.status, delivery.delivery.channel
    return outcome_words(status, channel, delivery.detail, trial=_was_trial(office, book, delivery))


def _was_trial(office: Office, book: Book, delivery: DeliveryRecord) -> bool:
    """The embedded mailbox brings nothing to anybody, in the trial or after it."""
    if delivery.settled_at is None:
        return False
    own_mailbox = office.mail.is_mailbox and delivery.delivery.channel == EMAIL
    return own_mailbox or not is_live(book, local_day(office, delivery.settled_at))
