"""limits.yaml: the office's own numbers, beside its plans; the shipped ones where it has none."""

from collections.abc import Sequence
from pathlib import Path

from definitions.problem import DefinitionError
from definitions.schema_office import LimitsFile
from definitions.validate import fill
from definitions.yaml_source import need_mapping, read_yaml
from dondoc.core.limits import Limits

FILE = "limits.yaml"


def load_limits(folders: Sequence[Path]) -> Limits:
    """From the first folder that has the file. DefinitionError names every line that is no whole number above 0."""
    file = next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
    if file is None:
        return Limits()
    source = read_yaml(file)
    need_mapping(source)
    model, problems = fill(LimitsFile, source, source.data, ())
    if problems or not model:
        raise DefinitionError(problems)
    return Limits(**model.model_dump())
