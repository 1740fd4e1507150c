"""A signed paper read into proposals: one obligation a bullet, with its quote, its rule and what is left to decide.

Nothing is invented: what the paper does not say stays "?" in the draft, and the draft does not load until it is said.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from definitions.problem import DefinitionError, Problem
from definitions.read_paper_citations import CitedDocument, citations, merged
from definitions.read_paper_head import paper_head
from definitions.read_paper_lines import Line, read_lines
from definitions.read_paper_outline import RECIPIENTS, Outline, PaperClause, outline
from definitions.read_paper_parties import Party, doers, parties
from definitions.read_paper_timing import TimeWord, time_words
from definitions.timing_words import slug
from dondoc.core.directory import Directory
from dondoc.words import _

_SEAM = re.compile(r"(?<=[;:])\s+(?!riêng\b)|(?<=[^.]\.)\s+(?=[A-ZĐÀ-Ỹ])")
_PERIODS = re.compile(
    r"định kỳ (?:hằng |hàng )?((?:\d+ tháng|tháng|quý|năm)(?:(?:,| và|, và) ?(?:\d+ tháng|quý|năm))*)"
)
CLOCKS = ("dated", "ambiguous", "pointer")


class DraftObligation(NamedTuple):
    """One proposed obligation; "" is what the paper does not say."""

    id: str
    title: str
    at: str
    quote: str
    section: str
    line: int
    clock: TimeWord | None  # the phrase or the vague word its due is written with
    words: tuple[TimeWord, ...]  # everything in its words that says when
    each: tuple[str, ...] = ()
    by: str = ""
    named: str = ""  # the paper's own words for who does it
    periods: tuple[str, ...] = ()

    @property
    def decisions(self) -> tuple[str, ...]:
        """The keys a person must still fill in."""
        clock = () if self.clock and self.clock.sort in ("dated", "pointer", "event") else self._undecided()
        return (*clock, *(() if self.by else ("by",)))

    def _undecided(self) -> tuple[str, ...]:
        return ("reading",) if self.clock else ("due",)


class PaperReading(NamedTuple):
    """What a paper says, as far as it was understood."""

    file: str
    title: str
    number: str
    issued_on: date | None
    year: int | None
    agency: str
    office: str  # role that watches, where the paper and the organisation file name it
    obligations: tuple[DraftObligation, ...]
    goals: tuple[PaperClause, ...]  # read, but no duties: purposes and requirements
    headings: tuple[tuple[str, str], ...]
    documents: tuple[CitedDocument, ...]
    parties: tuple[tuple[str, str, int], ...]  # words, id in the organisation file, how often
    recipients: tuple[str, ...]
    clauses: int  # paragraphs of duties in the paper
    lines: tuple[Line, ...]

    def found(self, *sorts: str) -> list[tuple[DraftObligation, TimeWord]]:
        """Every finding of those sorts, with an obligation in whose words it stands."""
        seen: dict[tuple[str, int, str], tuple[DraftObligation, TimeWord]] = {}
        for obligation in self.obligations:
            for word in obligation.words:
                if word.sort in sorts:
                    seen.setdefault((obligation.quote, word.start, word.words), (obligation, word))
        return list(seen.values())

    @property
    def coverage(self) -> "Coverage":
        covered = len({obligation.at for obligation in self.obligations} - {RECIPIENTS})
        understood = len(self.found("dated", "ambiguous", "pointer", "event"))
        return Coverage(
            covered,
            self.clauses,
            understood,
            understood + len(self.found("unknown")),
            sum(not obligation.decisions for obligation in self.obligations),
            len(self.obligations),
        )


class Coverage(NamedTuple):
    """Three parts of a whole: paragraphs that became obligations, times understood, obligations with nothing open."""

    clauses: int
    of_clauses: int
    times: int
    of_times: int
    ready: int
    of_obligations: int


def read_paper(file: Path, directory: Directory | None = None) -> PaperReading:
    """Everything found in a .txt or .docx paper. Raises DefinitionError where it cannot be read or holds no bullet."""
    lines = read_lines(file)
    plan = outline(lines)
    duties = [clause for clause in plan.clauses if clause.duty]
    if not duties:
        found = _("không thấy mục, gạch đầu dòng hay khoản nào giao việc")
        raise DefinitionError([Problem(file.name, 1, 1, "", found, _("một bản kế hoạch có mục I, II… hoặc 1, 2…"))])
    head = paper_head(plan.head)
    ids = _Ids()
    obligations = [draft for clause in plan.clauses for draft in _drafts(clause, ids, directory)]
    obligations += _to_recipients(plan, ids)
    return PaperReading(
        file.name,
        head.title,
        head.number,
        head.issued_on,
        head.year,
        head.agency,
        _office(obligations, directory),
        tuple(obligations),
        tuple(clause for clause in plan.clauses if not clause.duty and not _clocks(clause)),
        plan.headings,
        tuple(_documents(plan)),
        tuple(_bodies(plan, directory)),
        plan.recipients,
        len({clause.label for clause in plan.clauses if clause.duty or _clocks(clause)}),
        tuple(lines),
    )


def _clocks(clause: PaperClause) -> bool:
    """A purpose with a date in it is a duty after all."""
    return any(word.sort in CLOCKS for word in time_words(clause.text))


def _drafts(clause: PaperClause, ids: "_Ids", directory: Directory | None) -> Iterator[DraftObligation]:
    if not clause.duty and not _clocks(clause):
        return
    if clause.columns:
        yield _of_row(clause, ids, directory)
        return
    before: list[Party] = []
    for quote in _pieces(clause.text):
        words = time_words(quote)
        named = doers(quote, parties(quote, directory)) or before
        before = named
        clocks: list[TimeWord | None] = [word for word in words if word.sort in CLOCKS]
        for clock in clocks or [_softest(words)]:
            yield _draft(clause, quote, words, clock, named, ids)


def _pieces(text: str) -> list[str]:
    """A paragraph whole, or its sentences where one of them has a time of its own; those without time stay together."""
    pieces: list[tuple[bool, str]] = []
    for sentence in _SEAM.split(text):
        timed = any(word.sort in CLOCKS for word in time_words(sentence))
        if pieces and not timed and not pieces[-1][0]:
            pieces[-1] = (False, f"{pieces[-1][1]} {sentence}")
        else:
            pieces.append((timed, sentence))
    if not any(timed for timed, _sentence in pieces):
        return [text.strip(" .;")]
    return [quote for _timed, sentence in pieces if (quote := sentence.strip(" .;:")) and re.search(r"\w", quote)]


def _softest(words: Sequence[TimeWord]) -> TimeWord | None:
    """The word a due without any date is written with: an event, else the first vague word the grammar also knows."""
    order = ("event", "vague")
    soft = [word for sort in order for word in words if word.sort == sort]
    return next((word for word in soft if word.sort == "event" or word.key), None)


def _draft(
    clause: PaperClause,
    quote: str,
    words: tuple[TimeWord, ...],
    clock: TimeWord | None,
    named: Sequence[Party],
    ids: "_Ids",
) -> DraftObligation:
    each = tuple(dict.fromkeys(party.id for party in named))
    by = "" if not each else each[0] if len(each) == 1 and not named[0].is_unit else "unit.focal"
    title = _short(quote)
    said = ", ".join(party.words for party in named)
    periods = _periods(quote, clock)
    return DraftObligation(
        ids.new(title), title, clause.label, quote, clause.section, clause.line, clock, words, each, by, said, periods
    )


def _of_row(clause: PaperClause, ids: "_Ids", directory: Directory | None) -> DraftObligation:
    """A row of a table: what, by when and who stand in cells of their own."""
    cells = {name: cell for name, cell in zip(clause.columns, clause.cells, strict=False) if name}
    quote = cells.get("task", clause.text).strip(" .;")
    words = time_words(cells.get("time", ""))
    clock = next((word for word in words if word.sort in CLOCKS), None) or _softest(words)
    lead = cells.get("lead", "")
    return _draft(clause, quote, words, clock, doers(lead, parties(lead, directory)), ids)


def _to_recipients(plan: Outline, ids: "_Ids") -> Iterator[DraftObligation]:
    listed = [name for name in plan.recipients if name and not name.lower().startswith(("lưu", "như trên"))]
    if listed:
        title = "Gửi văn bản đến nơi nhận"
        yield DraftObligation(ids.new(title), title, RECIPIENTS, " … ".join(listed), RECIPIENTS, 0, None, ())


def _periods(quote: str, clock: TimeWord | None) -> tuple[str, ...]:
    """ "định kỳ 6 tháng, năm" names the periods of as many days."""
    match = _PERIODS.search(quote)
    names = tuple(re.split(r"\s*(?:, và|,|và)\s*", match[1])) if match else ()
    return names if clock and clock.days == len(names) > 1 else ()


def _short(quote: str, most: int = 90) -> str:
    """The first words of a quote, cut where a sentence breathes."""
    words = re.split(r"[;:(]", quote)[0].strip()
    words = words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0].rstrip(' ,')}…"
    return words[0].upper() + words[1:] if words else quote[:most]


class _Ids:
    """Short ids in ASCII, each once."""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()

    def new(self, title: str) -> str:
        base = slug(title)[:48]
        base = (base.rsplit("-", 1)[0] if len(base) == 48 and "-" in base else base).strip("-") or "nghia-vu"
        self.used[base] += 1
        return base if self.used[base] == 1 else self.new(f"{base[:44]}-{self.used[base]}")


def _office(obligations: Sequence[DraftObligation], directory: Directory | None) -> str:
    """ "Giao Văn phòng … theo dõi, đôn đốc": the role that watches."""
    for obligation in obligations:
        if directory and re.search(r"theo dõi|đôn đốc", obligation.quote) and len(obligation.each) == 1:
            party = obligation.each[0]
            return party if party in directory.roles else ""
    return ""


def _documents(plan: Outline) -> list[CitedDocument]:
    in_head = [found for line in plan.head for found in citations(line.text, "Căn cứ")]
    return merged([*in_head, *(found for clause in plan.clauses for found in citations(clause.text, clause.label))])


def _bodies(plan: Outline, directory: Directory | None) -> list[tuple[str, str, int]]:
    counted = Counter(
        (party.words, party.id) for clause in plan.clauses for party in parties(clause.text, directory)
    )  # fmt: skip
    return [(words, id_, count) for (words, id_), count in counted.most_common()]
