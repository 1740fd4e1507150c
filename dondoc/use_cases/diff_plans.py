"""What an amended plan changes, and what would become of every open occurrence: seen before it takes effect."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from definitions.load_plan import PLAN_FILE, load_plan
from dondoc.core.adopt import Ruling, rounds_by_adoption, ruling_of, waived_by_edition
from dondoc.core.diff import Change, Detail, compare, plan_details, succession
from dondoc.core.facts import Fact
from dondoc.core.fold import fold
from dondoc.core.occurrence import Birth, Occurrence
from dondoc.core.period import Period
from dondoc.core.plan import Obligation, Plan
from dondoc.core.rounds import BeginRound
from dondoc.core.schedule import birth_of, expand
from dondoc.register.book import Book
from dondoc.register.errors import RegisterError
from dondoc.use_cases.editions import in_force
from dondoc.use_cases.names import party_name, title_of
from dondoc.use_cases.office import Office, last_year_needed
from dondoc.use_cases.refused import Refused
from dondoc.words import _

Fate = Literal["kept", "updated", "re-dated", "withdrawn", "restored", "new"]


class Redue(NamedTuple):
    """A step's due before and after; None is one that is not set, or a step that is not there."""

    step: str
    from_on: date | None
    to_on: date | None
    from_target: date | None
    to_target: date | None


class Outcome(NamedTuple):
    """What adopting would do to one open occurrence, or that it would be new. `ruling`: kept, where that was decided.

    kept: nothing changes · updated: other words, doers or rungs · re-dated · withdrawn: waived by the decision ·
    restored: an earlier edition had withdrawn it · new. What is restored or new opens without being asked.
    """

    key: str
    obligation: str
    title: str
    period: str
    party: str
    fate: Fate
    dues: tuple[Redue, ...] = ()
    ruling: str = ""


class PlanDiff(NamedTuple):
    """`before` and `after` name the editions. `head`: the plan's own particulars, which hold at once."""

    plan: str
    before: str
    after: str
    head: tuple[Detail, ...]
    changes: tuple[Change, ...]
    occurrences: tuple[Outcome, ...]

    @property
    def undecided(self) -> tuple[Outcome, ...]:
        """Open occurrences that adopting would touch and about which nobody has decided."""
        return tuple(o for o in self.occurrences if o.fate in ("updated", "re-dated", "withdrawn") and not o.ruling)

    @property
    def left(self) -> bool:
        """Whether anything remains to be applied."""
        return bool(self.changes or self.undecided or any(o.fate in ("new", "restored") for o in self.occurrences))


class Prospect(NamedTuple):
    """One occurrence of the book, how it stands, and what it would be under the other edition."""

    birth: Birth
    occurrence: Occurrence
    obligation: Obligation  # the version that holds now
    target: Obligation | None  # the other edition's; None: it has no such duty
    edition: str  # SHA-256 of the target, "" for none
    heir: Birth | None
    rounds: tuple[BeginRound, ...]
    facts: Sequence[Fact]

    @property
    def watched(self) -> bool:
        """Not watched until now, and due again under the other edition."""
        return self.fate == "restored" or (self.occurrence.set_aside and self.fate == "re-dated")

    @property
    def ruling(self) -> Ruling | None:
        """The decision about this very edition, None where there is none."""
        found = ruling_of(self.facts)
        return found if found and (found.edition, found.heir) == (self.edition, self.heir_key) else None

    @property
    def dues(self) -> tuple[Redue, ...]:
        """The dues that would move."""
        return tuple(_redue(self.occurrence, round_) for round_ in self.rounds if _moves(self.occurrence, round_))

    @property
    def heir_key(self) -> str:
        return self.heir.key if self.heir and self.heir.key != self.birth.key else ""

    @property
    def fate(self) -> Fate:
        if self.target is None:
            return "withdrawn"
        if self.occurrence.waived and waived_by_edition(self.facts):
            return "restored"
        if self.dues:
            return "re-dated"
        return "kept" if self.occurrence.birth.version == self.edition and not self.rounds else "updated"


