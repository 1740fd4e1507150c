"""Which office a process serves, as one environment hands it to the next. Only front doors read this."""

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

PREFIX = "DONDOC_"
FARTHEST = 100 * 366 * 86_400.0  # seconds; further no trial moves its clock
SECRET_KEY = "DONDOC_SECRET_KEY"  # read where an office is opened, and kept in no value that could be printed


class SettingsError(ValueError):
    """An environment value nobody can use; the text names the variable, what was found and what was expected."""


class Settings(NamedTuple):
    """What the supervisor decides once and every process under it obeys."""

    data: Path
    register_url: str = ""  # "" is SQLite in the data folder
    definitions: tuple[Path, ...] = ()  # () is what ships with the checkout
    horizon_days: int = 100  # how far ahead touchpoints stand in the flow UI
    deliver_every: int = 300  # seconds between two rounds of the outbox
    clock_shift: float = 0.0  # seconds added to the clock: proofs and trials only, never an office at work


class Uptime(NamedTuple):
    """How long the machine has been running, whatever its clock says."""

    boot: str  # the same for all processes until the machine is started anew; "" is unknown
    seconds: float = 0.0  # sleep included


def uptime() -> Uptime:
    """Of this machine, now; unknown where the system is not Linux."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return Uptime(boot, time.clock_gettime(time.CLOCK_BOOTTIME))
    except (OSError, AttributeError):
        return Uptime("")


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings out of DONDOC_* variables; SettingsError where one cannot be read."""
    return Settings(
        data=Path(environ.get("DONDOC_DATA") or ".dondoc").resolve(),
        register_url=environ.get("DONDOC_REGISTER_URL", ""),
        definitions=tuple(Path(part) for part in environ.get("DONDOC_DEFINITIONS", "").split(os.pathsep) if part),
        horizon_days=int(_number(environ, "DONDOC_HORIZON_DAYS", 100)),
        deliver_every=int(_number(environ, "DONDOC_DELIVER_EVERY", 300)),
        clock_shift=clock_shift(environ),
    )


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables from which another process reads the same settings."""
    return {
        "DONDOC_DATA": str(settings.data),
        "DONDOC_REGISTER_URL": settings.register_url,
        "DONDOC_DEFINITIONS": os.pathsep.join(str(path) for path in settings.definitions),
        "DONDOC_HORIZON_DAYS": str(settings.horizon_days),
        "DONDOC_DELIVER_EVERY": str(settings.deliver_every),
        "DONDOC_CLOCK_SHIFT": str(settings.clock_shift),
    }


def clock_shift(environ: Mapping[str, str]) -> float:
    """Seconds added to the clock; SettingsError where that is no number of seconds a clock could be moved by."""
    shift = _number(environ, "DONDOC_CLOCK_SHIFT", 0)
    if not abs(shift) <= FARTHEST:
        raise SettingsError(f"DONDOC_CLOCK_SHIFT={shift}: cần một số giây hợp lý (a sensible number of seconds)")
    return shift


def office_moment(settings: Settings, now: datetime) -> datetime:
    """The instant at which the office believes itself to be, aware UTC, when the machine's clock says `now`."""
    return now.astimezone(UTC) + timedelta(seconds=settings.clock_shift)


def machine_moment(settings: Settings, at: datetime) -> datetime:
    """When the machine's clock will stand where the office's moment `at` is."""
    return at.astimezone(UTC) - timedelta(seconds=settings.clock_shift)


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    found = environ.get(name, "")
    try:
        return float(found) if found else default
    except ValueError as error:
        raise SettingsError(f"{name}={found!r}: cần một con số (a number is expected)") from error
