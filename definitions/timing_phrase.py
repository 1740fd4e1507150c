"""The plan's own words → a typed timing rule. What is not understood, or is ambiguous, is an error with the way out."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lark import Token

from definitions.timing_lexer import Words, respelled
from definitions.timing_meaning import Meaning
from definitions.timing_parser import Chart, Grammar, NotRead
from definitions.timing_points import READINGS
from definitions.timing_words import CHOICE_KEYS, READING_KEYS, AmbiguousPhrase, PhraseError, clean, nearest_forms
from dondoc.core.timing import Timing, default_roll

LONGEST = 400  # letters: a timing phrase is part of a sentence, not a page
_HINTS = ("ngày làm việc cuối cùng của quý", "10 ngày làm việc", "unset")
_ENGLISH = re.compile(
    r"\b(before|by|until|on|within|later|each|every|the|days?|during|least|from|in|after|weeks?|months?|working)\b"
)
__all__ = ["READINGS", "default_roll", "parse_phrase"]


def parse_phrase(
    phrase: str,
    readings: Mapping[str, str] | None = None,
    *,
    before: str = "strict",
    year: int | None = None,
) -> Timing:
    """A timing from a Vietnamese phrase, or an English one.

    `readings`: ambiguous word or its key → reading (a name of core.timing.Reading, or an unambiguous phrase).
    `before`: "strict" (trước ngày 05/6 ends with 04/6) or "inclusive". `year` refuses 29/02 where it does not exist.
    Counted periods roll forward (BLDS 2015, Điều 148.5); fixed dates do not roll. Raises PhraseError.
    """
    text = respelled(clean(phrase))
    if len(text) > LONGEST:
        raise PhraseError(
            f"cụm thời gian dài {len(text)} chữ", f"nhiều nhất {LONGEST} chữ", "Chỉ chép phần nói về hạn."
        )
    meaning = Meaning(text, _reading_words(readings or {}), before, year)
    timing = _timed(phrase, text, meaning)
    said = unicodedata.normalize("NFC", " ".join(phrase.split()))
    return timing._replace(phrase=said, reading=", ".join(meaning.used))


def _reading_words(readings: Mapping[str, str]) -> dict[str, str]:
    keys = READING_KEYS | CHOICE_KEYS
    return {keys.get(clean(key), clean(key)): value for key, value in readings.items()}


def _timed(phrase: str, text: str, meaning: Meaning) -> Timing:
    """By the grammar; else as vague words, whose own error tells more than "not understood"."""
    grammar, words, loose = _language("timing_en" if _ENGLISH.search(text) and text.isascii() else "timing")
    tokens = words.tokens(text)
    try:
        timing: Timing = meaning.only(Chart(grammar, tokens, meaning.make).readings("start"))
    except NotRead as error:
        first: PhraseError = _not_understood(phrase, text, tokens, error.at)
    except AmbiguousPhrase:
        raise
    except PhraseError as error:
        first = error
    else:
        return timing
    try:
        found = Chart(grammar, loose.tokens(text), meaning.make).readings("loose")[0]
    except NotRead:
        raise _with_nearest(first, text) from None
    return found if isinstance(found, Timing) else _vague(found, meaning)


def _with_nearest(error: PhraseError, text: str) -> PhraseError:
    if "Gần nhất" in error.hint:
        return error
    near = " / ".join(f"“{form}”" for form in nearest_forms(text, 2))
    return PhraseError(error.found, error.expected, f"{error.hint} Gần nhất: {near}.".strip())


def _vague(words: tuple[str, ...], meaning: Meaning) -> Timing:
    """A vague word takes the rule of its reading."""
    for word in words:
        for known, reading in meaning.readings.items():
            if word == known or word.startswith(f"{known} "):
                return _read_as(reading, meaning)
    keys = {words_: key for key, words_ in READING_KEYS.items()}
    key = next((keys[known] for known in keys if words[0].startswith(known)), words[0])
    found = f"“{words[0]}” có nhiều cách hiểu mà chưa có reading"
    hint = f"Ví dụ: reading: {{{key}: {_HINTS[0]}, basis: proposed}}."
    raise AmbiguousPhrase(found, f"một trong: {', '.join(_HINTS)}", hint, (words[0], ()))


def _read_as(reading: str, meaning: Meaning) -> Timing:
    rest = {word: other for word, other in meaning.readings.items() if other != reading}
    meaning.use(reading)
    return parse_phrase(reading, rest, before=meaning.before_means, year=meaning.year)


@cache
def _language(name: str) -> tuple[Grammar, Words, Words]:
    text = Path(__file__).with_name(f"{name}.lark").read_text(encoding="utf-8")
    grammar = Grammar(text, ("start", "loose"))
    return grammar, Words(grammar.terminals), Words(grammar.terminals, loose=True)


def _not_understood(phrase: str, text: str, tokens: list[Token], at: int) -> PhraseError:
    rest = text[tokens[at].start_pos or 0 :] if at < len(tokens) else ""
    stuck = f", từ chỗ “{rest}”" if rest and rest != text else ""
    near = " / ".join(f"“{form}”" for form in nearest_forms(text))
    return PhraseError(f"không hiểu cụm thời gian “{phrase}”{stuck}", "một cách nói đã biết", f"Gần nhất: {near}.")
