"""The machine: room on the disk, versions of what the program runs on."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.words import _

PINS = Path(__file__).resolve().parents[3] / "requirements.in"


def disk(patient: Patient) -> list[Finding]:
    """Room where the register and the logs lie."""
    free = shutil.disk_usage(patient.office.data).free // 2**20
    said = _("ổ đĩa của {folder} còn {free} MB").format(folder=patient.office.data, free=free)
    if free < patient.office.limits.disk_free_mb:
        return [Finding("disk", "error", said, _("Xoá bớt, hoặc chuyển thư mục dữ liệu sang ổ khác."))]
    return [Finding("disk", "ok", said)]


def versions(_patient: Patient) -> list[Finding]:
    """What is installed is within the bounds outside which things stop working silently (docs/decisions/0001)."""
    return outside_pins(_pins(), _installed) or [
        Finding("versions", "ok", _("Python {python}, các gói trong phạm vi đã thử").format(python=_python()))
    ]


def outside_pins(pins: Mapping[str, str], installed: object) -> list[Finding]:
    """A finding for each package that is missing or outside its bound, given how to ask for a version."""
    from packaging.specifiers import SpecifierSet

    found = []
    for name, bound in pins.items():
        has = installed(name)  # type: ignore[operator]
        if not has or has not in SpecifierSet(bound):
            said = _("{name} {version}, cần {bound}").format(name=name, version=has or "—", bound=bound)
            found.append(Finding("versions", "error", said, _("Chạy: make clean, rồi make up.")))
    return found


def _pins() -> Mapping[str, str]:
    return dict(_bounds(PINS)) if PINS.exists() else {}


def _bounds(file: Path) -> Iterator[tuple[str, str]]:
    from packaging.requirements import Requirement

    for line in file.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "-")):
            asked = Requirement(line.split(" #")[0])
            yield asked.name, str(asked.specifier)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))
