"""A head written down elsewhere finds what the chain alone cannot."""

import pytest
from rewritten import rewrite
from written import birth, fact, open_all

from dondoc.register import Register, find_head, verify_chain
from dondoc.register.connection import Sql
from dondoc.register.guards import unguarded

A = birth("a").key


@pytest.fixture
def written(register: Register) -> Register:
    with register.writing() as book:
        open_all(book, "a")
        book.append([fact(A, number="12/BC"), fact(A, "confirmed")])
    return register


def test_a_wholly_rewritten_chain_verifies_and_only_the_head_tells(written: Register) -> None:
    with written.reading() as book:
        head = book.head()
        assert find_head(book, head.hash, head.link) == []
    rewrite(written, "12/BC", "99/BC")
    with written.reading() as book:
        assert verify_chain(book) == []
        assert book.facts()[A][0].payload["number"] == "99/BC"
        for link in (0, head.link):
            (problem,) = find_head(book, head.hash, link)
            assert "viết lại" in problem


def test_a_head_of_long_ago_still_holds_and_one_at_another_place_does_not(written: Register) -> None:
    with written.reading() as book:
        head = book.head()
    with written.writing() as book:
        book.append([fact(A, "returned")])
    with written.reading() as book:
        assert find_head(book, head.hash) == find_head(book, head.hash, head.link) == []
        assert len(find_head(book, head.hash, head.link + 1)) == 1


def test_a_book_whose_end_was_cut_off_with_its_head_is_found(written: Register) -> None:
    with written.reading() as book:
        head = book.head()
    with written.writing() as book, unguarded(book.session):
        book.session.change(Sql("DELETE FROM fact WHERE link = 3"))
        book.session.change(
            Sql(
                "UPDATE chain SET link = 2, hash = (SELECT hash FROM fact WHERE link = 2), "
                "recorded_at = (SELECT recorded_at FROM fact WHERE link = 2)"
            )
        )
    with written.reading() as book:
        assert verify_chain(book) == []
        (problem,) = find_head(book, head.hash, head.link)
        assert "bị cắt" in problem
