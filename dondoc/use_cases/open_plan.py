"""Open a plan's occurrences ahead of time: each once, under one entry of the book."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.fold import fold
from dondoc.core.moments import Moments
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Plan
from dondoc.core.schedule import expand
from dondoc.register.book import Book, digest_of
from dondoc.use_cases.board_lines import put_lines
from dondoc.use_cases.editions import heirs_of, in_force, put_in_force
from dondoc.use_cases.lay_lines import begin_lines
from dondoc.use_cases.load_plans import written_version
from dondoc.use_cases.office import Office, last_year_needed


class Opened(NamedTuple):
    new: int
    known: int
    before_watch: int  # of the new ones: due before the watch began


def open_plan(office: Office, plan_id: str, at: datetime, watch_from: date | None = None, via: str = "cli") -> Opened:
    """Open what the plan asks for and the book does not hold yet; idempotent, also from two machines at once.

    Dues before `watch_from` (default: the day on which this plan was first opened) are set aside: listed once for
    reconciliation, without a ladder. A plan amended since it was opened is followed as it was until `apply_plan`.
    Refused for an unknown plan.
    """
    with office.register.writing() as book:
        plan = in_force(book, office, plan_id)
        start = watch_start(book, office.moments(plan), plan, watch_from, at)
        return open_in(book, office, plan, start, at, via)


def open_in(book: Book, office: Office, plan: Plan, start: date, at: datetime, via: str) -> Opened:
    """Open the plan's occurrences inside the caller's transaction; from then on the book follows this edition."""
    begin_lines(book)
    births = planned(book, office, plan, start, at)
    made = set(book.add_births(births))
    put_in_force(book, plan)
    book.put_setting(f"opened/{plan.id}", _edition(office, plan, at))
    book.put_setting(f"written/{plan.id}", written_version(plan))
    new = [birth for birth in births if birth.key in made]
    if new:
        _enter(book, office, plan, new, at, via)
    return Opened(len(new), len(births) - len(new), sum(birth.before_watch for birth in new))


def is_open(book: Book, office: Office, plan_id: str, at: datetime) -> bool:
    """Whether opening the plan again could find nothing new: same definitions, same years."""
    return book.setting(f"opened/{plan_id}") == _edition(office, in_force(book, office, plan_id), at)


def _edition(office: Office, plan: Plan, at: datetime) -> str:
    years = last_year_needed(office.plans, office.moments(plan).day_of(at))
    text = repr((plan.versions, plan.valid_from, plan.valid_to, years))
    return sha256(text.encode()).hexdigest()


def watch_start(book: Book, moments: Moments, plan: Plan, watch_from: date | None, at: datetime) -> date:
    """The day the watch over this plan began, kept from its first opening."""
    name = f"watch-from/{plan.id}"
    known = book.setting(name)
    if known:
        return date.fromisoformat(known)
    start = watch_from or moments.day_of(at)
    book.put_setting(name, start.isoformat())
    return start


def planned(book: Book, office: Office, plan: Plan, start: date, at: datetime) -> list[Birth]:
    """What the plan asks for as of `at`, save where an earlier edition's occurrence already stands in its place."""
    moments, stood_for = office.moments(plan), heirs_of(book, plan.id)
    years = last_year_needed(office.plans, moments.day_of(at))
    births = expand(plan, office.calendar, years)
    return [watched_from(birth, start, moments) for birth in births if birth.key not in stood_for]


def watched_from(birth: Birth, start: date, moments: Moments) -> Birth:
    """The birth as the watch finds it: no reminder from before the watch began."""
    dues = [round_.last_on for _, round_ in birth.rounds if round_.last_on]
    if dues and max(dues) < start:
        return birth._replace(before_watch=True)
    since = moments.start_of(start)
    rounds = tuple((step, r._replace(since_at=max(r.since_at, since))) for step, r in birth.rounds)
    return birth._replace(rounds=rounds, opens_at=max(birth.opens_at, since))


def _enter(book: Book, office: Office, plan: Plan, new: Sequence[Birth], at: datetime, via: str) -> None:
    """One entry for all of them; each is looked at from its opening on."""
    payload = {"plan": plan.id, "count": len(new), "digest": digest_of(list(new))}
    book.append([Fact("plan-opened", "", "", at, office.moments(plan).day_of(at), "dondoc", via, payload)])
    for birth in new:
        if not birth.before_watch:
            book.put_agenda(birth.key, birth.opens_at)
    duties = {obligation.id: obligation for obligation in plan.obligations}
    put_lines(office, book, [(duties[b.obligation], fold(duties[b.obligation], b, [])) for b in new], at)
