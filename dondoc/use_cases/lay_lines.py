"""Lay the board's lines of a book that was kept before there were any, or by an older edition of them."""

from datetime import datetime

from dondoc.core.fold import fold
from dondoc.register.book import Book
from dondoc.register.lines import Lines
from dondoc.use_cases.board_lines import put_lines
from dondoc.use_cases.office import Office

SETTING, EDITION = "lines", "1"
CHUNK = 500


def lay_lines(office: Office, at: datetime) -> int:
    """How many occurrences got lines; 0 where they were there already. One transaction a chunk, and so resumable."""
    with office.register.reading() as book:
        if book.setting(SETTING) == EDITION:
            return 0
        keys = [birth.key for birth in book.births() if birth.plan in office.plans]
    for first in range(0, len(keys), CHUNK):
        with office.register.writing() as book:
            _lay(office, book, keys[first : first + CHUNK], at)
    with office.register.writing() as book:
        book.put_setting(SETTING, EDITION)
    return len(keys)


def begin_lines(book: Book) -> None:
    """In a book that holds nothing yet: whatever is born from now on has its lines from the first."""
    if book.setting(SETTING) is None and Lines(book.session, book.agency).nothing_born():
        book.put_setting(SETTING, EDITION)


def _lay(office: Office, book: Book, keys: list[str], at: datetime) -> None:
    births, facts = book.births(keys=keys), book.facts(keys)
    duties = {birth.key: office.obligation(book, birth, facts.get(birth.key, [])) for birth in births}
    folded = [(duties[b.key], fold(duties[b.key], b, facts.get(b.key, []))) for b in births]
    put_lines(office, book, folded, at)
