"""What may be emptied without breaking the chain: personal parts of facts, and the words of settled messages."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from dondoc.register.connection import Sql, is_sqlite, open_session
from dondoc.register.page import Page
from dondoc.register.personal import put_together
from dondoc.register.register import Register
from dondoc.register.text import instant

# Of an occurrence all or nothing: half a campaign would know some of its people and not others.
PERSONAL = Sql(
    "SELECT fact.seq, fact.occurrence FROM fact JOIN personal ON personal.seq = fact.seq "
    "WHERE personal.erased_at IS NULL AND recorded_at < :before AND (occurrence = '' OR NOT EXISTS ("
    "SELECT 1 FROM fact later WHERE later.occurrence = fact.occurrence AND later.personal <> '' "
    "AND later.recorded_at >= :before)) ORDER BY fact.seq"
)
FILES = Sql(
    "SELECT fact.seq, fact.payload, personal.payload FROM fact LEFT JOIN personal ON personal.seq = fact.seq "
    "WHERE kind = 'submitted' ORDER BY fact.seq"
)
SETTLED = Sql(
    "SELECT id FROM delivery WHERE settled_at < :before "
    "AND status IN ('sent', 'unknown', 'dead', 'withdrawn', 'replaced') AND (address <> '' OR text <> '') ORDER BY id"
)
SETTLED_OF = Sql(
    "SELECT id FROM delivery WHERE status IN ('sent', 'unknown', 'dead', 'withdrawn', 'replaced') "
    "AND (address <> '' OR text <> '') "
    "AND id IN (SELECT delivery FROM notice WHERE occurrence {among keys} UNION "
    "SELECT passed_on.delivery FROM passed_on JOIN notice ON key = notice WHERE occurrence {among keys}) ORDER BY id"
)
EMPTY = Sql("UPDATE delivery SET address = '', subject = '', text = '', html = '', detail = '' WHERE id {among ids}")
# What a message was to say beside its facts: reasons somebody gave, who has not read yet.
FORGET_DETAILS = Sql("UPDATE notice SET details = '{}' WHERE delivery {among ids}")
FORGET_WITHDRAWN = Sql("UPDATE notice SET details = '{}' WHERE withdrawn_at IS NOT NULL AND occurrence {among keys}")
# What a mail server answered often repeats the address.
FORGET_ANSWERS = Sql("UPDATE attempt SET detail = '' WHERE delivery {among ids}")
FORGET_WRITERS = Sql("DELETE FROM zalo_writer WHERE left_at < :before")
FORGET_EVENTS = Sql("DELETE FROM zalo_event WHERE recorded_at < :before")


class Erasing(Page):
    """Made of a writing book's session; what it empties is gone from the database after `purge`."""

    def personal_before(self, before: datetime) -> list[tuple[int, str]]:
        """(seq, occurrence) of the facts recorded before an instant that still have a personal part."""
        return [(row[0], row[1]) for row in self.session.rows(PERSONAL, before=instant(before))]

    def files_named(self) -> Iterator[tuple[int, list[str]]]:
        """(seq, files as the book names them) of every entry that still names some."""
        for seq, kept, personal in self.session.rows(FILES):
            payload = put_together(json.loads(kept), json.loads(personal or "{}"))
            if payload.get("files"):
                yield seq, payload["files"]

    def settled_before(self, before: datetime) -> list[str]:
        """Deliveries settled before an instant whose words or address are still kept."""
        return [row[0] for row in self.session.rows(SETTLED, before=instant(before))]

    def settled_of(self, keys: Sequence[str]) -> list[str]:
        """The same, of whatever age, that told of these occurrences."""
        return [row[0] for row in self.session.rows(SETTLED_OF, keys=list(keys))]

    def forget_writers(self, before: datetime) -> int:
        """Who left an account of Zalo's before an instant, and the webhooks of that time; how many persons."""
        self.session.change(FORGET_EVENTS, before=instant(before))
        return self.session.change(FORGET_WRITERS, before=instant(before))

    def empty_deliveries(self, ids: Sequence[str]) -> None:
        """That they were sent, when and to which person stays; where to and what they said does not."""
        self.session.change(EMPTY, ids=list(ids))
        self.session.change(FORGET_ANSWERS, ids=list(ids))
        self.session.change(FORGET_DETAILS, ids=list(ids))

    def empty_withdrawn(self, keys: Sequence[str]) -> None:
        """The same of what was never sent about these occurrences."""
        self.session.change(FORGET_WITHDRAWN, keys=list(keys))


def purge(register: Register) -> bool:
    """Rewrite what was emptied, so that no old bytes stay in the database's files. Outside any transaction.

    False where another process is reading at this moment: its write-ahead log keeps old pages until it lets go.
    """
    session = open_session(register.url, register.patience)
    try:
        if not is_sqlite(register.url):
            session.change(
                Sql("VACUUM (FULL) personal, notice, delivery, attempt, zalo_writer, zalo_event, credential")
            )
            return True
        session.change(Sql("VACUUM"))
        return bool(session.rows(Sql("PRAGMA wal_checkpoint(TRUNCATE)"))[0][0] == 0)
    finally:
        session.close()
