"""Whether something of a loaded plan waits for its check: what a plan no longer loaded left behind holds up nothing."""

from datetime import datetime

from dondoc.register.book import Book
from dondoc.use_cases.office import Office

MANY = 10_000  # far more than one office leaves behind


def is_due_here(office: Office, book: Book, at: datetime) -> bool:
    """The agenda as of `at`, without the occurrences that no check of this office would look at."""
    return any(key.partition("/")[0] in office.plans for key in book.due_keys(at, MANY))
