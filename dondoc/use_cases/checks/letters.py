"""Letters: dead ones, ones that wait too long, ones that are held."""

from datetime import timedelta

from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.hold import show_hold
from dondoc.words import _


def dead_letters(patient: Patient) -> list[Finding]:
    """Letters nobody will get any more: somebody must call."""
    with patient.office.register.reading() as book:
        dead = book.deliveries(statuses=["dead"])
    if dead:
        persons = sorted({record.delivery.person for record in dead})
        said = _("{count} thư không đến được: {names}").format(count=len(dead), names=", ".join(persons[:6]))
        return [Finding("dead-letters", "warn", said, _("Gọi điện cho người nhận, sửa địa chỉ trong contacts.yaml."))]
    return [Finding("dead-letters", "ok", _("không có thư chết"))]


def waiting(patient: Patient) -> list[Finding]:
    """How long the oldest message waits."""
    age = queue_age(patient)
    hours = round(age / timedelta(hours=1))
    if age > timedelta(hours=patient.office.limits.waiting_hours):
        said = _("thư chờ lâu nhất đã {hours} giờ").format(hours=hours)
        return [Finding("waiting", "error", said, _("Kiểm tra máy chủ thư và luồng «Gửi thông báo»."))]
    return [Finding("waiting", "ok", _("thư chờ lâu nhất {hours} giờ").format(hours=hours))]


def queue_age(patient: Patient) -> timedelta:
    """Since when the longest waiting of what should have left by now waits; nothing where sending is held."""
    with patient.office.register.reading() as book:
        if book.setting("sending") == "held":
            return timedelta(0)
        waiting_ = {key for record in book.deliveries(statuses=["ready", "retry"]) for key in record.notices}
        records = book.notices(keys=sorted(waiting_))
    moments = [record.notice.moment_at for record in records]
    return max((patient.at - moment for moment in moments), default=timedelta(0))


def held(patient: Patient) -> list[Finding]:
    """Held letters wait for a person's word."""
    hold = show_hold(patient.office, patient.at)
    if hold.reason:
        said = _("đang giữ {count} thông báo: {reason}").format(count=len(hold.notices), reason=hold.reason)
        return [Finding("held", "warn", said, _("Xem: dondoc hold show; cho gửi: dondoc hold release"))]
    return [Finding("held", "ok", _("không giữ thư nào"))]
