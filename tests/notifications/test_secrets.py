"""Everything a full run leaves behind, at the most talkative level, searched for what nobody may read there."""

import json
import os
import shutil
import socket
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
from mail_servers import Server, certificate

from dondoc.cli.program import COMMANDS
from dondoc.settings import Settings
from dondoc.up import children
from dondoc.up.environment import runner_environment
from dondoc.up.places import Places
from dondoc.up.server import is_healthy
from dondoc.use_cases.people_folder import SHIPPED

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
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
entrance = enter_with_new_definitions()
office, at = entrance.office, entrance.at
before = at - timedelta(days=14)
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def _environment(folder: Path, database: str, mail: str, service: ThreadingHTTPServer) -> dict[str, str]:
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
    with Server(logins=logins, tls_context=proof.server_side, require_starttls=True) as mail:
        environ = _environment(folder, database, f"127.0.0.1:{mail.port}/?ca={proof.path}", service)
        places = Places(folder / "data", _free_port())
        server = children.server(environ, places)
        server.start()
        try:
            _wait(server, places)
            done = _run(environ, places)
        finally:
            server.stop(10)
        said = {" ".join(words): _asked(environ, *words) for words in READ}
        yield Left(
            runs={"prefect.db": _dumped(places.prefect_home / "prefect.db"), "flows": done, **_texts(places.logs)},
            files=_texts(folder / "data", without=("secret.key", "prefect.db", "prefect.db-wal", "prefect.db-shm")),
            register=_register(database),
            said=said,
            mails=len(mail.got),
            posts=service.taken,  # type: ignore[attr-defined]
        )


def _wait(server: children.Child, places: Places) -> None:
    end = time.monotonic() + 120
    while not is_healthy(places.api_url):
        assert server.died is None, server.last_words(40)
        assert time.monotonic() < end, server.last_words(40)
        time.sleep(0.2)


def _run(environ: dict[str, str], places: Places) -> str:
    settings = Settings(places.data, environ["DONDOC_REGISTER_URL"], (Path(environ["DONDOC_DEFINITIONS"]),), 30)
    settings = settings._replace(clock_shift=float(environ["DONDOC_CLOCK_SHIFT"]))
    loud = {
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_LOGGING_ROOT_LEVEL": "DEBUG",
        "PREFECT_LOGGING_EXTRA_LOGGERS": TALKATIVE,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
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


def _texts(folder: Path, without: tuple[str, ...] = ()) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in without]
    return {str(path.relative_to(folder)): path.read_bytes().decode("utf-8", "replace") for path in files}


def _register(database: str) -> str:
    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [row for (name,) in names for row in connection.execute(f'SELECT to_jsonb(t)::text FROM "{name}" t')]
    return "\n".join(row[0] for row in rows)


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


def test_no_command_that_reads_says_one(left: Left) -> None:
    assert "TC-4711" in left.said["status"]  # the clerk's own board names the case by its number
    assert _found(left.said, SETTINGS) == []
    assert (
        _found({k: v for k, v in left.said.items() if not k.startswith("calendar")}, {"a": OFFICE["the accused"]}) == []
    )


# --- settings that cannot be ---

BROKEN = {
    "a mail URL of no known kind": ("DONDOC_SMTP_URL", "khongco://don-doc:BiMatX@may.example"),
    "a mail URL without a host": ("DONDOC_SMTP_URL", "smtp://don-doc:BiMatX@"),
    "a mail URL with a port that is none": ("DONDOC_SMTP_URL", "smtp://don-doc:BiMatX@may.example:BiMatX"),
    "a database that is down": ("DONDOC_REGISTER_URL", "postgresql://dondoc:BiMatX@127.0.0.1:9/so"),
    "a database URL with a stray option": ("DONDOC_REGISTER_URL", "postgresql://dondoc:BiMatX@127.0.0.1:9/so?bimat=BiMatX"),
    "a database URL with a port that is none": ("DONDOC_REGISTER_URL", "postgresql://dondoc:BiMatX@127.0.0.1:BiMatX/so"),
    "a database of no known kind": ("DONDOC_REGISTER_URL", "mysql://dondoc:BiMatX@127.0.0.1/so"),
    "a database password with a stray sign": ("DONDOC_REGISTER_URL", "postgresql://dondoc:Bi@MatX:BiMatX@127.0.0.1:9/so"),
    "a key that is none": ("DONDOC_SECRET_KEY", "BiMatX"),
    "a channel of no known kind": ("DONDOC_CHANNEL_CHAT", "khongco://BiMatX"),
    "a channel that is malformed": ("DONDOC_CHANNEL_CHAT", "json://BiMatX:BiMatX@:BiMatX/"),
}  # fmt: skip


UP = ("up", "--port-base", "{port}")
ASKED = {
    "DONDOC_SMTP_URL": [("check",), UP],
    "DONDOC_REGISTER_URL": [("status",), UP],
    "DONDOC_SECRET_KEY": [("status",)],
}
ALL = os.environ.get("DONDOC_TEST_FULL") == "1"  # else `up` with a few of them: a start costs a second
STARTED = ("a mail URL of no known kind", "a database that is down", "a database password with a stray sign")
TRIED = [
    (broken, words)
    for broken, (name, _) in BROKEN.items()
    for words in ASKED.get(name, [("check",)])
    if ALL or words != UP or broken in STARTED
]


@pytest.mark.parametrize(("broken", "words"), TRIED)
def test_a_broken_setting_is_told_without_its_secret(tmp_path: Path, broken: str, words: tuple[str, ...]) -> None:
    name, value = BROKEN[broken]
    base = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "dondoc", *(word.format(port=_free_port()) for word in words)],
        env={**base, "DONDOC_DATA": str(tmp_path / "data"), name: value},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    left = json.dumps({"said": done.stdout + done.stderr, **_texts(tmp_path)}, ensure_ascii=False)
    assert "BiMatX" not in left and "MatX" not in left, left[-3000:]
    assert done.returncode in (0, 1), left[-3000:]
    assert "Traceback" not in left
