"""Time: the machine's clock against others, the zone, how far the working calendar reaches, when the last sweep was."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dondoc.register.connection import Sql, is_sqlite
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.office import local_day
from dondoc.words import _
from dondoc.words.dates import short_date

NOW = "SELECT EXTRACT(EPOCH FROM clock_timestamp())"
WATCHED = ("dondoc.db", "dondoc.db-wal", "logs", "accepted", "mailbox")  # what is touched while the office works


def zone(patient: Patient) -> list[Finding]:
    """The zone of every plan is known to this machine."""
    unknown = {plan.zone for plan in patient.office.plans.values() if not _is_zone(plan.zone)}
    if unknown:
        said = _("máy không biết múi giờ {zone}").format(zone=", ".join(sorted(unknown)))
        return [Finding("zone", "error", said, _("Cài gói tzdata."))]
    return [Finding("zone", "ok", _("múi giờ của các kế hoạch có đủ"))]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def clock(patient: Patient) -> list[Finding]:
    """Not behind what was already written, and with the database server."""
    late = max(_behind(patient), default=None)
    if late and late[0] > timedelta(seconds=patient.office.limits.clock_seconds):
        said = _("đồng hồ máy chậm {minutes} phút so với {what}").format(
            minutes=round(late[0] / timedelta(minutes=1)), what=late[1]
        )
        return [
            Finding("clock", "error", said, _("Đồng bộ giờ (NTP: timedatectl set-ntp true) rồi xem dondoc hold show."))
        ]
    apart = _apart(patient)
    if apart and apart > timedelta(seconds=patient.office.limits.clock_seconds):
        said = _("đồng hồ máy lệch {seconds} giây với máy chủ cơ sở dữ liệu").format(
            seconds=round(apart.total_seconds())
        )
        return [Finding("clock", "error", said, _("Đồng bộ giờ cả hai máy (NTP)."))]
    return [Finding("clock", "ok", _("đồng hồ không chậm hơn những gì đã ghi"))]


def _behind(patient: Patient) -> Iterator[tuple[timedelta, str]]:
    """How far the clock is behind the book and behind files that were surely written earlier."""
    with patient.office.register.reading() as book:
        recorded = book.head().recorded_at
    if recorded:
        yield datetime.fromisoformat(recorded) - patient.at, _("mục cuối của nhật ký")
    for name in WATCHED:
        if (path := patient.office.data / name).exists():
            yield _touched(path) - patient.machine_at, name


def _touched(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _apart(patient: Patient) -> timedelta | None:
    if is_sqlite(patient.office.register.url):
        return None
    with patient.office.register.reading() as book:
        seconds = float(book.session.rows(Sql(NOW))[0][0])
    return abs(datetime.fromtimestamp(seconds, UTC) - patient.machine_at)


def calendar(patient: Patient) -> list[Finding]:
    """How long the days off are known officially, and how long there is a calendar at all."""
    left = official_days_left(patient)
    last = patient.office.calendar.last
    if (last - local_day(patient.office, patient.at)).days < patient.office.limits.calendar_days:
        return [
            Finding(
                "calendar",
                "error",
                _("lịch làm việc chỉ đến {day}").format(day=short_date(last)),
                _("Cập nhật phần mềm: sau ngày ấy không hạn nào tính được."),
            )
        ]
    if left < patient.office.limits.calendar_days:
        return [
            Finding(
                "calendar",
                "warn",
                _("lịch nghỉ chính thức chỉ còn biết trước {days} ngày, sau đó là dự kiến").format(days=left),
                _("Khi có thông báo nghỉ lễ, Tết mới: cập nhật phần mềm hoặc ghi vào calendar/vn.yaml."),
            )
        ]
    return [Finding("calendar", "ok", _("lịch nghỉ chính thức biết trước {days} ngày").format(days=left))]


def official_days_left(patient: Patient) -> int:
    """Local days until the first year of which a day off is only forecast; 0 when that has begun."""
    return calendar_horizon(
        patient.office.calendar.notes(), local_day(patient.office, patient.at), patient.office.calendar.last
    )


def calendar_horizon(notes: object, on: date, last: date) -> int:
    years = [day.year for day, note in notes if note.status == "forecast"]  # type: ignore[attr-defined]
    until = min((date(year, 1, 1) for year in years if date(year, 12, 31) >= on), default=last)
    return max((until - on).days, 0)


def last_sweep(patient: Patient) -> list[Finding]:
    """Whether anybody looks after the office at all."""
    with patient.office.register.reading() as book:
        last = book.setting("last-sweep-at")
    if last is None:
        return [Finding("sweep", "warn", _("chưa có lượt rà soát nào"), _("Chạy: dondoc up"))]
    age = patient.at - datetime.fromisoformat(last)
    if age > timedelta(hours=patient.office.limits.sweep_hours):
        said = _("lượt rà soát cuối đã {hours} giờ trước").format(hours=round(age / timedelta(hours=1)))
        todo = _("Kiểm tra dondoc up còn chạy không; xem logs/ trong thư mục dữ liệu.")
        return [Finding("sweep", "error", said, todo)]
    return [
        Finding(
            "sweep", "ok", _("rà soát cuối cách đây {minutes} phút").format(minutes=round(age / timedelta(minutes=1)))
        )
    ]
