"""What people call things: parties, obligations of one occurrence, cases that must stay nameless."""

from dondoc.core.directory import Directory
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Obligation, Step


def party_name(directory: Directory, party: str) -> str:
    """A unit's or role's full name; the id itself where the organisation file no longer has it."""
    if party in directory.units:
        return directory.units[party].name
    return role_title(directory, party)


def short_party(directory: Directory, party: str) -> str:
    unit = directory.units.get(party)
    return unit.short if unit else role_title(directory, party)


def role_title(directory: Directory, role: str) -> str:
    known = directory.role(role)
    return known.title if known else role


def title_of(obligation: Obligation, birth: Birth) -> str:
    """A confidential case shows its number and nothing else."""
    if obligation.confidential:
        return f"Vụ việc {birth.reference or birth.period}"
    title = birth.title or obligation.title
    return f"{title} – {birth.reference}" if birth.reference and not birth.title else title


def case_name(title: str, period: str) -> str:
    """Title and period; a case is called by its number, which is its period too, once."""
    return title if not period or period in title else f"{title} · {period}"


def step_title(obligation: Obligation, step: Step) -> str:
    return obligation.title if obligation.confidential else step.title
