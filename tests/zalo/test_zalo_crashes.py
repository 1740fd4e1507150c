"""Killed at any point while it sends over Zalo: nothing is lost, nothing goes twice over Zalo.

What Zalo took while nobody could write it down is confirmed by its webhook; without one the mail says it again, which
is the window no sender can close. DONDOC_TEST_FULL=1 kills five hundred times on each database.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from zalo_lives import PLAN, office_of, placed

from dondoc.register import Register
from dondoc.register.connection import Sql
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo
from dondoc.use_cases.zalo_event import zalo_event
from notifications.outcome import Outcome
from notifications.zalo.stand_in.hooks import signed
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID, OA_ID
from notifications.zalo.webhook import HEADER

KILLS = 500 if os.environ.get("DONDOC_TEST_FULL") == "1" else 6
LIVES, QUIET = (
    8,
    7,
)  # of one office: those that may be killed, then those that are not, until every receipt's time is over
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED, EVENING = date(2022, 2, 18), datetime.combine(date(2022, 6, 29), time(16), ZONE)
MORNING = datetime.combine(date(2022, 6, 30), time(8), ZONE)
BETWEEN = timedelta(minutes=6)  # a little more than a lease
OF_NOTICES = Sql(
    "SELECT delivery, key FROM notice WHERE delivery IS NOT NULL UNION SELECT delivery, notice FROM passed_on"
)
TOLD = Sql("SELECT key FROM notice WHERE withdrawn_at IS NULL AND moment_at > :since")

pytestmark = pytest.mark.timeout(3600)


class Tally(NamedTuple):
    kills: int = 0
    notices: int = 0
    lost: int = 0
    twice_by_zalo: int = 0
    by_mail_too: int = 0

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        return Tally(*(mine + its for mine, its in zip(self, other, strict=True)))


@pytest.fixture(scope="module")
def lives() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(Path(__file__).with_name("zalo_lives.py"))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "ready\n"
    yield process
    assert process.stdin
    process.stdin.close()
    process.wait(10)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The shipped plan with everybody on Zalo; where its register is and what plays Zalo, every test says anew."""
    folder = tmp_path_factory.mktemp("sample")
    return office_of(folder)


Fresh = Callable[[], str]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, sample: Office, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """A function that makes a register in which everything until the evening before was told."""
    folder, numbers = tmp_path_factory.mktemp("evening"), count()
    if request.param == "sqlite":
        _until_evening(sample, f"sqlite:///{folder / 'evening.db'}")
        return lambda: f"sqlite:///{copyfile(folder / 'evening.db', folder / f'{next(numbers)}.db')}"
    import psycopg

    template = request.getfixturevalue("make_postgres_database")()
    _until_evening(sample, template)
    server, _slash, name = template.rpartition("/")

    def made() -> str:
        new = f"{name}_{next(numbers)}"
        with psycopg.connect(request.getfixturevalue("postgres_server"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {new} TEMPLATE {name}".encode())
        return f"{server}/{new}"

    return made


def _until_evening(office: Office, url: str) -> None:
    office = office._replace(register=Register(url, office.agency))
    office.register.migrate()
    open_plan(office, PLAN, datetime.combine(SIGNED, time(8), ZONE), SIGNED)
    sweep(office, EVENING)
    deliver(office, EVENING, clock=lambda: EVENING, send=lambda _delivery: Outcome("sent"))
    office.register.close()


def _joined(sample: Office, url: str, data: Path, zalo: StandIn) -> tuple[Office, dict[str, Any]]:
    """An office at that register, its account connected to the stand-in, and the order for its lives."""
    phones = {person: f"849{n:08d}" for n, person in enumerate(sorted(sample.contacts))}
    mails = data / "mails"
    mails.write_text("")
    zalo.world.taken.clear()
    order = {"register": url, "data": str(data), "api": zalo.url, "oa": OA_ID, "phones": phones}
    office = placed(sample, order)
    keys = FirstKeys(zalo.world.app_secret, zalo.world.oa_secret, zalo.world.refresh)
    assert connect_zalo(office, OA_ID, APP_ID, keys, lambda: EVENING, api=zalo.url).kind == "sent"
    return office, {**order, "mails": str(mails)}


def _live(lives: subprocess.Popen[str], **order: Any) -> dict[str, Any]:
    assert lives.stdin and lives.stdout
    lives.stdin.write(json.dumps({"kill_at": 0, "kill_after": 0.0, **order}) + "\n")
    lives.stdin.flush()
    return json.loads(lives.stdout.readline())


def _anywhere(chance: random.Random) -> dict[str, float]:
    if chance.random() < 0.6:
        return {"kill_at": chance.randint(1, 60)}
    return {"kill_after": chance.uniform(0.05, 0.6)}


def _confirm(office: Office, zalo: StandIn, at: datetime) -> None:
    """The webhooks of everything Zalo took, as often as Zalo likes."""
    for taken in list(zalo.world.taken):
        message = {"msg_id": taken.id, "tracking_id": taken.tracking_id}
        raw, headers = signed(zalo.world, {"event_name": "user_received_message", "message": message})
        assert zalo_event(office, raw, headers[HEADER], at) in ("new", "known")


def _tally(office: Office, zalo: StandIn, order: dict[str, Any], kills: int) -> Tally:
    with office.register.reading() as book:
        notices: dict[str, set[str]] = {}
        for delivery, key in book.session.rows(OF_NOTICES):
            notices.setdefault(delivery, set()).add(key)
        told = {
            row[0] for row in book.session.rows(TOLD, since=f"{EVENING.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M}")
        }
    zbs = Counter(taken.tracking_id for taken in zalo.world.taken)
    mails = Path(order["mails"]).read_text().split()
    by_zalo = set().union(*(notices[id_] for id_ in zbs)) if zbs else set()
    by_mail = set().union(*(notices[id_] for id_ in mails)) if mails else set()
    lost, both = told - by_zalo - by_mail, by_zalo & by_mail
    return Tally(kills, len(told), len(lost), sum(n - 1 for n in zbs.values()), len(both))


def _killed(lives: subprocess.Popen[str], joined: Any, zalo: StandIn, chance: random.Random, *, hooks: bool) -> Tally:
    office, order = joined
    kills = 0
    for n in range(LIVES + QUIET):
        at = MORNING + n * BETWEEN
        lived = _live(lives, **order, at=at.isoformat(), **(_anywhere(chance) if n < LIVES else {}))
        kills += lived["killed"]
        if hooks:
            _confirm(office, zalo, at)
    tally = _tally(office, zalo, order, kills)
    office.register.close()
    return tally


@pytest.mark.parametrize("hooks", [True, False], ids=["with webhooks", "without"])
def test_killed_while_sending_by_zalo_nothing_is_lost_and_nothing_goes_twice_over_zalo(
    lives: subprocess.Popen[str], sample: Office, fresh: Fresh, tmp_path: Path, zalo: StandIn, hooks: bool
) -> None:
    chance, tally = random.Random(7), Tally()
    while tally.kills < KILLS:
        tally += _killed(lives, _joined(sample, fresh(), tmp_path, zalo), zalo, chance, hooks=hooks)
    print(tally)
    assert tally.notices > 10
    assert tally.lost == 0 and tally.twice_by_zalo == 0
    if hooks:
        assert tally.by_mail_too == 0
