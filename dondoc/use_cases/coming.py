"""What will be sent in the days to come, to whom and when, if nobody answers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dondoc.core.rights import Viewer, may
from dondoc.use_cases.ladder_ahead import RungAhead, ladder_ahead
from dondoc.use_cases.names import short_party, title_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.scene import Scene, gather
from dondoc.use_cases.viewer import subject_of

AHEAD = timedelta(days=30)
A_PAGE = 50


class Coming(NamedTuple):
    """One message to come. `on` is the local day, `hour` the local time of day."""

    key: str
    title: str
    period: str
    party: str
    on: date
    hour: str
    ahead: RungAhead


class ComingPage(NamedTuple):
    rows: Sequence[Coming]
    after: str  # opens the next page, "" on the last
    until: date


def coming(office: Office, viewer: Viewer, at: datetime, after: str = "") -> ComingPage:
    """Of the next thirty days, in the order of their moments, as far as the viewer may see them. Reads only.

    A confidential case has none here: whom it speaks to is not for a list.
    """
    until, today = at + AHEAD, local_day(office, at)
    with office.register.reading() as book:
        keys = sorted(key for key, next_at in book.agenda().items() if next_at <= until)
        scenes = [scene for scene in gather(office, book, keys) if not scene.obligation.confidential]
    seen = [scene for scene in scenes if may(viewer, "see-coming", subject_of(office, scene, today))]
    found = sorted(
        ((one.at.isoformat(), scene.birth.key, n), scene, one)
        for scene in seen
        for n, one in enumerate(_one_a_moment(ladder_ahead(office, scene, at)))
        if one.at <= until
    )
    rest = [one for one in found if not after or _mark(one[0]) > after]
    rows = [_coming(office, scene, one) for _, scene, one in rest[:A_PAGE]]
    return ComingPage(rows, _mark(rest[A_PAGE - 1][0]) if len(rest) > A_PAGE else "", local_day(office, until))


def _one_a_moment(ahead: Sequence[RungAhead]) -> Sequence[RungAhead]:
    """Several rungs for one person at one moment are one message: the first of them says it."""
    return list({(one.at, one.step, one.role): one for one in reversed(ahead)}.values())[::-1]


def _mark(order: tuple[str, str, int]) -> str:
    return f"{order[0]}~{order[1]}~{order[2]:03}"


def _coming(office: Office, scene: Scene, ahead: RungAhead) -> Coming:
    here = ahead.at.astimezone(scene.world.moments.zone)
    title, party = title_of(scene.obligation, scene.birth), short_party(office.directory, scene.birth.party)
    return Coming(scene.birth.key, title, scene.birth.label, party, here.date(), f"{here:%H:%M}", ahead)