def diff_plans(office: Office, first: str, second: str, at: datetime) -> PlanDiff:
    """`first` and `second` are plan ids or folders; without `second`, the edition the book follows against the disk.

    DefinitionError for a folder that does not load, Refused for what is neither a plan nor a folder. Reads only.
    """
    try:
        with office.register.reading() as book:
            return _diff(office, book, first, second, at)
    except RegisterError as error:
        if second == "":
            raise Refused(
                _("Chưa đọc được sổ theo dõi: {error}").format(error=error),
                _("So sánh hai bản: dondoc diff BẢN_CŨ BẢN_MỚI"),
            ) from error
        return _compared(office, None, _side(office, first), _side(office, second), at)


def _diff(office: Office, book: Book, first: str, second: str, at: datetime) -> PlanDiff:
    if second:
        old = _side(office, first)
        watched = in_force(book, office, old.id) if old.id in office.plans and _names_plan(first) else old
        return _compared(office, book, watched, _side(office, second), at)
    plan = _side(office, first)
    if plan.id not in office.plans:
        raise Refused(
            _("Kế hoạch «{id}» chưa được nạp.").format(id=plan.id), _("So sánh hai bản: dondoc diff BẢN_CŨ BẢN_MỚI")
        )
    return _compared(office, book, in_force(book, office, plan.id), plan, at)


def _names_plan(side: str) -> bool:
    return not Path(side).is_dir()


def _side(office: Office, side: str) -> Plan:
    folder = Path(side)
    if side not in office.plans and (folder / PLAN_FILE).is_file():
        return load_plan(folder, office.calendar, office.directory, expectations="ignore")
    return office.plan(side)


def _compared(office: Office, book: Book | None, old: Plan, new: Plan, at: datetime) -> PlanDiff:
    occurrences = list(_outcomes(office, book, old, new, at)) if book else []
    return PlanDiff(
        new.id,
        f"{old.id} ({old.document.number or '…'}, {old.year})",
        f"{new.id} ({new.document.number or '…'}, {new.year})",
        tuple(plan_details(old, new)),
        tuple(compare(old.obligations, new.obligations)),
        tuple(occurrences),
    )


def _outcomes(office: Office, book: Book, old: Plan, new: Plan, at: datetime) -> Iterator[Outcome]:
    if old.id != new.id:
        # Another plan takes nothing over: what is open under the old one runs to its end there.
        for prospect in prospects(office, book, old, old, at):
            yield outcome_of(office, prospect)._replace(fate="kept", dues=())
        return
    for prospect in prospects(office, book, old, new, at):
        yield outcome_of(office, prospect)
    if book.births(plan=new.id):
        yield from (_new(office, new, birth) for birth in _succession(office, book, new, at)[1])


def prospects(office: Office, book: Book, old: Plan, new: Plan, at: datetime) -> Iterator[Prospect]:
    """Every open occurrence of the plan, in the order of birth; what a document opened (ad hoc) is no part of it."""
    births = book.births(plan=old.id)
    heirs = heirs_in(office, book, new, at)
    facts = book.facts([birth.key for birth in births])
    today = office.moments(new).day_of(at)
    for birth in births:
        if birth.due_on is None:
            prospect = prospect_of(office, book, new, birth, heirs.get(birth.key), facts.get(birth.key, []), at)
            if not prospect.occurrence.closed or _due_again(prospect, today) or prospect.fate == "restored":
                yield prospect


