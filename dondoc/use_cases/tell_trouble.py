"""Telling the administrators that a run of ours broke: each flow once a day, over their own channels."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from dondoc.core.delivery import Delivery
from dondoc.core.plan import Plan
from dondoc.use_cases.alarm import office_people
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.mail_route import Way, way_to
from dondoc.use_cases.message_of import office_unit
from dondoc.use_cases.office import Office
from notifications.channels import as_carried, carries_text
from notifications.run_letter import RunLetter, render_run

KEPT = timedelta(days=1)


class BrokenRun(NamedTuple):
    """A run that Failed or Crashed by a fault of ours. `state` in words; `link` leads to it in the flow UI."""

    flow: str
    name: str
    state: str
    link: str = ""


def tell_trouble(office: Office, broken: BrokenRun, at: datetime) -> int:
    """How many messages were made; 0 where all of them heard of this flow today already, or nobody can be reached."""
    plan = next(iter(office.plans.values()), None)
    if plan is None:
        return 0
    with office.register.reading() as book:
        live = is_live(book, office.moments(plan).day_of(at))
    wordless = {name for name, url in office.mail.channels.items() if not carries_text(url)}
    ways = [
        (person, way_to(office.mail, office.contacts, person, live=live, tried=wordless))
        for person in administrators(office, plan, at)
    ]
    letters = [_letter(office, plan, broken, person, way, at) for person, way in ways if way]
    with office.register.writing() as book:
        return sum(book.put_delivery(letter, []) for letter in letters)


def administrators(office: Office, plan: Plan, at: datetime) -> list[str]:
    """Who holds an administrator's role today; in an office without one whoever keeps the register."""
    directory, on = office.directory, office.moments(plan).day_of(at)
    held = [directory.holder(role.id, on) for role in directory.roles.values() if role.portal == "admin"]
    present = [person for person in dict.fromkeys(held) if person and not directory.is_absent(person, on)]
    return present or office_people(office, plan, at)[:1]


def _letter(office: Office, plan: Plan, broken: BrokenRun, person: str, way: Way, at: datetime) -> Delivery:
    known, day = office.directory.persons.get(person), office.moments(plan).day_of(at)
    name, unit = known.name if known else person, office_unit(office.directory, plan)
    said = render_run(RunLetter(name, unit, broken.flow, broken.name, broken.state, broken.link, way.trial_for))
    said = as_carried(said, office.mail.url_of(way.channel))
    id_ = sha256("\n".join(["broken-run", person, broken.flow, day.isoformat()]).encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=way.channel,
        address=way.address,
        pace="now",
        local_day=day,
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{office.mail.domain}>",
        not_after=at + KEPT,
    )
