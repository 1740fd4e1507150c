"""Connect an Official Account, and show how the connection stands; no secret is ever shown."""

import json
from datetime import datetime, timedelta
from typing import NamedTuple

from dondoc.register.zalo import ZaloAccount, ZaloQuota, ZaloWriter
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.sealing import ready_to_seal
from dondoc.use_cases.zalo_send import RESERVE, reserve_of
from dondoc.use_cases.zalo_token import Clock, Secrets, access_token, renewal_at, sealed_pair
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.http import own_api

REFRESH_LASTS = timedelta(days=90)  # Zalo: three months; nothing in its answer says so


class FirstKeys(NamedTuple):
    """What somebody copies from Zalo's developer pages. Never print it."""

    app_secret: str
    oa_secret: str
    refresh_token: str


class ZaloStatus(NamedTuple):
    """`age` is the access token's in seconds. `stand_in` is where the stand-in listens, "" for Zalo itself."""

    oa_id: str
    app_id: str
    stand_in: str
    generation: int
    issued_at: datetime
    age: int
    renewal_at: datetime
    expires_at: datetime
    refresh_expires_at: datetime
    alarm: str
    quotas: tuple[ZaloQuota, ...]
    reserve: int
    can_be_written_to: int


def connect_zalo(
    office: Office, oa_id: str, app_id: str, keys: FirstKeys, clock: Clock, *, api: str = "", reserve: int | None = None
) -> Outcome:
    """Keep the keys sealed, then renew the tokens at once: that proves them, and leaves a pair only we know.

    Refused for a malformed or missing value, and for a stand-in where the register is live.
    """
    checked = _checked(office, api, clock())
    with office.register.writing() as book:
        ready_to_seal(office, book, oa_id)
    account = _new_account(office, oa_id, app_id, keys, clock(), checked)
    with office.register.writing() as book:
        before = book.zalo_account(oa_id)
        book.put_zalo_account(account._replace(generation=before.generation + 1 if before else 0))
        if reserve is not None:
            book.put_setting(RESERVE, str(reserve))
    token = access_token(office, oa_id, clock)
    return token if isinstance(token, Outcome) else Outcome("sent")


def _checked(office: Office, api: str, at: datetime) -> str:
    try:
        checked = own_api(api)
    except ValueError as error:
        raise Refused(str(error)) from error
    with office.register.reading() as book:
        live = is_live(book, local_day(office, at))
    if checked and live:
        raise Refused(_("Sổ đang chạy thật không kết nối với bản giả lập Zalo."), _("Bỏ --api để nối Zalo thật."))
    return checked


def _new_account(office: Office, oa_id: str, app_id: str, keys: FirstKeys, at: datetime, api: str) -> ZaloAccount:
    if not (oa_id.isalnum() and app_id.isalnum() and all(keys)):
        raise Refused(_("Thiếu mã Official Account, mã ứng dụng hoặc một khoá."), _("Xem docs/zalo.md."))
    secrets = office.sealer.seal(json.dumps(Secrets(keys.app_secret, keys.oa_secret)._asdict()))
    tokens = sealed_pair(office, "", keys.refresh_token)
    return ZaloAccount(oa_id, app_id, api, secrets, tokens, "", 0, at, at)


def zalo_status(office: Office, at: datetime) -> list[ZaloStatus]:
    """Every connected account. Reads only."""
    with office.register.reading() as book:
        quotas, writers = book.zalo_quotas(), book.zalo_writers()
        accounts, today = book.zalo_accounts(), local_day(office, at)
        mine = {a.oa_id: tuple(q for q in quotas if q.oa_id == a.oa_id and q.day == today) for a in accounts}
        reserves = {a: max((reserve_of(book, q.total) for q in found), default=0) for a, found in mine.items()}
    reachable = [writer for writer in writers if _in_window(writer, at)]
    return [
        ZaloStatus(
            oa_id=a.oa_id,
            app_id=a.app_id,
            stand_in=a.api,
            generation=a.generation,
            issued_at=a.issued_at,
            age=int((at - a.issued_at).total_seconds()),
            renewal_at=renewal_at(a),
            expires_at=a.expires_at,
            refresh_expires_at=a.issued_at + REFRESH_LASTS,
            alarm=a.alarm,
            quotas=mine[a.oa_id],
            reserve=reserves[a.oa_id],
            can_be_written_to=sum(writer.account == a.oa_id for writer in reachable),
        )
        for a in accounts
    ]


def zalo_writers(office: Office) -> list[ZaloWriter]:
    """Who wrote to an account or a bot, so that an address can be put into the contacts."""
    with office.register.reading() as book:
        return book.zalo_writers()


def _in_window(writer: ZaloWriter, at: datetime) -> bool:
    return writer.left_at is None and at - writer.wrote_at <= timedelta(days=7)