def prospect_of(
    office: Office, book: Book, new: Plan, birth: Birth, heir: Birth | None, facts: Sequence[Fact], at: datetime
) -> Prospect:
    """One occurrence held against the other edition."""
    obligation = office.obligation(book, birth, facts)
    occurrence = fold(obligation, birth, facts)
    target = next((o for o in new.obligations if o.id == birth.obligation), None)
    if target is not None and target.kind == "event" and birth.event_on:
        heir = _case(new, target, birth, office)
    if target is None or heir is None:
        return Prospect(birth, occurrence, obligation, None, "", None, (), facts)
    edition = dict(new.versions)[target.id]
    if not occurrence.waived and edition == occurrence.birth.version and _place(heir) == _place(occurrence.birth):
        return Prospect(birth, occurrence, obligation, target, edition, heir, (), facts)
    under = fold(target, birth, facts)
    rounds = tuple(rounds_by_adoption(obligation, target, under, heir, at))
    return Prospect(birth, occurrence, obligation, target, edition, heir, rounds, facts)


def _place(birth: Birth) -> tuple[str, str]:
    return birth.period, birth.party


def _due_again(prospect: Prospect, today: date) -> bool:
    """Set aside because its due lay before the watch, although the other edition puts it into the future."""
    dues = [round_.last_on for _, round_ in prospect.heir.rounds if round_.last_on] if prospect.heir else []
    return prospect.birth.before_watch and prospect.occurrence.set_aside and bool(dues) and max(dues) >= today


def heirs_in(office: Office, book: Book, new: Plan, at: datetime) -> dict[str, Birth]:
    """Key in the book → the edition's occurrence in its place."""
    return _succession(office, book, new, at)[0]


def _succession(office: Office, book: Book, new: Plan, at: datetime) -> tuple[dict[str, Birth], list[Birth]]:
    """The heirs of the book's occurrences, and what the edition would open anew."""
    known = [b for b in book.births(plan=new.id) if b.event_on is None and b.due_on is None]
    years = {*last_year_needed(office.plans, office.moments(new).day_of(at)), *_years(known)}
    wanted = expand(new, office.calendar, tuple(sorted(years)))
    found = succession(known, wanted)
    return dict(found.heirs), list(found.new)


def _years(births: Sequence[Birth]) -> set[int]:
    return {int(birth.period[:4]) for birth in births if birth.period[:4].isdigit()}


def _case(new: Plan, target: Obligation, birth: Birth, office: Office) -> Birth:
    """The case as it would be born under the other edition, on its own day."""
    assert birth.event_on is not None
    period = Period(birth.period, birth.label, birth.event_on, birth.event_on)
    fresh = birth_of(
        new, target, period, birth.party, office.calendar, event_on=birth.event_on, since_at=birth.opens_at
    )
    return fresh._replace(key=birth.key)


def outcome_of(office: Office, prospect: Prospect) -> Outcome:
    birth, ruling = prospect.birth, prospect.ruling
    obligation = prospect.obligation
    return Outcome(
        birth.key,
        birth.obligation,
        title_of(obligation, birth),
        birth.label,
        "" if obligation.confidential else party_name(office.directory, birth.party),
        prospect.fate,
        prospect.dues,
        ruling.choice if ruling else "",
    )


def _moves(occurrence: Occurrence, begun: BeginRound) -> bool:
    before = _redue(occurrence, begun)
    return (before.from_on, before.from_target) != (before.to_on, before.to_target)


def _redue(occurrence: Occurrence, begun: BeginRound) -> Redue:
    current = next((state.round for state in occurrence.steps if state.id == begun.step), None)
    return Redue(
        begun.step,
        current.last_on if current else None,
        begun.round.last_on,
        current.target_on if current else None,
        begun.round.target_on,
    )


def _new(office: Office, new: Plan, birth: Birth) -> Outcome:
    obligation = next(o for o in new.obligations if o.id == birth.obligation)
    dues = tuple(Redue(step, None, r.last_on, None, r.target_on) for step, r in birth.rounds)
    party = "" if obligation.confidential else party_name(office.directory, birth.party)
    return Outcome(birth.key, birth.obligation, obligation.title, birth.label, party, "new", dues)
