"""The database itself refuses to change or remove what was entered."""

import pytest
from written import AT, birth, fact, open_all

from dondoc.register import Register, verify_chain
from dondoc.register.guards import unguarded

A = birth("a").key
COPY = (
    "SELECT seq, agency, link, kind, occurrence, step, recorded_at, act_on, actor, via, '{}', personal, corrects, hash "
    "FROM fact WHERE link = 1"
)


@pytest.fixture
def written(register: Register) -> Register:
    with register.writing() as book:
        open_all(book, "a")
    with register.writing() as book:
        book.append([fact(A, "submitted", note="Cán bộ đầu mối")])
    return register


REFUSED = [
    "UPDATE fact SET payload = '{}'",
    "UPDATE fact SET hash = hash WHERE link = 1",
    "DELETE FROM fact WHERE link = 2",
    "DELETE FROM personal",
    "UPDATE personal SET payload = '[]'",
    "UPDATE personal SET salt = NULL",
    "UPDATE personal SET seq = seq + 1, salt = NULL, payload = NULL, erased_at = 'x'",
    "DELETE FROM chain",
    "UPDATE chain SET hash = ''",
    "UPDATE chain SET link = link - 1",
    "UPDATE chain SET agency = 'so-khac', link = link + 1",
]
ONE_DATABASE = {
    "sqlite": [f"INSERT OR REPLACE INTO fact {COPY}", f"REPLACE INTO fact {COPY.replace('seq', 'seq + 90', 1)}"],
    "postgresql": ["TRUNCATE fact", "TRUNCATE personal, chain"],
}


def test_every_way_to_change_the_book_is_refused(written: Register) -> None:
    database = written.url.partition(":")[0]
    for sql in REFUSED + ONE_DATABASE[database]:
        with pytest.raises(Exception, match="append-only"), written.writing() as book:
            book.session.raw.execute(sql)  # type: ignore[attr-defined]
    with written.reading() as book:
        assert verify_chain(book) == [] and book.head().link == 2


def test_appending_and_erasing_go_on(written: Register) -> None:
    with written.writing() as book:
        assert book.erase_personal([2], AT) == 1
        book.append([fact(A, "confirmed"), fact("", "erased", facts=[2])])
    with written.reading() as book:
        assert verify_chain(book) == [] and book.head().link == 4


def test_the_guards_stand_again_after_they_were_laid_aside(written: Register) -> None:
    with written.writing() as book, unguarded(book.session):
        book.session.raw.execute("UPDATE fact SET payload = payload")  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="append-only"), written.writing() as book:
        book.session.raw.execute("UPDATE fact SET payload = payload")  # type: ignore[attr-defined]
