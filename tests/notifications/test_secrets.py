"""Everything a full run leaves behind, at the most talkative level, searched for what nobody may read there."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from sqlite3 import connect
from threading import Thread
from typing import NamedTuple

import psycopg
import pytest
from left_behind import free_ports, texts_of
from mail_servers import Server, certificate
from portal_visit import visited

from dondoc.cli.program import COMMANDS
from dondoc.settings import Settings
from dondoc.up import children
from dondoc.up.environment import runner_environment
from dondoc.up.places import Places
from dondoc.up.server import answers, is_healthy
from dondoc.use_cases.people_folder import SHIPPED
from notifications.zalo.stand_in.server import StandIn

pytestmark = [pytest.mark.stack, pytest.mark.postgres, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(420)]

MORNING = datetime(2022, 3, 15, 2, 30, tzinfo=UTC)  # 09:30 of a Tuesday in the office; the case is late by then
KEY = "YmktbWF0LWtob2EtbmllbS1waG9uZy0zMi1ieXRlISE="
# What the settings hold, by what it is: none of it may be read anywhere.
SETTINGS = {
    "password of the mail server": "BiMatSmtp7f3a",
    "password of the database": "BiMatPg41c9",
    "password of a channel": "BiMatKenh88d0",
    "token of a channel": "BiMatToken52bb",
    "token of a dead channel": "BiMatChet90ee",
    "token of the heartbeat": "BiMatNhip13aa",
    "the key": KEY[:-1],
}
# What the register may hold, and runs, logs and artifacts may not.
OFFICE = {
    "an address": "bimat-danhba.example",
    "a number at a service": "nguoi-77-bimat",
    "number of a case": "TC-4711",
    "the accused": "thanh-tra-vien",
}
TALKATIVE = "apprise,urllib3,requests,smtplib,psycopg,alembic,dondoc,notifications,flows"  # not what carries the logs

FULL_RUN = """
import logging, sys
from datetime import date, timedelta
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from flows.front_door import enter_with_new_definitions
from dondoc.use_cases.act import Act
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo
from notifications.zalo.stand_in.world import APP_ID, OA_ID
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
entrance = enter_with_new_definitions()
office, at = entrance.office, entrance.at
before = at - timedelta(days=14)
import json, os
zalo = json.loads(os.environ.pop("TRY_ZALO"))
kept = connect_zalo(office, OA_ID, APP_ID, FirstKeys(*zalo["keys"]), lambda: before, api=zalo["api"])
assert kept.kind == "sent", kept
open_plan(office, "qcdc-2022", before, date(2022, 2, 18))
go_live(office, date(2022, 2, 18), before, "chanh-van-phong")
case = CaseOpening("to-cao", date(2022, 3, 1), reference="TC-4711", accused=("thanh-tra-vien",))
open_case(office, "qcdc-2022", case, Act("van-phong", "cli", date(2022, 3, 1)), before)
from flows.sync_definitions import sync_definitions
from flows.catch_up import catch_up
from flows.check_obligation import check_obligation
from flows.deliver_messages import deliver_messages
sync_definitions(return_state=True)
catch_up(return_state=True)
for obligation in ("to-cao", "pho-bien-van-ban-dang", "bao-cao-dinh-ky"):
    check_obligation("qcdc-2022", obligation, return_state=True)
