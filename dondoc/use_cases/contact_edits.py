"""Where people are reached, changed one by one or for many at once: contacts.yaml."""

from collections.abc import Mapping
from datetime import date, datetime

from ruamel.yaml.comments import CommentedMap

from dondoc.core.contact import Contact
from dondoc.use_cases.act import Act
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_files import CONTACTS_FILE, change_people
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.tell_old_address import tell_old_addresses
from dondoc.words import _

Addresses = Mapping[str, str | date | None]  # by key of contacts.yaml; "" or None takes it off
KEYS = ("email", "phone", "zalo", "zalo-opt-in")


def known_addresses(contact: Contact) -> dict[str, str | date | None]:
    """What the file holds of one person, by its own keys."""
    return {
        "email": contact.email,
        "phone": contact.phone,
        "zalo": contact.zalo,
        "zalo-opt-in": contact.zalo_opt_in,
    }


def change_contacts(office: Office, changes: Mapping[str, Addresses], act: Act, at: datetime) -> bool:
    """Whether anything differs now; keys that are not given stay. Refused for a stranger or a malformed address."""
    strangers = [person for person in changes if person not in office.directory.persons]
    if strangers:
        raise Refused(_("Không có người «{person}».").format(person=", ".join(strangers)), _("Tải lại trang."))

    def change(document: CommentedMap) -> None:
        for person, addresses in changes.items():
            _put(document, person, addresses)

    one = next(iter(changes)) if len(changes) == 1 else ""
    entry = {"what": "contact", "person": one} if one else {"what": "contacts", "count": len(changes)}
    if not change_people(office, CONTACTS_FILE, change, entry, act, at):
        return False
    moved = [p for p, a in changes.items() if p in office.contacts and a.get("email", "") != office.contacts[p].email]
    tell_old_addresses(office, [p for p in moved if "email" in changes[p]], act.actor, at)
    return True


def _put(document: CommentedMap, person: str, addresses: Addresses) -> None:
    known = document.get(person)
    if known is None:
        known = CommentedMap()
        known.fa.set_flow_style()
    for key, value in addresses.items():
        if value:
            known[key] = value
        else:
            known.pop(key, None)
    if known:
        document[person] = known
    else:
        document.pop(person, None)
