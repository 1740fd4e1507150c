"""Who is left out of a case: sealed where it lies, opened only while somebody must be found to be told."""

import json
from collections.abc import Sequence

from dondoc.core.directory import UNREADABLE
from dondoc.core.occurrence import Birth
from dondoc.register.book import Book
from dondoc.register.sealed import SealError
from dondoc.use_cases.office import Office

SEALED = "sealed:"
WIDTH = 512  # every sealed list is as long as any other: neither names nor their number can be told by its length


def sealed(office: Office, persons: Sequence[str]) -> tuple[str, ...]:
    """What a birth keeps in place of these persons; nobody sealed looks like somebody."""
    text = json.dumps(sorted(persons))
    return (SEALED + office.sealer.seal(text.ljust(WIDTH)),)


def opened(office: Office, birth: Birth) -> Birth:
    """The birth with its excluded persons; where the key is lost with UNREADABLE, so that nobody is told."""
    if not is_sealed(birth):
        return birth
    try:
        persons: list[str] = json.loads(office.sealer.unseal(birth.excluded[0].removeprefix(SEALED)))
    except (SealError, ValueError):
        persons = [UNREADABLE]
    return birth._replace(excluded=tuple(persons))


def is_sealed(birth: Birth) -> bool:
    return len(birth.excluded) == 1 and birth.excluded[0].startswith(SEALED)


def leaving_out(office: Office, book: Book) -> list[Birth]:
    """Cases that may leave somebody out, as they lie in the register."""
    kinds = [(plan.id, o.id) for plan in office.plans.values() for o in plan.obligations if o.confidential]
    return [b for plan_id, o in kinds for b in book.births(plan=plan_id, obligation=o) if b.excluded]


def unreadable(office: Office, book: Book) -> int:
    """How many cases nobody can be told of until the key is back."""
    return sum(opened(office, birth).excluded == (UNREADABLE,) for birth in leaving_out(office, book))
