"""A rehearsal's scenario: who does what when, in a small YAML list."""

from datetime import date, time
from pathlib import Path
from typing import Literal

from definitions.problem import DefinitionError
from definitions.schema import Model
from definitions.validate import fill
from definitions.yaml_source import need_list, read_yaml

ActName = Literal[
    "submit",
    "confirm",
    "return",
    "nothing-occurred",
    "acknowledge",
    "extend",
    "bind-due",
    "waive",
    "open-case",
    "approve",
    "withhold",
]


class ScenarioAct(Model):
    """One act: `on` a day at an hour, on the occurrences that `obligation`, `period` and `party` name."""

    on: date
    hour: time = time(10, 0)
    act: ActName
    obligation: str
    period: str = ""
    party: str = ""
    step: str = ""
    number: str = "01/BC"
    last_on: date | None = None
    reason: str = "theo kịch bản"


def read_scenario(file: Path) -> list[ScenarioAct]:
    """The acts in order of their moments. Raises DefinitionError with every problem."""
    source, acts, problems = read_yaml(file), [], []
    for index, item in enumerate(need_list(source)):
        act, found = fill(ScenarioAct, source, item, (index,))
        problems += found
        if act is not None:
            acts.append(act)
    if problems:
        raise DefinitionError(problems)
    return sorted(acts, key=lambda act: (act.on, act.hour))
