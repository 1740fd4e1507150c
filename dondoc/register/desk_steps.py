"""Steps by the roles that answer for them: what is open, a page at a time, and what was answered of late."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from dondoc.register.connection import Row, Sql
from dondoc.register.page import Page
from dondoc.register.text import instant

NEVER = "9999-12-31"  # where an unset due stands in an order by days
START = "0.0000-00-00.0.0"
LATE = f"CASE WHEN basis <> 'proposed' AND COALESCE(last_on, '{NEVER}') < :today THEN 0 ELSE 1 END"
OPEN = Sql(
    f"SELECT birth.key, step.step, {LATE} AS late, COALESCE(last_on, '{NEVER}') AS due, step.birth, place FROM step "
    "JOIN birth ON birth.id = step.birth "
    "WHERE role {among roles} AND status IN ('open', 'returned') AND since_at <= :at "
    f"AND ({LATE}, COALESCE(last_on, '{NEVER}'), step.birth, place) > "
    "(CAST(:late AS BIGINT), :due, CAST(:birth AS BIGINT), CAST(:place AS BIGINT)) "
    "ORDER BY late, due, step.birth, place LIMIT :most"
)
LATELY = Sql(
    "SELECT birth.key, step.step, COALESCE(recorded_on, done_on) AS answered FROM step "
    "JOIN birth ON birth.id = step.birth "
    "WHERE role {among roles} AND status IN ('submitted', 'done', 'nothing') "
    "AND COALESCE(recorded_on, done_on) >= :since ORDER BY answered DESC, birth.id DESC, place LIMIT :most"
)


class DeskStep(NamedTuple):
    """`mark` is where a next page begins after this step."""

    key: str
    step: str
    mark: str


class DeskSteps(Page):
    """Made of a book's session."""

    def open_steps(
        self, roles: Collection[str], at: datetime, today: date, after: str = "", most: int = 50
    ) -> list[DeskStep]:
        """Begun and not answered: past a decided due first, then by due, the unset ones last.

        ValueError for an `after` that is no mark.
        """
        late, due, birth, place = (after or START).split(".")
        mark = {"late": int(late), "due": due, "birth": int(birth), "place": int(place)}
        values = {"roles": sorted(roles), "at": instant(at), "today": today.isoformat(), "most": most}
        return [_desk_step(row) for row in self.session.rows(OPEN, **mark, **values)]

    def answered_steps(self, roles: Collection[str], since: date, most: int = 10) -> list[tuple[str, str, date]]:
        """(occurrence, step, local day on which it was written down), the newest first."""
        rows = self.session.rows(LATELY, roles=sorted(roles), since=since.isoformat(), most=most)
        return [(key, step, date.fromisoformat(on)) for key, step, on in rows]


def _desk_step(row: Row) -> DeskStep:
    key, step, *mark = row
    return DeskStep(key, step, ".".join(map(str, mark)))
