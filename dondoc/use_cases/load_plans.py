"""Every plan of an office's folders, or every problem in them."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from definitions.load_plan import PLAN_FILE, load_plan
from definitions.problem import DefinitionError, Problem
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.plan import Plan

IsOpened = Callable[[Plan], bool]


def load_plans(
    folders: Sequence[Path], calendar: WorkingCalendar, directory: Directory, is_opened: IsOpened
) -> dict[str, Plan]:
    """Plans by id; DefinitionError with the problems of all of them together, an id used twice included.

    Expected days must be reproduced before a plan is first opened. Once it is, a revised calendar may move them: that
    moves open dues, and is no reason to stop watching.
    """
    plans: dict[str, Plan] = {}
    problems: list[Problem] = []
    for folder in _plan_folders(folders):
        try:
            plan = _load(folder, calendar, directory, is_opened)
        except DefinitionError as error:
            problems += error.problems
            continue
        if plan.id in plans:
            problems.append(_twice(folder, plans[plan.id]))
        plans.setdefault(plan.id, plan)
    if problems:
        raise DefinitionError(problems)
    return plans


def _plan_folders(folders: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for base in folders:
        for file in sorted(base.glob(f"*/{PLAN_FILE}")) if base.is_dir() else ():
            if file.parent.resolve() not in seen:
                seen.add(file.parent.resolve())
                yield file.parent


def _load(folder: Path, calendar: WorkingCalendar, directory: Directory, is_opened: IsOpened) -> Plan:
    try:
        return load_plan(folder, calendar, directory)
    except DefinitionError:
        plan = load_plan(folder, calendar, directory, expectations="ignore")  # raises when that was not all
        if not is_opened(plan):
            raise
        return plan


def _twice(folder: Path, other: Plan) -> Problem:
    found, hint = f"mã kế hoạch “{other.id}” đã dùng ở {other.source}", "Đổi mã, hoặc bỏ bớt một thư mục."
    return Problem(str(folder / PLAN_FILE), 1, 1, "plan", found, "mỗi kế hoạch một mã", hint)


def written_version(plan: Plan) -> str:
    """A digest of what people wrote in the plan; the office's own duties, which follow from it, apart."""
    written = {o.id for o in plan.obligations if o.kind not in ("office", "checklist")}
    return sha256(repr([(i, sha) for i, sha in plan.versions if i in written]).encode()).hexdigest()
