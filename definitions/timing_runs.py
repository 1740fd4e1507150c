"""Which rules a plan can be watched by; what the engine does not run is refused in words, not run as something else."""

from collections.abc import Collection

from definitions.timing_words import PhraseError
from dondoc.core import timing as t


def not_run(rule: t.Rule, kind: str, named_days: Collection[str] = ()) -> PhraseError | None:
    """Why a definition may not use a rule; None where it may."""
    match rule:
        case t.Lasting(amount):
            return PhraseError(
                "thời gian kéo dài liên tục không phải một hạn",
                f"hai bước: bắt đầu, và kết thúc với min-days-after: {amount}",
                "Xem mục niêm yết trong docs/language.md.",
            )
        case t.Tiered(tiers):
            names = ", ".join(name for name, _ in tiers)
            return PhraseError(
                "thời hạn khác nhau theo cấp", f"cấp của cơ quan: reading: {{tier: …}}, một trong: {names}"
            )
        case t.Extendable(None):
            return PhraseError("chỉ nói gia hạn, không nói thời hạn đầu", "thời hạn kèm phần gia hạn")
        case t.BeforeEvent() if kind != "event":
            return PhraseError(f"ngày của “{rule.event}” chưa biết", "kind: event, mở vụ việc khi đã định ngày đó")
        case _:
            return _inner(rule, kind, named_days)


def _inner(rule: t.Rule, kind: str, named_days: Collection[str]) -> PhraseError | None:
    missing = next((day for day in named(rule) if day not in named_days), "")
    if missing:
        return PhraseError(f"chưa có ngày “{missing}”", f"named-days: {{{missing}: [ngày]}} trong plan.yaml")
    parts = rule.parts if isinstance(rule, t.Several) else ()
    return next((refusal for part in parts if (refusal := not_run(part, kind, named_days))), None)


def named(rule: t.Rule) -> list[str]:
    """The days of other calendars that a rule looks up."""
    if isinstance(rule, t.NamedDay):
        return [rule.name]
    inner = [part for value in rule if isinstance(value, tuple) for part in (value, *value) if hasattr(part, "_fields")]
    return [name for part in inner for name in named(part)]


def base_of(rule: t.Rule) -> t.Rule:
    """The rule by which a step is due at first; its longer forms are the step's own fields."""
    match rule:
        case t.Prolonged(base):
            return base
        case t.Extendable(t.Within() as base):
            return base
        case _:
            return rule


def longest_of(rule: t.Rule) -> t.Within | None:
    return rule.longest if isinstance(rule, t.Prolonged) else None


def times_of(rule: t.Rule) -> int:
    """How many acts the words ask for before the due."""
    return rule.times if isinstance(rule, t.AtLeast) else 1


def extensions_of(rule: t.Rule) -> int:
    return rule.times if isinstance(rule, t.Extendable) else -1
