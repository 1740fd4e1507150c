"""Births of occurrences: made once, held to the book by a digest."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from dondoc.core.occurrence import Birth, Round
from dondoc.core.round_value import round_from, round_payload
from dondoc.register.connection import Row, Sql
from dondoc.register.page import Page
from dondoc.register.text import canonical, day, instant, iso, moment

COLUMNS = (
    "key, plan, obligation, version, period, label, party, opens_at, event_on, reference, title, "
    "excluded, population, before_watch, due_on, rounds"
)
ALL = Sql(f"SELECT {COLUMNS} FROM birth ORDER BY id")
OF_PLAN = Sql(f"SELECT {COLUMNS} FROM birth WHERE plan = :plan ORDER BY id")
OF_OBLIGATION = Sql(f"SELECT {COLUMNS} FROM birth WHERE plan = :plan AND obligation = :obligation ORDER BY id")
OF_KEYS = Sql(f"SELECT {COLUMNS} FROM birth WHERE key {{among keys}} ORDER BY id")
KNOWN = Sql("SELECT key FROM birth WHERE key {among keys}")
LEAVING_OUT = Sql("SELECT key, excluded FROM birth WHERE excluded <> '[]' ORDER BY id")
_TO_DO = (
    "EXISTS (SELECT 1 FROM step WHERE step.birth = birth.id AND status NOT IN ('done', 'nothing')) "
    "AND NOT EXISTS (SELECT 1 FROM fact WHERE fact.occurrence = birth.key AND kind = 'waived')"
)
_CASES = (
    f"SELECT {COLUMNS} FROM birth WHERE event_on IS NOT NULL AND (event_on, key) < (:on, :key) AND ({{which}}) "
    "ORDER BY event_on DESC, key DESC LIMIT :most"
)
RUNNING_CASES = Sql(_CASES.format(which=_TO_DO))
ENDED_CASES = Sql(_CASES.format(which=f"NOT ({_TO_DO})"))
LOCK = Sql("SELECT id FROM birth WHERE key {among keys} ORDER BY id {lock}")
NEW_OPENING = Sql("INSERT INTO opening (count, digest) VALUES (0, '') RETURNING id")
CLOSE_OPENING = Sql("UPDATE opening SET count = :count, digest = :digest WHERE id = :opening")
NO_OPENING = Sql("DELETE FROM opening WHERE id = :opening")
INSERT = Sql(
    f"INSERT INTO birth ({COLUMNS}, opening) VALUES (:key, :plan, :obligation, :version, :period, :label, :party, "
    ":opens_at, :event_on, :reference, :title, :excluded, :population, :before_watch, :due_on, :rounds, :opening) "
    "ON CONFLICT (key) DO NOTHING"
)
OPENINGS = Sql("SELECT id, count, digest FROM opening ORDER BY id")
OF_OPENING = Sql(f"SELECT {COLUMNS} FROM birth WHERE opening = :opening ORDER BY id")
KEYS_OF_OPENING = Sql("SELECT key FROM birth WHERE opening = :opening ORDER BY id")


def _round(one: Round) -> dict[str, object]:
    return round_payload(one) | {"since_at": instant(one.since_at)}


def _written(birth: Birth) -> dict[str, object]:
    return birth._asdict() | {
        "opens_at": instant(birth.opens_at),
        "event_on": iso(birth.event_on),
        "due_on": iso(birth.due_on),
        "excluded": canonical(birth.excluded),
        "population": canonical(birth.population),
        "rounds": canonical([[step, _round(one)] for step, one in birth.rounds]),
    }


def read_birth(row: Row) -> Birth:
    """A birth from COLUMNS."""
    texts, persons = row[9:11], tuple(tuple(json.loads(text)) for text in row[11:13])
    rounds = tuple((step, round_from(payload)) for step, payload in json.loads(row[15]))
    return Birth._make([*row[:7], moment(row[7]), day(row[8]), *texts, *persons, bool(row[13]), day(row[14]), rounds])


def digest_of(births: Iterable[Birth]) -> str:
    """SHA-256 (hex) over births in the order of their keys; put it under "digest" in the fact that tells of them."""
    return _digest(_written(birth) for birth in sorted(births, key=itemgetter(0)))


def _digest(written: Iterable[Mapping[str, object]]) -> str:
    total = hashlib.sha256()
    for one in written:
        total.update(canonical(one).encode() + b"\n")
    return total.hexdigest()


class Births(Page):
    def births(self, *, plan: str = "", obligation: str = "", keys: Sequence[str] | None = None) -> list[Birth]:
        """Births in the order they were made, those made together by key; keys narrows to those known among them."""
        if keys is not None:
            rows = self.session.rows(OF_KEYS, keys=list(keys))
        elif plan and obligation:
            rows = self.session.rows(OF_OBLIGATION, plan=plan, obligation=obligation)
        else:
            rows = self.session.rows(OF_PLAN, plan=plan) if plan else self.session.rows(ALL)
        return [
            birth
            for birth in map(read_birth, rows)
            if plan in ("", birth.plan) and obligation in ("", birth.obligation)
        ]

    def cases(self, *, running: bool, before: tuple[str, str] = ("9999", ""), most: int = 50) -> list[Birth]:
        """What an event opened, the newest event first: with a step still to be done, or with none.

        `before` is (day, key) of the last one of the page before.
        """
        on, key = before
        rows = self.session.rows(RUNNING_CASES if running else ENDED_CASES, on=on, key=key, most=most)
        return [read_birth(row) for row in rows]

    def left_out(self) -> list[tuple[str, str]]:
        """(occurrence, whom it leaves out as it lies here, sealed), one line for each."""
        rows = self.session.rows(LEAVING_OUT)
        return [(key, one) for key, text in rows for one in json.loads(text)]

    def add_births(self, births: Iterable[Birth]) -> list[str]:
        """Keys newly made, sorted; a key that exists is left as it is.

        Append a fact whose payload holds "digest": digest_of(the new ones); verify_chain asks for it.
        """
        wanted = {birth.key: birth for birth in births}
        if not wanted:
            return []
        known = {row[0] for row in self.session.rows(KNOWN, keys=list(wanted))}
        return self._open([wanted[key] for key in sorted(wanted) if key not in known])

    def _open(self, births: Sequence[Birth]) -> list[str]:
        # In key order: of two openings at once the second waits for the first one's keys and then finds them made.
        if not births:
            return []
        opening = self.session.rows(NEW_OPENING)[0][0]
        written = {birth.key: _written(birth) for birth in births}
        self.session.many(INSERT, (one | {"opening": opening} for one in written.values()))
        new = [row[0] for row in self.session.rows(KEYS_OF_OPENING, opening=opening)]
        if new:
            digest = _digest(written[key] for key in new)
            self.session.change(CLOSE_OPENING, opening=opening, count=len(new), digest=digest)
        else:
            self.session.change(NO_OPENING, opening=opening)
        return new

    def lock(self, keys: Sequence[str]) -> None:
        """Hold these occurrences to the transaction's end, in the order of their ids so that nobody waits in a ring.

        On SQLite the transaction is already the only writer.
        """
        if self.session.many_writers:
            self.session.rows(LOCK, keys=list(keys))
