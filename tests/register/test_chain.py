"""The book proves itself: whatever is touched is found."""

import sqlite3
from datetime import timedelta

import pytest
from written import AT, birth, fact, open_all

from dondoc.register import Register, StepFold, compare_folds, verify_chain
from dondoc.register.connection import Sql
from dondoc.register.guards import unguarded

A = birth("a").key
COLUMNS = {
    "agency": "'so-khac'",
    "link": "40",
    "kind": "'waived'",
    "occurrence": "'khac'",
    "step": "'khac'",
    "recorded_at": "'2022-06-03T00:59:59.000000Z'",
    "act_on": "'2022-06-02'",
    "actor": "'ai-do'",
    "via": "'portal'",
    "payload": "'[]'",
    "personal": "''",
    "corrects": "1",
    "hash": "'00'",
}


@pytest.fixture
def written(register: Register) -> Register:
    """Four facts in three transactions, the third one personal."""
    with register.writing() as book:
        open_all(book, "a")
    with register.writing() as book:
        book.append([fact(A, number="12/BC"), fact(A, "submitted", note="Cán bộ đầu mối")])
    with register.writing() as book:
        book.append([fact(A, "confirmed")])
    return register


def _tampered(register: Register, sql: str) -> list[str]:
    with register.writing() as book:
        raw = book.session.raw  # type: ignore[attr-defined]
        with unguarded(book.session):  # whoever owns the database can do as much
            assert raw.execute(sql).rowcount > 0
    with register.reading() as book:
        return verify_chain(book)


def test_an_untouched_book_is_intact_and_an_empty_one_too(register: Register) -> None:
    with register.reading() as book:
        assert verify_chain(book) == [] and book.head().link == 0


def test_the_chain_counts_every_fact_from_the_first(written: Register) -> None:
    with written.reading() as book:
        assert verify_chain(book) == [] and book.head().link == 4


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("link", [1, 3, 4])
def test_a_changed_column_is_found(written: Register, column: str, link: int) -> None:
    if column == "personal" and link != 3:
        column = "actor"
    assert _tampered(written, f"UPDATE fact SET {column} = {COLUMNS[column]} WHERE link = {link}")


@pytest.mark.parametrize("link", [1, 2, 4])
def test_a_removed_fact_is_found(written: Register, link: int) -> None:
    assert _tampered(written, f"DELETE FROM fact WHERE link = {link}")


def test_a_renumbered_fact_is_found(written: Register) -> None:
    assert _tampered(written, "UPDATE fact SET seq = 99 WHERE link = 2")


def test_an_inserted_fact_is_found(written: Register) -> None:
    values = (
        "77, 'so-khcn', 5, 'waived', '', '', '2022-06-04T00:00:00.000000Z', '2022-06-04', '', '', '{}', '', 0, '00'"
    )
    columns = (
        "seq, agency, link, kind, occurrence, step, recorded_at, act_on, actor, via, payload, personal, corrects, hash"
    )
    assert _tampered(written, f"INSERT INTO fact ({columns}) VALUES ({values})")


def test_a_changed_head_is_found(written: Register) -> None:
    assert _tampered(written, "UPDATE chain SET hash = '00'")


@pytest.mark.parametrize("change", ["payload = '[]'", "salt = 'x'", "payload = NULL", "salt = NULL, payload = NULL"])
def test_a_changed_personal_part_is_found(written: Register, change: str) -> None:
    assert _tampered(written, f"UPDATE personal SET {change}")


def test_a_removed_personal_part_is_found(written: Register) -> None:
    assert _tampered(written, "DELETE FROM personal")


def test_an_erasure_that_no_entry_tells_of_is_found(written: Register) -> None:
    """The database's own guard lets a personal part be emptied: only the book says by what right."""
    with written.writing() as book:
        seqs = [one.seq for one in book.facts()[A]]
        book.erase_personal(seqs, AT)
        book.append([fact("", "erased", facts=[1])])  # of another entry
    with written.reading() as book:
        assert verify_chain(book) == [
            f"Bản ghi {seqs[1]}: phần thông tin cá nhân bị xoá mà không có mục nào ghi việc xoá."
        ]


def test_a_birth_without_an_opening_is_found(written: Register) -> None:
    names = "key, plan, obligation, version, period, label, party, opens_at, event_on, reference, title, excluded, "
    names += "population, before_watch, due_on, rounds, opening"
    slipped_in = names.replace("key,", "'lot-vao',", 1).replace("opening", "99")
    insert = f"INSERT INTO birth ({names}) SELECT {slipped_in} FROM birth"
    if written.url.startswith("sqlite"):
        with sqlite3.connect(written.url.removeprefix("sqlite:///")) as owner:  # nobody makes it heed foreign keys
            owner.execute(insert)
    else:
        with written.writing() as book:
            book.session.raw.execute("ALTER TABLE birth DROP CONSTRAINT birth_opening_fkey")  # type: ignore[attr-defined]
            book.session.raw.execute(insert)  # type: ignore[attr-defined]
    with written.reading() as book:
        assert verify_chain(book) == ["lot-vao: kỳ thực hiện không thuộc lần mở nào."]


@pytest.mark.parametrize(
    "sql", ["UPDATE version SET body = '[]'", "DELETE FROM version", "UPDATE version SET sha = 'khac'"]
)
def test_a_changed_or_missing_definition_is_found(written: Register, sql: str) -> None:
    assert _tampered(written, sql)


def test_a_changed_birth_is_found(written: Register) -> None:
    assert _tampered(written, "UPDATE birth SET party = 'khac'")


def test_a_birth_that_no_fact_vouches_for_is_found(written: Register) -> None:
    with written.writing() as book:
        book.add_births([birth("b")])
    with written.reading() as book:
        assert len(verify_chain(book)) == 1


def test_a_personal_part_is_read_back_and_lies_apart(written: Register) -> None:
    with written.reading() as book:
        read = book.facts()[A][1]
        assert read.payload == {"note": "Cán bộ đầu mối"}
        kept = book.session.rows(Sql("SELECT payload FROM fact"))
    assert not any("Cán bộ" in row[0] for row in kept)


def test_erasing_a_personal_part_leaves_the_chain_whole(written: Register) -> None:
    with written.writing() as book:
        seqs = [one.seq for one in book.facts()[A]]
        assert book.erase_personal(seqs, AT + timedelta(days=400)) == 1
        assert book.erase_personal(seqs, AT + timedelta(days=400)) == 0
        book.append([fact("", "erased", facts=seqs)])
    with written.reading() as book:
        assert book.facts()[A][1].payload == {} and verify_chain(book) == []
        assert book.session.rows(Sql("SELECT salt, payload FROM personal")) == [(None, None)]


def test_folds_that_differ_from_the_facts_are_named(written: Register) -> None:
    good = StepFold(A, "gui", "done", since_at=AT)
    with written.writing() as book:
        book.put_steps(A, [good])
        book.put_agenda(A, AT)
    with written.reading() as book:
        assert compare_folds(book, lambda birth, facts: ([good], AT)) == []
        assert len(compare_folds(book, lambda birth, facts: ([good._replace(cursor=len(facts))], AT))) == 1
        assert len(compare_folds(book, lambda birth, facts: ([good], None))) == 1
