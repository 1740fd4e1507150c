"""Once a week the journal's head leaves the house: mailed to the leadership and the office, who keep the letter.

A chain proves itself only to somebody who has seen it before. Whoever owns the server can rewrite the whole book; not
the letters that lie in other people's mailboxes.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from dondoc.core.delivery import Delivery
from dondoc.core.facts import Fact
from dondoc.core.plan import Plan
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.hold import is_held
from dondoc.use_cases.mail_route import way_to
from dondoc.use_cases.message_of import office_unit
from dondoc.use_cases.office import Office
from dondoc.use_cases.verify_journal import JournalHead, head_in
from dondoc.words import OFFICE, speaking
from dondoc.words.dates import office_moment
from notifications.anchor_letter import AnchorLetter, render_anchor

CHANNEL = "email"
GOOD_FOR = timedelta(days=7)  # then the next week's letter says more
ANCHORED, ANCHOR = "anchored-week", "anchor"  # settings: the week last anchored, and the head that was sent


@speaking(OFFICE)
def anchor_journal(office: Office, at: datetime, via: str = "sweep") -> int:
    """How many letters were put into the outbox: once a week, within the office's hours, once the office is live."""
    plan = next(iter(office.plans.values()), None)
    if plan is None or not office.moments(plan).is_open(at) or not office.mail.can_send(live=True):
        return 0
    on = office.moments(plan).day_of(at)
    with office.register.writing() as book:
        head = head_in(book)
        if not head.link or is_held(book) or not is_live(book, on) or book.setting(ANCHORED) == _week(on):
            return 0
        if not (letters := list(_letters(office, plan, head, at))):
            return 0
        book.put_setting(ANCHORED, _week(on))
        book.put_setting(ANCHOR, head.anchor)
        payload = {"link": head.link, "hash": head.hash}
        book.append([Fact("anchored", "", "", at, on, "dondoc", via, payload)])
        return sum(book.put_delivery(letter, []) for letter in letters)


def _week(on: date) -> str:
    """ISO 8601: 47/2026."""
    year, week, _day = on.isocalendar()
    return f"{week:02d}/{year}"


def _readers(office: Office, plan: Plan, on: date) -> list[str]:
    """The leadership and the office that day, each person once."""
    leaders = [role.id for role in office.directory.roles.values() if role.leadership]
    roles = [*leaders, plan.office_head, plan.office]
    found = (office.directory.resolve(role, "", on).person for role in roles if role)
    return sorted(set(filter(None, found)))


def _letters(office: Office, plan: Plan, head: JournalHead, at: datetime) -> Iterator[Delivery]:
    on, by_mail = office.moments(plan).day_of(at), office.mail._replace(channels={})
    for person in _readers(office, plan, on):
        if to := way_to(by_mail, office.contacts, person, live=True):
            yield _letter(office, plan, head, person, to.address, at)


def _letter(office: Office, plan: Plan, head: JournalHead, person: str, address: str, at: datetime) -> Delivery:
    moments, known = office.moments(plan), office.directory.persons.get(person)
    on = moments.day_of(at)
    recorded = office_moment(head.at, moments.zone) if head.at else ""
    name = known.name if known else person
    said = render_anchor(
        AnchorLetter(name, office_unit(office.directory, plan), on, _week(on), head.link, head.hash, recorded)
    )
    id_ = sha256(f"anchor/{_week(on)}/{head.hash}@{person}".encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=CHANNEL,
        address=address,
        pace="now",
        local_day=on,
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{office.mail.domain}>",
        not_after=at + GOOD_FOR,
    )
