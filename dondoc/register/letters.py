"""Messages as a list for people: newest first, a page at a time by key, without their texts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.register.connection import Sql
from dondoc.register.page import Page
from dondoc.register.text import maybe_moment

_COLUMNS = "SELECT id, person, channel, local_day, subject, status, detail, settled_at, next_at FROM delivery"
_AFTER = "(local_day < :day OR (local_day = :day AND id < :id)) ORDER BY local_day DESC, id DESC LIMIT :limit"
ALL = Sql(f"{_COLUMNS} WHERE status {{among statuses}} AND {_AFTER}")
OF_PERSON = Sql(f"{_COLUMNS} WHERE person = :person AND status {{among statuses}} AND {_AFTER}")
TELL = Sql("SELECT delivery, occurrence FROM notice WHERE delivery {among ids}")
LAST = "9999-12-31"


class LetterLine(NamedTuple):
    """One message without its text; `occurrences` are keys of what it tells of."""

    id: str
    person: str
    channel: str
    local_day: date
    subject: str
    status: str
    detail: str
    settled_at: datetime | None
    next_at: datetime | None
    occurrences: tuple[str, ...] = ()


class Letters(Page):
    """Made of a book's session."""

    def page(self, statuses: Sequence[str], person: str, day: str, id_: str, limit: int) -> list[LetterLine]:
        """At most `limit` before the letter named by its day and id; "" for both begins with the newest."""
        asked = {"statuses": list(statuses), "day": day or LAST, "id": id_, "limit": limit}
        rows = self.session.rows(OF_PERSON, person=person, **asked) if person else self.session.rows(ALL, **asked)
        told: dict[str, list[str]] = {}
        for delivery, occurrence in self.session.rows(TELL, ids=[row[0] for row in rows]):
            told.setdefault(delivery, []).append(occurrence)
        return [
            LetterLine(
                row[0],
                row[1],
                row[2],
                date.fromisoformat(row[3]),
                row[4],
                row[5],
                row[6],
                maybe_moment(row[7]),
                maybe_moment(row[8]),
                tuple(told.get(row[0], ())),
            )
            for row in rows
        ]
