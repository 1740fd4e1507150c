"""Which confidential cases an inspector may read: granted one by one, on a decision, up to a day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dondoc.core.directory import UNREADABLE
from dondoc.core.facts import Fact
from dondoc.core.occurrence import Birth
from dondoc.register.book import Book
from dondoc.use_cases.excluded import opened
from dondoc.use_cases.office import Office


class Grant(NamedTuple):
    """`number` is the case's own, `last_on` the last local day on which it may be read."""

    key: str
    number: str
    person: str
    document: str
    on: date
    last_on: date


def grants_in(birth: Birth, facts: Iterable[Fact]) -> list[Grant]:
    """Those of one case that nobody has ended, each person's newest, whatever the day."""
    found: dict[str, Grant] = {}
    for fact in facts:
        if fact.kind == "granted":
            given = _grant(birth, fact)
            found[given.person] = given
        elif fact.kind == "grant-ended":
            found.pop(fact.payload["person"], None)
    return list(found.values())


def _grant(birth: Birth, fact: Fact) -> Grant:
    p = fact.payload
    on, last_on = date.fromisoformat(p["on"]), date.fromisoformat(p["last_on"])
    return Grant(birth.key, birth.reference, p["person"], p["document"], on, last_on)


def living_grants(office: Office, book: Book, on: date) -> list[Grant]:
    """All that open something on a local day, by case."""
    births = {birth.key: birth for birth in confidential_births(office, book)}
    facts = book.facts(sorted(births))
    return [grant for key, birth in births.items() for grant in grants_in(birth, facts[key]) if on <= grant.last_on]


def all_living_grants(office: Office, on: date) -> list[Grant]:
    with office.register.reading() as book:
        return living_grants(office, book, on)


def open_to(office: Office, person: str, on: date) -> frozenset[str]:
    """Keys of the cases that this person may read on a local day; never one that leaves this very person out."""
    with office.register.reading() as book:
        granted = {grant.key for grant in living_grants(office, book, on) if grant.person == person}
        births = [opened(office, birth) for birth in book.births(keys=sorted(granted))]
    return frozenset(birth.key for birth in births if not {person, UNREADABLE} & set(birth.excluded))


def confidential_births(office: Office, book: Book) -> list[Birth]:
    """Every confidential case of the plans that are loaded."""
    secret = [(plan.id, one.id) for plan in office.plans.values() for one in plan.obligations if one.confidential]
    return [birth for plan, obligation in secret for birth in book.births(plan=plan, obligation=obligation)]
