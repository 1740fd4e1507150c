"""Fifty lines of a board of one million occurrences: the portal's page beside a bare Starlette page, through wrk.

The bare page makes the same query on a connection of its own and fills the same template with the columns as they are:
no session to look up, no rights, no words for states, no middleware. CPU seconds are the server's own, out of /proc.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, NamedTuple

from benchmarks.measure import Result
from dondoc.use_cases.office import Office, open_office

OCCURRENCES = int(os.environ.get("DONDOC_BENCH_OCCURRENCES", "1000000"))
REPEATS = 3
SECONDS = {1: 4, 16: 4}  # clients → how long
PLAN, OPENED_AT = "qcdc-2022", datetime(2022, 2, 18, 1, tzinfo=UTC)
AT = datetime(2022, 6, 6, 2, tzinfo=UTC)
PATHS = {"ours": "/so", "bare": "/bare"}
FURTHER = "sau=0.2022-09-15.500000"  # deep in the book: a page by key costs the same anywhere


class Run(NamedTuple):
    cpu: float  # seconds a request, of the server
    p99: float  # seconds
    requests: int


def run() -> list[Result]:
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: apt-get install wrk")
    with TemporaryDirectory() as name:
        secret = fill(Path(name))
        with server(name, "ours") as ours, server(name, "bare") as bare:
            found = {(clients, who): [] for clients in SECONDS for who in PATHS}  # type: dict[tuple[int, str], list[Run]]
            for _ in range(REPEATS):
                for clients, seconds in SECONDS.items():
                    found[clients, "ours"].append(hit(ours, "ours", secret, clients, seconds))
                    found[clients, "bare"].append(hit(bare, "bare", secret, clients, seconds))
    return list(_results(found))


def _results(found: dict[tuple[int, str], list[Run]]) -> Iterator[Result]:
    for clients in SECONDS:
        mine, theirs = found[clients, "ours"], found[clients, "bare"]
        where = "alone" if clients == 1 else f"at {clients} clients"
        yield _result(f"50 lines of a board of 1 M, {where} (CPU)", [r.cpu for r in mine], [r.cpu for r in theirs])
        yield _result(f"the same, {where} (p99, wall)", [r.p99 for r in mine], [r.p99 for r in theirs])


def _result(case: str, mine: list[float], theirs: list[float]) -> Result:
    ours, peer = median(mine), median(theirs)
    name = "a bare Starlette page, same query and template"
    return Result(case, OCCURRENCES, ours, peer, name, peer / ours, "page", max(mine) / min(mine))


def hit(process: subprocess.Popen[str], who: str, secret: str, clients: int, seconds: int) -> Run:
    port = process.args[-1]  # type: ignore[index]
    url = f"http://127.0.0.1:{port}{PATHS[who]}?{FURTHER}"
    before = _cpu(process.pid)
    said = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "-H", f"Cookie: dondoc={secret}", url],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    spent = _cpu(process.pid) - before
    if "Non-2xx" in said:
        raise SystemExit(said)
    requests = int(re.findall(r"(\d+) requests in", said)[0])
    return Run(spent / requests, _seconds(re.findall(r"99%\s+(\S+)", said)[0]), requests)


def _seconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[unit]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(folder: str, who: str) -> Iterator[subprocess.Popen[str]]:
    """One process with one event loop, as `dondoc up` starts the portal; its port is its last argument."""
    port = {"ours": "18431", "bare": "18432"}[who]
    with subprocess.Popen([sys.executable, "-m", "benchmarks.board_page", who, folder, port], text=True) as process:
        try:
            _wait(int(port))
            yield process
        finally:
            process.terminate()


def _wait(port: int) -> None:
    import socket

    for _ in range(300):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


# --- the book ---


def office_of(folder: Path) -> Office:
    office = open_office(folder, editions=False)
    return office._replace(plans={PLAN: office.plans[PLAN]})


def fill(folder: Path) -> str:
    """A plan's year, then the same occurrences again and again with later dues; the secret of a session."""
    from dondoc.use_cases.credentials import issue
    from dondoc.use_cases.open_plan import open_plan
    from dondoc.use_cases.sweep import sweep

    office = office_of(folder)
    office.register.migrate()
    open_plan(office, PLAN, OPENED_AT, date(2022, 2, 18))
    sweep(office, AT)
    secret = issue(office, "session", "cv-theo-doi-qcdc", AT)
    office.register.close()
    with sqlite3.connect(folder / "dondoc.db") as raw:
        _multiply(raw)
    return secret


