"""Telling the office by another channel what it must put right with Zalo: each trouble once a day while it lasts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from dondoc.core.delivery import Delivery
from dondoc.core.plan import Plan
from dondoc.use_cases.alarm import office_people
from dondoc.use_cases.hold import is_held
from dondoc.use_cases.mail_route import Way, way_to
from dondoc.use_cases.message_of import office_unit
from dondoc.use_cases.office import Office
from notifications.channels import as_carried
from notifications.trouble_letter import TroubleLetter, render_trouble
from notifications.zalo.address import is_zalo

KEPT = timedelta(days=1)  # tomorrow it is told anew


def alarm_zalo(office: Office, at: datetime, *, live: bool) -> int:
    """One message to one person of the office; how many were made. Nobody is told by Zalo that Zalo does not work."""
    by_zalo = {name for name, url in office.mail.channels.items() if is_zalo(url)}
    plan = next(iter(office.plans.values()), None)
    if not by_zalo or plan is None:
        return 0
    with office.register.reading() as book:
        troubles = [f"Zalo {account.oa_id}: {account.alarm}" for account in book.zalo_accounts() if account.alarm]
        id_ = _id(troubles, office.moments(plan).day_of(at).isoformat())
        if not troubles or book.deliveries(ids=[id_]):
            return 0
    people = (
        (person, way_to(office.mail, office.contacts, person, live=live, tried=by_zalo))
        for person in office_people(office, plan, at)
    )
    person, way = next((found for found in people if found[1]), ("", None))
    if way is None:
        return 0
    letter = _letter(office, plan, id_, person, way, troubles, at)
    with office.register.writing() as book:
        return 0 if is_held(book) else int(book.put_delivery(letter, []))


def _id(troubles: Sequence[str], day: str) -> str:
    return sha256("\n".join(["zalo-alarm", day, *troubles]).encode()).hexdigest()[:32]


def _letter(
    office: Office, plan: Plan, id_: str, person: str, way: Way, troubles: Sequence[str], at: datetime
) -> Delivery:
    known = office.directory.persons.get(person)
    name, unit = known.name if known else person, office_unit(office.directory, plan)
    said = render_trouble(TroubleLetter(name, unit, tuple(troubles), way.trial_for))
    said = as_carried(said, office.mail.url_of(way.channel))
    return Delivery(
        id=id_,
        person=person,
        channel=way.channel,
        address=way.address,
        pace="now",
        local_day=office.moments(plan).day_of(at),
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{office.mail.domain}>",
        not_after=at + KEPT,
    )
