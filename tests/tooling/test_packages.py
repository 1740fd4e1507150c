"""`flows`, `definitions` and `notifications` are names other distributions use too; ours must be the ones imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["dondoc", "definitions", "notifications", "flows"])
def test_each_package_is_imported_from_the_checkout(name: str, tmp_path: Path) -> None:
    elsewhere = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    code = f"import importlib.util; print(importlib.util.find_spec({name!r}).submodule_search_locations[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=elsewhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{name} is not installed; run `make up` or `make test`: {done.stderr}"
    assert Path(done.stdout.strip()) == ROOT / name, f"another distribution answers to the name {name}"
