"""The board's lines: written with every check, read a page at a time by key. Neither counted nor skipped over."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from dondoc.register.connection import Row, Sql
from dondoc.register.page import Page
from dondoc.register.text import day, instant, iso, maybe_instant, maybe_moment
from dondoc.register.values import Line

NEVER = "9999-12-31"  # where an unset due stands in an order by days
NAMES = Line._fields
COLUMNS = ", ".join(NAMES)
DAYS = ("target_on", "first_on", "decided_on")
_AT = {name: NAMES.index(name) for name in ("since_at", "confidential", "recorded_late", *DAYS)}
ANY_BIRTH = Sql("SELECT id FROM birth LIMIT 1")
CLEAR = Sql("DELETE FROM line WHERE birth IN (SELECT id FROM birth WHERE key {among keys})")
INSERT = Sql(
    f"INSERT INTO line (birth, {COLUMNS}) SELECT id, :key, :n, :from_on, :until_on, :tier, :due, :confidential, "
    ":section, :unit, :party, :kind, :title, :label, :words, :step, :step_title, :role, :phase, :since_at, :basis, "
    ":target_on, :timely, :days, :recorded_late, :first_on, :first_timely, :first_days, :counted, :decided_on "
    "FROM birth WHERE key = :key"
)


class PageLine(NamedTuple):
    """What a page shows of a line, as it is kept: days and instants are ISO text."""

    key: str
    tier: int
    due: str
    unit: str
    party: str
    title: str
    label: str
    step_title: str
    role: str
    phase: str
    since_at: str | None
    basis: str
    target_on: str | None
    timely: str
    days: int
    recorded_late: bool
    counted: str
    birth: int


# How a line stands on a day, in one word. Kept in step with dondoc.use_cases.board_status by a test.
STATUS = (
    "CASE WHEN phase IN ('waived', 'set-aside', 'suspended') THEN 'khac' "
    "WHEN phase IN ('done', 'nothing') AND timely = 'done-late' AND basis <> 'proposed' THEN 'xong-tre' "
    "WHEN phase IN ('done', 'nothing') THEN 'xong' "
    "WHEN phase = 'awaiting' THEN 'cho-xac-nhan' "
    "WHEN due < :today AND basis <> 'proposed' THEN 'qua-han' "
    "WHEN phase = 'open' AND since_at > :at THEN 'chua-den' "
    "WHEN due < :today THEN 'qua-de-xuat' "
    "WHEN due = '9999-12-31' THEN 'chua-co-han' "
    "WHEN due < :soon THEN 'sap-den' ELSE 'dang-lam' END"
)
_PAGE = (
    f"SELECT {', '.join(PageLine._fields)} FROM line WHERE %s AND tier = :tier AND due < :before "
    "AND (due, birth) > (:due, CAST(:birth AS BIGINT)) AND from_on <= :today AND until_on > :today "
    "AND (:section = '' OR section = :section) "
    f"AND (:status = '' OR :status = {STATUS}) "
    "AND (:text = '' OR words LIKE :text) ORDER BY due, birth LIMIT :most"
)
ALL = Sql(_PAGE.replace("%s", "confidential = FALSE"))
OF_UNIT = Sql(_PAGE.replace("%s", "confidential = FALSE AND unit = :unit"))
OF_UNITS = Sql(_PAGE.replace("%s", "confidential = FALSE AND unit {among units}"))
OF_ROLES = Sql(_PAGE.replace("%s", "confidential = FALSE AND role {among roles}"))
OF_PLAN = Sql(
    f"SELECT {', '.join('line.' + name for name in NAMES)} FROM birth JOIN line ON line.birth = birth.id "
    "WHERE plan = :plan AND from_on <= :today AND until_on > :today ORDER BY line.birth"
)
CASES = Sql(f"SELECT {COLUMNS} FROM line WHERE confidential = TRUE AND from_on <= :today AND until_on > :today")
EVERY = Sql(f"SELECT {COLUMNS} FROM line WHERE from_on <= :today AND until_on > :today ORDER BY birth")
TALLY = Sql(
    "SELECT unit, due, phase, basis, timely, days, first_on, first_timely, first_days, COUNT(*) FROM line "
    "WHERE confidential = FALSE AND tier {among tiers} AND due >= :since AND due < :before "
    "AND from_on <= :today AND until_on > :today "
    "GROUP BY unit, due, phase, basis, timely, days, first_on, first_timely, first_days"
)


class Tallied(NamedTuple):
    """So many lines that stand alike; days are ISO text."""

    unit: str
    due: str
    phase: str
    basis: str
    timely: str
    days: int
    first_on: str | None
    first_timely: str
    first_days: int
    many: int


class Asked(NamedTuple):
    """What a page is asked for. Days are ISO text, `at` a UTC instant as text; "" leaves a filter out."""

    today: str
    at: str
    soon: str  # the first day that is not soon
    units: tuple[str, ...] | None = None  # None: all of them
    roles: tuple[str, ...] | None = None  # whose the speaking step is; None: anybody's
    section: str = ""
    status: str = ""
    text: str = ""  # as it was folded into `words`
    tiers: tuple[int, ...] = (0, 1)
    since: str = ""  # first day of dues
    before: str = "9999-12-32"  # first day no longer asked for


class Mark(NamedTuple):
    """Where a page ended."""

    tier: int
    due: str
    birth: int


class Lines(Page):
    """Made of a book's session."""

    def nothing_born(self) -> bool:
        """Whether the book holds no occurrence yet."""
        return not self.session.rows(ANY_BIRTH)

    def put_lines(self, keys: Collection[str], lines: Iterable[Line]) -> None:
        """These are the occurrences' lines now; what stood there before is replaced."""
        self.session.change(CLEAR, keys=list(keys))
        self.session.many(INSERT, map(_written, lines))

    def page(self, asked: Asked, after: Mark | None, most: int) -> tuple[list[PageLine], Mark | None]:
        """At most so many lines after a mark, by tier and due; and the mark of a next page, None at the end."""
        found: list[PageLine] = []
        for tier in asked.tiers:
            if after and tier < after.tier:
                continue
            due, birth = (after.due, after.birth) if after and tier == after.tier else (asked.since, -1)
            found += map(PageLine._make, self._tier(asked, tier, max(due, asked.since), birth, most + 1 - len(found)))
            if len(found) > most:
                break
        last = found[most - 1] if len(found) > most else None
        return found[:most], Mark(last.tier, last.due, last.birth) if last else None

    def _tier(self, asked: Asked, tier: int, due: str, birth: int, most: int) -> Sequence[Row]:
        values: Mapping[str, object] = {
            "today": asked.today, "at": asked.at, "soon": asked.soon, "tier": tier, "before": asked.before,
            "due": due, "birth": birth, "section": asked.section, "status": asked.status,
            "text": f"%{asked.text}%" if asked.text else "", "most": most,
        }  # fmt: skip
        if asked.roles is not None:
            return self.session.rows(OF_ROLES, roles=list(asked.roles), **values)
        if asked.units is None:
            return self.session.rows(ALL, **values)
        if len(asked.units) == 1:
            return self.session.rows(OF_UNIT, unit=asked.units[0], **values)
        return self.session.rows(OF_UNITS, units=list(asked.units), **values)

    def tally(self, today: str, since: str, before: str) -> list[Tallied]:
        """All but confidential cases whose due lies in [since, before), counted by how they stand on a day."""
        rows = self.session.rows(TALLY, tiers=[0, 1], today=today, since=since, before=before)
        return [Tallied._make(row) for row in rows]

    def of_plan(self, plan: str, today: str) -> list[Line]:
        """One plan's lines, confidential ones too, as they stand on a day; in the order of birth."""
        return [read_line(row) for row in self.session.rows(OF_PLAN, plan=plan, today=today)]

    def case_lines(self, today: str) -> list[Line]:
        """Of confidential cases alone, as they stand on a day: to be counted."""
        return [read_line(row) for row in self.session.rows(CASES, today=today)]

    def every_line(self, today: str) -> list[Line]:
        """All of them, confidential ones too, as they stand on a day."""
        return [read_line(row) for row in self.session.rows(EVERY, today=today)]


def read_line(row: Row) -> Line:
    """A line from COLUMNS."""
    line = Line._make(row)
    return line._replace(
        since_at=maybe_moment(row[_AT["since_at"]]),
        confidential=bool(line.confidential),
        recorded_late=bool(line.recorded_late),
        target_on=day(row[_AT["target_on"]]),
        first_on=day(row[_AT["first_on"]]),
        decided_on=day(row[_AT["decided_on"]]),
    )


def _written(line: Line) -> dict[str, object]:
    days = {name: iso(getattr(line, name)) for name in DAYS}
    return {**line._asdict(), **days, "since_at": maybe_instant(line.since_at)}


__all__ = ["NEVER", "Asked", "Lines", "Mark", "instant"]
