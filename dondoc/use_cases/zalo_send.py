"""Hand one delivery to Zalo by the office's own account: token, trial, windows and quota minded."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from dondoc.core.delivery import Delivery
from dondoc.register.book import Book
from dondoc.register.errors import RegisterError
from dondoc.register.sealed import SealError
from dondoc.register.zalo import ZaloQuota
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.routing import can_pass_on
from dondoc.use_cases.zalo_token import access_token
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.address import account_of, stand_in_of, with_token
from notifications.zalo.body import ABOVE, read_body
from notifications.zalo.register import plugin_of
from notifications.zalo.result import Result

WINDOW = timedelta(days=7)  # after somebody's last message; later Zalo refuses what is no template
RESERVE = "zalo-reserve"  # the setting: messages of a day kept for escalations
ELSEWHERE = frozenset({"quota", "no-token"})  # nothing more goes by Zalo for a while: not the message's fault
Clock = Callable[[], datetime]


def send_zalo(office: Office, delivery: Delivery, url: str, clock: Clock) -> Outcome:
    """What became of it. Never raises for the network, nor for a lost key; tells no secret."""
    oa_id, at = account_of(url), clock()
    with office.register.reading() as book:
        refusal = _out_of_place(office, book, url, oa_id, at) or _refusal(office, book, delivery, url, oa_id, at)
    if refusal:
        return refusal
    try:
        result = _handed_over(office, delivery, url, oa_id, clock)
    except (SealError, TypeError) as error:
        return Outcome("temporary", str(error))
    _note(office, url, oa_id, result, at)
    if result.meaning not in ELSEWHERE:
        return result.outcome
    with office.register.reading() as book:
        return _elsewhere(office, book, delivery, result.outcome, at)


def _handed_over(office: Office, delivery: Delivery, url: str, oa_id: str, clock: Clock) -> Result:
    """A token that Zalo does not take is renewed: a message refused for it was not taken either.

    One that was renewed a moment ago is not, so this ends.
    """
    if not oa_id:
        return _by(url, delivery)
    refused = -1
    while not isinstance(token := access_token(office, oa_id, clock, refused=refused), Outcome):
        result = _by(with_token(url, token.access), delivery)
        if result.meaning != "token":
            return result
        refused = token.generation
    return _without_token(office, oa_id, token)


def _without_token(office: Office, oa_id: str, outcome: Outcome) -> Result:
    """A passing trouble, or one that only a person ends: by then it may be too late for the message."""
    with office.register.reading() as book:
        account = book.zalo_account(oa_id)
    return Result(outcome, "no-token" if account is None or account.alarm else "")


def _by(url: str, delivery: Delivery) -> Result:
    plugin = plugin_of(url)
    if plugin is None:
        return Result(Outcome("temporary", _("Địa chỉ kênh Zalo không đọc được.")))
    return plugin.hand_over(delivery)


def _out_of_place(office: Office, book: Book, url: str, oa_id: str, at: datetime) -> Outcome | None:
    """On trial nothing leaves for Zalo, live nothing goes to the stand-in, and an account belongs to one of the two."""
    stand_in, live = stand_in_of(url), is_live(book, local_day(office, at))
    if live and stand_in:
        return Outcome("temporary", _("Kênh Zalo là BẢN GIẢ LẬP: sổ đang chạy thật không gửi đến đó."))
    if not live and not stand_in:
        return Outcome("temporary", _("Đang chạy thử: không gửi ra Zalo thật."))
    account = book.zalo_account(oa_id) if oa_id else None
    if account and account.api != stand_in:
        return Outcome("temporary", _("Tài khoản Zalo được kết nối với nơi khác: chạy lại dondoc zalo connect."))
    return None


def _refusal(office: Office, book: Book, delivery: Delivery, url: str, oa_id: str, at: datetime) -> Outcome | None:
    """Why it is not even tried: outside the window, or only the reserve is left."""
    channel = _channel(url)
    if channel == "oa" and oa_id:
        writer = book.zalo_writer(oa_id, delivery.address)
        if writer and (writer.left_at or at - writer.wrote_at > WINDOW):
            told = _("Người nhận đã thôi quan tâm, hoặc không nhắn cho Official Account trong 07 ngày qua.")
            return Outcome("permanent", told)
    if not is_urgent(book, delivery) and only_reserve_left(book, oa_id, channel, at, office):
        told = _("Hạn mức Zalo hôm nay chỉ còn phần dành cho báo cáo cấp trên.")
        return _elsewhere(office, book, delivery, Outcome("temporary", told), at)
    return None


def is_urgent(book: Book, delivery: Delivery) -> bool:
    """Whether it may use the reserve: a template body says so itself, a text by the notices it tells.

    What tells none is an alarm of the office's own.
    """
    if body := read_body(delivery.text):
        return body.escalates
    keys = book.told_by(delivery.id)
    return not keys or any(found.notice.kind in ABOVE for found in book.notices(keys=keys))


def only_reserve_left(book: Book, oa_id: str, channel: str, at: datetime, office: Office) -> bool:
    """By what Zalo's last answer of this local day said; a new day begins with a new quota."""
    today = local_day(office, at)
    found = [q for q in book.zalo_quotas() if (q.oa_id, q.channel, q.day) == (oa_id, channel, today)]
    return bool(found) and found[0].remaining <= reserve_of(book, found[0].total)


def reserve_of(book: Book, total: int) -> int:
    """The office's number, or a tenth of the day's total; never more than half of it."""
    set_ = book.setting(RESERVE)
    return min(int(set_) if set_ else -(-total // 10), total // 2)


def _elsewhere(office: Office, book: Book, delivery: Delivery, outcome: Outcome, at: datetime) -> Outcome:
    """Nothing goes by Zalo for a while: final for this way where another is left for all it tells, else tried again."""
    left = can_pass_on(office, book, delivery.id, live=is_live(book, local_day(office, at)))
    return outcome._replace(kind="permanent") if left else outcome


def _channel(url: str) -> str:
    return url.partition("://")[0].lower().removeprefix("zalo")


def _note(office: Office, url: str, oa_id: str, result: Result, at: datetime) -> None:
    """Quota and alarm; a message that went well ends an alarm about sending."""
    if not oa_id or not (result.quota or result.alarm or result.outcome.kind == "sent"):
        return
    # The message is on its way whatever the register can take now: what became of it must still be told.
    with suppress(RegisterError), office.register.writing() as book:
        if result.quota:
            book.note_zalo_quota(ZaloQuota(oa_id, _channel(url), local_day(office, at), *result.quota))
        if result.alarm:
            book.put_zalo_alarm(oa_id, result.alarm)
        elif result.outcome.kind == "sent":
            book.end_zalo_alarm(oa_id)
