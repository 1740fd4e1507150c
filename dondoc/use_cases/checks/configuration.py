"""Configuration: the register's schema and the ways out."""

from dondoc.register.migrate import HEAD, stands_at
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.mail_route import unreadable_channels
from dondoc.use_cases.office import local_day
from dondoc.words import _
from notifications.channels import problem_with


def register_schema(patient: Patient) -> list[Finding]:
    """Reachable, and at this program's version."""
    register = patient.office.register
    found, where = stands_at(register.url, 5), register.describe()
    if found != HEAD:
        said = _("sổ ở {where} có lược đồ {found}, phần mềm cần {wanted}").format(
            where=where, found=found or "—", wanted=HEAD
        )
        return [Finding("register", "error", said, _("Chạy: dondoc up (hoặc khôi phục bản sao lưu)."))]
    with register.reading() as book:
        links = book.head().link
    return [Finding("register", "ok", _("sổ ở {where}, {links} mục").format(where=where, links=links))]


def mail_route(patient: Patient) -> list[Finding]:
    """Whether messages can leave at all, as configured in this environment."""
    office = patient.office
    with office.register.reading() as book:
        live = is_live(book, local_day(office, patient.at))
    found = [
        Finding(
            "mail", "error", _("kênh {name}: {problem}").format(name=name, problem=problem), _("Sửa channels.yaml.")
        )
        for name, problem in unreadable_channels(office.mail)
    ]
    if problem := office.mail.url and problem_with(office.mail.url):
        found.append(Finding("mail", "error", problem, _("Sửa DONDOC_SMTP_URL.")))
    if not office.mail.can_send(live=live):
        said = _("chưa có đường gửi thư") if live else _("đang chạy thử, chưa có hộp thư thử hay địa chỉ nhận thử")
        todo = _("Đặt DONDOC_SMTP_URL; khi chạy thử đặt thêm DONDOC_TEST_ADDRESS, hoặc dùng hộp thư của dondoc up.")
        found.append(Finding("mail", "error" if live else "warn", said, todo))
    return found or [Finding("mail", "ok", _("gửi thật") if live else _("đang chạy thử"))]
