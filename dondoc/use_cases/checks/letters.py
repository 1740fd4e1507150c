"""Letters: dead ones, ones that wait too long, ones that are held."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dondoc.core.notice import Notice
from dondoc.register.book import Book
from dondoc.use_cases.call_list import Call, call_list, lost_messages
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.hold import is_held, show_hold
from dondoc.use_cases.office import Office
from dondoc.words import _
from dondoc.words.calls import channel_words


def dead_letters(patient: Patient) -> list[Finding]:
    """Letters nobody will get any more: somebody must call, and somebody of the office must have heard of it."""
    calls = call_list(patient.office, patient.at)
    if not calls:
        return [Finding("dead-letters", "ok", _("không có thư chết"))]
    persons = sorted({call.person for call in calls})
    said = _("{count} thư không đến được: {names}").format(count=lost_messages(calls), names=", ".join(persons[:6]))
    todo = _("Gọi điện theo danh sách: dondoc call-list; sửa contacts.yaml.")
    return [Finding("dead-letters", "warn", said, todo), *_unheard(calls)]


def _unheard(calls: Sequence[Call]) -> list[Finding]:
    lost = {one.letter: one for call in calls for one in call.unheard}
    if not lost:
        return []
    ways = sorted({f"{one.person} ({channel_words(one.channel)})" for one in lost.values()})
    said = _("thư báo Văn phòng về cuộc gọi cũng không đến được: {ways}").format(ways=", ".join(ways))
    todo = _("Xem ngay: dondoc call-list; sửa kênh của Văn phòng trong contacts.yaml.")
    return [Finding("call-alarms", "error", said, todo)]


def waiting(patient: Patient) -> list[Finding]:
    """How long the oldest message waits."""
    with patient.office.register.reading() as book:
        age = queue_age(patient.office, book, patient.at)
    hours = round(age / timedelta(hours=1))
    if age > timedelta(hours=patient.office.limits.waiting_hours):
        said = _("thư chờ lâu nhất đã {hours} giờ").format(hours=hours)
        return [Finding("waiting", "error", said, _("Kiểm tra máy chủ thư và luồng «Gửi thông báo»."))]
    return [Finding("waiting", "ok", _("thư chờ lâu nhất {hours} giờ").format(hours=hours))]


def queue_age(office: Office, book: Book, at: datetime) -> timedelta:
    """How long what should have left by now waits, at the longest; nothing where sending is held."""
    if is_held(book):
        return timedelta(0)
    keys = {key for record in book.deliveries(statuses=["ready", "retry"]) for key in record.notices}
    composed = [record.notice.moment_at for record in book.notices(keys=sorted(keys))]
    unsaid = [_leaves_at(office, notice) for notice in book.open_notices(at) if notice.recipient]
    return max((at - moment for moment in (*composed, *unsaid) if moment <= at), default=timedelta(0))


def _leaves_at(office: Office, notice: Notice) -> datetime:
    """When a notice in no message yet should be in one: at once, or in the next morning's digest that it can reach."""
    if (plan := office.plans.get(notice.occurrence.partition("/")[0])) is None:
        return notice.moment_at
    moments = office.moments(plan)
    if notice.pace == "now":
        return moments.next_open(notice.moment_at)
    day = moments.day_of(notice.moment_at)
    late = notice.moment_at > moments.sending(day)
    return moments.sending(moments.calendar.at_or_after(day + timedelta(days=1) if late else day))


def held(patient: Patient) -> list[Finding]:
    """Held letters wait for a person's word."""
    hold = show_hold(patient.office, patient.at)
    if hold.reason:
        said = _("đang giữ {count} thông báo: {reason}").format(count=hold.number, reason=hold.reason)
        return [Finding("held", "warn", said, _("Xem: dondoc hold show; cho gửi: dondoc hold release"))]
    return [Finding("held", "ok", _("không giữ thư nào"))]
