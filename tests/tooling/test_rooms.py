"""What the import contract cannot say: the pure centre knows nothing but the standard library."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = sorted((ROOT / "dondoc" / "core").glob("*.py"))
BANNED = {"os", "socket", "sqlite3", "subprocess", "time", "random", "threading", "urllib", "logging"}


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("file", CORE, ids=lambda file: file.stem)
def test_the_pure_centre_imports_the_standard_library_and_itself_only(file: Path) -> None:
    outside = {
        name
        for name in _imports(file)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("dondoc.core")
    }
    assert outside == set()


@pytest.mark.parametrize("file", CORE, ids=lambda file: file.stem)
def test_the_pure_centre_reads_no_clock_no_chance_no_machine(file: Path) -> None:
    assert {name.split(".")[0] for name in _imports(file)} & BANNED == set()


def test_no_module_is_called_utils_helpers_manager_or_common() -> None:
    rooms = [ROOT / name for name in ("dondoc", "definitions", "notifications", "flows")]
    names = {file.stem for room in rooms for file in room.rglob("*.py")}
    assert names & {"utils", "util", "helpers", "helper", "manager", "common", "misc"} == set()
