"""The outbox: deliveries frozen, claimed by one worker at a time, settled by what really happened.

A claim is committed before anything is sent, so a worker that dies leaves a lease that runs out; nobody can then say
whether the message left, and it is tried again under the same Message-ID.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dondoc.core.delivery import Delivery, OutcomeKind
from dondoc.register.connection import Row, Sql
from dondoc.register.settings import Settings
from dondoc.register.stale import Stale
from dondoc.register.text import instant, maybe_instant, maybe_moment, moment
from dondoc.register.values import Attempt, DeliveryRecord

COLUMNS = (
    "id, person, channel, address, pace, local_day, subject, text, html, message_id, not_after, refs, attempts, status"
)
AGAIN = ("email",)  # where a second try is recognisable as the same message; no other channel promises that
SENDING = "sending"  # the setting that holds the outbox: "held" lets nothing out
INSERT = Sql(
    f"INSERT INTO delivery ({COLUMNS}, worker, detail) VALUES (:id, :person, :channel, :address, :pace, :local_day, "
    ":subject, :text, :html, :message_id, :not_after, :references, 0, 'ready', '', '') ON CONFLICT DO NOTHING"
)
HOLD_FAILED = Sql(
    "SELECT id FROM delivery WHERE id IN (SELECT delivery FROM notice WHERE key {among keys}) "
    "AND status IN ('dead', 'unknown') AND channel <> :channel ORDER BY id {lock}"
)
HOLD_NOTICES = Sql(
    "SELECT key FROM notice WHERE key {among keys} AND withdrawn_at IS NULL AND (delivery IS NULL OR delivery "
    "{among failed}) AND NOT EXISTS (SELECT 1 FROM passed_on WHERE notice = key AND channel = :channel) "
    "ORDER BY key {lock}"
)
PASS_ON = Sql(
    "INSERT INTO passed_on (notice, channel, delivery) SELECT key, channel, delivery.id FROM notice "
    "JOIN delivery ON delivery.id = notice.delivery WHERE key {among keys}"
)
REPLACE = Sql(
    "UPDATE delivery SET status = 'replaced' WHERE id {among ids} AND NOT EXISTS "
    "(SELECT 1 FROM notice WHERE notice.delivery = delivery.id AND withdrawn_at IS NULL)"
)
TAKE_NOTICES = Sql("UPDATE notice SET delivery = :id WHERE key {among keys}")

RUN_OUT = Sql(
    "SELECT id, attempts, worker FROM delivery WHERE status = 'sending' AND lease_until <= :at ORDER BY id {skip}"
)
LOSE_LEASE = Sql(
    "UPDATE delivery SET status = 'retry', next_at = :at, worker = '', lease_until = NULL WHERE id {among ids} "
    "AND channel {among again}"
)
NEVER_AGAIN = Sql(
    "UPDATE delivery SET status = 'unknown', settled_at = :at, detail = 'lease', worker = '', lease_until = NULL "
    "WHERE id {among ids} AND NOT channel {among again}"
)
EXPIRE = Sql(
    "UPDATE delivery SET status = 'dead', settled_at = :at, detail = 'expired' "
    "WHERE status IN ('ready', 'retry') AND not_after < :at"
)
READY = Sql(
    "SELECT id FROM delivery WHERE status IN ('ready', 'retry') AND (next_at IS NULL OR next_at <= :at) "
    "ORDER BY COALESCE(next_at, ''), pace DESC, id LIMIT :limit {skip}"
)
CLAIM = Sql(
    "UPDATE delivery SET status = 'sending', worker = :worker, lease_until = :lease_until, attempts = attempts + 1 "
    "WHERE id {among ids}"
)
RENEW = Sql(
    "UPDATE delivery SET lease_until = :lease_until WHERE id {among ids} AND worker = :worker AND status = 'sending' "
    "RETURNING id"
)
OF_IDS = Sql(f"SELECT {COLUMNS} FROM delivery WHERE id {{among ids}} ORDER BY pace DESC, id")

HOLD = Sql("SELECT attempts, status, worker, not_after, pace FROM delivery WHERE id = :id {lock}")
SETTLE = Sql(
    "UPDATE delivery SET status = :status, next_at = :next_at, detail = :detail, settled_at = :settled_at, "
    "worker = '', lease_until = NULL WHERE id = :id"
)
ATTEMPT = Sql(
    "INSERT INTO attempt (delivery, n, at, outcome, detail, worker, code) VALUES (:delivery, :n, :at, :outcome, "
    ":detail, :worker, :code)"
)
ATTEMPTS = Sql("SELECT delivery, n, at, outcome, detail, worker FROM attempt ORDER BY id")
ATTEMPTS_OF = Sql("SELECT delivery, n, at, outcome, detail, worker FROM attempt WHERE delivery = :id ORDER BY id")

RECORD = f"{COLUMNS}, next_at, detail, settled_at, lease_until, worker"
ALL = Sql(f"SELECT {RECORD} FROM delivery ORDER BY local_day, id")
RECORDS_OF_IDS = Sql(f"SELECT {RECORD} FROM delivery WHERE id {{among ids}} ORDER BY local_day, id")
OF_STATUS = Sql(f"SELECT {RECORD} FROM delivery WHERE status {{among statuses}} ORDER BY local_day, id")
OF_PERSON = Sql(f"SELECT {RECORD} FROM delivery WHERE person = :person ORDER BY local_day, id")
MEMBERS = Sql("SELECT delivery, key FROM notice WHERE delivery {among ids} ORDER BY key")
TOLD_BY = Sql(
    "SELECT key FROM notice WHERE delivery = :id UNION SELECT notice FROM passed_on WHERE delivery = :id ORDER BY 1"
)


def read_delivery(row: Row) -> Delivery:
    """A delivery from COLUMNS."""
    return Delivery._make([*row[:5], date.fromisoformat(row[5]), *row[6:10], moment(row[10]), *row[11:14]])


class Outbox(Stale, Settings):
    def put_delivery(self, delivery: Delivery, notice_keys: Sequence[str]) -> bool:
        """Freeze a message with the notices it tells, taking them over from messages that failed on other channels.

        False, and nothing written, where one of them was composed, withdrawn or delivered meanwhile or has failed on
        this channel before, or where the person already has that day's digest on that channel, or where the id is
        taken. After a withdrawal compose under another id.
        """
        keys, channel = sorted(set(notice_keys)), delivery.channel
        failed = [row[0] for row in self.session.rows(HOLD_FAILED, keys=keys, channel=channel)]
        if len(self.session.rows(HOLD_NOTICES, keys=keys, failed=failed, channel=channel)) != len(keys):
            return False
        written = delivery._asdict() | {
            "local_day": delivery.local_day.isoformat(),
            "not_after": instant(delivery.not_after),
        }
        if not self.session.change(INSERT, **{k: v for k, v in written.items() if k not in ("attempts", "status")}):
            return False
        if failed:
            self.session.change(PASS_ON, keys=keys)
        self.session.change(TAKE_NOTICES, id=delivery.id, keys=keys)
        if failed:
            self.session.change(REPLACE, ids=failed)
        return True

    def claim(self, at: datetime, worker: str, lease: timedelta, limit: int) -> list[Delivery]:
        """Up to `limit` deliveries for this worker alone until at + lease; [] while sending is held.

        Commit before sending. Leases that ran out become attempts of unknown outcome, and e-mail is tried again; what
        was withdrawn is not handed out; what is past its not_after is dead.
        """
        if self.setting(SENDING) == "held":
            return []
        self.lose_leases(at)
        self.session.change(EXPIRE, at=instant(at))
        ids = [row[0] for row in self.session.rows(READY, at=instant(at), limit=limit)]
        if not ids:
            return []
        self.session.change(CLAIM, ids=ids, worker=worker, lease_until=instant(at + lease))
        return [read_delivery(row) for row in self.session.rows(OF_IDS, ids=ids)]

    def renew(self, ids: Sequence[str], worker: str, until: datetime) -> list[str]:
        """Which of these the worker still holds, now until then; the others are another's or settled: do not send."""
        given = {"ids": list(ids), "worker": worker, "lease_until": instant(until)}
        return [row[0] for row in self.session.rows(RENEW, **given)]

    def lose_leases(self, at: datetime) -> None:
        """What dead workers held by `at` waits for another try, or on channels that allow none for the next one."""
        lost = self.session.rows(RUN_OUT, at=instant(at))
        if lost:
            ids = [row[0] for row in lost]
            for statement in (LOSE_LEASE, NEVER_AGAIN):
                self.session.change(statement, ids=ids, at=instant(at), again=list(AGAIN))
            self.session.many(ATTEMPT, [self._attempt(id_, n, at, "unknown", "lease", w) for id_, n, w in lost])
            self.retire(ids, at)

    @staticmethod
    def _attempt(
        id_: str, n: int, at: datetime, outcome: str, detail: str, worker: str, code: str = ""
    ) -> dict[str, object]:
        said = {"outcome": outcome, "detail": detail, "code": code}
        return {"delivery": id_, "n": n, "at": instant(at), "worker": worker, **said}

    def settle(
        self,
        delivery_id: str,
        outcome: OutcomeKind,
        at: datetime,
        retry_at: datetime | None = None,
        detail: str = "",
        *,
        worker: str = "",
        code: str = "",
    ) -> None:
        """Write down what became of an attempt. KeyError where there is no such delivery.

        "sent" holds whoever says it. Other words count only from who still has the lease (`worker` "" is not asked):
        the attempt is kept, the delivery belongs to another by now. Without retry_at, or with one past not_after, a
        temporary or permanent failure is "dead" and an unknown outcome stays "unknown". `code` is the server's own
        (RFC 3463: 5.1.1).
        """
        found = self.session.rows(HOLD, id=delivery_id)
        if not found:
            raise KeyError(delivery_id)
        attempts, status, holder, not_after, pace = found[0]
        row = self._attempt(delivery_id, attempts, at, outcome, detail, worker or holder, code)
        self.session.change(ATTEMPT, **row)
        # Another message tells the rest by now, and a digest may stand in its place: only the attempt is kept.
        if status in ("withdrawn", "replaced") or (status == "dead" and pace == "digest"):
            return
        mine = status == "sending" and worker in ("", holder)
        if outcome == "sent" or mine:
            again = retry_at if retry_at and outcome in ("temporary", "unknown") else None
            self._close(delivery_id, outcome, at, again if again and instant(again) <= not_after else None, detail)
            self.retire([delivery_id], at)

    def _close(self, id_: str, outcome: OutcomeKind, at: datetime, retry_at: datetime | None, detail: str) -> None:
        ended = {"sent": "sent", "unknown": "unknown"}.get(outcome, "dead")
        self.session.change(
            SETTLE,
            id=id_,
            status="retry" if retry_at else ended,
            next_at=maybe_instant(retry_at),
            settled_at=None if retry_at else instant(at),
            detail=detail,
        )

    def attempts(self, delivery_id: str = "") -> list[Attempt]:
        """Every try, oldest first; of one delivery or of all."""
        rows = self.session.rows(ATTEMPTS_OF, id=delivery_id) if delivery_id else self.session.rows(ATTEMPTS)
        return [Attempt(row[0], row[1], moment(row[2]), *row[3:]) for row in rows]

    def told_by(self, delivery_id: str) -> list[str]:
        """Keys of the notices a message was composed of, in order; those that another channel took over included."""
        return [row[0] for row in self.session.rows(TOLD_BY, id=delivery_id)]

    def deliveries(
        self, *, ids: Sequence[str] | None = None, statuses: Sequence[str] = (), person: str = ""
    ) -> list[DeliveryRecord]:
        """Deliveries with their state, by local day; narrowed by one of ids, statuses or person."""
        if ids is not None:
            rows = self.session.rows(RECORDS_OF_IDS, ids=list(ids))
        elif statuses:
            rows = self.session.rows(OF_STATUS, statuses=list(statuses))
        else:
            rows = self.session.rows(OF_PERSON, person=person) if person else self.session.rows(ALL)
        members: dict[str, list[str]] = {}
        for id_, key in self.session.rows(MEMBERS, ids=[row[0] for row in rows]):
            members.setdefault(id_, []).append(key)
        return [self._record(row, members.get(row[0], [])) for row in rows]

    @staticmethod
    def _record(row: Row, members: Sequence[str]) -> DeliveryRecord:
        next_at, detail, settled_at, lease_until, worker = row[14:]
        return DeliveryRecord(
            read_delivery(row),
            maybe_moment(next_at),
            detail,
            maybe_moment(settled_at),
            tuple(members),
            maybe_moment(lease_until),
            worker,
        )
