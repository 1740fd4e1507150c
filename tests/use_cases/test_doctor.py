"""The doctor: a well office is well, and every check has an illness that it finds."""

import ast
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from office_samples import CENTRE, PLAN, TDC, Desk, acting, day, held_by, moment, report, vacated, without_address

from dondoc.core.limits import Limits
from dondoc.core.secret_url import SecretUrl
from dondoc.register import Register
from dondoc.register.connection import Sql
from dondoc.register.guards import unguarded
from dondoc.register.sealed import Sealer
from dondoc.register.zalo import ZaloAccount
from dondoc.use_cases import doctor
from dondoc.use_cases.backup import backup
from dondoc.use_cases.checks import machine, time
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.checks.letters import queue_age
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.health import figures
from dondoc.use_cases.hold import hold_in
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.submit import submit
from dondoc.words import english
from notifications.outcome import Outcome

ROOT = Path(__file__).parents[2]
NOW = moment("24/5", 9)
BOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True)
FAR = Limits(calendar_days=1, disk_free_mb=1)  # 2022's calendar is history, and the test machine's disk is its own


def patient(desk: Desk, **changes: object) -> Patient:
    """Just swept; files of the test are of today, so the machine's clock is put where they are."""
    files = [desk.office.data / name for name in time.WATCHED]
    touched = max((time._touched(f) for f in files if f.exists()), default=NOW)
    machine_at = max(touched, NOW) if desk.office.register.url.startswith("sqlite") else datetime.now(UTC)
    return Patient(desk.office, NOW, machine_at, os.environ)._replace(**changes)  # type: ignore[arg-type]


def found(desk: Desk, check: str, **changes: object) -> Finding:
    """The worst finding of one check."""
    mine = [f for f in doctor.examine(patient(desk, **changes)) if f.check == check]
    return max(mine, key=lambda f: ("ok", "warn", "error").index(f.level))


def raw(desk: Desk, sql: str) -> None:
    with desk.office.register.writing() as book, unguarded(book.session):
        assert book.session.change(Sql(sql)) > 0


@pytest.fixture
def well(either: Desk, tmp_path: Path) -> Desk:
    either.office = either.office._replace(mail=BOX, limits=FAR)
    open_plan(either.office, PLAN, moment("18/2"))
    either.sweep("24/5", 8, 45)
    deliver(either.office, NOW, clock=lambda: NOW, send=lambda _d: Outcome("sent"))
    backup(either.office, tmp_path / "a.zip", NOW)
    return either


def test_a_well_office_is_well(well: Desk) -> None:
    findings = doctor.examine(patient(well))
    assert [f for f in findings if f.level == "error"] == []
    assert {f.check for f in findings if f.level == "warn"} <= {"roles"}
    assert len(findings) == len(doctor.CHECKS)
    quick = doctor.examine(patient(well, quick=True))
    assert len(quick) == len(doctor.CHECKS) - 2 and [f for f in quick if f.level == "error"] == []


def _unmigrated(desk: Desk) -> None:
    raw(desk, "UPDATE alembic_version SET version_num = '0000'")


def _no_way(desk: Desk) -> None:
    go_live(desk.office, day("24/5"), moment("24/5", 8, 50), "x")
    desk.office = desk.office._replace(mail=MailRoute())


def _bad_way(desk: Desk) -> None:
    desk.office = desk.office._replace(mail=MailRoute(url="khong-co://x", is_mailbox=True))


def _strange_zone(desk: Desk) -> None:
    plan = desk.office.plans[PLAN]._replace(zone="Asia/Thang_Long")
    desk.office = desk.office._replace(plans={PLAN: plan})


def _dead_letter(desk: Desk) -> None:
    desk.sweep("25/5")
    at = moment("25/5")
    deliver(desk.office, at, clock=lambda: at, send=lambda _d: Outcome("permanent", "550"))
    with desk.office.register.reading() as book:
        assert book.deliveries(statuses=["dead"])


def _waiting(desk: Desk) -> None:
    desk.sweep("25/5")
    at = moment("25/5")
    deliver(desk.office, at, clock=lambda: at, send=lambda _d: Outcome("temporary", "421"))
    raw(desk, "UPDATE notice SET moment_at = '2022-05-20T00:00:00.000000Z' WHERE delivery IS NOT NULL")


def _not_composed(desk: Desk) -> None:
    desk.sweep("25/5")
    raw(desk, "UPDATE notice SET moment_at = '2022-05-20T00:00:00.000000Z' WHERE delivery IS NULL AND recipient <> ''")


def _held(desk: Desk) -> None:
    with desk.office.register.writing() as book:
        hold_in(book, desk.office, "thử", NOW)


def _no_sweep(desk: Desk) -> None:
    raw(desk, "UPDATE setting SET value = '2022-05-24T06:00:00+07:00' WHERE name = 'last-sweep-at'")


def _no_backup(desk: Desk) -> None:
    raw(desk, "DELETE FROM setting WHERE name = 'last-backup-at'")


