"""Applying: a decision becomes facts, notices, folds and the agenda, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.core.book_entries import facts_of
from dondoc.core.deal import Deal
from dondoc.core.decide import Decision, decide
from dondoc.core.facts import Fact
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Birth, Occurrence, StepState
from dondoc.core.phase import deciding_day
from dondoc.core.plan import Obligation, Step
from dondoc.core.rounds import BeginRound
from dondoc.core.timing import BeforeOther
from dondoc.register.book import Book
from dondoc.register.values import StepFold
from dondoc.use_cases.board_lines import put_lines
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.stale_notices import withdraw_answered


class Applied(NamedTuple):
    """What one check of one occurrence came to."""

    scene: Scene
    decision: Decision
    notices: tuple[Notice, ...]  # newly written ones
    moved: bool = True  # whether more than what was told is other than it was kept


def check_in(
    office: Office, book: Book, keys: Sequence[str], at: datetime, via: str, *, entered: bool = True
) -> list[Applied]:
    """Check these occurrences inside the caller's writing transaction; `entered`: facts of theirs were just entered.

    Where one of them begins a round, those whose due is counted from it are put on the agenda.
    """
    book.lock(sorted(keys))
    kept = kept_folds(book, keys)
    applied = [apply(book, scene, at, via, kept.get(scene.birth.key, [])) for scene in gather(office, book, keys)]
    put_lines(office, book, [(a.scene.obligation, a.decision.after) for a in applied if entered or a.moved], at)
    for one in applied:
        if any(isinstance(action, BeginRound) for action in one.decision.actions):
            for key in set(dependents(office, book, one.scene.birth)) - set(keys):
                book.put_agenda(key, at)
    return applied


def kept_folds(book: Book, keys: Sequence[str]) -> dict[str, list[StepFold]]:
    """Steps as the book keeps them, by occurrence."""
    kept: dict[str, list[StepFold]] = {}
    for fold_ in book.steps(keys=keys):
        kept.setdefault(fold_.key, []).append(fold_)
    return kept


def dependents(office: Office, book: Book, birth: Birth) -> list[str]:
    """Occurrences of the same period whose due is counted back from this one's."""
    plan = office.plans.get(birth.plan)
    asking = [o.id for o in plan.obligations if _counts_from(o, birth.obligation)] if plan else []
    births = [b for obligation in asking for b in book.births(plan=birth.plan, obligation=obligation)]
    return [b.key for b in births if b.period == birth.period and b.key != birth.key and not b.before_watch]


def _counts_from(obligation: Obligation, other: str) -> bool:
    rules = [step.timing.rule for step in obligation.steps]
    return any(isinstance(rule, BeforeOther) and rule.obligation == other for rule in rules)


def apply(book: Book, scene: Scene, at: datetime, via: str, kept: Sequence[StepFold] = ()) -> Applied:
    """Decide once and write what was decided; `kept` are the steps as the book has them, not written again."""
    decision = decide(scene.obligation, scene.occurrence, scene.world, at)
    facts = facts_of(decision, scene.birth.key, at, scene.world.moments.day_of(at), via)
    book.append(facts)
    notices = [n for action in decision.actions if isinstance(action, Deal) for n in action.notices]
    made = set(book.add_notices(notices))
    folds = step_folds(scene, decision.after)
    if folds != kept:
        book.put_steps(scene.birth.key, folds)
    book.put_agenda(scene.birth.key, decision.next_at)
    moved = [fold._replace(cursor=0) for fold in folds] != [fold._replace(cursor=0) for fold in kept]
    return Applied(scene, decision, tuple(n for n in notices if n.key in made), moved)


def write_facts(
    office: Office, book: Book, scene: Scene, facts: Sequence[Fact], at: datetime, request_key: str = ""
) -> list[Applied]:
    """Enter a person's facts and decide what they change, at once, in what is counted from it too.

    The occurrence itself comes first; [] where the request was already entered.
    """
    if not book.append(list(facts), request_key=request_key):
        return []
    keys = [scene.birth.key]
    if any(fact.kind == "round-begun" for fact in facts):
        keys += dependents(office, book, scene.birth)
    applied = check_in(office, book, keys, at, facts[0].via)
    for one in applied:
        withdraw_answered(book, one.scene, one.decision.after, at)
    return sorted(applied, key=lambda one: one.scene.birth.key != scene.birth.key)


def step_folds(scene: Scene, occurrence: Occurrence) -> list[StepFold]:
    """Steps as the book should keep them for an occurrence."""
    return [_fold(scene, step, occurrence.step(step.id)) for step in scene.obligation.steps]


def _fold(scene: Scene, step: Step, state: StepState) -> StepFold:
    round_, given = state.round, state.submissions[-1] if state.submissions else None
    role = scene.world.directory.role_of(state.assigned or step.by, scene.birth.party)
    known = scene.world.directory.role(role)
    return StepFold(
        key=scene.birth.key,
        step=step.id,
        status=state.status,
        round=round_.n if round_ else 0,
        cause=round_.cause if round_ else "",
        since_at=round_.since_at if round_ else None,
        last_on=round_.last_on if round_ else None,
        target_on=round_.target_on if round_ else None,
        unrolled_on=round_.unrolled_on if round_ else None,
        basis=round_.basis if round_ else "",
        cursor=round_.cursor if round_ else 0,
        epoch=state.epoch,
        role=role,
        unit=known.unit if known else "",
        deciding_on=deciding_day(step, given) if given else state.done_on,
        recorded_on=given.recorded_on if given else None,
        done_on=state.done_on,
    )
