"""An open occurrence under another version of its duty: which version holds, and which rounds the change begins."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.occurrence import Birth, Occurrence, Round, StepState
from dondoc.core.plan import Obligation, Step
from dondoc.core.rounds import BeginRound
from dondoc.core.timing import BeforeOther

MOVABLE = ("opened", "moved", "live", "bound", "adopted")  # dues that follow the plan; all others were set by an act


class Ruling(NamedTuple):
    """What was decided about an occurrence when its plan was amended: towards which version and which successor."""

    choice: str  # adopted · kept
    edition: str  # SHA-256 of the version it was about; "" where the new edition has no such duty
    heir: str  # key of the occurrence the new edition has in its place, "" for its own


def as_adopted(birth: Birth, facts: Sequence[Fact]) -> Birth:
    """The birth with the version that holds after `facts`: its own until another was adopted."""
    adopted = [fact for fact in facts if fact.kind == "adopted"]
    return birth._replace(version=adopted[-1].payload["edition"]) if adopted else birth


def ruling_of(facts: Sequence[Fact]) -> Ruling | None:
    """The last decision of this kind, None where there was none."""
    ruled = [fact for fact in facts if fact.kind in ("adopted", "kept")]
    if not ruled:
        return None
    return Ruling(ruled[-1].kind, ruled[-1].payload["edition"], ruled[-1].payload.get("heir", ""))


def waived_by_edition(facts: Sequence[Fact]) -> bool:
    """Whether it was waived because an edition no longer had its duty, and no edition brought it back since."""
    last = [fact for fact in facts if fact.kind in ("waived", "adopted")][-1:]
    return any(fact.kind == "waived" and "edition" in fact.payload for fact in last)


def rounds_by_adoption(
    old: Obligation, new: Obligation, occurrence: Occurrence, fresh: Birth, at: datetime
) -> Iterator[BeginRound]:
    """Rounds that the new version begins, given the occurrence folded under it and its birth as it would be now.

    A due that was set by a document stays. Where only the doer or the ladder changed, or a waived duty came back, the
    due is the same and the round is new: rungs are counted within a round.
    """
    wanted, before = dict(fresh.rounds), {step.id: step for step in old.steps}
    passed = occurrence.birth.party != fresh.party or bool(occurrence.waived)
    for step in new.steps:
        state = occurrence.step(step.id)
        round_ = _begun(step, before.get(step.id), state, wanted.get(step.id), passed, at)
        if round_:
            yield BeginRound(step.id, round_)


def _begun(
    step: Step, before: Step | None, state: StepState, wanted: Round | None, passed: bool, at: datetime
) -> Round | None:
    current = state.round
    if current is None:
        return _anew(wanted, 1, at) if wanted and state.status == "waiting" else None
    if state.status != "open":
        return None
    if wanted and _is_other(step, before, current, wanted):
        begun = _anew(wanted, current.n + 1, at)
        return begun._replace(since_at=at) if current.since_at <= at else begun
    if before is not None and (step.by, step.ladder) == (before.by, before.ladder) and not passed:
        return None
    return current._replace(
        n=current.n + 1, cause="adopted", since_at=max(at, current.since_at), cursor=0, approvals=()
    )


def _is_other(step: Step, before: Step | None, current: Round, wanted: Round) -> bool:
    """Whether the plan's own due, or what it rests on, is now another; a due set by an act is nobody's to move."""
    if current.decision or current.cause not in MOVABLE:
        return False
    if before and before.timing == step.timing and isinstance(step.timing.rule, BeforeOther):
        return current.basis != wanted.basis  # its day follows the other obligation's, whatever the plan foresaw
    return (current.last_on, current.target_on, current.basis) != (wanted.last_on, wanted.target_on, wanted.basis)


def _anew(wanted: Round, n: int, at: datetime) -> Round:
    """Its reminders begin where the new due puts them, never in the past."""
    return wanted._replace(n=n, cause="adopted", since_at=max(at, wanted.since_at))
