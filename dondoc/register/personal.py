"""What an entry says in free words, and of persons in lists: kept apart, so that it can be erased from a whole chain.

Words are simply away afterwards. Persons of a list are written in the chain as names drawn by lot, the same one
throughout an occurrence, and told apart still once nobody knows whose they were: a finished campaign stays finished.
Who recorded an entry and who was told of a duty stay, in the chain: that is the office's own account of its work.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dondoc.core.facts import FactKind

_REASON = frozenset({"reason"})
WORDS: Mapping[FactKind, frozenset[str]] = {
    "submitted": frozenset({"note", "files"}),  # a file's name is what somebody chose to call it
    "nothing-occurred": frozenset({"note"}),
    "acknowledged": frozenset({"minutes"}),
    "called": frozenset({"note", "person"}),
    "looked": frozenset({"place"}),
    "not-mine": frozenset({"person", "reason"}),
    "corrected": frozenset({"note", "reason"}),
    **dict.fromkeys(
        ("returned", "extension-asked", "reassigned", "suspended", "waived", "withheld"),  # type: ignore[arg-type]
        _REASON,
    ),
}
CHANGED = ("values", "old")  # what a correction sets, and what stood there
PERSONS: Mapping[FactKind, tuple[str, ...]] = {
    "acknowledged": ("person", "all_but"),
    "population-changed": ("joined", "left", "suspended", "resumed"),
}


class Apart(NamedTuple):
    """`kept` goes into the chain, `personal` beside it; the latter {} where nothing is personal."""

    kept: dict[str, Any]
    personal: dict[str, Any]


def taken_apart(kind: FactKind, payload: Mapping[str, Any], drawn: dict[str, str]) -> Apart:
    """`drawn` are the occurrence's persons → names drawn so far, and gets those that are new."""
    kept, words = _words(payload, WORDS.get(kind, frozenset()))
    persons = sorted({person for name in PERSONS.get(kind, ()) for person in _listed(payload.get(name))})
    for person in persons:
        drawn.setdefault(person, f"~{secrets.token_hex(6)}")
    for name in set(PERSONS.get(kind, ())) & kept.keys():
        kept[name] = _renamed(kept[name], drawn)
    named = {"persons": {drawn[person]: person for person in persons}} if persons else {}
    return Apart(kept, named | ({"words": words} if words else {}))


def put_together(payload: dict[str, Any], personal: Mapping[str, Any]) -> dict[str, Any]:
    """The payload as it was given; of an erased part the drawn names stay."""
    for name, value in personal.get("words", {}).items():
        payload[name] = {**payload.get(name, {}), **value} if name in CHANGED else value
    names = personal.get("persons", {})
    for name in [name for fields in PERSONS.values() for name in fields if name in payload] if names else ():
        payload[name] = _renamed(payload[name], names)
    return payload


def _words(payload: Mapping[str, Any], fields: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    kept = {name: value for name, value in payload.items() if name not in fields}
    words = {name: value for name, value in payload.items() if name in fields}
    for name in CHANGED if fields else ():
        if name in kept:
            kept[name], inner = _words(kept[name], fields)
            words |= {name: inner} if inner else {}
    return kept, words


def _listed(value: object) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """In the order of the new names: a list of drawn names in the order of the real ones would tell whose they are."""
    if isinstance(value, str):
        return names.get(value, value)
    return sorted(names.get(person, person) for person in value)
