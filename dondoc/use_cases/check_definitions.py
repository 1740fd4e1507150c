"""Read every definition for a person who edits them: what loads, what is wrong, what is still only proposed."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from definitions.calendar import working_calendar
from definitions.channels import load_channels
from definitions.legal_bases import expired_bases
from definitions.load_plan import PLAN_FILE, load_plan
from definitions.organisation import load_organisation
from definitions.paper import check_paper
from definitions.paper_problems import paper_problems
from definitions.problem import DefinitionError, Problem
from definitions.zalo_templates import load_zalo_templates
from dondoc.core.plan import Plan
from dondoc.use_cases.office import SHIPPED, calendar_overlay
from dondoc.use_cases.people_folder import missing_people, people_folder
from dondoc.use_cases.refused import Refused
from dondoc.words import _

YEARS = (2012, 2042)  # enough for any plan an office still keeps


class PlanSummary(NamedTuple):
    """`proposed` are ids of obligations whose due or reading nobody has decided yet."""

    id: str
    title: str
    year: int
    draft: bool
    folder: str
    obligations: int
    proposed: tuple[str, ...]
    quotes: int  # held against the paper; 0 without one
    expired: tuple[str, ...] = ()  # of a draft: bases to be replaced before it is signed


class DefinitionsReport(NamedTuple):
    plans: tuple[PlanSummary, ...]
    problems: tuple[Problem, ...]


def check_definitions(
    definitions: Sequence[Path] = (), *, data: Path | None = None, plan_id: str = "", paper: Path | None = None
) -> DefinitionsReport:
    """Load every plan of the folders, or one; with `paper` (UTF-8 text) hold its quotations against it.

    Nothing is written. Refused where no plan, or not the one named, is there, or where a paper is given for several.
    """
    folders = (*(definitions or (SHIPPED,)), *((data / "definitions",) if data else ()))
    found = _plan_folders(folders, plan_id)
    if paper and len(found) > 1:
        # One paper is one plan: the editions made from it are drafts of another.
        found = [folder for folder in found if folder.name == plan_id or not _is_draft(folder)]
    problems = missing_people(definitions, data / "definitions" if data else None)  # the rest is read all the same
    surroundings = _kept(problems, lambda: _surroundings(folders))
    if surroundings is None:
        return DefinitionsReport((), tuple(problems))
    summaries = [_summary(folder, surroundings, paper, problems) for folder in found]
    return DefinitionsReport(tuple(filter(None, summaries)), tuple(problems))


def _plan_folders(folders: Sequence[Path], plan_id: str) -> list[Path]:
    every = [file.parent for folder in folders for file in _plan_files(folder)]
    found = [folder for folder in every if plan_id in ("", folder.name)]
    if not found:
        known = ", ".join(sorted(folder.name for folder in every)) or _("chưa có kế hoạch nào")
        raise Refused(
            _("Không thấy kế hoạch «{plan_id}».").format(plan_id=plan_id or PLAN_FILE),
            _("Đang có: {known}.").format(known=known),
        )
    return found


def _plan_files(folder: Path) -> Iterator[Path]:
    yield from filter(Path.is_file, (folder / PLAN_FILE,))
    yield from sorted(folder.glob(f"*/{PLAN_FILE}"))


def _is_draft(folder: Path) -> bool:
    return any(line.split("#")[0].replace(" ", "") == "draft:true" for line in _lines(folder / PLAN_FILE))


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines()]


def _surroundings(folders: Sequence[Path]) -> tuple[Any, Any]:
    people = load_organisation(people_folder(folders)).directory
    load_channels(people_folder(folders))
    load_zalo_templates(people_folder(folders))
    return working_calendar(*YEARS, overlay=calendar_overlay(folders)), people


def _summary(
    folder: Path, surroundings: tuple[Any, Any], paper: Path | None, problems: list[Problem]
) -> PlanSummary | None:
    plan: Plan | None = _kept(problems, lambda: load_plan(folder, *surroundings))
    if plan is None:
        return None
    quotes = 0
    if paper:
        report = check_paper(plan, paper.read_text(encoding="utf-8-sig"))
        problems += paper_problems(folder, report)
        quotes = report.quotes
    own = [o for o in plan.obligations if o.kind not in ("office", "checklist")]  # not what the engine adds
    proposed = tuple(o.id for o in own if any(step.basis.kind == "proposed" for step in o.steps))
    expired = tuple(f"{b.number or b.title} → {b.replaced_by or '?'}" for b in expired_bases(plan))
    return PlanSummary(plan.id, plan.title, plan.year, plan.draft, str(folder), len(own), proposed, quotes, expired)


def _kept(problems: list[Problem], load: Callable[[], Any]) -> Any:
    """What `load` gives, or None with its problems kept, so that one broken file does not hide the next."""
    try:
        return load()
    except DefinitionError as error:
        problems += error.problems
        return None
