"""A real Prefect server for the tests of this room: its own folder, its own port, an explicit environment."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from dondoc.up import children
from dondoc.up.places import Places
from dondoc.up.server import is_healthy


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API address of a server that lives as long as the test session."""
    places = Places(tmp_path_factory.mktemp("prefect"), _free_port())
    server = children.server(os.environ, places)
    server.start()
    end = time.monotonic() + 120
    while not is_healthy(places.api_url):
        assert server.died is None, server.last_words(40)
        assert time.monotonic() < end, server.last_words(40)
        time.sleep(0.2)
    with temporary_settings({PREFECT_API_URL: places.api_url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield places.api_url
    server.stop(3)


@pytest.fixture
def office_data(tmp_path: Path) -> Path:
    return tmp_path / "data"
