"""Once messages are real, an address that was replaced is told so: the new one also gets its owner's ways in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from dondoc.core.contact import EMAIL
from dondoc.core.delivery import Delivery
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.message_of import office_unit
from dondoc.use_cases.office import Office, local_day
from notifications.address_letter import AddressLetter, render_address

KEPT = timedelta(days=3)


def tell_old_addresses(office: Office, persons: Iterable[str], actor: str, at: datetime) -> int:
    """How many letters were made. `office` still holds the old addresses; silent on trial."""
    plan = next(iter(office.plans.values()), None)
    with office.register.reading() as book:
        live = is_live(book, local_day(office, at))
    if not live or plan is None:
        return 0
    unit = office_unit(office.directory, plan)
    letters = [_letter(office, unit, person, actor, at) for person in persons if office.contacts[person].email]
    with office.register.writing() as book:
        return sum(book.put_delivery(letter, []) for letter in letters)


def _letter(office: Office, unit: str, person: str, actor: str, at: datetime) -> Delivery:
    address, known = office.contacts[person].email, office.directory.persons
    by = known[actor].name if actor in known else actor
    said = render_address(AddressLetter(known[person].name, unit, by))
    id_ = sha256("\n".join(["old-address", person, address, at.isoformat()]).encode()).hexdigest()[:32]
    return Delivery(
        id=id_,
        person=person,
        channel=EMAIL,
        address=address,
        pace="now",
        local_day=local_day(office, at),
        subject=said.subject,
        text=said.text,
        html=said.html,
        message_id=f"<{id_}@{office.mail.domain}>",
        not_after=at + KEPT,
    )
