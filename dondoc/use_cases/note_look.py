"""Every look at a confidential case stands in the journal: who, when, from where."""

from datetime import datetime

from dondoc.core.facts import Fact
from dondoc.use_cases.office import Office, local_day


def note_look(office: Office, key: str, person: str, place: str, at: datetime, via: str = "portal") -> bool:
    """At most once a person, case and hour: loading a page again is no other look. Whether it was written now.

    The place is a personal part: it can be erased, and the entry stays.
    """
    request = f"looked/{person}/{key}/{at:%Y-%m-%dT%H}"
    with office.register.reading() as book:
        if book.seen(request):
            return False
    looked = Fact("looked", key, "", at, local_day(office, at), person, via, {"place": place})
    with office.register.writing() as book:
        return bool(book.append([looked], request))
