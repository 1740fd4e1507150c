"""An office as every use case needs it: its book, plans, calendar and people, opened once at a front door."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from definitions.problem import DefinitionError
from dondoc.core.adopt import as_adopted
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.contact import Contacts
from dondoc.core.directory import Directory
from dondoc.core.facts import Fact
from dondoc.core.limits import Limits
from dondoc.core.moments import Moments
from dondoc.core.occurrence import Birth
from dondoc.core.plan import Obligation, Plan
from dondoc.core.secret_url import SecretUrl
from dondoc.core.zalo_template import NO_TEMPLATES, ZaloTemplates
from dondoc.register.book import Book
from dondoc.register.errors import RegisterError
from dondoc.register.register import Register
from dondoc.register.sealed import Sealer
from dondoc.use_cases.load_definitions import CALENDAR_YEARS as CALENDAR_YEARS
from dondoc.use_cases.load_definitions import calendar_overlay as calendar_overlay
from dondoc.use_cases.load_definitions import load_definitions
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.people_folder import SHIPPED as SHIPPED
from dondoc.use_cases.people_folder import missing_people, people_folder
from dondoc.use_cases.refused import Refused
from dondoc.words import _

AGENCY = "so-khcn"  # one installation, one agency, one book; several are a later matter


class Office(NamedTuple):
    """`plans` by id. `definitions` are the folders they came from, the shipped one included."""

    register: Register
    plans: Mapping[str, Plan]
    calendar: WorkingCalendar
    directory: Directory
    contacts: Contacts
    agency: str
    definitions: tuple[Path, ...]
    data: Path
    sealer: Sealer  # opens and seals what must not be read where it lies
    mail: MailRoute = MailRoute()
    zalo_templates: ZaloTemplates = NO_TEMPLATES
    limits: Limits = Limits()

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id; Refused where none is loaded."""
        if plan_id not in self.plans:
            known = ", ".join(sorted(self.plans)) or _("chưa có kế hoạch nào")
            raise Refused(
                _("Không có kế hoạch «{plan_id}».").format(plan_id=plan_id),
                _("Các kế hoạch đã nạp: {known}.").format(known=known),
            )
        return self.plans[plan_id]

    def moments(self, plan: Plan) -> Moments:
        return Moments(self.calendar, plan.hours, ZoneInfo(plan.zone))

    def obligation(self, book: Book, birth: Birth, facts: Sequence[Fact] = ()) -> Obligation:
        """The obligation an occurrence was born under, or adopted since by `facts` (its own).

        The plan on disk may have changed meanwhile: an open occurrence keeps its version until somebody decides.
        """
        birth, plan = as_adopted(birth, facts), self.plans.get(birth.plan)
        if plan and (birth.obligation, birth.version) in plan.versions:
            return next(o for o in plan.obligations if o.id == birth.obligation)
        text = book.version(birth.version)
        if text is None:
            raise Refused(
                _("Sổ theo dõi không còn giữ định nghĩa của «{key}».").format(key=birth.key),
                _("Hãy chạy: dondoc journal verify, hoặc khôi phục bản sao lưu."),
            )
        return decoded(text)


@lru_cache(maxsize=1024)  # an amended plan that is not applied yet reads every occurrence's version from the book
def decoded(text: str) -> Obligation:
    from definitions.canonical import obligation_from_canonical  # seldom needed, and slow to import

    return obligation_from_canonical(text)


def open_office(
    data: Path,
    *,
    register_url: str = "",
    definitions: Sequence[Path] = (),
    editions: bool = True,
    mail: MailRoute | None = None,
    secret_key: str = "",
) -> Office:
    """Load everything and connect; nothing is written. DefinitionError carries every problem found.

    Plans are looked for in `definitions` (or the shipped folder when none is given) and in DATA/definitions,
    where editions made by `dondoc roll` live; `editions=False` leaves that folder out. `secret_key` is the one stated
    in the environment, "" for the data folder's own.
    """
    folders = (*((data / "definitions",) if editions else ()), *(definitions or (SHIPPED,)))
    if missing := missing_people(definitions, data / "definitions" if editions else None):
        raise DefinitionError(missing)
    register = Register(register_url or f"sqlite:///{data / 'dondoc.db'}", AGENCY)
    loaded = load_definitions(data, folders, lambda plan: _was_opened(register, plan))
    route = mail or MailRoute()
    route = route._replace(channels={**_channels(people_folder(folders)), **route.channels})
    return Office(
        register,
        loaded.plans,
        loaded.calendar,
        loaded.directory,
        loaded.contacts,
        AGENCY,
        folders,
        data,
        Sealer(data, secret_key),
        route,
        loaded.zalo_templates,
        loaded.limits,
    )


def _channels(people: Path) -> Mapping[str, SecretUrl]:
    """Read every time: what is secret is not copied."""
    if not (people / "channels.yaml").is_file():
        return {}
    from definitions.channels import load_channels

    return load_channels(people)


def _was_opened(register: Register, plan: Plan) -> bool:
    """Whether the book already watches exactly this plan; an office without a book watches nothing."""
    from dondoc.use_cases.load_plans import written_version

    try:
        with register.reading() as book:
            return book.setting(f"written/{plan.id}") == written_version(plan)
    except RegisterError:
        return False


def last_year_needed(plans: Mapping[str, Plan], on: date) -> tuple[int, ...]:
    """Years a plan's lasting duties are opened for as of a day: from November also the next."""
    return (on.year, on.year + 1) if on.month >= 11 else (on.year,)


def local_day(office: Office, at: datetime) -> date:
    """The office's local day of an instant; UTC's for an office without a plan."""
    plan = next(iter(office.plans.values()), None)
    return office.moments(plan).day_of(at) if plan else at.date()
