"""The book as a person reads it: the entries of one occurrence, or the installation's own, in order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.book_entries import ENGINE
from dondoc.core.facts import Fact
from dondoc.use_cases.names import actor_name
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _
from dondoc.words.journal import Names, change_words, fact_words, payload_words

INSTALLATION = ""  # the key under which the book keeps what is about no occurrence


class JournalEntry(NamedTuple):
    """`seq` is what `record correct` asks for. `recorded_at` is UTC, `act_on` the local day of the act.

    `corrects` is the entry this one puts right, `corrected_by` those that put this one right.
    """

    seq: int
    recorded_at: datetime
    act_on: date
    kind: str
    label: str  # the kind in words
    step: str
    actor: str  # "" in a confidential case, unless it is the engine
    via: str
    summary: str
    corrects: int = 0
    corrected_by: tuple[int, ...] = ()


def read_journal(office: Office, key: str = INSTALLATION) -> list[JournalEntry]:
    """In the order of the book; reads only. Refused for a key the book does not have.

    What is kept apart as personal is never read out; a confidential case shows kinds of entries and days alone.
    """
    with office.register.reading() as book:
        facts = book.facts([key])[key]
        confidential = False
        if key != INSTALLATION:
            births = book.births(keys=[key])
            if not births:
                raise Refused(
                    _("Sổ theo dõi không có kỳ thực hiện «{key}».").format(key=key),
                    _("Xem danh sách bằng: dondoc status"),
                )
            confidential = office.obligation(book, births[0], facts).confidential
    fixes = _corrections(facts)
    return [_entry(fact, fixes, confidential, lambda one: actor_name(office.directory, one)) for fact in facts]


def _corrections(facts: Sequence[Fact]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for fact in facts:
        if fact.corrects:
            found[fact.corrects].append(fact.seq)
    return found


def _entry(fact: Fact, fixes: Mapping[int, list[int]], confidential: bool, names: Names) -> JournalEntry:
    said = (
        change_words(fact.payload, confidential=confidential)
        if fact.kind == "corrected"
        else payload_words(fact.payload, confidential=confidential, names=names)
    )
    return JournalEntry(
        fact.seq,
        fact.recorded_at,
        fact.act_on,
        fact.kind,
        fact_words(fact.kind),
        fact.step,
        "" if confidential and fact.actor != ENGINE else fact.actor,
        fact.via,
        said,
        fact.corrects,
        tuple(fixes.get(fact.seq, ())),
    )
