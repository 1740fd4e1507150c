"""The doctor: every check of the house, each on its own, so that one that fails says so and the others go on."""

from collections.abc import Sequence

from dondoc.register.errors import RegisterError
from dondoc.use_cases.checks import book, configuration, letters, machine, people, secrets, time, zalo
from dondoc.use_cases.checks.finding import Check, Finding, Patient
from dondoc.words import _

CHECKS: tuple[Check, ...] = (
    configuration.register_schema,
    configuration.mail_route,
    time.zone,
    time.clock,
    time.calendar,
    time.last_sweep,
    people.roles_held,
    people.addresses,
    people.returned,
    letters.dead_letters,
    letters.waiting,
    letters.held,
    secrets.secret_key,
    zalo.zalo,
    machine.disk,
    machine.versions,
    book.backed_up,
    book.chain,
    book.folds,
    book.agenda,
)


def examine(patient: Patient, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """What every check found, in order."""
    return [finding for check in checks for finding in _asked(check, patient)]


def _asked(check: Check, patient: Patient) -> list[Finding]:
    try:
        return check(patient)
    except RegisterError as error:
        return [Finding(check.__name__, "error", str(error), _("Kiểm tra đường dẫn hoặc máy chủ của sổ."))]
    except Exception as error:  # a doctor who faints helps nobody
        said = _("không kiểm tra được ({kind})").format(kind=type(error).__name__)
        return [Finding(check.__name__, "error", said, _("Báo người phụ trách phần mềm."))]
