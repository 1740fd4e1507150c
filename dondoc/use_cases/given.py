"""What the book holds of the answers to one step, as pages show it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dondoc.core.occurrence import StepState
from dondoc.use_cases.keep_file import KeptFile, read_kept


class Given(NamedTuple):
    """One answer. sent and received are the office's alone to state."""

    number: str
    signed_on: date | None
    done_on: date | None
    submitted_on: date
    sent_on: date | None
    received_on: date | None
    kept_at: str
    files: tuple[KeptFile, ...]
    note: str
    confirmed_on: date | None


def given(state: StepState) -> tuple[Given, ...]:
    """Oldest first."""
    return tuple(
        Given(
            s.number,
            s.signed_on,
            s.done_on,
            s.submitted_on,
            s.sent_on,
            s.received_on,
            s.kept_at,
            tuple(read_kept(file) for file in s.files),
            s.note,
            s.confirmed_on,
        )
        for s in state.submissions
    )


class NoFile(LookupError):
    """None of these answers holds such a file."""


def file_of(answers: Iterable[Given], sha256: str) -> KeptFile:
    """A file of these answers by its digest. NoFile for any other."""
    found = next((file for one in answers for file in one.files if file.sha256 and file.sha256 == sha256), None)
    if found is None:
        raise NoFile(sha256)
    return found
