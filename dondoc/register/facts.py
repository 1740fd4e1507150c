"""Appending facts to the book and reading them back.

A fact gets its `seq` when it is appended and its link in the chain at the transaction's very end: appended facts wait
in memory, and `seal` takes the chain's head as the last thing before the commit. Every writer must hold the head from
its first hash until it has committed, so whatever is done while holding it is done by one writer at a time. Taken by
the first append, a transaction's reading, deciding and folding would queue behind the head too; taken last, only two
statements and the commit's own flush do. `seq` therefore identifies a fact and orders those of one occurrence (its row
is locked from `Book.lock` to the commit); `link` orders the whole book.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, get_args

from dondoc.core.facts import Fact, FactKind
from dondoc.register.chain import Entry, Head, chained, commitment, new_salt
from dondoc.register.connection import Row, Session, Sql
from dondoc.register.page import Page
from dondoc.register.personal import PERSONS, Apart, put_together, taken_apart
from dondoc.register.text import canonical, instant, moment

KINDS: frozenset[str] = frozenset(get_args(FactKind))
COLUMNS = "kind, occurrence, step, recorded_at, act_on, actor, via, fact.payload, fact.seq, corrects, personal.payload"
_FROM = f"SELECT {COLUMNS} FROM fact LEFT JOIN personal ON personal.seq = fact.seq WHERE agency = :agency"
ALL = Sql(f"{_FROM} ORDER BY fact.seq")
ALL_UNTIL = Sql(f"{_FROM} AND recorded_at <= :until ORDER BY fact.seq")
OF_KEYS = Sql(f"{_FROM} AND occurrence {{among keys}} ORDER BY occurrence, fact.seq")
OF_KEYS_UNTIL = Sql(f"{_FROM} AND occurrence {{among keys}} AND recorded_at <= :until ORDER BY occurrence, fact.seq")
# On SQLite the transaction is the only writer, so the last seq cannot be taken twice.
NEXT_SEQ_SQLITE = Sql("SELECT COALESCE(MAX(seq), 0), (SELECT recorded_at FROM chain WHERE agency = :agency) FROM fact")
NEXT_SEQ_POSTGRES = Sql(
    "SELECT nextval('fact_seq'), (SELECT recorded_at FROM chain WHERE agency = :agency) FROM generate_series(1, :count)"
)
HEAD = Sql("SELECT link, hash, recorded_at FROM chain WHERE agency = :agency {lock}")
NEW_HEAD = Sql("UPDATE chain SET link = :link, hash = :hash, recorded_at = :recorded_at WHERE agency = :agency")
INSERT = Sql(
    "INSERT INTO fact (seq, agency, link, kind, occurrence, step, recorded_at, act_on, actor, via, payload, personal, "
    "corrects, hash) VALUES (:seq, :agency, :link, :kind, :occurrence, :step, :recorded_at, :act_on, :actor, :via, "
    ":payload, :personal, :corrects, :hash)"
)
REQUEST = Sql("INSERT INTO request (key, seq) VALUES (:key, :seq) ON CONFLICT (key) DO NOTHING")
KNOWN_REQUEST = Sql("SELECT seq FROM request WHERE key = :key")
KEEP_PERSONAL = Sql("INSERT INTO personal (seq, salt, payload) VALUES (:seq, :salt, :payload)")
KNOWN_PERSONS = Sql(
    "SELECT personal.payload FROM fact JOIN personal ON personal.seq = fact.seq "
    "WHERE agency = :agency AND occurrence = :key AND personal.payload IS NOT NULL"
)
ERASE = Sql(
    "UPDATE personal SET salt = NULL, payload = NULL, erased_at = :at WHERE erased_at IS NULL AND seq {among seqs}"
)


def read_fact(row: Row) -> Fact:
    """A fact from COLUMNS, its personal part put back where it was not erased."""
    payload: dict[str, Any] = json.loads(row[7])
    if row[10] is not None:
        payload = put_together(payload, json.loads(row[10]))
    return Fact(
        row[0], row[1], row[2], moment(row[3]), date.fromisoformat(row[4]), row[5], row[6], payload, row[8], row[9]
    )


class Facts(Page):
    def __init__(self, session: Session, agency: str) -> None:
        super().__init__(session, agency)
        self._waiting: list[tuple[Fact, Entry]] = []
        self._drawn: dict[str, dict[str, str]] = {}  # occurrence → its persons' names in the chain

    def facts(self, keys: Sequence[str] | None = None, *, until_at: datetime | None = None) -> dict[str, list[Fact]]:
        """Facts by occurrence in the order of their seq, those of this transaction too; key "" is the installation.

        `until_at` narrows to what was recorded up to and at that instant: what the office knew then.
        """
        found: dict[str, list[Fact]] = {} if keys is None else {key: [] for key in keys}
        for row in self._rows(keys, until_at):
            found.setdefault(row[1], []).append(read_fact(row))
        for fact, _ in self._waiting:
            if (keys is None or fact.occurrence in found) and (until_at is None or fact.recorded_at <= until_at):
                found.setdefault(fact.occurrence, []).append(fact)
        return found

    def _rows(self, keys: Sequence[str] | None, until_at: datetime | None) -> list[Row]:
        common: dict[str, object] = {"agency": self.agency}
        if until_at is not None:
            common["until"] = instant(until_at)
        if keys is None:
            return self.session.rows(ALL if until_at is None else ALL_UNTIL, **common)
        return self.session.rows(OF_KEYS if until_at is None else OF_KEYS_UNTIL, keys=list(keys), **common)

    def seen(self, request_key: str) -> bool:
        """Whether a form with this key was already recorded; "" is no key."""
        return bool(request_key and self.session.rows(KNOWN_REQUEST, key=request_key))

    def append(self, facts: Sequence[Fact], request_key: str = "") -> list[Fact]:
        """The facts with their seq, written when the transaction ends; [] and nothing written for a used request_key.

        Free words and lists of persons are kept apart and can be erased. `recorded_at` is never before the
        predecessor's: a fact that comes with an earlier one is lifted, once more at the end if another transaction
        was recorded meanwhile. ValueError for an unknown kind or a naive instant, TypeError for a payload that is not
        JSON.
        """
        if not facts:
            return []
        seqs, floor = self._next_seq(len(facts))
        if request_key and not self.session.change(REQUEST, key=request_key, seq=seqs[0]):
            return []
        return [self._take(fact, seq, floor) for fact, seq in zip(facts, seqs, strict=True)]

    def _next_seq(self, count: int) -> tuple[list[int], str]:
        if self.session.many_writers:
            rows = self.session.rows(NEXT_SEQ_POSTGRES, agency=self.agency, count=count)
            return sorted(row[0] for row in rows), rows[0][1]
        last, floor = self.session.rows(NEXT_SEQ_SQLITE, agency=self.agency)[0]
        last += len(self._waiting)
        return list(range(last + 1, last + 1 + count)), floor

    def _take(self, fact: Fact, seq: int, floor: str) -> Fact:
        if fact.kind not in KINDS:
            raise ValueError(f"no such kind of fact: {fact.kind!r}")
        floor = self._waiting[-1][1].recorded_at if self._waiting else floor
        apart = self._apart(fact)
        recorded_at = max(floor, instant(fact.recorded_at))
        entry = Entry(
            self.agency,
            seq,
            fact.kind,
            fact.occurrence,
            fact.step,
            recorded_at,
            fact.act_on.isoformat(),
            fact.actor,
            fact.via,
            canonical(apart.kept),
            self._keep_apart(seq, canonical(apart.personal) if apart.personal else ""),
            fact.corrects,
        )
        numbered = fact._replace(seq=seq, recorded_at=moment(recorded_at))
        self._waiting.append((numbered, entry))
        return numbered

    def _apart(self, fact: Fact) -> Apart:
        if fact.kind in PERSONS and fact.occurrence not in self._drawn:
            rows = self.session.rows(KNOWN_PERSONS, agency=self.agency, key=fact.occurrence)
            known = [json.loads(row[0]).get("persons", {}) for row in rows]
            self._drawn[fact.occurrence] = {person: name for one in known for name, person in one.items()}
        return taken_apart(fact.kind, fact.payload, self._drawn.get(fact.occurrence, {}))

    def _keep_apart(self, seq: int, personal: str) -> str:
        if not personal:
            return ""
        salt = new_salt()
        self.session.change(KEEP_PERSONAL, seq=seq, salt=salt, payload=personal)
        return commitment(salt, personal)

    def erase_personal(self, seqs: Sequence[int], at: datetime) -> int:
        """Empty the personal parts of these facts; how many there were. The chain stays whole."""
        return self.session.change(ERASE, seqs=list(seqs), at=instant(at))

    def head(self) -> Head:
        """The end of the chain as this transaction sees it; worth printing on paper now and then."""
        return Head(*self.session.rows(Sql(HEAD.replace("{lock}", "")), agency=self.agency)[0])

    def seal(self) -> None:
        """Chain and write the waiting facts. The last thing before the commit; see the module's text."""
        if not self._waiting:
            return
        head = Head(*self.session.rows(HEAD, agency=self.agency)[0])
        rows = []
        for _, entry in self._waiting:
            entry, head = chained(head, entry)
            rows.append(entry._asdict() | {"link": head.link, "hash": head.hash})
        self.session.many(INSERT, rows)
        self.session.change(NEW_HEAD, agency=self.agency, **head._asdict())
        self._waiting.clear()
