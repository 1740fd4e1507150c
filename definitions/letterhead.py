"""letterhead.yaml: how the office's papers are headed and signed; the shipped sample where an office has none."""

from collections.abc import Collection
from pathlib import Path

from definitions.problem import DefinitionError, did_you_mean
from definitions.schema_letterhead import LetterheadFile
from definitions.validate import fill
from definitions.yaml_source import need_mapping, read_yaml
from dondoc.core.letterhead import DEFAULT, Letterhead, Signature
from dondoc.words import _

FILE = "letterhead.yaml"


def load_letterhead(folder: Path, roles: Collection[str]) -> Letterhead:
    """Of a folder of people; DefinitionError names every line that cannot stand, a role nobody declared included."""
    source = read_yaml(folder / FILE)
    need_mapping(source)
    model, problems = fill(LetterheadFile, source, source.data, ())
    for paper, signature in model.signatures.items() if model else ():
        if signature.role not in roles:
            found = _("không có vai trò “{ref}”").format(ref=signature.role)
            expected = _("{what} đã khai báo").format(what=_("vai trò"))
            path = ("signatures", paper, "role")
            problems.append(source.problem(path, found, expected, did_you_mean(signature.role, set(roles))))
    if model and DEFAULT not in model.signatures:
        found, expected = _("thiếu người ký mặc định"), _("mục “default” trong signatures")
        problems.append(source.problem(("signatures",), found, expected))
    if problems or not model:
        raise DefinitionError(problems)
    return Letterhead(
        model.parent,
        model.agency,
        model.short,
        model.place,
        model.sign,
        model.drafter,
        {paper: Signature(one.capacity, one.title, one.role) for paper, one in model.signatures.items()},
        {paper: tuple(lines) for paper, lines in model.copies.items()},
        model.urging_days,
        model.urging_hour,
    )
