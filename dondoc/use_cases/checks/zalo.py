"""Zalo: an account that was lost, a token nobody renews, a channel without an account, a stand-in for the real one."""

from datetime import timedelta

from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.office import local_day
from dondoc.use_cases.zalo_account import ZaloStatus, zalo_status
from dondoc.words import _
from notifications.zalo.address import account_of, stand_in_of

SOON = timedelta(days=14)  # before the refresh token ends


def zalo(patient: Patient) -> list[Finding]:
    """One finding an account or channel that is ill, or one that all is well."""
    statuses = zalo_status(patient.office, patient.at)
    found = [*_unconnected(patient, statuses), *(f for s in statuses for f in _account(patient, s))]
    found += [*_played(patient), *_agreed_ahead(patient)]
    told = _("{count} tài khoản Zalo, mã truy cập dùng được").format(count=len(statuses))
    return found or [Finding("zalo", "ok", told if statuses else _("không dùng tài khoản Zalo"))]


def _unconnected(patient: Patient, statuses: list[ZaloStatus]) -> list[Finding]:
    wanted = {oa for url in patient.office.mail.channels.values() if (oa := account_of(url))}
    missing = sorted(wanted - {status.oa_id for status in statuses})
    told = _("kênh Zalo chưa kết nối tài khoản {oa}")
    return [Finding("zalo", "error", told.format(oa=oa), _("Chạy: dondoc zalo connect")) for oa in missing]


def _account(patient: Patient, status: ZaloStatus) -> list[Finding]:
    again = _("Chạy: dondoc zalo connect")
    if status.alarm:
        return [Finding("zalo", "error", f"{status.oa_id}: {status.alarm}", _("Xem: dondoc zalo status"))]
    if status.refresh_expires_at - patient.at < SOON:
        told = _("{oa}: mã làm mới sắp hết hạn hoặc đã hết").format(oa=status.oa_id)
        return [Finding("zalo", "error", told, again)]
    if status.expires_at <= patient.at:
        told = _("{oa}: mã truy cập đã hết hạn, chưa ai làm mới").format(oa=status.oa_id)
        return [Finding("zalo", "warn", told, _("Chạy: dondoc zalo refresh, và kiểm tra luồng «Gửi thông báo»."))]
    return []


def _agreed_ahead(patient: Patient) -> list[Finding]:
    """A day that has not come is a slip of the pen: nobody can have agreed on it."""
    today = local_day(patient.office, patient.at)
    people = sorted(
        who for who, known in patient.office.contacts.items() if known.zalo_opt_in and known.zalo_opt_in > today
    )
    told = _("ngày đồng ý nhận Zalo chưa tới: {people}").format(people=", ".join(people))
    return [Finding("zalo", "warn", told, _("Sửa zalo-opt-in trong contacts.yaml."))] if people else []


def _played(patient: Patient) -> list[Finding]:
    names = sorted(name for name, url in patient.office.mail.channels.items() if stand_in_of(url))
    told = _("kênh {name} là BẢN GIẢ LẬP của Zalo, không phải Zalo")
    return [
        Finding("zalo", "warn", told.format(name=name), _("Bỏ api=… khỏi URL trước khi chạy thật.")) for name in names
    ]
