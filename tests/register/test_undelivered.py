"""What did not arrive: handed from channel to channel, each notice once by each, until nobody is left but a person."""

from datetime import timedelta
from pathlib import Path

import pytest
from processes import together
from written import AT, LEASE, delivery, notice

from dondoc.register import Book, Register
from dondoc.register.connection import Sql
from dondoc.register.text import instant

MINUTE = timedelta(minutes=1)


def _failed(book: Book, id_: str, *keys: str, channel: str = "zalo", outcome: str = "permanent") -> None:
    book.add_notices([notice(key) for key in keys])
    assert book.put_delivery(delivery(id_, channel=channel), keys)
    book.claim(AT, "w", LEASE, 10)
    book.settle(id_, outcome, AT, None, "said")  # type: ignore[arg-type]


def _statuses(book: Book) -> dict[str, str]:
    return {r.delivery.id: r.delivery.status for r in book.deliveries()}


def test_a_failed_message_keeps_its_notices_until_another_channel_takes_them_over(register: Register) -> None:
    with register.writing() as book:
        _failed(book, "d1", "a", "b")
        assert {(one.notice.key, one.channel, one.detail) for one in book.undelivered()} == {
            ("a", "zalo", "said"),
            ("b", "zalo", "said"),
        }
        assert book.open_notices(AT) == []
        assert book.put_delivery(delivery("d2", channel="email"), ["a"])
        assert _statuses(book) == {"d1": "dead", "d2": "ready"}  # one notice is left in the first
        assert book.put_delivery(delivery("d3", channel="email"), ["b"])
        assert _statuses(book) == {"d1": "replaced", "d2": "ready", "d3": "ready"}
        assert book.tried(["a", "b"]) == {"a": {"zalo"}, "b": {"zalo"}} and book.undelivered() == []


def test_no_notice_goes_twice_by_the_same_channel(register: Register) -> None:
    with register.writing() as book:
        _failed(book, "d1", "a")
        assert not book.put_delivery(delivery("d2", channel="zalo"), ["a"])
        assert book.put_delivery(delivery("d3", channel="email"), ["a"])
        book.claim(AT, "w", LEASE, 10)
        book.settle("d3", "permanent", AT)
        assert [one.tried for one in book.undelivered()] == [frozenset({"zalo", "email"})]
        assert not book.put_delivery(delivery("d4", channel="zalo"), ["a"])
        assert not book.put_delivery(delivery("d5", channel="email"), ["a"])
        assert book.put_delivery(delivery("d6", channel="sms"), ["a"])


@pytest.mark.parametrize("outcome", ["sent", "temporary"])
def test_what_arrived_or_waits_is_not_taken_over(register: Register, outcome: str) -> None:
    with register.writing() as book:
        book.add_notices([notice("a")])
        book.put_delivery(delivery("d1", channel="zalo"), ["a"])
        book.claim(AT, "w", LEASE, 10)
        book.settle("d1", outcome, AT, AT + MINUTE)  # type: ignore[arg-type]
        assert not book.put_delivery(delivery("d2", channel="email"), ["a"])


def test_a_receipt_that_comes_before_the_next_channel_takes_over_wins(register: Register) -> None:
    with register.writing() as book:
        _failed(book, "d1", "a", outcome="unknown")
        book.settle("d1", "sent", AT + MINUTE)
        assert not book.put_delivery(delivery("d2", channel="email"), ["a"])
        assert _statuses(book) == {"d1": "sent"} and book.undelivered() == []


def test_what_a_dead_worker_held_is_sent_again_by_mail_alone(register: Register) -> None:
    with register.writing() as book:
        for id_, channel in (("d1", "email"), ("d2", "zalo")):
            book.add_notices([notice(id_)])
            book.put_delivery(delivery(id_, channel=channel), [id_])
        book.claim(AT, "dead worker", LEASE, 10)
        assert [one.id for one in book.claim(AT + LEASE, "w", LEASE, 10)] == ["d1"]
        assert _statuses(book)["d2"] == "unknown"
        assert [one.outcome for one in book.attempts("d2")] == ["unknown"]


