"""Running commands as a person does, in a process of their own, or in this one where only the outcome counts."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest


class Said(NamedTuple):
    code: int
    out: str
    err: str


Dondoc = Callable[..., Said]


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "SYSTEMROOT") if key in os.environ}
    return kept | {"HOME": str(home), "PYTHONIOENCODING": "utf-8"} | more


@pytest.fixture
def dondoc(tmp_path: Path) -> Dondoc:
    """`dondoc("status", "--json")` in an empty HOME and folder of its own."""

    def run(*arguments: str, python: Sequence[str] = (), **environment: str) -> Said:
        command = [sys.executable, *python, "-m", "dondoc", *arguments]
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=clean_environment(home, **environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run
