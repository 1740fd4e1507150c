"""What did not arrive: taken over by the next channel, or left for somebody to call about."""

from collections.abc import Sequence
from datetime import datetime

from dondoc.register.connection import Sql
from dondoc.register.notices import COLUMNS, read_notice
from dondoc.register.page import Page
from dondoc.register.text import instant, maybe_moment, moment
from dondoc.register.values import LostAlarm, Undelivered

_OF_NOTICE = ", ".join(f"notice.{name.strip()}" for name in COLUMNS.split(","))
LEFT = Sql(
    f"SELECT {_OF_NOTICE}, delivery.id, channel, status, detail, settled_at, CASE WHEN NOT EXISTS "
    "(SELECT 1 FROM alarm WHERE told = delivery.id) OR EXISTS (SELECT 1 FROM alarm JOIN delivery AS letter "
    "ON letter.id = alarm.letter WHERE alarm.told = delivery.id AND letter.status NOT IN ('dead', 'unknown')) "
    "THEN alarmed_at END FROM delivery "
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
    "INSERT INTO attempt (delivery, n, at, outcome, detail, worker, code) VALUES (:delivery, :n, :at, :outcome, "
    ":detail, '', :code)"
)
ALARM = Sql("INSERT INTO alarm (told, letter) VALUES (:told, :letter) ON CONFLICT DO NOTHING")
ALARMED = Sql("UPDATE delivery SET alarmed_at = :at WHERE id {among ids}")
LOST_ALARMS = Sql(
    "SELECT told, letter, person, channel, detail, settled_at FROM alarm JOIN delivery ON delivery.id = alarm.letter "
    "WHERE told {among ids} AND status IN ('dead', 'unknown') ORDER BY settled_at, letter"
)
IS_ALARM = Sql("SELECT told FROM alarm WHERE letter = :letter ORDER BY told")
RETURNED = Sql(
    "SELECT address, MAX(at) FROM attempt JOIN delivery ON delivery.id = attempt.delivery WHERE code {among codes} "
    "AND code <> '' AND at > :since AND channel = :channel AND address <> '' GROUP BY address ORDER BY address"
)


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

    def bounce(self, delivery_id: str, at: datetime, detail: str, code: str = "") -> bool:
        """A message came back after it was accepted: dead, unless it is under way again. False where that is known."""
        if not self.note(delivery_id, at, "bounced", detail, code):
            return False
        self.bury([delivery_id], at, detail)
        return True

    def note(self, delivery_id: str, at: datetime, outcome: str, detail: str, code: str = "") -> bool:
        """Keep what was said later about a message's last try; False where that was said before."""
        held = self.session.rows(HOLD, id=delivery_id)
        if not held or self.session.rows(SAID, id=delivery_id, outcome=outcome)[0][0]:
            return False
        values = {"delivery": delivery_id, "n": held[0][1], "outcome": outcome, "detail": detail, "code": code}
        self.session.change(ATTEMPT, at=instant(at), **values)
        return True

    def mark_alarmed(self, letter: str, ids: Sequence[str], at: datetime) -> None:
        """The office is being told of these by that letter; should it fail, nobody has been told of them."""
        self.session.many(ALARM, [{"told": id_, "letter": letter} for id_ in sorted(set(ids))])
        self.session.change(ALARMED, ids=list(ids), at=instant(at))

    def alarmed_by(self, letter: str) -> list[str]:
        """Which messages a letter tells the office about; [] where it is no alarm."""
        return [row[0] for row in self.session.rows(IS_ALARM, letter=letter)]

    def lost_alarms(self, ids: Sequence[str]) -> list[LostAlarm]:
        """Letters about these messages that failed, the oldest first."""
        rows = self.session.rows(LOST_ALARMS, ids=list(ids))
        return [LostAlarm._make([*row[:5], maybe_moment(row[5])]) for row in rows]

    def returned(self, channel: str, codes: Sequence[str], since: datetime) -> dict[str, datetime]:
        """Addresses of a channel that were refused with one of these codes after an instant, and when last."""
        rows = self.session.rows(RETURNED, channel=channel, codes=list(codes), since=instant(since))
        return {address: moment(at) for address, at in rows}
