"""Three free ports and an empty home for every test that starts something real."""

import os
import socket
from pathlib import Path

import pytest


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@pytest.fixture
def port_base() -> int:
    """Three free ports in a row; each worker of a parallel run looks in its own range."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    candidates = range(20_000 + 500 * worker, 20_500 + 500 * worker, 3)
    return next(base for base in candidates if all(map(_is_free, range(base, base + 3))))


@pytest.fixture
def empty_home(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh machine: nothing of ours, nothing of Prefect's, an empty HOME."""
    home = tmp_path / "home"
    home.mkdir()
    checkout = Path(__file__).resolve().parents[2]
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(checkout)}