def _zalo(alarm: str, **age: float) -> Callable[[Desk], None]:
    def connect(desk: Desk) -> None:
        at = NOW - timedelta(**age)
        with desk.office.register.writing() as book:
            book.put_zalo_account(ZaloAccount("1", "2", "", "", "", "", 0, at, at + timedelta(hours=25), alarm=alarm))

    return connect


def _zalo_missing(desk: Desk) -> None:
    desk.office = desk.office._replace(mail=BOX._replace(channels={"zalo": SecretUrl("zalozbs://123")}))


def _agreed_ahead(desk: Desk) -> None:
    person = next(iter(desk.office.contacts))
    ahead = desk.office.contacts[person]._replace(zalo_opt_in=NOW.date() + timedelta(days=1))
    desk.office = desk.office._replace(contacts={**desk.office.contacts, person: ahead})


def _zalo_played(desk: Desk) -> None:
    url = SecretUrl("zalobot://1:a/?api=http://127.0.0.1:9")
    desk.office = desk.office._replace(mail=BOX._replace(channels={"zalo-bot": url}))


def _chain_broken(desk: Desk) -> None:
    raw(desk, "UPDATE fact SET actor = 'ai-do' WHERE link = 2")


def _fold_wrong(desk: Desk) -> None:
    submit(desk.office, CENTRE, report("23/5"), acting("23/5"), moment("24/5", 8, 50), "nop")
    raw(desk, f"UPDATE step SET epoch = epoch + 1 WHERE birth = (SELECT id FROM birth WHERE key = '{CENTRE}')")


def _agenda_late(desk: Desk) -> None:
    raw(desk, f"UPDATE agenda SET next_at = next_at + 1 WHERE birth = (SELECT id FROM birth WHERE key = '{TDC}')")


def _agenda_gone(desk: Desk) -> None:
    raw(desk, f"DELETE FROM agenda WHERE birth = (SELECT id FROM birth WHERE key = '{TDC}')")


def _limits(**numbers: int) -> Callable[[Desk], None]:
    def set_them(desk: Desk) -> None:
        desk.office = desk.office._replace(limits=FAR._replace(**numbers))

    return set_them


def _vacant(desk: Desk) -> None:
    desk.office = vacated(desk.office, "dau-moi-tdc")


def _no_address(desk: Desk) -> None:
    desk.office = without_address(held_by(desk.office, "dau-moi-tdc", ("cb-dau-moi-tdc", None, None)), "cb-dau-moi-tdc")


def _returned(desk: Desk) -> None:
    with desk.office.register.writing() as book:
        letter = next(record.delivery for record in book.deliveries() if record.delivery.channel == "email")
        book.bounce(letter.id, NOW, "Thư bị trả lại: 5.1.1", "5.1.1")


def _superior_vacant(desk: Desk) -> None:
    desk.office = vacated(desk.office, "chi-cuc-truong-tdc")


def _superior_without_address(desk: Desk) -> None:
    held = held_by(desk.office, "giam-doc", ("giam-doc-so", None, None))
    desk.office = without_address(held, "giam-doc-so")


def _lost_key(desk: Desk) -> None:
    open_case(desk.office, PLAN, CaseOpening("to-cao", day("24/5")), acting("24/5"), moment("24/5", 8, 50))
    desk.office = desk.office._replace(sealer=Sealer(desk.office.data))


def _moved_clock(desk: Desk) -> None:
    raw(desk, "UPDATE chain SET recorded_at = '2022-05-24T03:00:00.000000Z'")


ILLNESSES: list[tuple[str, str, Callable[[Desk], None]]] = [
    ("register", "error", _unmigrated),
    ("mail", "error", _no_way),
    ("mail", "error", _bad_way),
    ("zone", "error", _strange_zone),
    ("clock", "error", _moved_clock),
    ("calendar", "error", _limits(calendar_days=100_000)),
    ("calendar", "warn", _limits(calendar_days=2_000)),
    ("sweep", "error", _no_sweep),
    ("roles", "warn", _vacant),
    ("roles", "warn", _superior_vacant),
    ("contacts", "error", _no_address),
    ("contacts", "error", _superior_without_address),
    ("returned", "warn", _returned),
    ("dead-letters", "warn", _dead_letter),
    ("waiting", "error", _waiting),
    ("waiting", "error", _not_composed),
    ("held", "warn", _held),
    ("zalo", "error", _zalo_missing),
    ("zalo", "warn", _zalo_played),
    ("zalo", "warn", _agreed_ahead),
    ("zalo", "error", _zalo("mã làm mới không dùng được", hours=1)),
    ("zalo", "warn", _zalo("", hours=26)),
    ("zalo", "error", _zalo("", days=77)),
    ("secret-key", "error", _lost_key),
    ("disk", "error", _limits(disk_free_mb=999_999_999)),
    ("backup", "warn", _no_backup),
    ("journal", "error", _chain_broken),
    ("folds", "error", _fold_wrong),
    ("agenda", "error", _agenda_late),
    ("agenda", "error", _agenda_gone),
]


