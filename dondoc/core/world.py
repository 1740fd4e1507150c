"""What surrounds an occurrence when it is judged."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from dondoc.core.directory import Directory
from dondoc.core.moments import Moments
from dondoc.core.plan import Plan


class World(NamedTuple):
    """What surrounds an occurrence when it is judged."""

    plan: Plan
    moments: Moments
    directory: Directory
    missing: Mapping[str, tuple[str, ...]] = {}  # step id → parties whose part it still waits for
    others: Mapping[str, date] = {}  # obligation id → its target in the same period
