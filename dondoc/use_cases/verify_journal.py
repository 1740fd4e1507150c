"""Prove the book: every link of its chain, every commitment, every digest."""

from dondoc.register.verify import verify_chain
from dondoc.use_cases.office import Office


def verify_journal(office: Office) -> list[str]:
    """What does not hold, in words; [] is intact. Reads only."""
    with office.register.reading() as book:
        return verify_chain(book)
