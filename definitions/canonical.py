"""An obligation as canonical JSON: rule, ladder and steps by value, roles late-bound; what a version is hashed from.

Fields that stand at their default are left out, so that a new field with a default changes no version.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from definitions.schema import SCHEMA
from dondoc.core import timing
from dondoc.core.plan import Obligation

_RULES: Mapping[str, type] = {rule.__name__: rule for rule in (*get_args(timing.Rule), *get_args(timing.Spot))}


class UnknownSchemaError(ValueError):
    """A version written by a schema this program does not know."""


def canonical(obligation: Obligation) -> str:
    """Canonical JSON of an obligation with the schema's number: sorted keys, no spaces, UTF-8 letters kept."""
    document = {"schema": SCHEMA, "obligation": _encode(obligation)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a canonical text, lower-case hexadecimal."""
    return sha256(text.encode()).hexdigest()


def obligation_from_canonical(text: str) -> Obligation:
    """The obligation again. Raises UnknownSchemaError for a schema number that is not ours."""
    document = json.loads(text)
    if document.get("schema") != SCHEMA:
        raise UnknownSchemaError(f"schema {document.get('schema')} (biết: {SCHEMA})")
    obligation: Obligation = _decode(document["obligation"], Obligation)
    return obligation


def rule_document(rule: timing.Rule) -> dict[str, Any]:
    """A rule by value, as JSON holds it."""
    document: dict[str, Any] = _encode(rule)
    return document


def _encode(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _encode_record(value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


def _encode_record(record: Any) -> dict[str, Any]:
    defaults = record._field_defaults
    data = {
        name: _encode(value)
        for name, value in record._asdict().items()
        if not (name in defaults and defaults[name] == value)
    }
    name = type(record).__name__
    return {"rule-kind": name, **data} if name in _RULES else data


def _decode(value: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if value is None or origin is Literal:
        return value
    if origin is tuple:
        return _decode_tuple(value, get_args(kind))
    if isinstance(value, dict):
        return _decode_record(value, _RULES.get(value.get("rule-kind", ""), kind))
    if isinstance(kind, UnionType) or origin is not None:
        return _decode(value, next(part for part in get_args(kind) if part is not NoneType))
    return date.fromisoformat(value) if kind is date else value


def _decode_tuple(values: list[Any], parts: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_decode(value, parts[0]) for value in values)
    return tuple(_decode(value, part) for value, part in zip(values, parts, strict=True))


def _decode_record(data: dict[str, Any], kind: Any) -> Any:
    if isinstance(kind, UnionType) or get_origin(kind) is not None:
        kind = next(part for part in get_args(kind) if part is not NoneType)
    hints = _hints(kind)
    return kind(**{name: _decode(value, hints[name]) for name, value in data.items() if name != "rule-kind"})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
