"""What one check found, and what every check may look at."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from dondoc.use_cases.office import Office

Level = Literal["ok", "warn", "error"]


class Finding(NamedTuple):
    """`said` is how it stands, `todo` what to do about it ("" where nothing is amiss); both in words, no secret."""

    check: str
    level: Level
    said: str
    todo: str = ""


class Patient(NamedTuple):
    """`at` is the office's instant, `machine_at` the machine's own clock. `quick` leaves out what reads all entries."""

    office: Office
    at: datetime
    machine_at: datetime
    environ: Mapping[str, str]
    quick: bool = False


Check = Callable[[Patient], list[Finding]]
