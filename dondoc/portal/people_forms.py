"""The forms of /nhan-su, each with what is known already filled in."""

from collections.abc import Callable
from typing import NamedTuple

from dondoc.core.contact import Contact
from dondoc.portal.forms import Field, Form
from dondoc.portal.people_deeds import may_give
from dondoc.portal.visit import NotAllowed, Visit
from dondoc.use_cases.office import local_day
from dondoc.use_cases.pass_work_on import roles_of
from dondoc.use_cases.people_page import Holder, role_line
from dondoc.words import _
from dondoc.words.dates import short_date


class Asked(NamedTuple):
    """One form. `ticks` are roles to choose from, `history` a role's holders, `away` days of absences to drop."""

    action: str
    title: str
    about: str
    button: str
    fields: tuple[Field, ...]
    form: Form
    hint: str = ""
    ticks: tuple[tuple[str, str], ...] = ()
    ticked: tuple[str, ...] = ()
    history: tuple[Holder, ...] = ()
    away: tuple[tuple[str, str], ...] = ()  # first day, the absence in words


def holder_form(visit: Visit, role_id: str) -> Asked | None:
    """Who holds a role from a day on."""
    directory, on = visit.office.directory, local_day(visit.office, visit.at)
    role = directory.roles.get(role_id)
    if role is None:
        return None
    if not may_give(visit, role_id):
        raise NotAllowed
    until = Field(
        "to_on", _("Đến hết ngày"), _("Để trống nếu chưa biết. Tài khoản chỉ xem tự hết hạn sau ngày này."), "day"
    )
    return Asked(
        f"vai-tro/{role_id}",
        _("Đổi người giữ vai trò"),
        role.title,
        _("Đổi người giữ"),
        (
            Field("person", _("Người giữ mới"), "", "choice", (("", _("để trống, chưa có người")), *_people(visit))),
            Field("from_on", _("Từ ngày"), _("Ghi như 03/6/2022."), "day"),
            until,
        ),
        Form({"from_on": short_date(on)}),
        hint=_(
            "Người cũ giữ đến hết hôm trước. Việc đang mở theo vai trò sang người mới, lượt rà soát tới báo cho họ."
        ),
        history=role_line(directory, role, on).history,
    )


def deputy_form(visit: Visit, role_id: str) -> Asked | None:
    """Which role answers while this one's holder is away."""
    role = visit.office.directory.roles.get(role_id)
    if role is None:
        return None
    others = ((one.id, one.title) for one in visit.office.directory.roles.values() if one.id != role_id)
    return Asked(
        f"nguoi-thay/{role_id}",
        _("Đổi vai trò thay khi vắng"),
        role.title,
        _("Đổi vai trò thay"),
        (Field("deputy", _("Vai trò thay"), "", "choice", (("", _("không có")), *others)),),
        Form({"deputy": role.deputy}),
    )


def away_form(visit: Visit, person: str) -> Asked | None:
    """An absence of a person, and those already known."""
    known, on = visit.office.directory.persons.get(person), local_day(visit.office, visit.at)
    if known is None:
        return None
    coming = [one for one in visit.office.directory.absences if one.person == person and one.until >= on]
    said = _("từ {since} đến hết {until}")
    return Asked(
        f"vang/{person}",
        _("Ghi vắng mặt"),
        known.name,
        _("Ghi vắng mặt"),
        (
            Field("from_on", _("Từ ngày"), _("Ghi như 03/6/2022."), "day"),
            Field("to_on", _("Đến hết ngày"), _("Ghi như 03/6/2022."), "day"),
            Field("long", _("Nghỉ dài ngày: tạm không phải xác nhận đọc văn bản"), "", "check"),
        ),
        Form({"from_on": short_date(on)}),
        hint=_("Trong những ngày ấy người thay nhận việc."),
        away=tuple(
            (short_date(one.since), said.format(since=short_date(one.since), until=short_date(one.until)))
            for one in coming
        ),
    )


def add_form(visit: Visit, subject: str) -> Asked | None:
    """Somebody new; the address names no one."""
    if subject != "nguoi":
        return None
    units = ((unit.id, unit.name) for unit in visit.office.directory.units.values())
    return Asked(
        "them/nguoi",
        _("Thêm người"),
        "",
        _("Thêm người"),
        (
            Field("name", _("Họ tên hoặc chức danh")),
            Field("unit", _("Đơn vị"), "", "choice", (*units, ("", _("người ngoài cơ quan")))),
            Field("from_on", _("Có mặt từ ngày"), _("Để trống nếu vẫn ở đây từ trước."), "day"),
        ),
        Form(),
    )


def address_form(visit: Visit, person: str) -> Asked | None:
    """Where a person is reached."""
    known = visit.office.directory.persons.get(person)
    if known is None:
        return None
    contact = visit.office.contacts.get(person, Contact())
    agreed = short_date(contact.zalo_opt_in) if contact.zalo_opt_in else ""
    return Asked(
        f"dia-chi/{person}",
        _("Sửa địa chỉ"),
        known.name,
        _("Ghi địa chỉ"),
        (
            Field("email", _("Thư điện tử")),
            Field("phone", _("Điện thoại"), _("Để Văn phòng gọi khi thư không đến.")),
            Field("zalo", _("Số điện thoại dùng Zalo")),
            Field("zalo_opt_in", _("Ngày đồng ý nhận qua Zalo"), _("Chưa ghi ngày này thì không gửi qua Zalo."), "day"),
        ),
        Form({"email": contact.email, "phone": contact.phone, "zalo": contact.zalo, "zalo_opt_in": agreed}),
    )


def over_form(visit: Visit, person: str) -> Asked | None:
    """All or some of a person's roles to another."""
    directory, on = visit.office.directory, local_day(visit.office, visit.at)
    known = directory.persons.get(person)
    if known is None:
        return None
    held = [role for role in roles_of(directory, person, on) if may_give(visit, role)]
    return Asked(
        f"ban-giao/{person}",
        _("Bàn giao công việc"),
        known.name,
        _("Bàn giao"),
        (
            Field("to", _("Người nhận"), "", "choice", (("", _("chọn")), *_people(visit, but=person))),
            Field("from_on", _("Từ ngày"), _("Ghi như 03/6/2022."), "day"),
            Field("leaves", _("Người giao rời cơ quan từ ngày này"), "", "check"),
        ),
        Form({"from_on": short_date(on)}),
        hint=_("Việc đang mở theo vai trò sang người nhận; liên kết và phiên đăng nhập của người giao hết dùng được."),
        ticks=tuple((role, directory.roles[role].title) for role in held),
        ticked=tuple(held),
    )


def _people(visit: Visit, *, but: str = "") -> list[tuple[str, str]]:
    directory, on = visit.office.directory, local_day(visit.office, visit.at)
    here = [one for one in directory.persons.values() if one.id != but and not (one.until and one.until < on)]
    short = {unit.id: unit.short for unit in directory.units.values()}
    return [(one.id, f"{one.name} – {short[one.unit]}" if one.unit in short else one.name) for one in here]


FORMS: dict[str, Callable[[Visit, str], Asked | None]] = {
    "vai-tro": holder_form,
    "nguoi-thay": deputy_form,
    "vang": away_form,
    "them": add_form,
    "dia-chi": address_form,
    "ban-giao": over_form,
}