@pytest.fixture
def well_sqlite(desk: Desk, tmp_path: Path) -> Desk:
    desk.office = desk.office._replace(mail=BOX, limits=FAR)
    desk.sweep("24/5", 8, 45)
    deliver(desk.office, NOW, clock=lambda: NOW, send=lambda _d: Outcome("sent"))
    backup(desk.office, tmp_path / "a.zip", NOW)
    return desk


@pytest.mark.parametrize(("check", "level", "illness"), ILLNESSES, ids=lambda x: getattr(x, "__name__", str(x)))
def test_each_check_finds_its_illness(
    well_sqlite: Desk, check: str, level: str, illness: Callable[[Desk], None]
) -> None:
    illness(well_sqlite)
    finding = found(well_sqlite, check)
    assert (finding.level, bool(finding.todo)) == (level, True), finding


def test_what_nobody_composes_waits_as_long_as_what_nobody_sends(desk: Desk) -> None:
    desk.office = desk.office._replace(mail=MailRoute())
    desk.sweep("24/5", 8, 0)
    assert figures(desk.office, moment("25/5", 9)).queue_seconds >= timedelta(hours=25).total_seconds()
    _held(desk)
    assert figures(desk.office, moment("25/5", 9)).queue_seconds == 0


@pytest.mark.parametrize(("on", "hour", "waits"), [("22/5", 9, 0), ("23/5", 8, 0), ("23/5", 9, 1)])
def test_a_digest_of_friday_afternoon_waits_only_from_monday_on(desk: Desk, on: str, hour: int, waits: int) -> None:
    first = next(notice for notice in desk.sweep("20/5", 8).notices if notice.pace == "digest" and notice.recipient)
    late = first._replace(key="x", moment_at=moment("20/5", 14), not_after=moment("30/6"))
    with desk.office.register.writing() as book:
        book.withdraw([notice.key for notice in book.open_notices(moment("20/5"))], "thử", moment("20/5"))
        book.add_notices([late])
        assert queue_age(desk.office, book, moment(on, hour)) == timedelta(hours=waits)


def test_a_well_zalo_account_is_well(well_sqlite: Desk) -> None:
    _zalo("", hours=1)(well_sqlite)
    assert found(well_sqlite, "zalo").level == "ok"


def test_every_check_has_an_illness() -> None:
    names = {"register_schema": "register", "mail_route": "mail", "last_sweep": "sweep", "roles_held": "roles"}
    names |= {"addresses": "contacts", "dead_letters": "dead-letters", "backed_up": "backup", "chain": "journal"}
    names |= {"secret_key": "secret-key"}
    ill = {check for check, _level, _illness in ILLNESSES} | {"versions"}
    assert {names.get(c.__name__, c.__name__) for c in doctor.CHECKS} <= ill


def test_a_package_outside_its_bound_or_missing_is_found() -> None:
    pins = {"prefect": ">=3.8.8,<3.9", "sqlalchemy": "<2.1", "nothing": ""}
    have = {"prefect": "3.9.0", "sqlalchemy": "2.0.1"}
    assert [f.said.split()[0] for f in machine.outside_pins(pins, lambda name: have.get(name, ""))] == [
        "prefect",
        "nothing",
    ]


def test_a_file_of_tomorrow_says_that_the_clock_is_behind(well_sqlite: Desk) -> None:
    assert found(well_sqlite, "clock", machine_at=patient(well_sqlite).machine_at - timedelta(days=1)).level == "error"


@pytest.mark.postgres
def test_a_clock_apart_from_the_servers_is_found(well: Desk) -> None:
    if well.office.register.url.startswith("sqlite"):
        return
    real = datetime.now(UTC)
    assert found(well, "clock", machine_at=real).level == "ok"
    assert found(well, "clock", machine_at=real - timedelta(minutes=10)).level == "error"


def test_a_lost_register_is_one_finding_a_check_and_no_traceback(desk: Desk, tmp_path: Path) -> None:
    lost = desk.office._replace(register=Register(f"sqlite:///{tmp_path / 'none.db'}"))
    findings = doctor.examine(Patient(lost, NOW, NOW, os.environ))
    assert {f.level for f in findings if f.check in ("register", "held", "chain")} == {"error"}
    assert not any("Traceback" in f.said for f in findings)


def test_the_quick_look_still_finds_a_changed_end_of_the_journal(well_sqlite: Desk) -> None:
    raw(well_sqlite, "UPDATE fact SET actor = 'ai-do' WHERE link = (SELECT link FROM chain)")
    assert found(well_sqlite, "journal", quick=True).level == "error"


def test_what_the_doctor_says_exists_in_english() -> None:
    files = [*(ROOT / "dondoc/use_cases/checks").glob("*.py"), ROOT / "dondoc/use_cases/doctor.py"]
    said = {
        node.args[0].value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and isinstance(node.args[0], ast.Constant)
    }
    assert len(said) > 30 and sorted(said - english().keys()) == []
