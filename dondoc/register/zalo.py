"""Zalo's part of the register. Secrets come here sealed and leave it sealed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.register.connection import Row, Sql
from dondoc.register.page import Page
from dondoc.register.text import instant, maybe_instant, maybe_moment, moment

ACCOUNT = (
    "oa_id, app_id, api, secrets, tokens, previous, generation, issued_at, expires_at, lease_by, lease_until, alarm"
)
ACCOUNTS = Sql(f"SELECT {ACCOUNT} FROM zalo_account ORDER BY oa_id")
OF_ID = Sql(f"SELECT {ACCOUNT} FROM zalo_account WHERE oa_id = :oa_id")
DROP = Sql("DELETE FROM zalo_account WHERE oa_id = :oa_id")
INSERT = Sql(
    f"INSERT INTO zalo_account ({ACCOUNT}) VALUES (:oa_id, :app_id, :api, :secrets, :tokens, :previous, :generation, "
    ":issued_at, :expires_at, :lease_by, :lease_until, :alarm)"
)
# One conditional update decides who renews: a row that another took meanwhile is not changed twice.
TAKE_LEASE = Sql(
    "UPDATE zalo_account SET lease_by = :by, lease_until = :until WHERE oa_id = :oa_id AND generation = :generation "
    "AND (lease_until IS NULL OR lease_until <= :at)"
)
PUT_TOKENS = Sql(
    "UPDATE zalo_account SET previous = tokens, tokens = :tokens, generation = generation + 1, issued_at = :issued_at, "
    "expires_at = :expires_at, lease_by = '', lease_until = NULL, alarm = '' "
    "WHERE oa_id = :oa_id AND generation = :generation"
)
GIVE_UP = Sql(
    "UPDATE zalo_account SET lease_by = '', lease_until = :until, "
    "alarm = CASE WHEN :alarm = '' THEN alarm ELSE :alarm END "
    "WHERE oa_id = :oa_id AND lease_by = :by"
)
ALARM = Sql("UPDATE zalo_account SET alarm = :alarm WHERE oa_id = :oa_id AND alarm <> :alarm")
# A lease that was given up stays until there are new tokens: a message that goes well says nothing about those.
END_ALARM = Sql("UPDATE zalo_account SET alarm = '' WHERE oa_id = :oa_id AND alarm <> '' AND lease_until IS NULL")

NOTE_QUOTA = Sql(
    "INSERT INTO zalo_quota (oa_id, channel, day, total, remaining) "
    "VALUES (:oa_id, :channel, :day, :total, :remaining) "
    "ON CONFLICT (oa_id, channel) DO UPDATE SET day = :day, total = :total, remaining = CASE "
    "WHEN zalo_quota.day = :day AND zalo_quota.total = :total AND zalo_quota.remaining < :remaining "
    "THEN zalo_quota.remaining ELSE :remaining END"
)
QUOTAS = Sql("SELECT oa_id, channel, day, total, remaining FROM zalo_quota ORDER BY oa_id, channel")

WROTE = Sql(
    "INSERT INTO zalo_writer (account, user_id, name, wrote_at) VALUES (:account, :user_id, :name, :at) "
    "ON CONFLICT (account, user_id) DO UPDATE SET left_at = NULL, "
    "name = CASE WHEN :name = '' THEN zalo_writer.name ELSE :name END, "
    "wrote_at = CASE WHEN zalo_writer.wrote_at < :at THEN :at ELSE zalo_writer.wrote_at END"
)
LEFT = Sql("UPDATE zalo_writer SET left_at = :at WHERE account = :account AND user_id = :user_id AND wrote_at <= :at")
WRITERS = Sql("SELECT account, user_id, name, wrote_at, left_at FROM zalo_writer ORDER BY account, wrote_at, user_id")
WRITER = Sql(
    "SELECT account, user_id, name, wrote_at, left_at FROM zalo_writer WHERE account = :account AND user_id = :user_id"
)
ADD_EVENT = Sql(
    "INSERT INTO zalo_event (id, name, oa_id, tracking_id, recorded_at) VALUES (:id, :name, :oa_id, :tracking_id, :at) "
    "ON CONFLICT (id) DO NOTHING"
)

OLD = Sql(
    "SELECT 1 FROM zalo_writer WHERE wrote_at < :before UNION ALL "
    "SELECT 1 FROM zalo_event WHERE recorded_at < :before LIMIT 1"
)
FORGET_WRITERS = Sql("DELETE FROM zalo_writer WHERE wrote_at < :before")
FORGET_EVENTS = Sql("DELETE FROM zalo_event WHERE recorded_at < :before")


class ZaloAccount(NamedTuple):
    """`secrets`, `tokens` and `previous` are sealed texts. `lease_until` in the future: somebody renews, or waits."""

    oa_id: str
    app_id: str
    api: str
    secrets: str
    tokens: str
    previous: str
    generation: int
    issued_at: datetime
    expires_at: datetime
    lease_by: str = ""
    lease_until: datetime | None = None
    alarm: str = ""


class ZaloQuota(NamedTuple):
    oa_id: str
    channel: str  # zbs · oa
    day: date  # local
    total: int
    remaining: int


class ZaloWriter(NamedTuple):
    account: str  # an Official Account's id, or "bot:" and the bot's
    user_id: str
    name: str
    wrote_at: datetime
    left_at: datetime | None = None


class Zalo(Page):
    def zalo_accounts(self) -> list[ZaloAccount]:
        return [_account(row) for row in self.session.rows(ACCOUNTS)]

    def zalo_account(self, oa_id: str) -> ZaloAccount | None:
        found = self.session.rows(OF_ID, oa_id=oa_id)
        return _account(found[0]) if found else None

    def put_zalo_account(self, account: ZaloAccount) -> None:
        """Connect it, in place of what was known of it."""
        self.session.change(DROP, oa_id=account.oa_id)
        written = account._asdict() | {
            "issued_at": instant(account.issued_at),
            "expires_at": instant(account.expires_at),
            "lease_until": maybe_instant(account.lease_until),
        }
        self.session.change(INSERT, **written)

    def take_zalo_lease(self, account: ZaloAccount, by: str, at: datetime, until: datetime) -> bool:
        """The right to renew this generation's tokens, for one alone until `until`."""
        given = {"oa_id": account.oa_id, "generation": account.generation, "by": by}
        return self.session.change(TAKE_LEASE, **given, at=instant(at), until=instant(until)) == 1

    def put_zalo_tokens(self, account: ZaloAccount, tokens: str, at: datetime, expires_at: datetime) -> bool:
        """The next generation's tokens, sealed; the present ones become the previous. False: somebody was first."""
        given = {"oa_id": account.oa_id, "generation": account.generation, "tokens": tokens}
        return self.session.change(PUT_TOKENS, **given, issued_at=instant(at), expires_at=instant(expires_at)) == 1

    def give_up_zalo_lease(self, oa_id: str, by: str, until: datetime, alarm: str) -> None:
        """There are no new tokens; nobody tries again before `until`. With "" the last alarm stays."""
        self.session.change(GIVE_UP, oa_id=oa_id, by=by, until=instant(until), alarm=alarm)

    def put_zalo_alarm(self, oa_id: str, alarm: str) -> None:
        """What the office must put right."""
        self.session.change(ALARM, oa_id=oa_id, alarm=alarm)

    def end_zalo_alarm(self, oa_id: str) -> None:
        """A message went well: that ends every alarm but one about tokens that could not be renewed."""
        self.session.change(END_ALARM, oa_id=oa_id)

    def note_zalo_quota(self, quota: ZaloQuota) -> None:
        """The least said to be left on a day holds: answers may arrive in another order than they were made."""
        self.session.change(NOTE_QUOTA, **(quota._asdict() | {"day": quota.day.isoformat()}))

    def zalo_quotas(self) -> list[ZaloQuota]:
        rows = self.session.rows(QUOTAS)
        return [ZaloQuota(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4]) for row in rows]

    def note_zalo_writer(self, account: str, user_id: str, name: str, at: datetime) -> None:
        """They wrote, at the latest at `at`."""
        self.session.change(WROTE, account=account, user_id=user_id, name=name, at=instant(at))

    def note_zalo_left(self, account: str, user_id: str, at: datetime) -> None:
        """They follow the account no more; a later word of theirs opens it again."""
        self.session.change(LEFT, account=account, user_id=user_id, at=instant(at))

    def zalo_writers(self) -> list[ZaloWriter]:
        return [_writer(row) for row in self.session.rows(WRITERS)]

    def zalo_writer(self, account: str, user_id: str) -> ZaloWriter | None:
        found: Sequence[Row] = self.session.rows(WRITER, account=account, user_id=user_id)
        return _writer(found[0]) if found else None

    def has_old_zalo(self, before: datetime) -> bool:
        """Whether there is anything to forget."""
        return bool(self.session.rows(OLD, before=instant(before)))

    def forget_zalo(self, before: datetime) -> None:
        """Who last wrote before an instant, and the webhooks that came before it."""
        for statement in (FORGET_WRITERS, FORGET_EVENTS):
            self.session.change(statement, before=instant(before))

    def add_zalo_event(self, id_: str, name: str, oa_id: str, tracking_id: str, at: datetime) -> bool:
        """False where it was recorded before."""
        given = {"id": id_, "name": name, "oa_id": oa_id, "tracking_id": tracking_id}
        return self.session.change(ADD_EVENT, **given, at=instant(at)) == 1


def _account(row: Row) -> ZaloAccount:
    return ZaloAccount._make([*row[:7], moment(row[7]), moment(row[8]), row[9], maybe_moment(row[10]), row[11]])


def _writer(row: Row) -> ZaloWriter:
    return ZaloWriter._make([*row[:3], moment(row[3]), maybe_moment(row[4])])
