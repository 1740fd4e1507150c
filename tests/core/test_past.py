"""Two questions about the past, corrections, and what folding does with them."""

from datetime import date

from core_samples import a_book, local

from dondoc.core.facts import Fact, known_on, true_of, with_corrections
from dondoc.core.fold import fold

D = date


def late_entry():
    """Handed in on 03/6, written down on 08/6, its day put right on 10/6."""
    book = a_book()
    book.submit(local(D(2022, 6, 8)), on=D(2022, 6, 3))
    submitted = book.facts[0]
    book.act("corrected", local(D(2022, 6, 10)), values={"act_on": "2022-06-02"}, corrects=submitted.seq)
    return book


def kinds(facts):
    return [fact.kind for fact in facts]


def test_known_on_a_day_is_what_was_recorded_by_then():
    book = late_entry()
    assert kinds(known_on(book.facts, local(D(2022, 6, 7)))) == []
    assert kinds(known_on(book.facts, local(D(2022, 6, 8), 7, 59))) == []
    assert kinds(known_on(book.facts, local(D(2022, 6, 8)))) == ["submitted"]
    state = fold(book.obligation, book.birth, known_on(book.facts, local(D(2022, 6, 9)))).step("nop")
    assert state.done_on == D(2022, 6, 3)


def test_true_of_a_day_is_what_had_been_done_by_then_as_it_is_known_now():
    book = late_entry()
    assert kinds(true_of(book.facts, D(2022, 6, 1))) == []
    (fact,) = true_of(book.facts, D(2022, 6, 2))
    assert (fact.kind, fact.act_on) == ("submitted", D(2022, 6, 2))


def test_a_correction_changes_the_reading_and_leaves_the_entry():
    book = late_entry()
    assert book.now.step("nop").done_on == D(2022, 6, 2)
    assert book.facts[0].act_on == D(2022, 6, 3)


def test_a_correction_raises_the_epoch_as_every_fact_does():
    book = late_entry()
    assert book.now.step("nop").epoch == 2


def fact(seq, kind="submitted", corrects=0, **payload):
    return Fact(kind, "k", "nop", local(D(2022, 6, seq)), D(2022, 6, seq), "clerk", "cli", payload, seq, corrects)


def test_two_corrections_of_one_fact_add_up_and_the_later_wins():
    facts = [
        fact(1, number="1", note="a"),
        fact(2, "corrected", 1, values={"number": "2"}),
        fact(3, "corrected", 1, values={"note": "b"}),
    ]
    (read,) = with_corrections(facts)
    assert read.payload == {"number": "2", "note": "b"}


def test_a_correction_may_itself_be_corrected():
    facts = [
        fact(1, number="1"),
        fact(2, "corrected", 1, values={"number": "2"}),
        fact(3, "corrected", 2, values={"number": "3"}),
    ]
    assert with_corrections(facts)[0].payload == {"number": "3"}


def test_a_correction_of_an_unknown_entry_changes_nothing():
    assert with_corrections([fact(1, number="1"), fact(2, "corrected", 9, values={"number": "2"})])[0].payload == {
        "number": "1"
    }


def test_an_unknown_kind_of_fact_is_skipped():
    book = a_book()
    before = book.now
    book.enter_only("comment", local(D(2022, 6, 1)))
    assert book.now == before


def test_a_stale_telling_moves_no_cursor():
    book = a_book()
    book.enter_only("told", local(D(2022, 6, 1)), round=7, cursor=9)
    assert book.now.step("nop").round.cursor == 0
