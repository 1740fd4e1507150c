"""A PostgreSQL server of the test run's own, from the machine's binaries; loaded as a pytest plugin.

It listens on loopback only, keeps nothing on disk for longer than the run, and is stopped by its own process id.
"""

import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

PLACES = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
NOBODIES = ("postgres", "nobody")  # the server refuses to run as root
PATIENCE = 60  # seconds until it answers


def _tool(name: str) -> str:
    # The distribution's own directory first: what lies on PATH may be a wrapper that changes users by itself.
    found = next((f"{place}/{name}" for place in PLACES if os.access(f"{place}/{name}", os.X_OK)), shutil.which(name))
    if found:
        return found
    told = f"PostgreSQL's {name} is not on this machine"
    if os.environ.get("DONDOC_TEST_REQUIRE") == "all":
        pytest.fail(f"{told}, and DONDOC_TEST_REQUIRE=all asks for everything")
    pytest.skip(told)


def _as_nobody(folder: Path) -> list[str]:
    """The words before a command that make it run without root's rights, its folder given away accordingly."""
    if os.geteuid() != 0:
        return []
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in NOBODIES if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a running server's maintenance database: postgresql://dondoc@127.0.0.1:PORT/postgres."""
    initdb, postgres = _tool("initdb"), _tool("postgres")
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-", dir="/tmp"))  # short: a socket's path has a limit
    folder.chmod(0o755)
    data, log, port = folder / "data", folder / "log", _free_port()
    rights = _as_nobody(folder)
    subprocess.run(
        [*rights, initdb, "-D", data, "-U", "dondoc", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    command = [
        *rights,
        postgres,
        "-D",
        data,
        "-p",
        str(port),
        "-h",
        "127.0.0.1",
        "-k",
        folder,
        "-c",
        "max_connections=60",
        "-c",
        "fsync=off",  # a test kills processes, never the machine
    ]
    with log.open("wb") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words, cwd=folder)
    url = f"postgresql://dondoc@127.0.0.1:{port}/postgres"
    try:
        _wait(process, url, log)
        yield url
    finally:
        _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End all sessions and stop; on a machine too busy to write its last checkpoint, stop without one."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def make_postgres_database(postgres_server: str) -> Callable[[], str]:
    """A function that makes an empty database and gives its URL."""
    import psycopg

    numbers = count(1)

    def make() -> str:
        name = f"so_{next(numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return postgres_server.rpartition("/")[0] + f"/{name}"

    return make


@pytest.fixture
def postgres_url(make_postgres_database: Callable[[], str]) -> str:
    """The URL of an empty database."""
    return make_postgres_database()
