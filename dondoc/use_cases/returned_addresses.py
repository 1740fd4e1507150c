"""Addresses that mail servers sent letters back from: remembered for a while, and the person's other channels first.

Nothing is kept for it: the tries themselves say it. Another address in the contacts was never refused.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from dondoc.core.contact import EMAIL, Contact
from dondoc.register.book import Book
from dondoc.use_cases.office import Office, local_day

# RFC 3463, 3.2 and RFC 7505: nobody has this address. 5.1.7 and 5.1.8 speak of the sender's, 5.1.0 of anything.
NO_SUCH_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")
REMEMBERED = timedelta(days=30)  # then it is tried again: mailboxes are put right too


def returned_on(office: Office, book: Book, at: datetime) -> dict[str, date]:
    """By person: the local day on which the mail address that the contacts name today was last refused."""
    days = book.returned(EMAIL, NO_SUCH_ADDRESS, at - REMEMBERED)
    refused = {person: days.get(contact.email) for person, contact in office.contacts.items()}
    return {person: local_day(office, when) for person, when in refused.items() if when}


def others_first(office: Office, returned: Mapping[str, date]) -> Office:
    """The office whose contacts turn to mail last for these persons; who has nothing else is still written to."""
    if not returned:
        return office
    contacts = {person: _mail_last(one) if person in returned else one for person, one in office.contacts.items()}
    return office._replace(contacts=contacts)


def _mail_last(contact: Contact) -> Contact:
    return contact._replace(prefer=(*(name for name in contact.addresses if name != EMAIL), EMAIL))
