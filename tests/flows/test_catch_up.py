"""The sweep as Prefect runs it: its heartbeat, and what it leaves behind."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from heartbeat_server import SECRET, Watcher
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.client.schemas.objects import State

from dondoc.register import Register
from dondoc.use_cases.office import AGENCY
from flows.catch_up import catch_up

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_api")]


@pytest.fixture
def watcher(monkeypatch: pytest.MonkeyPatch, office_data: Path) -> Iterator[Watcher]:
    server = Watcher()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("DONDOC_SMTP_URL", "DONDOC_DEFINITIONS", "DONDOC_REGISTER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DONDOC_DATA", str(office_data))
    monkeypatch.setenv("DONDOC_HEARTBEAT_URL", server.url)
    yield server
    server.shutdown()
    server.server_close()


def _logs(state: State) -> str:
    async def read() -> str:
        async with get_client() as client:
            run = LogFilterFlowRunId(any_=[state.state_details.flow_run_id])
            return "\n".join(log.message for log in await client.read_logs(LogFilter(flow_run_id=run)))

    return asyncio.run(read())


def test_a_sweep_pings_its_start_and_end_and_notes_how_long_it_took(watcher: Watcher, office_data: Path) -> None:
    register = Register(f"sqlite:///{office_data / 'dondoc.db'}", AGENCY)
    register.migrate()
    state = catch_up(return_state=True)
    assert state.name == "Đã rà soát"
    assert watcher.asked == [f"/ping/{SECRET}/start", f"/ping/{SECRET}"]
    with register.reading() as book:
        assert float(book.setting("last-sweep-seconds") or 0) > 0
    assert SECRET not in _logs(state) + repr(state)


def test_a_sweep_without_its_register_pings_a_failure_and_shows_no_url(watcher: Watcher) -> None:
    watcher.answer = 500
    state = catch_up(return_state=True)
    assert state.is_failed()
    assert watcher.asked == [f"/ping/{SECRET}/start", f"/ping/{SECRET}/fail"]
    assert SECRET not in _logs(state) + repr(state)
