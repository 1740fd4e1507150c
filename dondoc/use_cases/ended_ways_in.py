"""What was ended stays ended: a restored book knows nothing of what was revoked after the backup was made."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from dondoc.register.book import Book

BROWSERS = ("sign-in", "session")  # whoever was signed in on the day of the backup signs in again
REVOCATIONS = "links-"  # settings of links.py: each holds a local day


class Ended(NamedTuple):
    shas: tuple[str, ...]
    revocations: Mapping[str, str]


def ended_in(book: Book) -> Ended:
    """As the book stands that is about to be replaced."""
    return Ended(tuple(book.ended_credentials()), book.settings_below(REVOCATIONS))


def end_again(book: Book, ended: Ended, at: datetime) -> None:
    """Everybody's sessions, and whatever the replaced book had ended."""
    book.end_these_credentials(ended.shas, BROWSERS, at)
    restored = book.settings_below(REVOCATIONS)
    for name, day in ended.revocations.items():
        stricter = min if name.startswith("links-end/") else max  # from when on, and up to when, links are dead
        book.put_setting(name, stricter(day, restored.get(name, day)))
