"""Outside these bounds the program starts and silently does nothing: docs/decisions/0001-pins.md."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]

BOUNDS = {
    "prefect": (">=3.8.8,<3.9", "3.9 asks for packages that are not to be had, and our flows are measured on 3.8"),
    "fastapi": (">=0.139.2,<0.151", "from 0.151 on the Prefect 3.8 server dies when it is imported"),
    "sqlalchemy": ("<2.1", "with 2.1 the Prefect 3.8 scheduler starts and inserts no run at all"),
    "apprise": (">=1.13,<2", "Prefect 3.8's own bound; our channels subclass what 1.13 has"),
}


def _locked(name: str) -> Version:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = re.search(rf"(?im)^{name}(?:\[[a-z,]+\])?==(\S+)", text)
    assert found, f"{name} is not in requirements.txt; run `make lock`"
    return Version(found[1])


def _asked() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    return {requirement.name: requirement for requirement in wanted}


@pytest.mark.parametrize("name", BOUNDS)
def test_what_is_asked_for_holds_the_bound(name: str) -> None:
    bound, reason = BOUNDS[name]
    assert _asked()[name].specifier == Requirement(f"{name}{bound}").specifier, (
        f"requirements.in must say {name}{bound}: {reason}"
    )


@pytest.mark.parametrize("name", BOUNDS)
def test_what_is_locked_holds_the_bound(name: str) -> None:
    bound, reason = BOUNDS[name]
    assert _locked(name) in Requirement(f"{name}{bound}").specifier, (
        f"requirements.txt locks {name} {_locked(name)}, outside {bound}: {reason}"
    )


@pytest.mark.parametrize("name", BOUNDS)
def test_what_is_installed_holds_the_bound(name: str) -> None:
    bound, reason = BOUNDS[name]
    installed = metadata.version(name)
    assert Version(installed) in Requirement(f"{name}{bound}").specifier, (
        f"{name} {installed} is installed, outside {bound}: {reason}. Run `make clean` and `make up`."
    )


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_carries_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert packages
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []


def test_the_lock_holds_what_builds_the_editable_install() -> None:
    assert _locked("setuptools") >= Version("77")