def _multiply(raw: sqlite3.Connection) -> None:
    columns = {t: [r[1] for r in raw.execute(f"PRAGMA table_info({t})")] for t in ("birth", "line")}
    (births,) = raw.execute("SELECT COUNT(*) FROM birth").fetchone()
    copies = OCCURRENCES // births
    raw.execute("CREATE TEMP TABLE copy (times INTEGER PRIMARY KEY)")
    raw.executemany("INSERT INTO copy VALUES (?)", ((n,) for n in range(1, copies)))
    raw.execute("CREATE TEMP TABLE first AS SELECT * FROM birth")
    raw.execute("CREATE TEMP TABLE line_first AS SELECT * FROM line")
    other = {"id": f"first.id + times * {births}", "key": "first.key || '~' || times"}
    values = ", ".join(other.get(name, f"first.{name}") for name in columns["birth"])
    raw.execute(f"INSERT INTO birth ({', '.join(columns['birth'])}) SELECT {values} FROM copy, first")
    later = "CASE due WHEN '9999-12-31' THEN due ELSE date(due, (times % 250) || ' days') END"
    other = {"birth": f"birth + times * {births}", "key": "key || '~' || times", "due": later}
    values = ", ".join(other.get(name, name) for name in columns["line"])
    raw.execute(f"INSERT INTO line ({', '.join(columns['line'])}) SELECT {values} FROM copy, line_first")
    raw.commit()
    raw.execute("ANALYZE")


# --- the two servers ---


def ours(folder: Path) -> Any:
    from dondoc.portal.app import make_app
    from dondoc.portal.door import Door

    return make_app(Door(lambda: _settled(folder), lambda: AT))


def _settled(folder: Path) -> Office:
    """As the portal's own door loads it."""
    from dondoc.portal.door import settle

    office = office_of(folder)
    settle()
    return office


def bare(folder: Path) -> Any:
    """The same query and the same template, and nothing besides."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    from dondoc.portal.board import choices
    from dondoc.portal.pages import TEMPLATES
    from dondoc.register.connection import for_sqlite
    from dondoc.register.lines import ALL

    raw = sqlite3.connect(folder / "dondoc.db", check_same_thread=False)
    sql, template, offered = for_sqlite(ALL), TEMPLATES.get_template("so.html"), choices(_settled(folder), None)
    typed = dict.fromkeys(("don_vi", "muc", "tinh_trang", "thang", "tim", "ngay", "nhin", "sau"), "")
    values = {
        "today": "2022-06-06", "at": "2022-06-06T02:00:00.000000Z", "soon": "2022-06-10", "tier": 0,
        "before": "9999-12-32", "due": "2022-09-15", "birth": 500000, "section": "", "status": "", "text": "",
        "most": 51,
    }  # fmt: skip

    visit = SimpleNamespace(may=lambda _action: True, viewer=SimpleNamespace(name="Chuyên viên"), csrf="0" * 64)

    async def show(_request: Request) -> HTMLResponse:
        rows = list(map(_Columns._make, raw.execute(sql, values)))[:50]
        shown = {"rows": rows, "cases": "", "past": False, "on": ""}
        return HTMLResponse(
            template.render(
                visit=visit, shown=shown, typed=typed, wrong="", next_href="/so?sau=x", wide=True, here="/so", **offered
            )
        )

    return Starlette(routes=[Route("/bare", show)])


class _Columns(NamedTuple):
    """A line's columns under the names that the template asks for, as they are in the database."""

    key: str
    tier: int
    due: str
    unit: str
    party: str
    title: str
    period: str
    step: str
    doer: str
    label: str
    since_at: str
    basis: str
    target: str
    mark: str
    days: int
    recorded_late: int
    counted: str
    birth: int

    @property
    def last(self) -> str:
        return self.due


if __name__ == "__main__":
    import uvicorn

    application = {"ours": ours, "bare": bare}[sys.argv[1]](Path(sys.argv[2]))
    uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[3]), log_level="warning", access_log=False)
