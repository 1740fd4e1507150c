"""The access token of an Official Account: renewed at half its life, by one process alone, kept before it is used.

A refresh token works once. Whoever gets a new pair writes it down before anything else; a second process finds the
lease taken and goes on with the present token, or waits for the new one.
"""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from dondoc.register.sealed import SealError
from dondoc.register.zalo import ZaloAccount
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_rescue import Rescue, drop_rescue, put_rescue, take_rescue
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.oauth import Pair, Trouble, renew

LEASE = timedelta(minutes=2)  # far longer than one request may take
AGAIN, AGAIN_WHEN_LOST = timedelta(minutes=1), timedelta(hours=1)  # before another try at renewing
YOUNG = timedelta(minutes=10)  # a token refused at this age is not the token's fault: another one would be refused too
REMEMBERED = timedelta(days=30)
WAITING, LOOK = 20.0, 0.1  # seconds: for somebody else's renewal, and between two looks
Clock = Callable[[], datetime]


class Token(NamedTuple):
    """Never print it. `generation` counts renewals."""

    access: str
    generation: int


class Secrets(NamedTuple):
    """What an account's office was given by Zalo, beside the tokens. Never print it."""

    app_secret: str
    oa_secret: str


def access_token(office: Office, oa_id: str, clock: Clock, *, refused: int = -1) -> Token | Outcome:
    """A token to use now; `refused` is the generation that Zalo did not take. Temporary where there is none."""
    until = time.monotonic() + WAITING
    while True:
        account, at = _account(office, oa_id), clock()
        if account is None:
            return Outcome("temporary", _("Chưa kết nối Zalo {oa}: dondoc zalo connect.").format(oa=oa_id))
        if _rescued(office, account):
            continue
        if account.generation == refused and at < account.issued_at + YOUNG:
            return _not_taken(office, account)
        usable = at < account.expires_at and account.generation != refused
        if usable and at < _half_life(account):
            return _token(office, account)
        paused = not account.lease_by and account.lease_until is not None and at < account.lease_until
        tried = False if paused else _renewed(office, account, clock)
        if tried is True:
            continue
        if usable:
            return _token(office, account)
        if paused or isinstance(tried, Trouble) or time.monotonic() > until:
            return _no_token(account, tried)
        time.sleep(LOOK)  # somebody else renews


def keep_tokens(office: Office, clock: Clock) -> list[str]:
    """Renew what is past half its life; what the office must put right, account by account. For a regular run.

    Who has not written for a month is forgotten: Zalo would let nothing through to them, and they are persons.
    """
    before = clock() - REMEMBERED
    with office.register.reading() as book:
        accounts, old = book.zalo_accounts(), book.has_old_zalo(before)
    if old:
        with office.register.writing() as book:
            book.forget_zalo(before)
    for account in accounts:
        try:
            access_token(office, account.oa_id, clock)
        except SealError as error:
            _alarmed(office, account, str(error))
    return alarms(office)


def _alarmed(office: Office, account: ZaloAccount, alarm: str) -> None:
    with office.register.writing() as book:
        book.put_zalo_alarm(account.oa_id, alarm)


def _not_taken(office: Office, account: ZaloAccount) -> Outcome:
    """Renewing costs the account a pair each time: not once for every message that is refused."""
    told = _("Zalo không nhận mã truy cập vừa làm mới: xem lại quyền của ứng dụng, hoặc kết nối lại.")
    _alarmed(office, account, told)
    return Outcome("temporary", told)


def alarms(office: Office) -> list[str]:
    """What the office must put right with Zalo, in words."""
    with office.register.reading() as book:
        return [f"Zalo {account.oa_id}: {account.alarm}" for account in book.zalo_accounts() if account.alarm]


def secrets_of(office: Office, account: ZaloAccount) -> Secrets:
    """SealError where the office's key is lost."""
    return Secrets(**json.loads(office.sealer.unseal(account.secrets)))


def sealed_pair(office: Office, access: str, refresh: str) -> str:
    return office.sealer.seal(json.dumps({"access": access, "refresh": refresh}))


def renewal_at(account: ZaloAccount) -> datetime:
    """From when on the token is renewed."""
    return _half_life(account)


def _half_life(account: ZaloAccount) -> datetime:
    return account.issued_at + (account.expires_at - account.issued_at) / 2


def _account(office: Office, oa_id: str) -> ZaloAccount | None:
    with office.register.reading() as book:
        return book.zalo_account(oa_id)


def _token(office: Office, account: ZaloAccount) -> Token:
    return Token(json.loads(office.sealer.unseal(account.tokens))["access"], account.generation)


def _no_token(account: ZaloAccount, trouble: Trouble | bool) -> Outcome:
    why = (
        trouble.outcome.detail
        if isinstance(trouble, Trouble)
        else account.alarm or _("một tiến trình khác đang làm mới mã")
    )
    return Outcome("temporary", _("Chưa có mã truy cập Zalo dùng được: {why}").format(why=why))


def _renewed(office: Office, account: ZaloAccount, clock: Clock) -> bool | Trouble:
    """True: there is a new generation. False: somebody else has the lease."""
    by, at = uuid4().hex[:12], clock()
    # Opened before the lease is taken: a lost key must not cost the account two minutes of every other process.
    refresh, secret = json.loads(office.sealer.unseal(account.tokens))["refresh"], secrets_of(office, account)
    with office.register.writing() as book:
        if not book.take_zalo_lease(account, by, at, at + LEASE):
            return False
    answer = renew(account.app_id, secret.app_secret, refresh, account.api)
    return (
        _kept(office, account, answer, clock())
        if isinstance(answer, Pair)
        else _given_up(office, account, by, answer, clock())
    )


def _kept(office: Office, account: ZaloAccount, pair: Pair, at: datetime) -> bool:
    """Written down before it is used. Its life is counted from now, a moment late at most by the request's length."""
    tokens = sealed_pair(office, pair.access, pair.refresh)
    expires_at = at + timedelta(seconds=pair.lasts)
    try:
        _put(office, account, tokens, at, expires_at)
    except BaseException:
        # The register cannot take it now; the pair is the only one that Zalo still knows, so it waits beside it.
        put_rescue(office.data, account.oa_id, Rescue(account.generation, tokens, at, expires_at))
        raise
    return True


def _put(office: Office, account: ZaloAccount, tokens: str, at: datetime, expires_at: datetime) -> bool:
    with office.register.writing() as book:
        return book.put_zalo_tokens(account, tokens, at, expires_at)


def _rescued(office: Office, account: ZaloAccount) -> bool:
    """Whether a pair that once could not be written is in the register now."""
    waiting = take_rescue(office.data, account.oa_id)
    if waiting is None:
        return False
    taken = waiting.generation == account.generation and _put(
        office, account, waiting.tokens, waiting.at, waiting.expires_at
    )
    drop_rescue(office.data, account.oa_id)
    return taken


def _given_up(office: Office, account: ZaloAccount, by: str, trouble: Trouble, at: datetime) -> Trouble:
    lost = _("mã làm mới không dùng được nữa, phải kết nối lại: dondoc zalo connect")
    alarm = f"{trouble.alarm} – {lost}" if trouble.lost else trouble.alarm
    if not alarm and at >= account.expires_at:
        # A network that fails for a while is nobody's matter, until it costs messages.
        alarm = _("chưa làm mới được mã truy cập đã hết hạn: {why}").format(why=trouble.outcome.detail)
    with office.register.writing() as book:
        wait = AGAIN_WHEN_LOST if trouble.lost else AGAIN
        book.give_up_zalo_lease(account.oa_id, by, at + wait, alarm)
    return trouble
