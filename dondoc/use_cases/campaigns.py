"""Acknowledgement campaigns: which documents, who has read them and who has not, as far as the reader may see."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.occurrence import Member, MemberStatus
from dondoc.core.phase import Standing, stand
from dondoc.core.population import population_of
from dondoc.core.rights import Subject, Viewer, may, reach
from dondoc.use_cases.names import party_name, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather, gather_one
from dondoc.use_cases.steps_shown import mark_of
from dondoc.use_cases.viewer import doers_of, subject_of
from dondoc.words.labels import status_words


class Reader(NamedTuple):
    """One person asked to read. `how` is the number of the minutes that say so, "" for their own word."""

    person: str
    name: str
    unit: str
    status: MemberStatus
    read_on: date | None = None
    how: str = ""


class UnitReaders(NamedTuple):
    """One unit's share. `readers` is empty where the viewer may see its figures alone."""

    unit: str
    name: str
    read: int
    asked: int
    readers: tuple[Reader, ...]


class Campaign(NamedTuple):
    """`mine` is the viewer's own status, "" where they are not asked."""

    key: str
    title: str
    party: str
    period: str
    ask: str
    documents: tuple[str, ...]
    last_on: date | None
    standing: Standing
    status: str
    mark: str  # how the page marks the status
    read: int
    asked: int
    mine: MemberStatus | str
    may_minute: bool
    closed: bool
    units: tuple[UnitReaders, ...]

    @property
    def pending(self) -> tuple[Reader, ...]:
        """Who has not read, of those the viewer may see by name."""
        return tuple(one for unit in self.units for one in unit.readers if one.status == "pending")


def campaigns(office: Office, viewer: Viewer, at: datetime) -> list[Campaign]:
    """Those the viewer may see, still open first, then by due. Reads only."""
    asking = [(plan.id, o.id) for plan in office.plans.values() for o in plan.obligations if o.population]
    with office.register.reading() as book:
        keys = [b.key for plan, o in asking for b in book.births(plan=plan, obligation=o) if at >= b.opens_at]
        scenes = gather(office, book, sorted(keys))
    seen = [campaign for scene in scenes if (campaign := _campaign(office, scene, viewer, at))]
    return sorted(seen, key=lambda one: (one.closed, one.last_on or date.max, one.key))


def campaign(office: Office, viewer: Viewer, key: str, at: datetime) -> Campaign | None:
    """One of them; None where there is none, or none for this viewer."""
    try:
        with office.register.reading() as book:
            scene = gather_one(office, book, key)
    except Refused:
        return None
    return _campaign(office, scene, viewer, at) if scene.obligation.population else None


def _campaign(office: Office, scene: Scene, viewer: Viewer, at: datetime) -> Campaign | None:
    readers, on = _readers(office, scene, at), local_day(office, at)
    minuted = subject_of(office, scene, on)._replace(people=doers_of(office, scene, on))
    subject = minuted._replace(people=minuted.people | {one.person for one in readers})
    if not may(viewer, "see-campaigns", subject):
        return None
    if scene.occurrence.set_aside and reach(viewer, "see-campaigns") == "own":
        return None  # nobody is asked to read what was due before the watch began
    occurrence, obligation = scene.occurrence, scene.obligation
    moments, step = scene.world.moments, obligation.steps[0]
    standing, round_ = stand(obligation, occurrence, moments, at), occurrence.step(step.id).round
    asked = [one for one in readers if one.status in ("pending", "acknowledged")]
    return Campaign(
        key=scene.birth.key,
        title=title_of(obligation, scene.birth),
        party=party_name(office.directory, scene.birth.party),
        period=scene.birth.label,
        ask=step.ask,
        documents=_documents(scene),
        last_on=round_.last_on if round_ else None,
        standing=standing,
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        mark=mark_of(standing),
        read=sum(one.status == "acknowledged" for one in asked),
        asked=len(asked),
        mine=next((one.status for one in readers if one.person == viewer.person), ""),
        may_minute=not occurrence.closed and may(viewer, "record-minutes", minuted),
        closed=occurrence.closed,
        units=tuple(_by_unit(office, readers, viewer, minuted)),
    )


def _by_unit(office: Office, readers: Sequence[Reader], viewer: Viewer, subject: Subject) -> Iterator[UnitReaders]:
    whole = may(viewer, "record-minutes", subject) or reach(viewer, "see-campaigns") == "all"
    for unit in dict.fromkeys(one.unit for one in readers):
        of = tuple(one for one in readers if one.unit == unit)
        asked = [one for one in of if one.status in ("pending", "acknowledged")]
        read = sum(one.status == "acknowledged" for one in asked)
        named = of if whole or unit in viewer.units else ()
        yield UnitReaders(unit, party_name(office.directory, unit), read, len(asked), named)


def _readers(office: Office, scene: Scene, at: datetime) -> list[Reader]:
    """By unit, in the organisation file's order; who is to be asked, before the first check has looked."""
    directory, moments = office.directory, scene.world.moments
    members = scene.occurrence.members or tuple(
        Member(person) for person in population_of(scene.obligation, scene.birth.party, directory, moments, at)
    )
    said, places = _said(scene.facts, members), {person: place for place, person in enumerate(directory.persons)}
    units = {unit: place for place, unit in enumerate(directory.units)}
    found = []
    for member in members:
        person = directory.persons.get(member.person)
        name, unit = (person.name, person.unit) if person else (member.person, "")
        day, how = said.get(member.person, (None, "")) if member.status == "acknowledged" else (None, "")
        found.append(Reader(member.person, name, unit, member.status, day, how))
    return sorted(found, key=lambda one: (units.get(one.unit, len(units)), places.get(one.person, len(places))))


def _said(facts: Sequence[Fact], members: Sequence[Member]) -> Mapping[str, tuple[date, str]]:
    """When each was first said to have read, and by which minutes."""
    said: dict[str, tuple[date, str]] = {}
    for fact in facts:
        if fact.kind != "acknowledged":
            continue
        absent, minutes = fact.payload.get("all_but"), str(fact.payload.get("minutes", ""))
        told = [fact.payload.get("person", "")] if absent is None else [m.person for m in members]
        for person in told:
            if person not in (absent or ()):
                said.setdefault(person, (fact.act_on, minutes))
    return said


def _documents(scene: Scene) -> tuple[str, ...]:
    titles = {basis.id: f"{basis.title} ({basis.number})" for basis in scene.plan.legal_bases}
    return tuple(titles.get(document, document) for document in scene.obligation.documents)