def test_what_ran_out_stays_with_its_message_and_the_rest_is_open_again(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a"), notice("b"), notice("c")])
        book.put_delivery(delivery("d1"), ["a", "b"])
        book.put_delivery(delivery("d2"), ["c"])
        book.run_out(["a"], AT)
        assert [one.key for one in book.open_notices(AT)] == ["b"]
        assert [(one.notice.key, one.detail) for one in book.undelivered()] == [("a", "expired")]
        assert _statuses(book) == {"d1": "dead", "d2": "ready"}


def test_a_message_comes_back_once(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a")])
        book.put_delivery(delivery("d1"), ["a"])
        book.claim(AT, "w", LEASE, 10)
        book.settle("d1", "sent", AT)
        assert [book.bounce("d1", AT, "5.1.1") for _ in range(2)] == [True, False]
        assert not book.bounce("khong-co", AT, "5.1.1")
        assert _statuses(book) == {"d1": "dead"}
        assert [one.outcome for one in book.attempts("d1")] == ["sent", "bounced"]


def test_a_message_that_is_leaving_again_is_not_dead_because_an_earlier_try_came_back(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a")])
        book.put_delivery(delivery("d1"), ["a"])
        book.claim(AT, "w", LEASE, 10)
        book.bounce("d1", AT, "5.1.1")
        assert _statuses(book) == {"d1": "sending"}


def test_the_days_digest_may_be_written_anew_where_the_first_one_failed(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a"), notice("b")])
        assert book.put_delivery(delivery("d1", pace="digest"), ["a"])
        assert not book.put_delivery(delivery("d2", pace="digest"), ["b"])
        book.claim(AT, "w", LEASE, 10)
        book.settle("d1", "permanent", AT)
        assert book.put_delivery(delivery("d2", pace="digest"), ["b"])


def _alarmed(book: Book) -> list[object]:
    return [one.alarmed_at for one in book.undelivered()]


def test_the_office_is_told_of_a_lost_message_until_the_letter_that_says_so_is_lost_too(register: Register) -> None:
    with register.writing() as book:
        _failed(book, "d1", "a")
        assert _alarmed(book) == [None] and book.alarmed_by("l1") == []
        for n, outcome in enumerate(("permanent", "unknown", "sent")):
            book.put_delivery(delivery(f"l{n}", channel="telegram", person="văn phòng"), [])
            book.mark_alarmed(f"l{n}", ["d1"], AT + MINUTE * n)
            assert _alarmed(book) == [AT + MINUTE * n] and book.alarmed_by(f"l{n}") == ["d1"]
            book.claim(AT, "w", LEASE, 10)
            book.settle(f"l{n}", outcome, AT, detail=outcome)  # type: ignore[arg-type]
            assert _alarmed(book) == [None if outcome != "sent" else AT + MINUTE * n]
        lost = book.lost_alarms(["d1"])
        assert {(one.letter, one.person, one.channel, one.detail) for one in lost} == {
            ("l0", "văn phòng", "telegram", "permanent"),
            ("l1", "văn phòng", "telegram", "unknown"),
        }
        assert book.lost_alarms(["d2"]) == []


def test_what_the_office_was_told_before_letters_were_named_stays_told(register: Register) -> None:
    with register.writing() as book:
        _failed(book, "d1", "a")
        book.mark_alarmed("", [], AT)
        assert _alarmed(book) == [None]
        book.session.change(Sql("UPDATE delivery SET alarmed_at = :at"), at=instant(AT))
        assert _alarmed(book) == [AT]


def test_an_address_is_remembered_by_the_code_with_which_it_was_refused(register: Register) -> None:
    gone, said = ("5.1.1", "5.1.10"), ("5.1.1", "5.1.10", "5.1.8", "5.2.2", "", "5.1.1")
    with register.writing() as book:
        for n in range(len(said)):
            channel = "sms" if n == 5 else "email"
            book.put_delivery(delivery(f"d{n}", channel=channel, address=f"a{n}@b.example"), [])
        book.claim(AT, "w", LEASE, 10)
        for n, code in enumerate(said):
            book.settle(f"d{n}", "permanent", AT + MINUTE * n, code=code)
        assert book.returned("email", gone, AT - MINUTE) == {"a0@b.example": AT, "a1@b.example": AT + MINUTE}
        assert set(book.returned("email", gone, AT)) == {"a1@b.example"}
        assert book.returned("email", gone, AT + MINUTE) == {}
        assert set(book.returned("sms", gone, AT)) == {"a5@b.example"}


def test_a_returned_letter_is_remembered_with_the_latest_refusal(register: Register) -> None:
    with register.writing() as book:
        for n in range(2):
            book.put_delivery(delivery(f"d{n}", address="a@b.example"), [])
        book.claim(AT, "w", LEASE, 10)
        for n in range(2):
            book.settle(f"d{n}", "sent", AT)
            book.bounce(f"d{n}", AT + MINUTE * n, "", "5.1.1")
        assert book.returned("email", ["5.1.1"], AT - MINUTE) == {"a@b.example": AT + MINUTE}


def test_a_withdrawn_notice_is_undelivered_no_more(register: Register) -> None:
    with register.writing() as book:
        _failed(book, "d1", "a")
        assert book.withdraw(["a"], "đã nộp", AT) == ["a"]
        assert book.undelivered() == [] and not book.put_delivery(delivery("d2", channel="email"), ["a"])


def _take_over(number: int, url: str, made: str) -> None:
    register = Register(url)
    for n in range(60):
        with register.writing() as book:
            if book.put_delivery(delivery(f"d{n}-{number}", channel="email"), [f"n{n}"]):
                with Path(made, f"{n}").open("a") as file:
                    file.write("x")


def test_of_several_workers_one_takes_a_failed_message_over(register: Register, tmp_path: Path) -> None:
    with register.writing() as book:
        for n in range(60):
            _failed(book, f"z{n}", f"n{n}")
    made = tmp_path / "made"
    made.mkdir()
    together(_take_over, 4, register.url, str(made))
    assert {file.read_text() for file in made.iterdir()} == {"x"} and len(list(made.iterdir())) == 60
    with register.reading() as book:
        assert sum(r.delivery.status == "replaced" for r in book.deliveries()) == 60
