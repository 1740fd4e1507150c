"""A signed paper (.docx or .txt) → a draft folder: what it says, what a person must decide, how much was understood."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from definitions.organisation import load_organisation
from definitions.read_paper import Coverage, DraftObligation, PaperReading, read_paper
from definitions.read_paper_draft import SUMMARY_FILE, write_draft
from definitions.read_paper_timing import TimeWord
from dondoc.use_cases.office import SHIPPED


class Finding(NamedTuple):
    """Words of the paper that say when; `decide` are the keys of its obligation that are still open."""

    at: str
    obligation: str
    words: str
    sort: str  # dated · ambiguous · pointer · event · vague · unknown
    decide: tuple[str, ...]


class ReadReport(NamedTuple):
    """`coverage` counts parts of wholes; see definitions.read_paper.Coverage."""

    folder: Path
    summary: Path
    title: str
    files: tuple[str, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]
    undated: tuple[str, ...]  # obligation ids
    documents: tuple[str, ...]
    parties: tuple[str, ...]


def draft_from_paper(file: Path, folder: Path, definitions: Sequence[Path] = ()) -> ReadReport:
    """Read `file` and write its draft to `folder`, which must not exist yet.

    The parties are looked up in the first organisation.yaml of `definitions`, else in the shipped one.
    Raises DefinitionError for a file that cannot be read or a folder that exists; then nothing is written.
    """
    people = next((place for place in definitions if (place / "organisation.yaml").is_file()), SHIPPED)
    reading = read_paper(file, load_organisation(people).directory)
    files = write_draft(reading, folder)
    found = reading.found("dated", "ambiguous", "pointer", "event", "vague", "unknown")
    return ReadReport(
        folder,
        folder / SUMMARY_FILE,
        reading.title,
        tuple(files),
        reading.coverage,
        tuple(_finding(obligation, word) for obligation, word in found),
        _undated(reading),
        tuple(f"{d.kind} {d.number}".strip() if d.number else d.about for d in reading.documents),
        tuple(words for words, _id, _count in reading.parties),
    )


def _finding(obligation: DraftObligation, word: TimeWord) -> Finding:
    return Finding(obligation.at, obligation.id, word.words, word.sort, obligation.decisions)


def _undated(reading: PaperReading) -> tuple[str, ...]:
    return tuple(o.id for o in reading.obligations if o.clock is None or o.clock.sort in ("vague", "unknown"))
