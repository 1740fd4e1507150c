"""What is wrong in a definition, told to the person who can put it right."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from dondoc.words import _


class Problem(NamedTuple):
    """One mistake: where (file, line and column from 1, key path), what stands there, what was expected, what to do."""

    file: str
    line: int
    column: int
    path: str
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        key = f" · {self.path}" if self.path else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}{key}: {self.found}. {_('Cần')}: {self.expected}.{hint}"


class DefinitionError(ValueError):
    """A definition that does not load; `problems` holds everything found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.55) -> str:
    """ "Có phải là …?" with the nearest known words, or "" where none is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=cutoff)
    names = " / ".join(f"“{name}”" for name in near)
    return _("Có phải là {names}?").format(names=names) if near else ""


def shown(path: Sequence[str | int]) -> str:
    """A key path as people read it: steps[0].due."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def relative(file: Path) -> str:
    """A file as shown in messages: below its plan folder's parent, so that it reads the same on every machine."""
    return "/".join(file.parts[-2:])
