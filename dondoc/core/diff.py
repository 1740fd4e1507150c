"""Two editions of a plan held against each other: what was added, removed, moved, reworded, and who follows whom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Literal, NamedTuple

from dondoc.core.occurrence import Birth
from dondoc.core.plan import Basis, Citation, Ladder, Obligation, Plan, Step
from dondoc.core.timing import Timing

ChangeKind = Literal["added", "removed", "moved", "reworded", "changed"]

# What moves a due, and what only says it otherwise. Everything else changes who does what, and how.
MOVING = frozenset({"timing", "complex_timing", "collision", "periods", "valid_from", "valid_to", "goes_on"})
WORDING = frozenset({"title", "section", "citations", "note", "event_title", "covers", "ask", "law"})


class Detail(NamedTuple):
    """One field that reads differently. `step` is "" for the obligation's own."""

    kind: ChangeKind
    step: str
    field: str
    before: str
    after: str


class Change(NamedTuple):
    """One obligation that is not what it was. `kinds` in the order added, removed, moved, changed, reworded."""

    obligation: str
    title: str
    kinds: tuple[ChangeKind, ...]
    details: tuple[Detail, ...]


class Succession(NamedTuple):
    """`heirs`: key in the book → the new edition's occurrence in its place. `new`: those in nobody's place."""

    heirs: Mapping[str, Birth]
    new: tuple[Birth, ...]


def compare(old: Sequence[Obligation], new: Sequence[Obligation]) -> list[Change]:
    """Changes in the order of the new edition, what it no longer has at the end. Obligations are matched by id."""
    before, after = {o.id: o for o in old}, {o.id: o for o in new}
    changes = [_change(before.get(o.id), o) for o in new]
    gone = [Change(o.id, o.title, ("removed",), ()) for o in old if o.id not in after]
    return [*(change for change in changes if change.kinds), *gone]


def plan_details(old: Plan, new: Plan) -> list[Detail]:
    """What differs in the plan's own head."""
    fields = ("title", "document", "year", "valid_from", "valid_to", "zone", "office", "office_head", "hours", "draft")
    return list(_details("", {f: getattr(old, f) for f in fields}, {f: getattr(new, f) for f in fields}))


def succession(known: Sequence[Birth], wanted: Sequence[Birth]) -> Succession:
    """Who takes whose place. A key is its own heir.

    A key is made of party and period, and either may change while the duty is the same one: a duty of one party that
    passes to another party, and a day without a label, whose key is the day, that moves. The latter only where each
    has exactly one counterpart; a before-watch day has none, so that its later day is watched.
    """
    heirs = _meet(known, wanted, lambda birth: (birth.key,))
    alone = _of_one_party(known) & _of_one_party(wanted)

    def duty(birth: Birth) -> tuple[str, ...]:
        return birth.obligation, "" if birth.obligation in alone else birth.party

    left, free = _left(known, wanted, heirs)
    heirs |= _meet(left, free, lambda birth: (*duty(birth), birth.period))
    left, free = _left(known, wanted, heirs)
    heirs |= _meet([b for b in left if _is_day(b.period)], [b for b in free if _is_day(b.period)], duty)
    return Succession(heirs, tuple(_left(known, wanted, heirs)[1]))


def _left(
    known: Sequence[Birth], wanted: Sequence[Birth], heirs: Mapping[str, Birth]
) -> tuple[list[Birth], list[Birth]]:
    """Who has no heir yet, and who is nobody's."""
    taken = {birth.key for birth in heirs.values()}
    left = [b for b in known if b.key not in heirs and b.event_on is None and not b.before_watch]
    return left, [b for b in wanted if b.key not in taken]


Duty = Callable[[Birth], tuple[str, ...]]


