"""Prove the book: every link of its chain, every commitment, every digest; and that it is the book once seen."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.register.book import Book
from dondoc.register.text import maybe_moment
from dondoc.register.verify import find_head, verify_chain
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _


class JournalHead(NamedTuple):
    """The end of the chain. `link` counts entries from 1; `hash` and `at` (UTC) are "" and None of an empty book."""

    link: int
    hash: str
    at: datetime | None

    @property
    def anchor(self) -> str:
        """What is written down elsewhere, and given to `verify --head` one day."""
        return f"{self.hash}@{self.link}"


def head_in(book: Book) -> JournalHead:
    head = book.head()
    return JournalHead(head.link, head.hash, maybe_moment(head.recorded_at or None))


def journal_head(office: Office) -> JournalHead:
    """Reads only."""
    with office.register.reading() as book:
        return head_in(book)


def verify_journal(office: Office, heads: Sequence[str] = ()) -> list[str]:
    """What does not hold, in words; [] is intact. Reads only.

    `heads` are HASH or HASH@LINK, written down outside the server; Refused for what is neither.
    """
    anchors = [read_anchor(text) for text in heads]
    with office.register.reading() as book:
        problems = verify_chain(book)
        for hash_, link in anchors:
            problems += find_head(book, hash_, link)
    return problems


def read_anchor(text: str) -> tuple[str, int]:
    """(hash, link), link 0 where none was written; Refused for what is neither."""
    found = re.fullmatch(r"([0-9a-f]{64})(?:@([0-9]{1,18}))?", text.strip().lower())
    if found is None:
        raise Refused(
            _("«{text}» không phải đầu nhật ký.").format(text=text),
            _("Ghi nguyên mã băm 64 chữ số, có thể kèm @ và số mắt xích, như trong thư hoặc: dondoc journal head"),
        )
    return found[1], int(found[2] or 0)
