"""The other way to run the flows: Prefect's own server, `prefect deploy --all` and a process worker, as README says."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dondoc.up import children
from dondoc.up.child import Child
from dondoc.up.environment import server_environment
from dondoc.up.places import Places
from dondoc.up.server import is_healthy, runs
from notifications.mailbox import Mailbox, list_messages

pytestmark = [pytest.mark.stack, pytest.mark.full, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(420)]

CHECKOUT = Path(__file__).resolve().parents[2]
PREFECT = str(Path(sys.executable).parent / "prefect")
DUE_TODAY_AT = datetime(2022, 6, 3, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # the half-year reports are due that day
REPORT = "Báo cáo kết quả thực hiện QCDC"
LEAD = timedelta(seconds=75)  # from the worker's start: by then the definitions flow has made the runs ahead
PATIENCE = 120.0


@pytest.fixture
def places(tmp_path: Path, port_base: int) -> Iterator[Places]:
    """A standing Prefect server of nobody's making but Prefect's."""
    found = Places(tmp_path / "data", port_base)
    found.data.mkdir()
    server = children.server(os.environ, found)
    server.start()
    try:
        _until(lambda: is_healthy(found.api_url), "the server")
        yield found
    finally:
        server.stop(5)


@pytest.fixture
def mail(places: Places) -> Iterator[Mailbox]:
    mailbox = Mailbox(places.data / "mailbox", "127.0.0.1", places.smtp_port)
    mailbox.start()
    yield mailbox
    mailbox.stop()


def _until(true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not seen: {what}"
        time.sleep(0.5)


def _environment(places: Places) -> dict[str, str]:
    told = server_environment(os.environ, places)
    return {**told, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{told['PATH']}"}


def _prefect(environment: Mapping[str, str], *words: str) -> None:
    done = subprocess.run([PREFECT, *words], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _office(places: Places, mail: Mailbox) -> dict[str, str]:
    """The worker's own environment: README's two variables, a trial's address, and a clock that stands in 2022."""
    shift = (DUE_TODAY_AT - LEAD - datetime.now(UTC)).total_seconds()
    return {
        "DONDOC_DATA": str(places.data),
        "DONDOC_SMTP_URL": mail.url,
        "DONDOC_TEST_ADDRESS": "thu@so-khcn.example",
        "DONDOC_CLOCK_SHIFT": str(shift),
        "DONDOC_HORIZON_DAYS": "1",
        "DONDOC_BURST": "1000",
        "PREFECT_WORKER_QUERY_SECONDS": "3",
    }


def _subjects(places: Places) -> list[str]:
    return [letter.subject for letter in list_messages(places.data / "mailbox")]


@contextmanager
def _worker(places: Places, environment: Mapping[str, str]) -> Iterator[None]:
    log = places.logs / "worker.log"
    command = [PREFECT, "worker", "start", "--pool", "don-doc"]
    worker = Child("worker", command, environment, CHECKOUT, log)
    worker.start()
    try:
        yield
    except BaseException:
        print(worker.last_words(40))
        raise
    finally:
        worker.stop(20)


def test_a_worker_runs_the_same_flows_and_the_message_of_a_scheduled_check_arrives(
    places: Places, mail: Mailbox
) -> None:
    told = _environment(places)
    _prefect(told, "work-pool", "create", "don-doc", "--type", "process")
    _prefect(told, "--no-prompt", "deploy", "--all")
    with _worker(places, told | _office(places, mail)):
        _prefect(told, "deployment", "run", "sync-definitions/Cập nhật định nghĩa")
        _until(lambda: _completed(places, "Cập nhật định nghĩa"), "the definitions flow")
        assert _subjects(places) == []
        _until(lambda: _completed(places, REPORT, tag="điểm nhắc"), "a scheduled check that completed")
        _until(lambda: any(REPORT in one for one in _subjects(places)), "its message")


def _completed(places: Places, name: str, tag: str = "") -> bool:
    return any(name in run["name"] for run in runs(places.api_url, tag=tag, state="COMPLETED"))
