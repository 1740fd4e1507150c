"""Whom somebody must telephone: what no channel could bring, until the step is answered or the call is recorded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.contact import Contact
from dondoc.core.notice import NoticeKind
from dondoc.register.book import Book
from dondoc.register.values import LostAlarm, Undelivered
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.message_of import round_told
from dondoc.use_cases.names import party_name, role_title, step_title, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.returned_addresses import returned_on
from dondoc.use_cases.routing import is_given_up, next_way
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.stale_notices import is_answered


class Call(NamedTuple):
    """One person and one step. Of a confidential case `title` is its number, and no party and no step is named."""

    person: str  # id
    name: str
    role: str  # title of the role addressed
    phone: str  # "" where the contacts have none
    key: str  # occurrence
    step: str  # id
    title: str
    step_title: str
    party: str
    kind: NoticeKind
    last_on: date | None
    target_on: date | None
    why: str  # the channel's last word, or a code of ours
    channels: tuple[str, ...]  # tried in vain, by name
    since_at: datetime | None
    deliveries: tuple[str, ...]  # messages that did not bring it
    notices: tuple[str, ...]  # keys, the newest last
    alarmed: bool = False
    confidential: bool = False
    returned_on: date | None = None  # local day on which the person's present mail address was last refused
    unheard: tuple[LostAlarm, ...] = ()  # letters that should have told the office of it, while none has arrived


def lost_messages(calls: Sequence[Call]) -> int:
    """How many messages the calls stand for."""
    return len({id_ for call in calls for id_ in call.deliveries})


def call_list(office: Office, at: datetime) -> list[Call]:
    """The most pressing due first; what has none last."""
    with office.register.reading() as book:
        lost = [one for one in book.undelivered() if is_given_up(one, at)]
        return _calls(office, book, lost, at) if lost else []


def _calls(office: Office, book: Book, lost: Sequence[Undelivered], at: datetime) -> list[Call]:
    live = is_live(book, local_day(office, at))
    scenes = {s.birth.key: s for s in gather(office, book, sorted({one.notice.occurrence for one in lost}))}
    grouped: dict[tuple[str, str, str], list[Undelivered]] = {}
    for one in lost:
        scene = scenes.get(one.notice.occurrence)
        if scene and _is_to_be_called(office, one, scene, at, live=live):
            grouped.setdefault((one.notice.recipient, one.notice.occurrence, one.notice.step), []).append(one)
    returned, alarms = returned_on(office, book, at), book.lost_alarms(sorted({one.delivery for one in lost}))
    calls = [_call(office, scenes[some[0].notice.occurrence], some, alarms, returned) for some in grouped.values()]
    return sorted(calls, key=lambda call: (call.target_on or date.max, call.name, call.key, call.step))


def _is_to_be_called(office: Office, one: Undelivered, scene: Scene, at: datetime, *, live: bool) -> bool:
    if is_answered(one.notice, scene.occurrence):
        return False
    expired = one.notice.not_after < at
    return expired or next_way(office, one.notice, scene, one.tried, live=live) is None


def _call(
    office: Office,
    scene: Scene,
    lost: Sequence[Undelivered],
    alarms: Sequence[LostAlarm],
    returned: Mapping[str, date],
) -> Call:
    last, obligation, birth = lost[-1], scene.obligation, scene.birth
    notice, directory = last.notice, office.directory
    person, step = directory.persons.get(notice.recipient), scene.step(notice.step)
    round_ = round_told(scene.occurrence.step(step.id), notice)
    hidden, untold = obligation.confidential, {one.delivery for one in lost if not one.alarmed_at}
    return Call(
        person=notice.recipient,
        name=person.name if person else notice.recipient,
        role=role_title(directory, notice.acting or notice.role),
        phone=office.contacts.get(notice.recipient, Contact()).phone,
        key=birth.key,
        step=step.id,
        title=title_of(obligation, birth),
        step_title="" if hidden or len(obligation.steps) == 1 else step_title(obligation, step),
        party="" if hidden else party_name(directory, birth.party),
        kind=notice.kind,
        last_on=round_.last_on if round_ else None,
        target_on=round_.target_on if round_ else None,
        why=last.detail,
        channels=tuple(sorted(last.tried)),
        since_at=lost[0].settled_at,
        deliveries=tuple(dict.fromkeys(one.delivery for one in lost)),
        notices=tuple(one.notice.key for one in lost),
        confidential=hidden,
        alarmed=not untold,
        returned_on=returned.get(notice.recipient),
        unheard=tuple(one for one in alarms if one.told in untold),
    )
