"""The days that a definition expects, held against the days that its plan produces."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from definitions.problem import Problem
from definitions.schema import Expect
from definitions.yaml_source import Path_, Source
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.plan import Plan
from dondoc.core.schedule import expand
from dondoc.words import _


class Days(NamedTuple):
    """Distinct days of one step, in order."""

    targets: tuple[date, ...]
    lasts: tuple[date, ...]


def produced_days(plan: Plan, calendar: WorkingCalendar) -> Mapping[str, Mapping[str, Days]]:
    """By obligation and step: the targets and last days with which the plan's occurrences are born."""
    rounds: dict[str, dict[str, set[tuple[date, date]]]] = {}
    for birth in expand(plan, calendar):
        steps = rounds.setdefault(birth.obligation, {})
        for step_id, first in birth.rounds:
            if first.last_on and first.target_on:
                steps.setdefault(step_id, set()).add((first.target_on, first.last_on))
    return {
        obligation: {
            step: Days(tuple(sorted({t for t, _ in pairs})), tuple(sorted({last for _, last in pairs})))
            for step, pairs in steps.items()
        }
        for obligation, steps in rounds.items()
    }


def unmet(wanted: Expect, produced: Sequence[Days], source: Source, path: Path_) -> list[Problem]:
    """A problem for each list of expected days that no step begins with, in order and without a gap."""
    return [
        problem
        for key, days, found in (
            ("targets", wanted.targets, [step.targets for step in produced]),
            ("last", wanted.last, [step.lasts for step in produced]),
        )
        for problem in _unmet(days, found, source, (*path, key))
    ]


def _unmet(wanted: Sequence[date], produced: Sequence[tuple[date, ...]], source: Source, path: Path_) -> list[Problem]:
    if not wanted or any(days[: len(wanted)] == tuple(wanted) for days in produced):
        return []
    nearest = max(produced, key=lambda days: len(set(days) & set(wanted)), default=())
    listed = ", ".join(day.isoformat() for day in nearest[: len(wanted)]) or _("không ngày nào")
    said = ", ".join(day.isoformat() for day in wanted)
    expected = _("hạn và lịch làm việc cho ra đúng các ngày mong đợi")
    hint = _("Xem lại due, reading, collision hoặc lịch làm việc.")
    return [
        source.problem(path, _("mong đợi {said}, tính ra {listed}").format(said=said, listed=listed), expected, hint)
    ]
