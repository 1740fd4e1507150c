"""Every reading of a row of tokens by a grammar that lark has read.

Lark's own Earley parser predicts all 1,400 expanded rules at every word and takes 0.1 s a phrase; this chart looks one
word ahead first and takes a few milliseconds. Values are made bottom-up and equal ones are one, so that what differs
at the end are meanings, not derivations. No rule of the grammar is left-recursive but the loops that lark writes for
`*` and `+`; those are turned round here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from lark import Token
from lark.grammar import NonTerminal, Rule, Symbol
from lark.load_grammar import load_grammar

from definitions.timing_words import PhraseError

MOST = 64  # readings of one stretch of words; more is no phrase


class Failed(NamedTuple):
    """A reading that has no meaning, and why."""

    error: PhraseError


class NotRead(Exception):
    """No reading at all; `at` is the first token that fits nowhere."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


Make = Callable[[str, list[Any]], Any]
Found = tuple[int, tuple[Any, ...]]  # where it ends, and what it gives its parent


class Grammar:
    """A compiled grammar: rules by origin, with what each may begin with."""

    def __init__(self, text: str, starts: Sequence[str]) -> None:
        grammar, _files = load_grammar(text, "timing", [], False)
        self.terminals, rules, _ignored = grammar.compile(list(starts), "*")
        self.rules: dict[str, list[tuple[Rule, list[Symbol]]]] = defaultdict(list)
        self.openings: dict[int, set[str] | None] = {}  # by rule: what it may begin with; None: also nothing
        for rule in rules:
            turned = list(rule.expansion)
            if turned and turned[0] == rule.origin:
                turned = [*turned[1:], turned[0]]
            self.rules[rule.origin.name].append((rule, turned))
        self.nullable = {name for name, own in self.rules.items() if any(not row for _, row in own)}
        self.first = self._first()
        for own in self.rules.values():
            for rule, row in own:
                empty = all(symbol.name in self.nullable for symbol in row)
                self.openings[id(rule)] = None if empty else self.begins(row, self.first)

    def _first(self) -> dict[str, set[str]]:
        first: dict[str, set[str]] = {name: set() for name in self.rules}
        grown = True
        while grown:
            grown = False
            for name, own in self.rules.items():
                before = len(first[name])
                for _rule, row in own:
                    first[name] |= self.begins(row, first)
                grown = grown or len(first[name]) > before
        return first

    def begins(self, row: Sequence[Symbol], first: dict[str, set[str]]) -> set[str]:
        """The terminals with which a row of symbols may begin."""
        found: set[str] = set()
        for symbol in row:
            found |= first[symbol.name] if isinstance(symbol, NonTerminal) else {symbol.name}
            if symbol.name not in self.nullable:
                break
        return found


class Chart:
    """One phrase's readings. `make` gives the value of a node, or raises PhraseError."""

    def __init__(self, grammar: Grammar, tokens: Sequence[Token], make: Make) -> None:
        self.grammar, self.tokens, self.make = grammar, tokens, make
        self.known: dict[tuple[str, int], list[Found]] = {}
        self.furthest = 0

    def readings(self, start: str) -> list[Any]:
        """The distinct values of the whole row. Raises NotRead, or PhraseError where each reading has failed."""
        values = [value for end, (value,) in self._symbol(start, 0) if end == len(self.tokens)]
        if not values:
            raise NotRead(self.furthest)
        meant = [value for value in values if not isinstance(value, Failed)]
        if not meant:
            raise values[0].error
        return meant

    def _symbol(self, name: str, at: int) -> list[Found]:
        key = (name, at)
        if key not in self.known:
            found: list[Found] = []
            for end, value in self._all(name, at):
                if (end, value) not in found:
                    found.append((end, value))
                if len(found) > MOST:
                    raise PhraseError("cụm thời gian đọc được theo quá nhiều cách", "một cụm ngắn hơn, rõ hơn")
            self.known[key] = found
        return self.known[key]

    def _all(self, name: str, at: int) -> Iterator[Found]:
        next_word = self.tokens[at].type if at < len(self.tokens) else ""
        for rule, row in self.grammar.rules[name]:
            opening = self.grammar.openings[id(rule)]
            if opening is not None and next_word not in opening:
                continue
            for end, children in self._row(row, at):
                yield end, self._value(rule, children)

    def _row(self, row: Sequence[Symbol], at: int) -> list[Found]:
        partial: list[Found] = [(at, ())]
        for symbol in row:
            partial = [(end, values + more) for pos, values in partial for end, more in self._next(symbol, pos)]
            if not partial:
                break
        return partial

    def _next(self, symbol: Symbol, at: int) -> list[Found]:
        if isinstance(symbol, NonTerminal):
            return self._symbol(symbol.name, at)
        self.furthest = max(self.furthest, at)
        if at < len(self.tokens) and self.tokens[at].type == symbol.name:
            self.furthest = max(self.furthest, at + 1)
            return [(at + 1, () if symbol.filter_out else (self.tokens[at],))]  # type: ignore[attr-defined]
        return []

    def _value(self, rule: Rule, children: tuple[Any, ...]) -> tuple[Any, ...]:
        """As lark shapes its trees: `_rule` gives its children to its parent, `?rule` a single child."""
        if rule.origin.name.startswith("_") and not rule.alias:
            return children
        if rule.options.expand1 and not rule.alias and len(children) == 1:
            return children
        failed = next((child for child in children if isinstance(child, Failed)), None)
        if failed:
            return (failed,)
        try:
            return (self.make(str(rule.alias or rule.origin.name), list(children)),)
        except PhraseError as error:
            return (Failed(error),)
