"""The office opened for the first time in this run, and a first useful check while the server still starts."""

import os
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dondoc.register.errors import RegisterError
from dondoc.settings import SECRET_KEY, Settings, machine_moment, office_moment, uptime
from dondoc.up.trouble import StartError
from dondoc.use_cases.board import BoardRow, board, without_cases
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.ensure_edition import ensure_edition
from dondoc.use_cases.load_plans import DefinitionError
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import Office, open_office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.sweep import lost_key, sweep
from dondoc.use_cases.waiting_letters import WaitingLetters, waiting_letters
from dondoc.use_cases.watch_clock import watch_clock
from dondoc.words import _

SHOWN = 8  # lines of the board that are printed at the start
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def open_for(settings: Settings, say: Callable[[str], None], mail: MailRoute | None = None) -> Office:
    """The office with its register migrated; StartError lists everything wrong with its definitions."""
    say(_("Đang mở sổ theo dõi và nạp định nghĩa…"))
    today = office_moment(settings, datetime.now(UTC)).astimezone(ZONE).date()
    try:
        office = _open(settings, mail)
        if rolled := ensure_edition(office, today):
            say(
                _("Kế hoạch {rolled} đã hết hạn: lập bản dự thảo cho năm {year}, cần được rà soát và ban hành.").format(
                    rolled=rolled, year=today.year
                )
            )
            office = _open(settings, mail)
        office.register.migrate()
    except (DefinitionError, RegisterError, Refused, OSError) as problem:  # they speak for themselves
        raise StartError(f"{problem}\n" + _("Chưa khởi động gì: hãy sửa rồi chạy lại dondoc up.")) from problem
    for plan in office.plans.values():
        draft = _(" — BẢN DỰ THẢO, chưa ký ban hành") if plan.draft else ""
        ended = _(" — đã hết thời gian thực hiện") if plan.valid_to < today else ""
        say(
            _("  {title} ({id}): {obligations} nghĩa vụ{draft}{ended}").format(
                title=plan.title, id=plan.id, obligations=len(plan.obligations), draft=draft, ended=ended
            )
        )
    return office


def _open(settings: Settings, mail: MailRoute | None) -> Office:
    return open_office(
        settings.data,
        register_url=settings.register_url,
        definitions=settings.definitions,
        mail=mail,
        secret_key=os.environ.get(SECRET_KEY, ""),
    )


def first_check(office: Office, settings: Settings, say: Callable[[str], None]) -> None:
    """Sweep and send once, then say in a few lines how the office stands."""

    def clock() -> datetime:
        return office_moment(settings, datetime.now(UTC))

    at = clock()
    if settings.clock_shift:
        say(_("  CHẠY THỬ: đồng hồ được dời tới {at:%d/%m/%Y %H:%M:%S}").format(at=at.astimezone(ZONE)))
    watch_clock(office, at, machine_moment(settings, at), uptime())
    swept = sweep(office, at)
    sent = deliver(office, at, clock=clock)
    say(
        _("Đã rà soát: mở {opened} kỳ, kiểm tra {checked}, gửi {sent} thư.").format(
            opened=swept.opened, checked=swept.checked, sent=sent.sent
        )
    )
    if swept.held or sent.held:
        say(_("  Việc gửi đang được GIỮ LẠI chờ Văn phòng xem và cho gửi: dondoc hold --help"))
    if swept.unreadable:
        say(f"  {lost_key(swept.unreadable)}")
    if sent.waiting:
        say(_("  Chưa gửi thư nào: {waiting}.").format(waiting=sent.waiting))
    for line in put_off(waiting_letters(office)):
        say(f"  {line}")
    for line in standing(office, at):
        say(f"  {line}")


def put_off(letters: WaitingLetters) -> list[str]:
    """What the mail server did not take yet, and why; nothing where nothing waits."""
    if not letters.number:
        return []
    again = (
        _(", thử lại lúc {at:%H:%M %d/%m/%Y}").format(at=letters.next_at.astimezone(ZONE)) if letters.next_at else ""
    )
    reason = [f"  {letters.reason}"] if letters.reason else []
    return [
        _("{number} thư chưa gửi được, đang chờ gửi lại{again}.").format(number=letters.number, again=again),
        *reason,
    ]


def standing(office: Office, at: datetime) -> list[str]:
    """How many steps stand where, and the next due ones."""
    rows, today = board(office, at), at.astimezone(ZONE).date()
    # Days and brackets vary from row to row; here only the kind of standing is counted.
    kinds = Counter(re.sub(r"(?: by)? \d+ (?:ngày|days)| \(.*\)", "", row.label) for row in rows)
    counted = [f"{count:4d}  {kind}" for kind, count in kinds.most_common()]
    told, _cases = without_cases(rows)  # this is printed, and printed things end up in logs
    coming = sorted(_coming(row) for row in told if row.target_on and row.target_on >= today)
    return counted + [f"{on:%d/%m/%Y}  {what}" for on, what in coming[:SHOWN]]


def _coming(row: BoardRow) -> tuple[date, str]:
    return row.target_on or date.max, " · ".join(filter(None, [row.title, row.period, row.party]))