deliver_messages(return_state=True)
"""
READ = [
    ("status",), ("status", "--json", "--all"), ("journal", "show"), ("journal", "show", "--json"),
    ("journal", "verify"), ("hold", "show"), ("hold", "show", "--json"), ("check",), ("who", "chanh-van-phong"),
    ("who", "chanh-van-phong", "--json"), ("calendar", "qcdc-2022", "--json"),
]  # fmt: skip
READ += [(name, *more) for name in ("doctor", "calls") if name in COMMANDS for more in ((), ("--json",))]


class Left(NamedTuple):
    """What was left behind, by where it lay."""

    runs: dict[str, str]  # Prefect's database and everybody's logs
    files: dict[str, str]  # the data folder, save the key
    register: str
    said: dict[str, str]  # by the commands that read
    mails: int
    posts: int
    live: dict[str, str]  # links, ways in, sessions and tokens that opened something in this very run


class _Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken += 1  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    do_GET = do_HEAD = do_POST

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def service() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    server.taken = 0  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _definitions(folder: Path) -> Path:
    """The shipped plan with addresses one can recognise."""
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "papers_sample"))
    text = (
        (folder / "contacts.example.yaml").read_text(encoding="utf-8").replace("so-khcn.example", OFFICE["an address"])
    )
    chat = f"{OFFICE['a number at a service']}"
    for person, channel in (("cv-to-chuc", "chat"), ("chanh-van-phong-so", "chet")):
        plain = f"{person}: {{email: {person}@{OFFICE['an address']}}}"
        assert plain in text
        text = text.replace(plain, f"{plain[:-1]}, {channel}: {chat}, prefer: [{channel}]}}")
    (folder / "contacts.yaml").write_text(text, encoding="utf-8")
    return folder


def _environment(folder: Path, database: str, mail: str, service: ThreadingHTTPServer, port: int) -> dict[str, str]:
    at = service.server_address[1]
    shift = (MORNING - datetime.now(UTC)).total_seconds()
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "DONDOC_DATA": str(folder / "data"),
        "DONDOC_DEFINITIONS": str(_definitions(folder / "own")),
        "DONDOC_REGISTER_URL": database.replace("dondoc@", f"dondoc:{SETTINGS['password of the database']}@"),
        "DONDOC_SMTP_URL": f"smtp://don-doc:{SETTINGS['password of the mail server']}@{mail}",
        "DONDOC_CHANNEL_CHAT": f"json://ten:{SETTINGS['password of a channel']}@127.0.0.1:{at}/"
        f"{SETTINGS['token of a channel']}/{{address}}",
        "DONDOC_CHANNEL_CHET": f"json://127.0.0.1:9/{SETTINGS['token of a dead channel']}/{{address}}",
        "DONDOC_HEARTBEAT_URL": f"http://127.0.0.1:{at}/{SETTINGS['token of the heartbeat']}",
        "DONDOC_SECRET_KEY": KEY,
        "DONDOC_PORTAL_URL": f"http://127.0.0.1:{port + 2}",
        "DONDOC_BURST": "1000",
        "DONDOC_CLOCK_SHIFT": str(shift),
    }


@pytest.fixture(scope="module")
def left(
    tmp_path_factory: pytest.TempPathFactory,
    make_postgres_database: Callable[[], str],
    service: ThreadingHTTPServer,
) -> Iterator[Left]:
    folder, database = tmp_path_factory.mktemp("secrets"), make_postgres_database()
    logins = {"don-doc": SETTINGS["password of the mail server"]}
    proof = certificate(folder)
    with (
        Server(logins=logins, tls_context=proof.server_side, require_starttls=True) as mail,
        StandIn() as zalo,
    ):
        places = Places(folder / "data", free_ports())
        environ = _environment(folder, database, f"127.0.0.1:{mail.port}/?ca={proof.path}", service, places.port_base)
        keys = [zalo.world.app_secret, zalo.world.oa_secret, zalo.world.refresh]
        server, portal = children.server(environ, places), children.portal(environ, places, _settings(environ, places))
        server.start()
        try:
            _wait(server, lambda: is_healthy(places.api_url))
            done = _run(environ, places, json.dumps({"api": zalo.url, "keys": keys}))
            portal.start()
            _wait(portal, lambda: answers(f"{places.portal_url}/suc-khoe"))
            live = visited(places.portal_url, mail.got, f"cv-theo-doi-qcdc@{OFFICE['an address']}")
        finally:
            portal.stop(10)
            server.stop(10)
        world = zalo.world
        live |= {f"key {n} of Zalo": key for n, key in enumerate([*keys, world.access, world.refresh, *world.used])}
        said = {" ".join(words): _asked(environ, *words) for words in READ}
        yield Left(
            runs={"prefect.db": _dumped(places.prefect_home / "prefect.db"), "flows": done, **texts_of(places.logs)},
            files=texts_of(folder / "data", without=("secret.key", "prefect.db", "prefect.db-wal", "prefect.db-shm")),
            register=_register(database),
            said=said,
            mails=len(mail.got),
            posts=service.taken,  # type: ignore[attr-defined]
            live=live,
        )


def _wait(server: children.Child, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not ready():
        assert server.died is None, server.last_words(40)
        assert time.monotonic() < end, server.last_words(40)
        time.sleep(0.2)


def _settings(environ: dict[str, str], places: Places) -> Settings:
    settings = Settings(places.data, environ["DONDOC_REGISTER_URL"], (Path(environ["DONDOC_DEFINITIONS"]),), 30)
    return settings._replace(clock_shift=float(environ["DONDOC_CLOCK_SHIFT"]))


def _run(environ: dict[str, str], places: Places, zalo: str) -> str:
    settings = _settings(environ, places)
    loud = {
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_LOGGING_ROOT_LEVEL": "DEBUG",
        "PREFECT_LOGGING_EXTRA_LOGGERS": TALKATIVE,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "TRY_ZALO": zalo,
    }
    done = subprocess.run(
        [sys.executable, "-c", FULL_RUN],
        env={**runner_environment(environ, places, settings), **loud},
        cwd=places.data,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout + done.stderr


def _asked(environ: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dondoc", *words], env=environ, capture_output=True, text=True, check=False, timeout=120
    )
    return done.stdout + done.stderr


def _dumped(file: Path) -> str:
    with connect(file) as database:
        return "\n".join(database.iterdump())


def _register(database: str) -> str:
    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [
            f"{name} {row[0]}"
            for (name,) in names
            for row in connection.execute(f'SELECT to_jsonb(t)::text FROM "{name}" t')
        ]
    return "\n".join(rows)


def _found(texts: dict[str, str], secrets: dict[str, str]) -> list[str]:
    return [
        f"{what} in {where}: …{text[max(0, text.index(secret) - 160) : text.index(secret) + 80]}…"
        for where, text in texts.items()
        for what, secret in secrets.items()
        if secret in text
    ]


def test_the_run_was_full_and_talkative(left: Left) -> None:
    database = left.runs["prefect.db"]
    assert left.mails > 3 and left.posts > 0
    assert "bang-theo-doi" in database and "Rà soát toàn bộ" in database and "Giải quyết tố cáo" in database
    assert "DEBUG" in left.runs["flows"] and "TC-4711" in left.register
    assert json.dumps("1 vụ việc: 1 đang giải quyết")[1:-1] in database.replace("\\\\u", "\\u")


def test_no_setting_is_read_in_runs_logs_and_artifacts(left: Left) -> None:
    assert _found(left.runs, SETTINGS) == []


def test_nor_is_an_address_a_cases_number_or_the_accused(left: Left) -> None:
    assert _found(left.runs, OFFICE) == []


def test_no_file_of_the_data_folder_holds_a_setting(left: Left) -> None:
    assert _found(left.files, SETTINGS) == []


def test_the_register_holds_no_setting_and_names_the_accused_beside_no_case(left: Left) -> None:
    assert _found({"register": left.register}, SETTINGS) == []
    of_the_case = "\n".join(line for line in left.register.splitlines() if "TC-4711" in line)
    assert of_the_case.count("\n") > 5
    assert _found({"the case": of_the_case}, {"the accused": OFFICE["the accused"]}) == []


def test_nothing_that_opens_a_page_or_an_account_is_kept_where_it_can_be_read(left: Left) -> None:
    """Links, ways in and sessions are signed or kept as digests; Zalo's tokens are sealed."""
    assert {"a link", "a way in", "a session"} < left.live.keys() and len(left.live) >= 8
    assert "portal.log" in left.runs and "zalo_account" in left.register
    for texts in (left.runs, left.files, left.said, {"register": left.register}):
        assert _found(texts, left.live) == []
    assert "lien-ket.invalid" in left.register  # what stands in an archive for each link


def test_no_command_that_reads_says_one(left: Left) -> None:
    assert "TC-4711" in left.said["status"]  # the clerk's own board names the case by its number
    assert _found(left.said, SETTINGS) == []
    assert (
        _found({k: v for k, v in left.said.items() if not k.startswith("calendar")}, {"a": OFFICE["the accused"]}) == []
    )
