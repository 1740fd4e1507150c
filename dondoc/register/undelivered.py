"""What did not arrive: taken over by the next channel, or left for somebody to call about."""

from collections.abc import Sequence
from datetime import datetime

from dondoc.register.connection import Sql
from dondoc.register.notices import COLUMNS, read_notice
from dondoc.register.page import Page
from dondoc.register.text import instant, maybe_moment
from dondoc.register.values import Undelivered

_OF_NOTICE = ", ".join(f"notice.{name.strip()}" for name in COLUMNS.split(","))
LEFT = Sql(
    f"SELECT {_OF_NOTICE}, delivery.id, channel, status, detail, settled_at, alarmed_at FROM delivery "
    "JOIN notice ON notice.delivery = delivery.id WHERE status IN ('dead', 'unknown') AND withdrawn_at IS NULL "
    "ORDER BY moment_at, key"
)
TRIED = Sql("SELECT notice, channel FROM passed_on WHERE notice {among keys}")
END = Sql(
    "UPDATE delivery SET status = 'dead', settled_at = :at, detail = :detail, next_at = NULL WHERE id {among ids} "
    "AND status IN ('ready', 'retry', 'sent', 'unknown')"
)
WAITING = Sql(
    "SELECT id FROM delivery WHERE id IN (SELECT delivery FROM notice WHERE key {among keys}) "
    "AND status IN ('ready', 'retry') ORDER BY id {lock}"
)
FREE = Sql(
    "UPDATE notice SET delivery = NULL WHERE delivery {among ids} AND withdrawn_at IS NULL AND key NOT IN "
    "(SELECT key FROM notice WHERE key {among keys})"
)
SAID = Sql("SELECT COUNT(*) FROM attempt WHERE delivery = :id AND outcome = :outcome")
HOLD = Sql("SELECT status, attempts FROM delivery WHERE id = :id {lock}")
ATTEMPT = Sql(
    "INSERT INTO attempt (delivery, n, at, outcome, detail, worker) VALUES (:delivery, :n, :at, :outcome, :detail, '')"
)
ALARM = Sql("UPDATE delivery SET alarmed_at = :at WHERE id {among ids} AND alarmed_at IS NULL")


class Failures(Page):
    def undelivered(self) -> list[Undelivered]:
        """Notices whose message is dead, or of which nobody can say whether it arrived; oldest moment first."""
        rows = self.session.rows(LEFT)
        tried = self.tried([row[0] for row in rows])
        return [
            Undelivered(
                notice=read_notice(row[:14]),
                delivery=row[14],
                channel=row[15],
                status=row[16],
                detail=row[17],
                settled_at=maybe_moment(row[18]),
                alarmed_at=maybe_moment(row[19]),
                tried=frozenset({row[15], *tried.get(row[0], ())}),
            )
            for row in rows
        ]

    def tried(self, keys: Sequence[str]) -> dict[str, set[str]]:
        """Channels on which these notices failed before, by key; those of undelivered ones lack the last."""
        found: dict[str, set[str]] = {}
        for key, channel in self.session.rows(TRIED, keys=list(keys)):
            found.setdefault(key, set()).add(channel)
        return found

    def run_out(self, keys: Sequence[str], at: datetime) -> None:
        """These notices' time is over while their message waits for another try: it is dead, with them alone.

        What else it told is open again.
        """
        ids = [row[0] for row in self.session.rows(WAITING, keys=list(keys))]
        if ids:
            self.bury(ids, at, "expired")
            self.session.change(FREE, ids=ids, keys=list(keys))

    def bury(self, ids: Sequence[str], at: datetime, detail: str) -> int:
        """These can no longer arrive by their channel, whatever was said before; how many were not known to be dead."""
        return self.session.change(END, ids=list(ids), at=instant(at), detail=detail)

    def bounce(self, delivery_id: str, at: datetime, detail: str) -> bool:
        """A message came back after it was accepted: dead, unless it is under way again. False where that is known."""
        if not self.note(delivery_id, at, "bounced", detail):
            return False
        self.bury([delivery_id], at, detail)
        return True

    def note(self, delivery_id: str, at: datetime, outcome: str, detail: str) -> bool:
        """Keep what was said later about a message's last try; False where that was said before."""
        held = self.session.rows(HOLD, id=delivery_id)
        if not held or self.session.rows(SAID, id=delivery_id, outcome=outcome)[0][0]:
            return False
        values = {"delivery": delivery_id, "n": held[0][1], "outcome": outcome, "detail": detail}
        self.session.change(ATTEMPT, at=instant(at), **values)
        return True

    def mark_alarmed(self, ids: Sequence[str], at: datetime) -> int:
        """Somebody is being told of these; how many were new."""
        return self.session.change(ALARM, ids=list(ids), at=instant(at))
