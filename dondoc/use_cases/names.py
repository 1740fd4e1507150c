"""What people call things: parties, obligations of one occurrence, cases that must stay nameless."""

from dondoc.core.book_entries import ENGINE
from dondoc.core.directory import Directory
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Obligation, Step
from dondoc.words import _


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


def actor_name(directory: Directory, actor: str) -> str:
    """A person's, role's or unit's name; "A thay B" where one acted for another."""
    if actor == ENGINE:
        return _("Đôn Đốc")
    return " thay ".join(_name(directory, part) for part in actor.split(" thay ")) if actor else ""


def _name(directory: Directory, one: str) -> str:
    known = directory.persons.get(one)
    return known.name if known else party_name(directory, one)
