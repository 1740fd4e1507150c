"""How each form of /nhan-su is read, and what its entry is: nothing is entered of a form that is not whole."""

from collections.abc import Callable
from datetime import date

from starlette.datastructures import FormData

from dondoc.portal.forms import Form
from dondoc.portal.posting import chosen
from dondoc.portal.visit import NotAllowed, Visit
from dondoc.use_cases.act import Act
from dondoc.use_cases.contact_edits import change_contacts
from dondoc.use_cases.contacts_sheet import read_phone
from dondoc.use_cases.office import local_day
from dondoc.use_cases.pass_work_on import pass_work_on
from dondoc.use_cases.people_edits import add_absence, add_person, change_deputy, change_holder
from dondoc.words import _

Entry = Callable[[Act], object]
Deed = Callable[[Visit, str, Form, FormData], Entry]


def _holder(visit: Visit, role: str, form: Form, _sent: FormData) -> Entry:
    person, from_on = form.text("person"), _day(visit, form, "from_on")
    until = form.day("to_on", date.max)
    return lambda act: change_holder(visit.office, role, person, from_on, act, visit.at, until)


def _deputy(visit: Visit, role: str, form: Form, _sent: FormData) -> Entry:
    deputy = form.text("deputy")
    return lambda act: change_deputy(visit.office, role, deputy, act, visit.at)


def _away(visit: Visit, person: str, form: Form, _sent: FormData) -> Entry:
    since, until, long = _day(visit, form, "from_on"), _day(visit, form, "to_on"), bool(form.text("long"))
    return lambda act: add_absence(visit.office, person, since, until, long, act, visit.at)


def _add(visit: Visit, _new: str, form: Form, _sent: FormData) -> Entry:
    name = form.text("name", longest=120, needed=_("Ghi họ tên hoặc chức danh."))
    unit, from_on = form.text("unit"), form.day("from_on", date.max)
    return lambda act: add_person(visit.office, name, unit, from_on, act, visit.at)


def _addresses(visit: Visit, person: str, form: Form, _sent: FormData) -> Entry:
    given: dict[str, str | date | None] = {"email": form.text("email")}
    for name in ("phone", "zalo"):
        typed = form.text(name, longest=30)
        given[name] = read_phone(typed) if typed else ""
        if given[name] is None:
            form.errors[name] = _("“{value}” không phải số điện thoại.").format(value=typed)
    given["zalo-opt-in"] = form.day("zalo_opt_in", local_day(visit.office, visit.at))
    return lambda act: change_contacts(visit.office, {person: given}, act, visit.at)


def _over(visit: Visit, person: str, form: Form, sent: FormData) -> Entry:
    to, from_on = form.text("to", needed=_("Chọn người nhận bàn giao.")), _day(visit, form, "from_on")
    roles, leaves = chosen(sent, "roles"), bool(form.text("leaves"))
    if any(not may_give(visit, role) for role in roles):
        raise NotAllowed
    return lambda act: pass_work_on(visit.office, person, to, roles, from_on, leaves, act, visit.at)


def may_give(visit: Visit, role: str) -> bool:
    """An administrator's place is given by administrators alone."""
    known = visit.office.directory.roles.get(role)
    return known is None or known.portal != "admin" or "admin" in visit.viewer.parts


def _day(visit: Visit, form: Form, name: str) -> date:
    today = local_day(visit.office, visit.at)
    return form.day(name, today, needed=_("Ghi ngày."), ahead=True) or today


DEEDS: dict[str, Deed] = {
    "vai-tro": _holder,
    "nguoi-thay": _deputy,
    "vang": _away,
    "them": _add,
    "dia-chi": _addresses,
    "ban-giao": _over,
}
