"""Telling the office, over another channel, whom it must telephone: once a message that cannot arrive."""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime, timedelta
from hashlib import sha256

from dondoc.core.contact import EMAIL
from dondoc.core.delivery import Delivery
from dondoc.core.directory import UNREADABLE
from dondoc.core.plan import Plan
from dondoc.register.book import Book
from dondoc.use_cases.call_list import Call, call_list
from dondoc.use_cases.hold import is_held
from dondoc.use_cases.mail_route import Way, way_to
from dondoc.use_cases.message_of import office_unit
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import gather
from dondoc.words.calls import call_words
from notifications.call_letter import CallLetter, CallLine, render_calls
from notifications.channels import as_carried, carries_text

KEPT = timedelta(days=3)
AGAIN = timedelta(days=1)  # so long a way that failed is not tried for the same calls


def alarm(office: Office, at: datetime, *, live: bool) -> int:
    """One message to one person of the office for all that is new on the call list; how many messages were made.

    New is also what should have been told by a message that failed itself: another way is taken.
    """
    new = [call for call in call_list(office, at) if not call.alarmed]
    letter = next(_letters(office, new, at, live=live), None) if new else None
    if letter is None:
        return 0
    delivery, told = letter
    with office.register.writing() as book:
        if is_held(book):
            return 0
        if not book.put_delivery(delivery, []):
            return 0
        book.mark_alarmed(delivery.id, [id_ for call in told for id_ in call.deliveries], at)
    return 1


def _letters(
    office: Office, calls: Sequence[Call], at: datetime, *, live: bool
) -> Iterator[tuple[Delivery, Sequence[Call]]]:
    """What each person of the office who can be reached would get, the best way first."""
    plan = _plan(office, calls)
    failed = {channel for call in calls for channel in call.channels}
    unreachable = {call.person for call in calls}
    in_vain, excluded = _in_vain(calls, at), _excluded(office, calls)
    for avoided in (failed, set[str]()):
        for person in office_people(office, plan, at):
            told = [call for call in calls if excluded[call.key].isdisjoint({person, UNREADABLE})]
            way = _way(office, person, avoided | in_vain.get(person, set()), live=live)
            if told and way and (avoided or person not in unreachable):
                yield _letter(office, plan, person, way, told, at), told


def is_told_elsewhere(office: Office, book: Book, letter: Delivery, at: datetime, *, live: bool) -> bool:
    """Whether a letter that is an alarm may be given up on its channel, because somebody is reached by another."""
    told = book.alarmed_by(letter.id)
    if not told or not office.plans:
        return False
    failed = {one.channel for one in book.lost_alarms(told)} | {letter.channel}
    people = office_people(office, next(iter(office.plans.values())), at)
    return any(_way(office, person, failed, live=live) for person in people)


def _way(office: Office, person: str, avoided: Set[str], *, live: bool) -> Way | None:
    wordless = {name for name, url in office.mail.channels.items() if not carries_text(url)}
    return way_to(office.mail, office.contacts, person, live=live, tried=avoided | wordless)


def _in_vain(calls: Sequence[Call], at: datetime) -> dict[str, set[str]]:
    """By person of the office, the channels that did not bring it; a day later they are tried anew."""
    found: dict[str, set[str]] = {}
    for lost in (one for call in calls for one in call.unheard):
        if lost.settled_at is None or lost.settled_at > at - AGAIN:
            found.setdefault(lost.person, set()).add(lost.channel)
    return found


def _excluded(office: Office, calls: Sequence[Call]) -> dict[str, frozenset[str]]:
    """By occurrence, who may not hear of it; nobody may, while nobody knows whom the case leaves out."""
    with office.register.reading() as book:
        scenes = gather(office, book, sorted({call.key for call in calls}))
    return {scene.birth.key: frozenset(scene.birth.excluded) for scene in scenes}


def _plan(office: Office, calls: Sequence[Call]) -> Plan:
    named = calls[0].key.partition("/")[0]
    return office.plans.get(named) or next(iter(office.plans.values()))


def office_people(office: Office, plan: Plan, at: datetime) -> list[str]:
    """Who keeps the register, then who heads the office, then whoever stands above, each once."""
    directory, on = office.directory, office.moments(plan).day_of(at)
    roles, role = [plan.office], plan.office_head
    while role in directory.roles and role not in roles:
        roles.append(role)
        role = directory.roles[role].up
    deputies = [directory.roles[name].deputy for name in roles if name in directory.roles]
    people = [directory.holder(name, on) for name in (*roles, *deputies) if name]
    return [person for person in dict.fromkeys(people) if person and not directory.is_absent(person, on)]


def _letter(office: Office, plan: Plan, person: str, way: Way, calls: Sequence[Call], at: datetime) -> Delivery:
    known, moments = office.directory.persons.get(person), office.moments(plan)
    said = render_calls(
        CallLetter(
            person=known.name if known else person,
            office=office_unit(office.directory, plan),
            lines=tuple(_line(call, way.channel) for call in calls),
            trial_for=way.trial_for,
        )
    )
    said = as_carried(said, office.mail.url_of(way.channel))
    told, on = sorted({id_ for call in calls for id_ in call.deliveries}), moments.day_of(at)
    id_ = sha256("\n".join(["alarm", f"{on}", person, way.channel, *told]).encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=way.channel,
        address=way.address,
        pace="now",
        local_day=on,
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{office.mail.domain}>",
        not_after=at + KEPT,
    )


def _line(call: Call, channel: str) -> CallLine:
    """Of a confidential case no key, and outside the office's mail not even its number."""
    title = f"{call.title} ({call.step_title})" if call.step_title else call.title
    command = f"dondoc record called {call.key} --person {call.person}"
    if call.confidential:
        title, command = (title if channel == EMAIL else "Vụ việc bảo mật"), "dondoc record called"
    why = call_words(call.why, call.returned_on)
    return CallLine(call.name, call.role, call.phone, title, call.party, call.target_on, why, command)
