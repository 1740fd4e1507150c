"""People: roles that nobody holds, holders whom nothing reaches."""

from collections.abc import Set

from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.names import role_title
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.returned_addresses import returned_on
from dondoc.words import _
from dondoc.words.dates import short_date

SHOWN = 6  # names in one line


def roles_held(patient: Patient) -> list[Finding]:
    """Every role that a loaded plan asks for has somebody today."""
    office, on = patient.office, local_day(patient.office, patient.at)
    empty = sorted(r for r in _asked(office) if not office.directory.holder(r, on) and not _optional(office, r))
    if empty:
        said = _("{count} vai trò chưa có người giữ: {names}").format(count=len(empty), names=_named(office, empty))
        return [Finding("roles", "warn", said, _("Ghi người giữ vào organisation.yaml; thư của vai ấy lên cấp trên."))]
    return [Finding("roles", "ok", _("mọi vai trò trong kế hoạch có người giữ"))]


def addresses(patient: Patient) -> list[Finding]:
    """Whoever holds such a role can be reached."""
    office, on = patient.office, local_day(patient.office, patient.at)
    holders = {person for role in _asked(office) if (person := office.directory.holder(role, on))}
    reachable = office.directory.reachable
    without = sorted(holders - reachable) if reachable is not None else []
    if without:
        said = _("{count} người giữ vai trò chưa có địa chỉ: {names}").format(
            count=len(without), names=", ".join(without[:SHOWN]) + ("…" if len(without) > SHOWN else "")
        )
        return [Finding("contacts", "error", said, _("Ghi địa chỉ vào contacts.yaml."))]
    return [Finding("contacts", "ok", _("{count} người giữ vai trò đều có địa chỉ").format(count=len(holders)))]


def returned(patient: Patient) -> list[Finding]:
    """Mail addresses in the contacts that a server says nobody has; their persons' other channels come first."""
    office = patient.office
    with office.register.reading() as book:
        days = returned_on(office, book, patient.at)
    if days:
        named = ", ".join(f"{person} ({short_date(days[person])})" for person in sorted(days))
        said = _("{count} địa chỉ thư đã bị trả lại: {names}").format(count=len(days), names=named)
        return [Finding("returned", "warn", said, _("Hỏi lại địa chỉ, sửa contacts.yaml: địa chỉ mới được dùng ngay."))]
    return [Finding("returned", "ok", _("không địa chỉ thư nào bị trả lại"))]


def _asked(office: Office) -> Set[str]:
    """Roles that steps of the loaded plans name, those their ladders report to, and those that watch."""
    steps = {
        office.directory.role_of(ref, party)
        for plan in office.plans.values()
        for obligation in plan.obligations
        for party in obligation.parties
        for step in obligation.steps
        for ref in (step.by, *(escalation.to for escalation in step.ladder.escalate))
    }
    return steps | {r for plan in office.plans.values() for r in (plan.office, plan.office_head) if r}


def _optional(office: Office, role: str) -> bool:
    known = office.directory.roles.get(role)
    return known is not None and known.optional


def _named(office: Office, roles: list[str]) -> str:
    shown = ", ".join(role_title(office.directory, role) for role in roles[:SHOWN])
    return shown + ("…" if len(roles) > SHOWN else "")
