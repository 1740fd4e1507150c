"""The plan's own words → a typed timing rule. What is not understood, or is ambiguous, is an error with the way out."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from definitions.timing_words import (
    DAYS_OF_MONTH,
    ORDINALS,
    READING_KEYS,
    WEEKDAYS,
    AmbiguousPhrase,
    PhraseError,
    clean,
    nearest_forms,
    slug,
)
from dondoc.core import timing as core
from dondoc.core.timing import Reading, Roll, Rule, Timing

READINGS: tuple[str, ...] = get_args(Reading)
# Acts that start a clock: the event of a case, or the issuing of the plan. Other words name an earlier step.
_EVENT = ("nhận", "tiếp nhận", "nhận được", "phát sinh", "sự kiện", "mở vụ việc", "đơn", "event", "xảy ra")
_ISSUED = ("ban hành", "ký", "ký ban hành", "ban hành kế hoạch", "issued", "kế hoạch có hiệu lực")


def parse_phrase(
    phrase: str,
    readings: Mapping[str, str] | None = None,
    *,
    before: str = "strict",
    year: int | None = None,
) -> Timing:
    """A timing from a Vietnamese phrase.

    `readings`: ambiguous word or its key → reading (a name of core.timing.Reading, or an unambiguous phrase).
    `before`: "strict" (trước ngày 05/6 ends with 04/6) or "inclusive". `year` refuses 29/02 where it does not exist.
    Counted periods roll forward (BLDS 2015, Điều 148.5); fixed dates do not roll. Raises PhraseError.
    """
    text = clean(phrase)
    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        raise _not_understood(phrase, text, error) from None
    meaning = _Meaning(text, _reading_words(readings or {}), before, year)
    try:
        rule = meaning.transform(tree)
    except VisitError as error:
        if isinstance(error.orig_exc, PhraseError):
            raise error.orig_exc from None
        raise
    said = unicodedata.normalize("NFC", " ".join(phrase.split()))
    return Timing(said, rule, default_roll(rule), meaning.used)


def default_roll(rule: Rule) -> Roll:
    """Statutory periods in days or months roll forward; a named date stands where it is."""
    return "forward" if isinstance(rule, core.Within) and rule.unit != "working-day" else "none"


def _reading_words(readings: Mapping[str, str]) -> dict[str, str]:
    return {READING_KEYS.get(clean(key), clean(key)): value for key, value in readings.items()}


@cache
def _grammar() -> Lark:
    text = Path(__file__).with_name("timing.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="contextual")


def _not_understood(phrase: str, text: str, error: UnexpectedInput) -> PhraseError:
    at = error.column - 1 if isinstance(error.column, int) and error.column > 0 else len(text)
    rest = text[at:]
    stuck = f", từ chỗ “{rest}”" if rest and rest != text else ""
    near = " / ".join(f"“{form}”" for form in nearest_forms(text))
    return PhraseError(f"không hiểu cụm thời gian “{phrase}”{stuck}", "một cách nói đã biết", f"Gần nhất: {near}.")


class _Meaning(Transformer[Token, Any]):
    """From parse tree to rule, one method a form."""

    def __init__(self, text: str, readings: Mapping[str, str], before: str, year: int | None) -> None:
        super().__init__()
        self.text, self.readings, self.before, self.year = text, readings, before, year
        self.used = ""  # the reading that decided

    def start(self, children: list[Any]) -> Rule:
        rule: Rule = children[0]
        return rule

    def edge(self, children: list[Token]) -> str:
        return "before" if children[0].type == "TRUOC" else "by"

    def dates(self, children: list[Any]) -> Rule:
        edges, days = self._flatten(children)
        strict = self._strict(edges)
        if not any(isinstance(day, date) for day in days):
            return core.YearlyDates(tuple(days), strict)
        if len(days) == 1:
            return core.SingleDate(days[0], strict)
        raise PhraseError(
            f"“{self.text}” có nhiều ngày kèm năm",
            "các ngày không kèm năm, hoặc một ngày kèm năm",
            "Hãy tách nghĩa vụ.",
        )

    def _flatten(self, children: list[Any]) -> tuple[list[str], list[Any]]:
        edges: list[str] = []
        days: list[Any] = []
        for child in children:
            if isinstance(child, Token):
                if child.type in ("DAY_MONTH", "DAY_MONTH_YEAR", "ISO_DATE"):
                    days.append(self._day(child))
            elif isinstance(child, str):
                edges.append(child)
            else:
                more_edges, more_days = self._flatten(child.children)
                edges, days = edges + more_edges, days + more_days
        return edges, days

    def _strict(self, edges: list[str]) -> bool:
        if len(set(edges)) > 1:
            raise PhraseError(
                f"“{self.text}” vừa “trước” vừa “chậm nhất”", "một cách tính cho mọi ngày", "Hãy tách nghĩa vụ."
            )
        return edges[:1] == ["before"] and self.before == "strict"

    def _day(self, token: Token) -> tuple[int, int] | date:
        numbers = [int(number) for number in re.findall(r"\d+", token)]
        if token.type == "ISO_DATE":
            numbers.reverse()
        day, month = numbers[:2]
        if len(numbers) == 3:
            try:
                return date(numbers[2], month, day)
            except ValueError:
                raise self._impossible(day, month, f"/{numbers[2]}") from None
        leap = month != 2 or day != 29 or self.year is None or self.year % 4 == 0
        if not 1 <= month <= 12 or not 1 <= day <= DAYS_OF_MONTH[month - 1] or not leap:
            raise self._impossible(day, month, f"/{self.year}" if not leap else "")
        return (month, day)

    def _impossible(self, day: int, month: int, year: str) -> PhraseError:
        hint = f"Ghi ngày trước, tháng sau; có phải là {month:02}/{day}?" if 12 < month <= 31 and day <= 12 else ""
        return PhraseError(f"không có ngày {day:02}/{month}{year}", "một ngày có thật (ngày/tháng)", hint)

    def monthly_day(self, children: list[Any]) -> Rule:
        number = next(int(c) for c in children if isinstance(c, Token) and c.type == "INT")
        if not 1 <= number <= 31:
            raise PhraseError(f"không có ngày {number} trong tháng", "một ngày từ 1 đến 31")
        edges = [c for c in children if isinstance(c, str) and not isinstance(c, Token)]
        return core.MonthlyDay(number, self._strict(edges))

    def weekday(self, children: list[Any]) -> Rule:
        tokens = self._tokens(children)
        name = tokens["WEEKDAY"].removeprefix("thứ").strip()
        number = WEEKDAYS.get(name, 6)
        if "LAST_IN_MONTH" in tokens:
            return core.MonthlyWeekday(number, "last-thursday")
        reading = self.readings.get("tuần cuối tháng", "")
        if reading not in READINGS:
            raise self._ambiguous("tuần cuối tháng", "last-week", reading, READINGS)
        self.used = reading
        return core.MonthlyWeekday(number, reading)  # type: ignore[arg-type]

    def _ambiguous(self, word: str, key: str, given: str, readings: tuple[str, ...]) -> AmbiguousPhrase:
        found = f"cách hiểu “{given}” của “{word}”" if given else f"“{word}” có nhiều cách hiểu mà chưa có reading"
        example = f"reading: {{{key}: {readings[0]}, basis: proposed}}"
        return AmbiguousPhrase(found, f"một trong: {', '.join(readings)}", f"Ví dụ: {example}.")

    def period_end(self, children: list[Any]) -> Rule:
        tokens = self._tokens(children)
        return core.PeriodEnd(self._span(tokens["SPAN"]), "làm việc" in tokens["LAST_DAY"])

    def _tokens(self, children: list[Any]) -> dict[str, str]:
        """Tokens by type, where "trước" has no meaning of its own."""
        if "before" in [child for child in children if not isinstance(child, Token)]:
            raise PhraseError(f"“{self.text}” có “trước”", "cách nói không có “trước”, như “chậm nhất …”")
        return {child.type: str(child) for child in children if isinstance(child, Token)}

    def _span(self, words: str) -> core.Span:
        if words.endswith(" năm"):
            raise PhraseError(f"“{self.text}” chỉ một nửa năm", "“6 tháng” (cả hai kỳ)")
        if " " in words:
            return "half-year"
        return {"tháng": "month", "năm": "year"}.get(words, "quarter")  # type: ignore[return-value]

    def nth_working_day(self, children: list[Any]) -> Rule:
        tokens = self._tokens(children)
        words = tokens["NTH_WORKING_DAY"].removeprefix("ngày làm việc ")
        word = words.removeprefix("thứ ").split()[0]
        number = int(word) if word.isdigit() else ORDINALS.get(word, 0)
        if not 1 <= number <= 20:
            raise PhraseError(f"“{words}” không phải thứ tự ngày làm việc trong tháng", "một số từ 1 đến 20")
        return core.NthWorkingDay(number, self._span(tokens["SPAN"]))

    def within(self, children: list[Any]) -> Rule:
        tokens = self._tokens(children)
        amount, unit = _amount(tokens)
        return core.Within(amount, unit, _anchor(tokens.get("ANCHOR", "")))  # type: ignore[arg-type]

    def before_other(self, children: list[Token]) -> Rule:
        tokens = {child.type: str(child) for child in children}
        amount, unit = _amount(tokens)
        if unit != "working-day":
            raise PhraseError(f"“{self.text}” lùi theo {tokens['UNIT']}", "số ngày làm việc trước một nghĩa vụ khác")
        return core.BeforeOther(amount, re.sub(r"^hạn (của )?", "", tokens["OBLIGATION"]))

    def unset(self, children: list[Token]) -> Rule:
        return core.Unset(self.text)

    def on_event(self, children: list[Token]) -> Rule:
        return core.OnEvent("")

    def vague(self, children: list[Token]) -> Rule:
        words = [str(child) for child in children if child.type == "VAGUE"]
        for word in words:
            for known, reading in self.readings.items():
                if word == known or word.startswith(f"{known} "):
                    return self._read_as(reading)
        keys = {words_: key for key, words_ in READING_KEYS.items()}
        key = next((keys[known] for known in keys if words[0].startswith(known)), words[0])
        raise self._ambiguous(words[0], key, "", ("ngày làm việc cuối cùng của quý", "10 ngày làm việc", "unset"))

    def _read_as(self, reading: str) -> Rule:
        rest = {word: other for word, other in self.readings.items() if other != reading}
        self.used = reading
        return parse_phrase(reading, rest, before=self.before, year=self.year).rule


def _amount(tokens: Mapping[str, str]) -> tuple[int, str]:
    amount, unit = int(tokens["INT"]), tokens["UNIT"]
    if amount < 1:
        raise PhraseError(f"“{amount} {unit}” không phải một thời hạn", "ít nhất 1")
    if unit == "tuần":
        return amount * 7, "day"
    return amount, {"ngày": "day", "tháng": "month"}.get(unit, "working-day")


def _anchor(words: str) -> str:
    if not words:
        return ""
    for names, anchor in ((_ISSUED, "issued"), (_EVENT, "event")):
        if any(words == name or words.startswith(f"{name} ") for name in names):
            return anchor
    return slug(words)
