"""Zalo's approved templates: a file beside the contacts says which notice uses which, and what fills it."""

from pathlib import Path

from definitions.problem import DefinitionError, Problem
from definitions.schema_office import ZaloTemplateModel
from definitions.validate import fill
from definitions.yaml_source import Source, read_yaml
from dondoc.core.zalo_template import FACTS_OF_A_SECRET, LINK_ROOM, ZaloParameter, ZaloTemplate, ZaloTemplates
from dondoc.words import _

FILE = "zalo-templates.yaml"
SECRET = "confidential"


def load_zalo_templates(folder: Path) -> ZaloTemplates:
    """By use; {} where the office has no such file. DefinitionError with every problem of it."""
    file = folder / FILE
    if not file.is_file():
        return {}
    source = read_yaml(file)
    given = source.data if isinstance(source.data, list) else []
    problems = [] if given else [source.problem((), _("không phải một danh sách"), _("một danh sách mẫu tin"))]
    found: dict[str, ZaloTemplate] = {}
    for number, data in enumerate(given):
        model, wrong = fill(ZaloTemplateModel, source, data, (number,))
        problems += wrong
        if model:
            problems += [*_repeated(source, number, model, found), *_talkative(source, number, model)]
            problems += _cramped(source, number, model)
            found |= dict.fromkeys(model.uses, _template(model))
    if problems:
        raise DefinitionError(problems)
    return found


def _template(model: ZaloTemplateModel) -> ZaloTemplate:
    parameters = tuple(ZaloParameter(name, one.fact, one.max) for name, one in model.parameters.items())
    return ZaloTemplate(model.id, parameters, SECRET in model.uses)


def _repeated(source: Source, number: int, model: ZaloTemplateModel, found: ZaloTemplates) -> list[Problem]:
    places = [(use, place) for place, use in enumerate(model.uses) if use in found or use in model.uses[:place]]
    return [
        source.problem(
            (number, "uses", place),
            _("“{use}” đã có mẫu tin khác").format(use=use),
            _("mỗi loại thông báo một mẫu tin"),
        )
        for use, place in places
    ]


def _cramped(source: Source, number: int, model: ZaloTemplateModel) -> list[Problem]:
    return [
        source.problem(
            (number, "parameters", name, "max"),
            _("liên kết không cắt được, cần nhiều chỗ hơn"),
            _("ít nhất {room} ký tự").format(room=LINK_ROOM),
        )
        for name, one in model.parameters.items()
        if one.fact == "link" and one.max < LINK_ROOM
    ]


def _talkative(source: Source, number: int, model: ZaloTemplateModel) -> list[Problem]:
    """What a confidential case says on Zalo is its number, its due and a link; its template serves nothing else."""
    if SECRET not in model.uses:
        return []
    allowed = ", ".join(FACTS_OF_A_SECRET)
    problems = [
        source.problem(
            (number, "parameters", name, "fact"),
            _("vụ việc mật không ghi “{fact}”").format(fact=one.fact),
            _("một trong: {allowed}").format(allowed=allowed),
        )
        for name, one in model.parameters.items()
        if one.fact not in FACTS_OF_A_SECRET
    ]
    if len(model.uses) > 1:
        problems.append(
            source.problem((number, "uses"), _("mẫu tin của vụ việc mật dùng cho việc khác"), _("chỉ confidential"))
        )
    return problems
