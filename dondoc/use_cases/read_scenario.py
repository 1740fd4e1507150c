"""What a rehearsal plays: nobody answers, everybody does in time, or the acts of a file."""

from collections.abc import Sequence
from pathlib import Path

from definitions.scenario import ScenarioAct, read_scenario
from dondoc.use_cases.refused import Refused

BUILT_IN = ("none", "in-time")


def scenario_named(name: str) -> str | Sequence[ScenarioAct]:
    """A built-in scenario's name, or the acts of the file of that name. Refused where it is neither."""
    if name in BUILT_IN:
        return name
    if not Path(name).is_file():
        raise Refused(f"Không có kịch bản «{name}».", f"Chọn {' hoặc '.join(BUILT_IN)}, hoặc chỉ một tệp YAML.")
    return read_scenario(Path(name))
