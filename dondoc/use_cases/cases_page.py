"""The office's cases: which run, at which step, with what due; confidential ones for those on them, else in figures."""

from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.phase import stand
from dondoc.core.rights import Action, Viewer, may
from dondoc.register.book import Book
from dondoc.use_cases.names import party_name, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.steps_shown import mark_of
from dondoc.use_cases.viewer import subject_of
from dondoc.words import _
from dondoc.words.labels import status_words

A_PAGE = 50


class CaseRow(NamedTuple):
    """One case at its current step. Of a confidential one neither party nor kind is named."""

    key: str
    title: str
    party: str
    event_on: date | None
    step: str
    steps: tuple[int, int]  # finished, of how many
    status: str
    mark: str
    last_on: date | None
    first_on: date | None  # the original due of the current step
    extensions: int
    confidential: bool


class CasesPage(NamedTuple):
    """`after` opens the next page, "" where it ends; `hidden` counts the confidential cases of this page's others."""

    rows: tuple[CaseRow, ...]
    hidden: str
    after: str


def cases_page(office: Office, viewer: Viewer, at: datetime, *, running: bool = True, after: str = "") -> CasesPage:
    """As of `at`, the newest event first; reads only."""
    before = _before(after)
    with office.register.reading() as book:
        births = book.cases(running=running, before=before, most=A_PAGE)
        scenes = _in_order(office, book, [birth.key for birth in births])
    today = local_day(office, at)
    seen = [s for s in scenes if may(viewer, _action(s), subject_of(office, s, today))]
    unseen = (
        [s for s in scenes if s.obligation.confidential and s.birth.key not in {one.birth.key for one in seen}]
        if may(viewer, "see-statistics")
        else []
    )
    last = births[-1] if len(births) == A_PAGE else None
    return CasesPage(
        tuple(_row(office, scene, at) for scene in seen),
        _counted(unseen, at),
        f"{last.event_on}|{last.key}" if last else "",
    )


def _before(after: str) -> tuple[str, str]:
    """Where a page begins; what is no mark of ours begins at the newest."""
    on, _bar, key = after.partition("|")
    try:
        return date.fromisoformat(on).isoformat(), key
    except ValueError:
        return "9999", ""


def _action(scene: Scene) -> Action:
    """A grant opens a confidential case to be read, wherever it is."""
    return "see-occurrence" if scene.obligation.confidential else "see-cases"


def _in_order(office: Office, book: Book, keys: list[str]) -> list[Scene]:
    found = {scene.birth.key: scene for scene in gather(office, book, keys)}
    return [found[key] for key in keys if key in found]


def _counted(scenes: list[Scene], at: datetime) -> str:
    """ "3 vụ việc, 1 quá hạn"; "" for none."""
    if not scenes:
        return ""
    late = sum(mark_of(stand(s.obligation, s.occurrence, s.world.moments, at)) == "tre" for s in scenes)
    return _("{n} vụ việc bảo mật, {late} quá hạn").format(n=len(scenes), late=late)


def _row(office: Office, scene: Scene, at: datetime) -> CaseRow:
    birth, occurrence, hidden = scene.birth, scene.occurrence, scene.obligation.confidential
    standing = stand(scene.obligation, occurrence, scene.world.moments, at)
    step, state = scene.step(standing.step), occurrence.step(standing.step)
    finished = sum(one.status in ("done", "nothing") for one in occurrence.steps)
    return CaseRow(
        key=birth.key,
        title=title_of(scene.obligation, birth),
        party="" if hidden else party_name(office.directory, birth.party),
        event_on=birth.event_on,
        step=step.title,
        steps=(finished, len(occurrence.steps)),
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        mark=mark_of(standing),
        last_on=state.round.last_on if state.round else None,
        first_on=state.rounds[0].last_on if state.rounds else None,
        extensions=sum(one.extensions for one in occurrence.steps),
        confidential=hidden,
    )
