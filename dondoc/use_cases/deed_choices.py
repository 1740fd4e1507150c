"""What may be chosen in a deed's form: people, roles, the month's events, entries to put right."""

from collections.abc import Iterator
from datetime import datetime

from dondoc.core.book_entries import ENGINE
from dondoc.core.directory import PERSONAL
from dondoc.use_cases.correct import CORRECTABLE
from dondoc.use_cases.discretion import REASONS
from dondoc.use_cases.names import short_party
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.post import Post
from dondoc.use_cases.read_journal import read_journal
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.viewer import viewer_of
from dondoc.words import _
from dondoc.words.dates import short_date
from dondoc.words.journal import field_words

Choices = tuple[tuple[str, str], ...]  # value, label


def colleagues(office: Office, post: Post) -> Choices:
    """Everybody here today but the one who asks, by name."""
    return tuple(sorted(((p, label) for p, label in _people(office, post) if p != post.person), key=lambda one: one[1]))


def hands(office: Office, post: Post) -> Choices:
    """Whom the office may give work to: every role, then every person."""
    roles = sorted(((role.id, role.title) for role in office.directory.roles.values()), key=lambda one: one[1])
    people = sorted(((f"{PERSONAL}{p}", label) for p, label in _people(office, post)), key=lambda one: one[1])
    return (*roles, *people)


def specialists(office: Office, post: Post, at: datetime) -> Choices:
    """Whom a head may give work to: the people of the units they head."""
    viewer, directory = viewer_of(office, post.person, at), office.directory
    units = viewer.units if viewer else frozenset()
    theirs = {p for unit in units for p in directory.members(unit, local_day(office, at))}
    return tuple(sorted(((f"{PERSONAL}{p}", directory.persons[p].name) for p in theirs), key=lambda one: one[1]))


def _people(office: Office, post: Post) -> Iterator[tuple[str, str]]:
    directory = office.directory
    for person in directory.persons.values():
        if person.unit and directory.is_here(person.id, post.today):
            yield person.id, f"{person.name} ({short_party(directory, person.unit)})"


def reasons() -> Choices:
    """All that may be said of why in a confidential case."""
    return tuple((reason, _(reason)) for reason in REASONS)


def events(office: Office, post: Post) -> Choices:
    """The lines of a month's checklist: obligation id, the event in words."""
    with office.register.reading() as book:
        scene = gather_one(office, book, post.key)
    known = {one.id: one.event_title or one.title for one in scene.plan.obligations}
    return tuple((line, known.get(line, line)) for line in scene.obligation.documents)


def entries(office: Office, post: Post) -> Choices:
    """Entries that people made, by number."""
    return tuple(
        (str(entry.seq), f"{entry.seq} · {entry.label} · {short_date(entry.act_on)}")
        for entry in read_journal(office, post.key)
        if entry.kind
        not in ("corrected", "looked", "round-begun", "told", "population-changed", "withdrawn", "gap-raised")
        and entry.actor != ENGINE
    )


def fields() -> Choices:
    """What of an entry may be put right."""
    return tuple((name, field_words(name)) for name in sorted(CORRECTABLE))
