"""The agenda: when time alone next asks for a look at an occurrence."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from dondoc.register.connection import Sql
from dondoc.register.page import Page

PUT = Sql(
    "INSERT INTO agenda (birth, next_at) SELECT id, CAST(:next_at AS BIGINT) FROM birth WHERE key = :key "
    "ON CONFLICT (birth) DO UPDATE SET next_at = excluded.next_at"
)
DROP = Sql("DELETE FROM agenda WHERE birth = (SELECT id FROM birth WHERE key = :key)")
DUE = Sql(
    "SELECT birth.key FROM agenda JOIN birth ON birth.id = agenda.birth WHERE next_at <= :at "
    "ORDER BY next_at, agenda.birth LIMIT :limit"
)
NEXT = Sql("SELECT MIN(next_at) FROM agenda")
ALL = Sql("SELECT birth.key, next_at FROM agenda JOIN birth ON birth.id = agenda.birth")


def _when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


class Agenda(Page):
    def put_agenda(self, key: str, next_at: datetime | None) -> None:
        """Look at this occurrence again at `next_at` (whole seconds, rounded down: never later); None: no more."""
        if next_at is None:
            self.session.change(DROP, key=key)
        else:
            self.session.change(PUT, key=key, next_at=math.floor(next_at.timestamp()))

    def due_keys(self, at: datetime, limit: int = 500) -> list[str]:
        """Occurrences whose moment has come, the longest waiting first. Put their agenda on, or they come again."""
        return [row[0] for row in self.session.rows(DUE, at=math.floor(at.timestamp()), limit=limit)]

    def next_agenda_at(self) -> datetime | None:
        """The first moment at which something asks for a look; None: nothing does."""
        seconds = self.session.rows(NEXT)[0][0]
        return None if seconds is None else _when(seconds)

    def agenda(self) -> Mapping[str, datetime]:
        """The whole agenda by occurrence."""
        return {key: _when(seconds) for key, seconds in self.session.rows(ALL)}
