"""The journal of one occurrence in words: who did what, through what, and when it was written down."""

from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.book_entries import ENGINE
from dondoc.core.directory import Directory
from dondoc.use_cases.names import actor_name
from dondoc.use_cases.office import Office
from dondoc.use_cases.read_journal import JournalEntry, read_journal
from dondoc.use_cases.scene import Scene
from dondoc.words.journal import via_words


class EntryShown(NamedTuple):
    """`recorded_at` is a UTC instant, `act_on` a local day."""

    seq: int
    recorded_at: datetime
    act_on: date
    kind: str
    label: str
    step: str
    who: str
    actor: str  # id, "" in a confidential case
    via: str  # the way's code
    way: str  # in words
    summary: str
    corrects: int
    corrected_by: tuple[int, ...]


def journal_shown(office: Office, scene: Scene) -> tuple[EntryShown, ...]:
    """In the order of the book."""
    titles = {step.id: step.title for step in scene.obligation.steps}
    return tuple(_shown(office.directory, titles, entry) for entry in read_journal(office, scene.birth.key))


def last_act(office: Office, scene: Scene, person: str, via: str) -> tuple[EntryShown, ...]:
    """What a person entered last through one door, all entries of that act; () where nothing."""
    own = [fact for fact in scene.facts if fact.actor == person and fact.via == via and fact.kind != "looked"]
    seqs = {fact.seq for fact in own if fact.recorded_at == own[-1].recorded_at}
    return tuple(entry for entry in journal_shown(office, scene) if entry.seq in seqs) if seqs else ()


def _shown(directory: Directory, titles: dict[str, str], entry: JournalEntry) -> EntryShown:
    who = actor_name(directory, entry.actor)
    return EntryShown(
        entry.seq,
        entry.recorded_at,
        entry.act_on,
        entry.kind,
        entry.label,
        titles.get(entry.step, ""),
        who,
        entry.actor,
        entry.via,
        "" if entry.actor == ENGINE else via_words(entry.via, who),
        entry.summary,
        entry.corrects,
        entry.corrected_by,
    )
