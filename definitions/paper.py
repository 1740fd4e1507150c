"""The definition held against the signed paper: every quote stands in it, every clause of parts II and III is cited."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from dondoc.core.plan import Citation, Plan

PARTS = ("II", "III")
RECIPIENTS = "Nơi nhận"

_PART = re.compile(r"([IVX]+)\.\s+(\S.*)\Z")
_HEADING = re.compile(r"(\d+)\.\s+(\S.*)\Z")
_DASH = re.compile(r"[-–—]\s+(\S.*)\Z")
_PLUS = re.compile(r"\+\s+(\S.*)\Z")


class Clause(NamedTuple):
    """One paragraph of the paper, by its label: "II.1, gạch đầu dòng 1", "II.4, tiêu đề", "III, gạch đầu dòng 4"."""

    label: str
    text: str
    line: int


class Misquote(NamedTuple):
    """A quotation that the paper does not hold at the place named."""

    obligation: str
    at: str
    quote: str
    missing: str  # the piece that was not found
    elsewhere: str  # label of the clause that does hold the whole quote, or ""


class PaperReport(NamedTuple):
    clauses: tuple[Clause, ...]
    misquotes: tuple[Misquote, ...]
    unknown_places: tuple[tuple[str, str], ...]  # obligation, label that the paper does not have
    uncited: tuple[Clause, ...]
    quotes: int = 0  # how many quotations were held against the paper

    @property
    def ok(self) -> bool:
        return bool(self.clauses) and not (self.misquotes or self.unknown_places or self.uncited)


def check_paper(plan: Plan, text: str) -> PaperReport:
    """Hold every citation of a plan against the paper's text.

    Spaces, Unicode form, Markdown emphasis and the shape of quotation marks do not count; letters, digits and
    punctuation do. "…" stands for words left out, in order. A heading with bullets under it needs no citation of its
    own, unless it is a whole sentence of duties (a heading that ends in a full stop): then it is "…, tiêu đề".
    """
    clauses = parse_paper(text)
    by_label = {clause.label: plain(clause.text) for clause in clauses}
    whole = plain(text)
    misquotes: list[Misquote] = []
    unknown: list[tuple[str, str]] = []
    cited: set[str] = set()
    quotes = 0
    for obligation in plan.obligations:
        for citation in obligation.citations:
            quotes += 1
            cited.add(label_key(citation.at))
            held_by = _place(citation.at, by_label, whole)
            if held_by is None:
                unknown.append((obligation.id, citation.at))
            elif missing := missing_piece(citation.quote, held_by):
                misquotes.append(_misquote(obligation.id, citation, missing, by_label))
    uncited = tuple(clause for clause in clauses if label_key(clause.label) not in cited)
    return PaperReport(tuple(clauses), tuple(misquotes), tuple(unknown), uncited, quotes)


def _place(at: str, by_label: dict[str, str], whole: str) -> str | None:
    """The text in which a citation must stand; outside parts II and III that is the paper as a whole."""
    key = label_key(at)
    for label, text in by_label.items():
        if label_key(label) == key:
            return text
    part = key.split(",")[0].split(".")[0]
    return None if part.upper() in PARTS else whole


def _misquote(obligation: str, citation: Citation, missing: str, by_label: dict[str, str]) -> Misquote:
    elsewhere = next((label for label, text in by_label.items() if not missing_piece(citation.quote, text)), "")
    return Misquote(obligation, citation.at, citation.quote, missing, elsewhere)


def missing_piece(quote: str, text: str) -> str:
    """The first piece of a quote (split at "…") that does not follow the piece before it in a plain text, or ""."""
    at = 0
    for piece in re.split(r"…|\.\.\.", quote):
        words = plain(piece)
        if not words:
            continue
        found = text.find(words, at)
        if found < 0:
            return words
        at = found + len(words)
    return ""


def plain(text: str) -> str:
    """NFC, single spaces, no Markdown emphasis, straight quotation marks, one kind of ellipsis."""
    text = unicodedata.normalize("NFC", text).replace("**", "").replace("...", "…")
    return " ".join(text.translate({ord(mark): '"' for mark in "“”„«»"}).split())


def label_key(label: str) -> str:
    """A label as compared: case, spaces and Unicode form aside."""
    return re.sub(r"\s*,\s*", ",", plain(label).lower())


def parse_paper(text: str) -> list[Clause]:
    """The clauses of parts II and III in order; other parts have none."""
    return [clause for clause in _clauses(text) if clause.label.split(",")[0].split(".")[0] in PARTS]


def _clauses(text: str) -> Iterable[Clause]:
    part = heading = ""
    dashes = pluses = 0
    for number, line in enumerate(unicodedata.normalize("NFC", text).replace("**", "").splitlines(), 1):
        row = line.strip()
        if match := _PART.match(row):
            part, heading, dashes = match[1], "", 0
        elif row.startswith((f"{RECIPIENTS}:", "Trên đây là")):
            part = ""
        elif not part:
            continue
        elif match := _HEADING.match(row):
            heading, dashes = f".{match[1]}", 0
            if match[2].rstrip().endswith("."):
                yield Clause(f"{part}{heading}, tiêu đề", match[2], number)
        elif match := _DASH.match(row):
            dashes, pluses = dashes + 1, 0
            yield Clause(f"{part}{heading}, gạch đầu dòng {dashes}", match[1], number)
        elif match := _PLUS.match(row):
            pluses += 1
            yield Clause(f"{part}{heading}, gạch đầu dòng {dashes}, dấu cộng {pluses}", match[1], number)