def _meet(known: Sequence[Birth], wanted: Sequence[Birth], duty: Duty) -> dict[str, Birth]:
    """Counterparts of the same duty, in the order of their periods, where there are as many on both sides."""
    mine, theirs = _by(known, duty), _by(wanted, duty)
    return {
        one.key: other
        for name, ones in mine.items()
        if len(ones) == len(theirs.get(name, ()))
        for one, other in zip(ones, theirs[name], strict=True)
    }


def _by(births: Sequence[Birth], duty: Duty) -> dict[tuple[str, ...], list[Birth]]:
    ordered = sorted(births, key=lambda birth: (duty(birth), birth.period))
    return {name: list(group) for name, group in groupby(ordered, duty)}


def _of_one_party(births: Sequence[Birth]) -> set[str]:
    parties: dict[str, set[str]] = {}
    for birth in births:
        parties.setdefault(birth.obligation, set()).add(birth.party)
    return {obligation for obligation, names in parties.items() if len(names) == 1}


def _is_day(period: str) -> bool:
    try:
        return bool(date.fromisoformat(period))
    except ValueError:
        return False


ORDER: tuple[ChangeKind, ...] = ("added", "removed", "moved", "changed", "reworded")


def _change(old: Obligation | None, new: Obligation) -> Change:
    if old is None:
        return Change(new.id, new.title, ("added",), ())
    if repr(old) == repr(new):
        return Change(new.id, new.title, (), ())
    details = (*_own(old, new), *_steps(old.steps, new.steps))
    found = {detail.kind for detail in details}
    return Change(new.id, new.title, tuple(kind for kind in ORDER if kind in found), details)


def _own(old: Obligation, new: Obligation) -> Iterator[Detail]:
    before, after = old._asdict(), new._asdict()
    return _details("", {k: v for k, v in before.items() if k not in ("id", "steps")}, after)


def _steps(old: Sequence[Step], new: Sequence[Step]) -> Iterator[Detail]:
    before, after = {step.id: step for step in old}, {step.id: step for step in new}
    for step in new:
        if step.id in before:
            yield from _details(step.id, before[step.id]._asdict(), step._asdict())
        else:
            yield Detail("changed", step.id, "step", "", step.title)
    for step in old:
        if step.id not in after:
            yield Detail("changed", step.id, "step", step.title, "")
    common_before, common_after = [s for s in before if s in after], [s for s in after if s in before]
    if common_before != common_after:
        yield Detail("changed", "", "order", ", ".join(before), ", ".join(after))


def _details(step: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Detail]:
    for field, value in before.items():
        if repr(value) != repr(after[field]):
            yield Detail(_kind(field, value, after[field]), step, field, said(value), said(after[field]))


def _kind(field: str, before: Any, after: Any) -> ChangeKind:
    if field == "timing" and _rule(before) == _rule(after):
        return "reworded" if before.phrase != after.phrase else "changed"  # the same rule in other words, or decided
    return "moved" if field in MOVING else "reworded" if field in WORDING else "changed"


def _rule(timing: Timing) -> str:
    """By its text: rules of two kinds with equal values are equal as tuples."""
    return repr({name: value for name, value in timing._asdict().items() if name not in ("phrase", "decided")})


def said(value: Any) -> str:
    """A value in a few words, "" for none."""
    match value:
        case None | False | "" | ():
            return ""
        case True:
            return "x"
        case date():
            return value.isoformat()
        case Timing():
            return value.phrase
        case Ladder():
            return _ladder(value)
        case Basis():
            return f"{value.kind} ({value.source})" if value.source else value.kind
        case Citation():
            return f"{value.at}: “{value.quote}”"
        case tuple():
            return ", ".join(said(part) for part in value)
    return str(value)


def _ladder(ladder: Ladder) -> str:
    """Name and rungs: a ladder may change under its name."""
    rungs = [f"T-{days}" for days in ladder.remind] + [f"+{rung.after} {rung.to}" for rung in ladder.escalate]
    return f"{ladder.name} [{' '.join(rungs)}]"
