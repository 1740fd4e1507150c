"""Notices and deliveries: each once, to one worker, until what really happened is written down."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from processes import together
from written import AT, DAY, LEASE, delivery, notice

from dondoc.register import Book, Register
from dondoc.register.outbox import SENDING

MINUTE, TICK = timedelta(minutes=1), timedelta(microseconds=1)


def _frozen(book: Book, id_: str, *keys: str, **fields: object) -> bool:
    book.add_notices([notice(key) for key in keys])
    return book.put_delivery(delivery(id_, **fields), keys)


def _status(register: Register, id_: str) -> str:
    with register.reading() as book:
        (record,) = book.deliveries(ids=[id_])
    return record.delivery.status


def test_a_notice_exists_once(register: Register) -> None:
    with register.writing() as book:
        assert book.add_notices([notice("b"), notice("a"), notice("b", role="khác")]) == ["a", "b"]
        assert book.add_notices([notice("a"), notice("c")]) == ["c"]
        assert book.add_notices([]) == []
        assert [one.key for one in book.open_notices(AT)] == ["a", "b", "c"]


def test_a_notice_is_read_back_as_it_was_written(register: Register) -> None:
    given = notice("a", kind="escalation", details={"missing": ["Chi cục TĐC"], "level": 2})
    with register.writing() as book:
        book.add_notices([given])
        assert book.open_notices(AT) == [given]
        assert [one.notice for one in book.notices(keys=["a"])] == [given]
        assert [one.notice for one in book.notices(occurrences=[given.occurrence])] == [given]
        assert book.notices(occurrences=["khac"]) == []


def test_a_notice_is_of_use_until_its_last_instant(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a", not_after=AT)])
        assert [one.key for one in book.open_notices(AT)] == ["a"]
        assert book.open_notices(AT + TICK) == []


def test_composed_and_withdrawn_notices_are_no_longer_open(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a"), notice("b"), notice("c")])
        assert book.put_delivery(delivery("d"), ["a"])
        assert book.withdraw(["b", "nothing"], "đã nộp", AT) == ["b"]
        assert book.withdraw(["b"], "lần nữa", AT) == []
        assert [one.key for one in book.open_notices(AT)] == ["c"]
        (record,) = book.notices(keys=["b"])
        assert (record.withdrawn_at, record.reason) == (AT, "đã nộp")


def test_a_message_of_a_notice_taken_meanwhile_is_not_frozen(register: Register) -> None:
    with register.writing() as book:
        book.add_notices([notice("a"), notice("b"), notice("c")])
        assert book.put_delivery(delivery("d1"), ["a"])
        assert not book.put_delivery(delivery("d2"), ["a", "b"])
        book.withdraw(["c"], "đã nộp", AT)
        assert not book.put_delivery(delivery("d3"), ["b", "c"])
        assert not book.put_delivery(delivery("d1"), ["b"])
        assert [one.delivery.id for one in book.deliveries()] == ["d1"]
        assert [one.key for one in book.open_notices(AT)] == ["b"]


def test_one_digest_a_person_a_channel_and_a_local_day(register: Register) -> None:
    with register.writing() as book:
        assert _frozen(book, "d1", "a", pace="digest")
        assert not _frozen(book, "d2", "b", pace="digest")
        assert _frozen(book, "d3", "b", pace="digest", person="khác")
        assert _frozen(book, "d4", "c", pace="digest", local_day=DAY + timedelta(days=1))
        assert _frozen(book, "d5", "d", pace="digest", channel="zalo")
        assert _frozen(book, "d6", "e") and _frozen(book, "d7", "f")  # what goes at once is not counted


def test_a_withdrawn_digest_makes_room_for_another(register: Register) -> None:
    with register.writing() as book:
        assert _frozen(book, "d1", "a", "b", pace="digest")
        book.withdraw(["a"], "đã nộp", AT)
        assert [one.key for one in book.open_notices(AT)] == ["b"]
        assert book.put_delivery(delivery("d2", pace="digest"), ["b"])
        assert [one.id for one in book.claim(AT, "w", LEASE, 10)] == ["d2"]
    assert _status(register, "d1") == "withdrawn"


def test_a_claimed_delivery_is_the_one_that_was_frozen_and_counts_its_attempt(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a", references="<cha@so.example>")
        (claimed,) = book.claim(AT, "w", LEASE, 10)
    assert claimed == delivery("d", references="<cha@so.example>", attempts=1, status="sending")


def test_a_claim_takes_no_more_than_its_limit_and_what_goes_at_once_first(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d1", "a", pace="digest")
        _frozen(book, "d2", "b")
        _frozen(book, "d3", "c", person="khác")
        assert [one.id for one in book.claim(AT, "w", LEASE, 2)] == ["d2", "d3"]
        assert [one.id for one in book.claim(AT, "w", LEASE, 2)] == ["d1"]
        assert book.claim(AT, "w", LEASE, 2) == []


def test_nothing_is_claimed_while_sending_is_held(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.put_setting(SENDING, "held")
        assert book.claim(AT, "w", LEASE, 10) == []
        book.put_setting(SENDING, None)
        assert len(book.claim(AT, "w", LEASE, 10)) == 1


def test_sent_is_settled_for_good(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.claim(AT, "w", LEASE, 10)
        book.settle("d", "sent", AT + MINUTE, detail="250 OK")
        assert book.claim(AT + timedelta(hours=1), "w", LEASE, 10) == []
        (record,) = book.deliveries()
        assert (record.delivery.status, record.settled_at, record.detail) == ("sent", AT + MINUTE, "250 OK")
        assert record.notices == ("a",)
        assert [(one.n, one.outcome, one.worker) for one in book.attempts("d")] == [(1, "sent", "w")]


def test_a_temporary_failure_is_tried_again_at_its_moment_and_not_before(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.claim(AT, "w", LEASE, 10)
        book.settle("d", "temporary", AT, AT + MINUTE, "451")
        assert book.claim(AT + MINUTE - TICK, "w", LEASE, 10) == []
        (again,) = book.claim(AT + MINUTE, "w", LEASE, 10)
        assert (again.message_id, again.attempts) == (delivery("d").message_id, 2)


@pytest.mark.parametrize(
    ("outcome", "late", "status"),
    [
        ("temporary", timedelta(), "retry"),
        ("temporary", TICK, "dead"),
        ("temporary", None, "dead"),
        ("unknown", timedelta(), "retry"),
        ("unknown", None, "unknown"),
        ("permanent", timedelta(), "dead"),
        ("permanent", None, "dead"),
    ],
)
def test_how_an_attempt_ends(register: Register, outcome: str, late: timedelta | None, status: str) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.claim(AT, "w", LEASE, 10)
        retry_at = None if late is None else delivery("d").not_after + late
        book.settle("d", outcome, AT, retry_at)  # type: ignore[arg-type]
    assert _status(register, "d") == status


def test_what_is_past_its_last_instant_is_dead_and_not_sent(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d1", "a", not_after=AT)
        _frozen(book, "d2", "b", not_after=AT - TICK)
        assert [one.id for one in book.claim(AT, "w", LEASE, 10)] == ["d1"]
    assert _status(register, "d2") == "dead"


def test_a_lease_that_runs_out_is_an_attempt_nobody_knows_about_and_the_same_message_again(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        (first,) = book.claim(AT, "dead worker", LEASE, 10)
    with register.writing() as book:
        assert book.claim(AT + LEASE - TICK, "w", LEASE, 10) == []
        (again,) = book.claim(AT + LEASE, "w", LEASE, 10)
        assert again._replace(attempts=1) == first
        assert [(one.outcome, one.worker) for one in book.attempts("d")] == [("unknown", "dead worker")]


def test_a_worker_whose_lease_ran_out_cannot_settle_anothers_attempt_but_its_word_is_kept(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.claim(AT, "slow", LEASE, 10)
        book.claim(AT + LEASE, "w", LEASE, 10)
        book.settle("d", "permanent", AT + LEASE, worker="slow")
        assert book.deliveries()[0].delivery.status == "sending"
        book.settle("d", "sent", AT + LEASE, worker="slow")  # sent is sent, whoever says it
        assert book.deliveries()[0].delivery.status == "sent"
        assert [one.outcome for one in book.attempts()] == ["unknown", "permanent", "sent"]


def test_a_delivery_that_does_not_exist_cannot_be_settled(register: Register) -> None:
    with pytest.raises(KeyError), register.writing() as book:
        book.settle("nothing", "sent", AT)


def test_what_is_answered_while_it_is_being_sent_is_not_tried_again(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a", "b")
        book.claim(AT, "w", LEASE, 10)
        assert book.withdraw(["a"], "đã nộp", AT) == ["a"]
        assert book.deliveries()[0].delivery.status == "sending"
        book.settle("d", "temporary", AT, AT + MINUTE)
        assert book.deliveries()[0].delivery.status == "withdrawn"
        assert [one.key for one in book.open_notices(AT)] == ["b"]


def test_what_was_answered_under_a_dead_workers_lease_is_not_sent(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.claim(AT, "dead worker", LEASE, 10)
        book.withdraw(["a"], "đã nộp", AT)
        assert book.claim(AT + LEASE, "w", LEASE, 10) == []
    assert _status(register, "d") == "withdrawn"


def test_a_late_sent_of_a_digest_that_another_took_over_is_kept_as_an_attempt(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d1", "a", "b", pace="digest")
        book.claim(AT, "slow", LEASE, 10)
        book.withdraw(["a"], "đã nộp", AT)
        assert book.claim(AT + LEASE, "w", LEASE, 10) == []
        assert book.put_delivery(delivery("d2", pace="digest"), ["b"])
    with register.writing() as book:
        book.settle("d1", "sent", AT + LEASE, detail="250 OK", worker="slow")
        assert book.attempts("d1")[-1].outcome == "sent"
    assert (_status(register, "d1"), _status(register, "d2")) == ("withdrawn", "ready")


def test_what_was_sent_cannot_be_taken_back(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d", "a")
        book.claim(AT, "w", LEASE, 10)
        book.settle("d", "sent", AT)
        assert book.withdraw(["a"], "muộn", AT) == []


def test_deliveries_are_listed_by_status_and_person(register: Register) -> None:
    with register.writing() as book:
        _frozen(book, "d1", "a", person="p1")
        _frozen(book, "d2", "b", person="p2", local_day=date(2022, 6, 2))
        assert [one.delivery.id for one in book.deliveries()] == ["d2", "d1"]
        assert [one.delivery.id for one in book.deliveries(person="p1")] == ["d1"]
        assert [one.delivery.id for one in book.deliveries(statuses=["ready"])] == ["d2", "d1"]
        assert book.deliveries(statuses=["sent"]) == []


def _claim_all(number: int, url: str, handed: str) -> None:
    register, mine = Register(url), []
    while True:
        with register.writing() as book:
            claimed = book.claim(AT, f"w{number}", LEASE, 7)
        if not claimed:
            break
        mine += [one.id for one in claimed]
        with register.writing() as book:
            for one in claimed:
                book.settle(one.id, "sent", AT, worker=f"w{number}")
    Path(handed, str(number)).write_text(" ".join(mine))


def test_four_processes_are_handed_each_delivery_once(register: Register, tmp_path: Path) -> None:
    handed = tmp_path / "handed"
    handed.mkdir()
    with register.writing() as book:
        for i in range(300):
            assert _frozen(book, f"d{i:03}", f"n{i:03}")
    together(_claim_all, 4, register.url, str(handed))
    got = [id_ for file in handed.iterdir() for id_ in file.read_text().split()]
    with register.reading() as book:
        left = [one.delivery.id for one in book.deliveries() if one.delivery.status != "sent"]
        assert left == [] and len(book.attempts()) == 300
    assert sorted(got) == [f"d{i:03}" for i in range(300)]


def test_a_lease_is_renewed_for_who_holds_it_alone(register: Register) -> None:
    with register.writing() as book:
        assert all(_frozen(book, id_, id_) for id_ in ("d1", "d2", "d3"))
        assert len(book.claim(AT, "w", LEASE, 2)) == 2
        assert book.renew(["d1", "d2", "d3"], "other", AT + LEASE * 2) == []
        assert sorted(book.renew(["d1", "d2", "d3"], "w", AT + LEASE * 2)) == ["d1", "d2"]
        book.settle("d1", "sent", AT, worker="w")
        assert book.renew(["d1", "d2"], "w", AT + LEASE * 2) == ["d2"]
    with register.writing() as book:
        assert [one.id for one in book.claim(AT + LEASE * 2 - TICK, "other", LEASE, 5)] == ["d3"]
        assert [one.id for one in book.claim(AT + LEASE * 2, "other", LEASE, 5)] == ["d2"]
        assert book.renew(["d2"], "w", AT + LEASE * 9) == []
