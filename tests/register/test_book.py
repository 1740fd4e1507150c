"""What is written is read back, once, in order, as it was."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from written import AT, DAY, birth, fact, notice, open_all

from dondoc.register import Register, RegisterError, StepFold, digest_of, verify_chain

A, B, C = (birth(name).key for name in "abc")


def test_births_are_read_back_as_they_were_made(register: Register) -> None:
    with register.writing() as book:
        assert open_all(book, "b", "a") == [A, B]
    with register.reading() as book:
        assert book.births() == book.births(plan="qcdc-2022", obligation="bao-cao") == [birth("a"), birth("b")]
        assert book.births(keys=[B, "nothing"]) == [birth("b")]
        assert book.births(plan="another") == []


def test_births_made_twice_exist_once(register: Register) -> None:
    for _ in range(2):
        with register.writing() as book:
            open_all(book, "a", "b")
    with register.writing() as book:
        assert open_all(book, "a", "c") == [C]
        assert [one.key for one in book.births()] == [A, B, C]
        assert book.add_births([]) == []


def test_the_digest_does_not_depend_on_order_or_zone() -> None:
    there = birth("a")._replace(opens_at=AT.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")))
    assert digest_of([birth("b"), there]) == digest_of([birth("a"), birth("b")])
    assert digest_of([birth("a")]) != digest_of([birth("a")._replace(label="6 tháng cuối năm")])


def test_appended_facts_get_a_seq_and_are_read_in_their_transaction_and_after_it(register: Register) -> None:
    with register.writing() as book:
        first, second = book.append([fact(A, number="12/BC"), fact(A, "confirmed")])
        (third,) = book.append([fact(B, "returned", reason="thiếu phụ lục")._replace(corrects=first.seq)])
        assert 0 < first.seq < second.seq < third.seq
        assert book.facts([A, B]) == {A: [first, second], B: [third]}
    with register.reading() as book:
        assert book.facts() == {A: [first, second], B: [third]}
        assert book.facts([A, C]) == {A: [first, second], C: []}


def test_a_double_click_is_one_fact(register: Register) -> None:
    with register.writing() as book:
        assert len(book.append([fact(A)], request_key="form-1")) == 1
        assert book.append([fact(A)], request_key="form-1") == []
        assert book.seen("form-1") and not book.seen("form-2") and not book.seen("")
    with register.writing() as book:
        assert book.append([fact(A)], request_key="form-1") == []
        assert len(book.append([fact(A)], request_key="form-2")) == 1
    with register.reading() as book:
        assert len(book.facts()[A]) == 2


def test_a_request_that_was_rolled_back_can_be_made_again(register: Register) -> None:
    with pytest.raises(ZeroDivisionError), register.writing() as book:
        book.append([fact(A)], request_key="form-1")
        _ = 1 / 0
    with register.writing() as book:
        assert book.facts() == {} and len(book.append([fact(A)], request_key="form-1")) == 1


def test_what_the_office_knew_at_an_instant_includes_that_instant(register: Register) -> None:
    later = AT + timedelta(microseconds=1)
    with register.writing() as book:
        book.append([fact(A), fact(A, at=later)])
    with register.reading() as book:
        assert [f.recorded_at for f in book.facts([A], until_at=AT)[A]] == [AT]
        assert len(book.facts(until_at=later)[A]) == 2
        assert book.facts(until_at=AT - timedelta(microseconds=1)) == {}


def test_a_clock_that_fell_back_does_not_record_before_its_predecessor(register: Register) -> None:
    with register.writing() as book:
        book.append([fact(A)])
    with register.writing() as book:
        early, later = book.append([fact(A, at=AT - timedelta(hours=1)), fact(A, at=AT + timedelta(hours=1))])
        assert (early.recorded_at, later.recorded_at) == (AT, AT + timedelta(hours=1))
    with register.reading() as book:
        assert [f.recorded_at for f in book.facts()[A]] == [AT, AT, AT + timedelta(hours=1)]


def test_instants_are_recorded_in_utc(register: Register) -> None:
    with register.writing() as book:
        book.append([fact(A, at=datetime(2022, 6, 3, 8, tzinfo=timezone(timedelta(hours=7))))])
    with register.reading() as book:
        (read,) = book.facts()[A]
    assert read.recorded_at == AT and read.recorded_at.tzinfo == UTC and read.act_on == DAY


@pytest.mark.parametrize(
    "bad",
    [fact(A, "signed"), fact(A, at=AT.replace(tzinfo=None)), fact(A, on=DAY), fact(A, ratio=float("nan"))],
    ids=["unknown kind", "naive instant", "a day that is no JSON", "not a number"],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(register: Register, bad: object) -> None:
    with pytest.raises((ValueError, TypeError)), register.writing() as book:
        book.append([fact(A), bad])  # type: ignore[list-item]
    with register.reading() as book:
        assert book.facts() == {}


def test_an_error_inside_leaves_nothing_half_written(register: Register) -> None:
    with pytest.raises(ZeroDivisionError), register.writing() as book:
        open_all(book, "a")
        book.add_notices([notice("n")])
        book.put_setting("mode", "live")
        _ = 1 / 0
    with register.reading() as book:
        assert (book.births(), book.facts(), book.notices(), book.setting("mode")) == ([], {}, [], None)
        assert verify_chain(book) == []


def test_steps_replace_what_stood_there(register: Register) -> None:
    full = StepFold(A, "gui", "open", 2, "extended", AT, DAY, DAY, DAY, "law", 3, 4, "dau-moi", "p", DAY, DAY, DAY, "x")
    with register.writing() as book:
        open_all(book, "a", "b")
        book.put_steps(A, [StepFold(A, "soan", "waiting"), StepFold(A, "gui", "waiting")])
        book.put_steps(A, [full])
        book.put_steps(B, [StepFold(B, "z", "open"), StepFold(B, "a", "waiting")])
    with register.reading() as book:
        assert book.steps(keys=[A]) == [full]
        assert [(one.key, one.step) for one in book.steps(plan="qcdc-2022")] == [(A, "gui"), (B, "z"), (B, "a")]


def test_steps_of_nothing_born_are_refused(register: Register) -> None:
    with pytest.raises(RegisterError, match="nobody"), register.writing() as book:
        book.put_steps("nobody", [])


def test_the_agenda_gives_what_is_due_both_sides_of_the_second(register: Register) -> None:
    with register.writing() as book:
        open_all(book, "a", "b", "c")
        book.put_agenda(A, AT + timedelta(seconds=1))
        book.put_agenda(B, AT)
        book.put_agenda(C, AT)
        book.put_agenda(C, None)
    with register.reading() as book:
        assert book.next_agenda_at() == AT and book.agenda() == {A: AT + timedelta(seconds=1), B: AT}
        assert book.due_keys(AT - timedelta(microseconds=1)) == []
        assert book.due_keys(AT) == [B]
        assert book.due_keys(AT + timedelta(seconds=1)) == [B, A]
        assert book.due_keys(AT + timedelta(days=1), limit=1) == [B]


def test_a_moment_within_a_second_is_never_looked_at_too_late(register: Register) -> None:
    with register.writing() as book:
        open_all(book, "a")
        book.put_agenda(A, AT + timedelta(microseconds=900_000))
        assert book.due_keys(AT) == [A]


def test_an_empty_agenda_has_no_next_moment(register: Register) -> None:
    with register.reading() as book:
        assert book.next_agenda_at() is None and book.due_keys(AT) == []


def test_settings_and_versions_are_kept(register: Register) -> None:
    with register.writing() as book:
        book.put_setting("mode", "trial")
        book.put_setting("mode", "live")
        book.put_setting("gone", "x")
        book.put_setting("gone", None)
        book.put_versions({"sha": '{"id":"bao-cao"}'})
        book.put_versions({"sha": "another"})
    with register.reading() as book:
        assert (book.setting("mode"), book.setting("gone")) == ("live", None)
        assert (book.version("sha"), book.version("none")) == ('{"id":"bao-cao"}', None)


def test_lists_longer_than_any_parameter_limit_are_read(register: Register) -> None:
    keys = [f"k{i}" for i in range(70_000)]
    with register.writing() as book:
        open_all(book, "a")
        assert [one.key for one in book.births(keys=[*keys, A])] == [A]
        book.lock([*keys, A])
