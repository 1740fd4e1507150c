"""What a rehearsal plays: nobody answers, everybody does in time, or the acts of a file."""

from collections.abc import Sequence
from pathlib import Path

from definitions.scenario import ScenarioAct, read_scenario
from dondoc.use_cases.refused import Refused
from dondoc.words import _

BUILT_IN = ("none", "in-time")


def scenario_named(name: str) -> str | Sequence[ScenarioAct]:
    """A built-in scenario's name, or the acts of the file of that name. Refused where it is neither."""
    if name in BUILT_IN:
        return name
    if not Path(name).is_file():
        raise Refused(
            _("Không có kịch bản «{name}».").format(name=name),
            _("Chọn {built_in}, hoặc chỉ một tệp YAML.").format(built_in=_(" hoặc ").join(BUILT_IN)),
        )
    return read_scenario(Path(name))
