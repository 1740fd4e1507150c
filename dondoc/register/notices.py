"""Notices: what somebody must be told, once each; composed, withdrawn, or run out."""

import json
from collections.abc import Sequence
from datetime import datetime

from dondoc.core.notice import Notice
from dondoc.register.connection import Row, Sql
from dondoc.register.stale import Stale
from dondoc.register.text import canonical, instant, maybe_moment, moment
from dondoc.register.values import NoticeRecord

COLUMNS = (
    "key, kind, occurrence, step, round, rung, recipient, role, acting, tone, epoch, moment_at, not_after, details"
)
KNOWN = Sql("SELECT key FROM notice WHERE key {among keys}")
INSERT = Sql(
    f"INSERT INTO notice ({COLUMNS}, reason) VALUES (:key, :kind, :occurrence, :step, :round, :rung, :recipient, "
    ":role, :acting, :tone, :epoch, :moment_at, :not_after, :details, '') ON CONFLICT (key) DO NOTHING"
)
OPEN = Sql(
    f"SELECT {COLUMNS} FROM notice WHERE delivery IS NULL AND withdrawn_at IS NULL AND not_after >= :at "
    "ORDER BY moment_at, key"
)
RECORD = f"{COLUMNS}, COALESCE(delivery, ''), withdrawn_at, reason"
ALL = Sql(f"SELECT {RECORD} FROM notice ORDER BY moment_at, key")
OF_KEYS = Sql(f"SELECT {RECORD} FROM notice WHERE key {{among keys}} ORDER BY moment_at, key")
TOLD_AS = Sql("SELECT DISTINCT occurrence FROM notice WHERE kind {among kinds} ORDER BY occurrence")
OF_OCCURRENCES = Sql(f"SELECT {RECORD} FROM notice WHERE occurrence {{among keys}} ORDER BY moment_at, key")
HOLD_DELIVERIES = Sql(
    "SELECT id FROM delivery WHERE id IN (SELECT delivery FROM notice WHERE key {among keys}) ORDER BY id {lock}"
)
WITHDRAW = Sql(
    "UPDATE notice SET withdrawn_at = :at, reason = :reason WHERE key {among keys} AND withdrawn_at IS NULL "
    "AND (delivery IS NULL OR delivery IN "
    "(SELECT id FROM delivery WHERE status IN ('ready', 'retry', 'sending', 'dead', 'unknown'))) RETURNING key"
)


def read_notice(row: Row) -> Notice:
    """A notice from COLUMNS."""
    return Notice._make([*row[:11], moment(row[11]), moment(row[12]), json.loads(row[13])])


def _written(notice: Notice) -> dict[str, object]:
    return notice._asdict() | {
        "moment_at": instant(notice.moment_at),
        "not_after": instant(notice.not_after),
        "details": canonical(notice.details),
    }


class Notices(Stale):
    def add_notices(self, notices: Sequence[Notice]) -> list[str]:
        """Keys newly made, sorted. A key exists once: a second check says nothing twice.

        Of two transactions with the same key the second waits and then finds it made, so hold the occurrence (`lock`)
        before deciding what to say.
        """
        wanted = {notice.key: notice for notice in notices}
        if not wanted:
            return []
        known = {row[0] for row in self.session.rows(KNOWN, keys=list(wanted))}
        new = [key for key in sorted(wanted) if key not in known]
        self.session.many(INSERT, [_written(wanted[key]) for key in new])
        return new

    def open_notices(self, at: datetime) -> list[Notice]:
        """Not composed, not withdrawn, and still of use at `at` (not_after itself is), oldest moment first."""
        return [read_notice(row) for row in self.session.rows(OPEN, at=instant(at))]

    def notices(
        self, *, keys: Sequence[str] | None = None, occurrences: Sequence[str] | None = None
    ) -> list[NoticeRecord]:
        """Notices with what became of them, oldest moment first."""
        if keys is not None:
            rows = self.session.rows(OF_KEYS, keys=list(keys))
        elif occurrences is not None:
            rows = self.session.rows(OF_OCCURRENCES, keys=list(occurrences))
        else:
            rows = self.session.rows(ALL)
        return [NoticeRecord(read_notice(row), row[14], maybe_moment(row[15]), row[16]) for row in rows]

    def told_as(self, kinds: Sequence[str]) -> list[str]:
        """Keys of the occurrences of which something of these kinds was ever to be said, sorted."""
        return [row[0] for row in self.session.rows(TOLD_AS, kinds=list(kinds))]

    def withdraw(self, keys: Sequence[str], reason: str, at: datetime) -> list[str]:
        """Take these back, and the deliveries not yet under way that hold them; the others in there are open again.

        The keys that were still to be taken back, sorted: of two at once each key is one's. What is being sent at this
        moment goes out; it is not tried again.
        """
        held = [row[0] for row in self.session.rows(HOLD_DELIVERIES, keys=list(keys))]
        taken = self.session.rows(WITHDRAW, keys=list(keys), reason=reason, at=instant(at))
        self.retire(held, at)
        return sorted(row[0] for row in taken)
