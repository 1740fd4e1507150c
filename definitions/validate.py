"""A model filled from a source, its complaints said in Vietnamese with the place and the nearest right word."""

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from definitions.problem import Problem, did_you_mean
from definitions.yaml_source import Path_, Source, kind_of
from dondoc.words import _

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": _("chữ"),
    "int_type": _("số nguyên"),
    "int_parsing": _("số nguyên"),
    "int_from_float": _("số nguyên"),
    "bool_type": _("true hoặc false"),
    "bool_parsing": _("true hoặc false"),
    "list_type": _("một danh sách"),
    "dict_type": _("các cặp khoá: giá trị"),
    "model_type": _("các cặp khoá: giá trị"),
    "model_attributes_type": _("các cặp khoá: giá trị"),
    "string_too_short": _("không để trống"),
    "day_shape": _("một ngày như 2022-02-18 hoặc 18/02/2022"),
    "impossible_day": _("một ngày có thật"),
    "clock_shape": _("giờ như 08:00"),
    "pattern_shape": _("một biểu thức chính quy như \\d{1,4}/\\d{4}"),
}
_PATTERNS = {"@": _("một địa chỉ như ten@coquan.example")}


def fill(model: type[M], source: Source, data: Any, path: Path_) -> tuple[M | None, list[Problem]]:
    """The model, or None with every problem found."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = _without_branches(error.errors(include_url=False))
        return None, [_said(model, source, path, detail) for detail in details]


def _without_branches(errors: list[Any]) -> list[Any]:
    """One complaint a place, although a union complains once for each of its members."""
    seen: dict[Path_, Any] = {}
    for detail in errors:
        seen.setdefault(_place(detail), detail)
    return list(seen.values())


def _place(detail: Any) -> Path_:
    # Union members appear in a location as "str", "Day" or "literal[...]"; no key of ours looks like that.
    return tuple(part for part in detail["loc"] if not _is_branch(part))


def _is_branch(part: str | int) -> bool:
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in ("str", "bool", "[key]"))


def _said(model: type[BaseModel], source: Source, base: Path_, detail: Any) -> Problem:
    place = _place(detail)
    kind, path = detail["type"], (*base, *place)
    if kind == "extra_forbidden":
        keys = allowed_keys(model, place[:-1])
        hint = did_you_mean(str(place[-1]), keys) or _("Các khoá: {keys}.").format(keys=", ".join(keys))
        return source.problem(path, _("khoá lạ “{key}”").format(key=place[-1]), _("một khoá đã biết"), hint)
    if kind == "missing":
        return source.problem(
            path, _("thiếu khoá “{key}”").format(key=place[-1]), _("khoá “{key}”").format(key=place[-1])
        )
    return source.problem(path, kind_of(detail["input"]), *_expected(kind, detail))


def _expected(kind: str, detail: Any) -> tuple[str, str]:
    context = detail.get("ctx", {})
    if kind == "literal_error":
        choices = [choice.strip("' ") for choice in context["expected"].replace(" or ", ", ").split(",")]
        return _("một trong: {choices}").format(choices=", ".join(choices)), did_you_mean(str(detail["input"]), choices)
    if kind == "string_pattern_mismatch":
        known = next((text for mark, text in _PATTERNS.items() if mark in context["pattern"]), "")
        return known or _("mã chữ thường không dấu, nối bằng gạch ngang (như bao-cao-nam)"), ""
    if kind.startswith(("greater", "less")):
        return _("một số {sign} {limit}").format(
            sign="≥" if "ge" in context else "≤", limit=context.get("ge", context.get("le"))
        ), ""
    return _EXPECTED.get(kind, detail["msg"]), ""


def allowed_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys a model allows at a path inside it, as written in YAML."""
    for part in path:
        if isinstance(part, int):
            continue
        field = next((f for f in model.model_fields.values() if f.alias == part), None)
        model = (_inner(field.annotation) if field else None) or model
    return [str(field.alias) for field in model.model_fields.values()]


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as list[Rung] or dict[str, LadderModel]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)
