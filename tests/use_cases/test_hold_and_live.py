"""Trial, the day the register goes live, and what holds messages back until the office has looked."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from office_samples import CENTRE, PLAN, SIGNED, TDC, Desk, acting, day, key, moment, report, shapes

from dondoc.core.delivery import Delivery
from dondoc.register import verify_chain
from dondoc.register.connection import Sql
from dondoc.use_cases import sweep as sweeping
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.go_live import go_live, is_live
from dondoc.use_cases.hold import discard, hold_in, is_held, release, show_hold, what_waits
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import submit
from notifications.outcome import Outcome

BOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True, burst=10_000)
HEAD, FAR = "chanh-van-phong-so", moment("30/6")


def _installation(desk: Desk) -> list[str]:
    with desk.office.register.reading() as book:
        return [f.kind for f in book.facts([""])[""]]


def _open(desk: Desk, on: str) -> int:
    with desk.office.register.reading() as book:
        return len(book.open_notices(moment(on)))


def _held(desk: Desk) -> bool:
    with desk.office.register.reading() as book:
        return is_held(book)


# --- bursts ---


def test_a_sweep_that_would_send_too_much_is_held(either: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BURST", 5)
    open_plan(either.office, PLAN, moment("18/2"))
    report_ = either.sweep("31/3")
    assert report_.held and report_.told > 5
    held = show_hold(either.office, moment("31/3", 9))
    assert "một lượt rà soát sinh ra" in held.reason and len(held.notices) == report_.told
    assert _installation(either).count("held") == 1


@pytest.mark.parametrize(("fewer", "held"), [(1, True), (0, False)])
def test_the_number_allowed_itself_is_not_held(
    desk: Desk, empty: Desk, monkeypatch: pytest.MonkeyPatch, fewer: int, held: bool
) -> None:
    """Counted in messages, not notices: one person gets one at one pace."""
    open_plan(empty.office, PLAN, moment("18/2"), SIGNED)
    usual = empty.sweep("31/3")
    messages = len({(n.recipient, n.pace) for n in usual.notices})
    assert messages < usual.told
    monkeypatch.setattr(sweeping, "BURST", messages - fewer)
    assert desk.sweep("31/3").held is held is _held(desk)


def test_released_everything_that_waited_may_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BURST", 1)
    told = desk.sweep("31/3").told
    assert release(desk.office, moment("31/3", 9), "chanh-van-phong-so") == told
    assert not _held(desk) and _open(desk, "31/3") == told
    assert _installation(desk)[-2:] == ["held", "released"]
    assert release(desk.office, moment("31/3", 10), "chanh-van-phong-so") == 0
    assert _installation(desk)[-1] == "released"


def test_discarded_nothing_of_it_goes_and_what_comes_next_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BURST", 1)
    told = desk.sweep("31/3").told
    monkeypatch.undo()
    assert discard(desk.office, moment("31/3", 9), "chanh-van-phong-so") == told
    assert _open(desk, "31/3") == 0 and not _held(desk)
    assert desk.sweep("01/4").told > 0 and _open(desk, "01/4") > 0


def test_while_held_nothing_is_frozen_and_all_of_it_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BURST", 1)
    told, at = desk.sweep("31/3").told, moment("31/3", 9)
    desk.office = desk.office._replace(mail=BOX)
    report_ = deliver(desk.office, at, clock=lambda: at, send=lambda _d: Outcome("sent"))
    assert report_.held and report_.sent == 0
    with desk.office.register.reading() as book:
        assert book.deliveries() == []
    assert show_hold(desk.office, at).number == told
    assert release(desk.office, at, HEAD) == told


def _frozen_then_held(desk: Desk) -> int:
    """What a worker composed, tried in vain or was sending when sending was held, and a letter of no occurrence."""
    told, at = desk.sweep("31/3").told, moment("31/3", 8)
    desk.office = desk.office._replace(mail=BOX)
    deliver(desk.office, at, clock=lambda: at, send=lambda _d: Outcome("temporary", "421"), limit=3)
    with desk.office.register.writing() as book:
        assert book.claim(at, "dead", timedelta(minutes=5), 2)
        for n in ("waiting", "sending"):
            book.put_delivery(
                Delivery(
                    n, "giam-doc-so", "email", "a@b.example", "now", at.date(), "Đầu nhật ký", "", "", f"<{n}>", FAR
                ),
                [],
            )
        book.session.change(Sql("UPDATE delivery SET status = 'sending' WHERE id = 'sending'"))
        hold_in(book, desk.office, "thử", at)
        assert {r.delivery.status for r in book.deliveries()} == {"ready", "retry", "sending"}
    return told + 2


def test_the_held_list_counts_what_was_frozen_before_and_letters_of_no_occurrence(desk: Desk) -> None:
    count, at = _frozen_then_held(desk), moment("31/3", 9)
    held = show_hold(desk.office, at)
    assert held.number == count and [letter.subject for letter in held.letters] == ["Đầu nhật ký"] * 2
    assert len({notice.key for notice in held.notices}) == len(held.notices)
    assert release(desk.office, at, HEAD) == count


def test_discarded_nothing_of_it_leaves_however_far_it_had_come(desk: Desk) -> None:
    count, at = _frozen_then_held(desk), moment("31/3", 9)
    assert discard(desk.office, at, HEAD) == count
    with desk.office.register.reading() as book:
        assert what_waits(book, at) == 0
    left: list[Delivery] = []

    def send(delivery: Delivery) -> Outcome:
        left.append(delivery)
        return Outcome("sent")

    for hour in (9, 10, 15):
        deliver(desk.office, moment("31/3", hour), clock=lambda hour=hour: moment("31/3", hour), send=send)
    assert left == []


def test_a_quiet_sweep_is_not_held(desk: Desk) -> None:
    assert not desk.sweep("18/2").held and show_hold(desk.office, moment("18/2")).reason == ""


# --- the clock ---


@pytest.mark.parametrize(("minute", "held"), [(56, False), (55, False), (54, True)])
def test_a_clock_that_fell_back_by_more_than_five_minutes_holds(desk: Desk, minute: int, held: bool) -> None:
    desk.sweep("31/3", 9, 0)
    assert desk.sweep("31/3", 8, minute).held is held


def test_once_released_the_clock_is_believed_again(desk: Desk) -> None:
    desk.sweep("31/12")  # a machine that lived in December
    assert desk.sweep("31/3").held
    assert "đồng hồ lùi" in show_hold(desk.office, moment("31/3")).reason
    release(desk.office, moment("31/3", 9), "chanh-van-phong-so")
    assert not desk.sweep("31/3", 10).held


def test_a_sweep_that_lasts_while_another_one_runs_is_no_jump(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first chunk's at 9:00; then the machine sleeps, and the next hour's sweep is done before the second chunk."""
    monkeypatch.setattr(sweeping, "CHUNK", 1)
    inner, looked = desk.office, list[int]()
    real = sweeping.check_in

    def slow(*args, **kwargs):  # type: ignore[no-untyped-def]
        looked.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr(sweeping, "check_in", slow)
    writing, times = inner.register.writing, list[int]()

    @contextmanager
    def between(*args, **kwargs):  # type: ignore[no-untyped-def]
        times.append(1)
        if len(times) == 4:
            desk.sweep("31/3", 9, 30)
        with writing(*args, **kwargs) as book:
            yield book

    monkeypatch.setattr(inner.register, "writing", between)
    assert not desk.sweep("31/3", 9, 0).held and len(looked) > 4
    assert desk.setting("last-sweep-at") == moment("31/3", 9, 30).isoformat()


# --- going live ---


def test_a_new_register_is_in_trial_until_it_goes_live(either: Desk) -> None:
    either.sweep("18/2")
    with either.office.register.reading() as book:
        assert not is_live(book, date.max)
    go_live(either.office, day("01/3"), moment("01/3", 7), "chanh-van-phong-so")
    with either.office.register.reading() as book:
        assert not is_live(book, day("28/2")) and is_live(book, day("01/3"))
    with pytest.raises(Refused, match="đã chạy thật"):
        go_live(either.office, day("02/3"), moment("02/3"), "chanh-van-phong-so")


def test_what_was_due_before_the_day_is_set_aside_without_a_ladder(desk: Desk) -> None:
    desk.sweep_days("18/2", "03/6")
    reception = key("tiep-cong-dan-dinh-ky", "2022-05", "thanh-tra")  # due 26/5
    went = go_live(desk.office, day("04/6"), moment("04/6", 7), "chanh-van-phong-so")
    assert reception in went.set_aside and TDC not in went.set_aside  # 04/6 itself is watched
    assert desk.row(reception, "04/6").label == "trước khi theo dõi"
    told = [n for n in desk.sweep_days("04/6", "30/6") if n.occurrence in went.set_aside]
    assert told == []


def test_a_due_of_the_day_before_is_set_aside(desk: Desk) -> None:
    desk.sweep("03/6")
    assert TDC in go_live(desk.office, day("05/6"), moment("05/6", 7), "chanh-van-phong-so").set_aside


def test_open_rounds_begin_once_more_and_the_trials_words_are_withdrawn(either: Desk) -> None:
    either.sweep("30/5")
    before = _open(either, "30/5")
    went = go_live(either.office, day("31/5"), moment("31/5", 7), "chanh-van-phong-so")
    assert before and went.watched
    with either.office.register.reading() as book:
        old = [r for r in book.notices() if r.notice.moment_at <= moment("30/5")]
    assert old and all(r.withdrawn_at for r in old)
    state = either.state(TDC).step("nop")
    assert [r.cause for r in state.rounds] == ["opened", "live"] and state.round.last_on == day("04/6")
    either.sweep("31/5")
    assert shapes([n for n in either.told(TDC) if n.round == 2])[:1] == [("opened", "dau-moi-tdc")]
    with either.office.register.reading() as book:
        assert verify_chain(book) == []


def test_what_was_answered_in_the_trial_stays_answered(desk: Desk) -> None:
    submit(desk.office, CENTRE, report("30/5"), acting("30/5"), moment("30/5", 9), "nop")
    confirm(desk.office, CENTRE, acting("30/5"), moment("30/5", 10))
    go_live(desk.office, day("31/5"), moment("31/5", 7), "chanh-van-phong-so")
    assert desk.row(CENTRE, "31/5").label == "hoàn thành trước hạn"
    assert [n for n in desk.sweep_days("31/5", "30/6") if n.occurrence == CENTRE] == []


def _complaint(desk: Desk) -> str:
    """Of 02/3; to be taken on by Monday 14/3, then to be settled within thirty days."""
    opening = CaseOpening("khieu-nai", day("02/3"))
    return open_case(desk.office, PLAN, opening, acting("02/3"), moment("02/3", 9)).key


def test_a_running_case_keeps_the_clocks_that_are_still_to_begin(either: Desk) -> None:
    either.sweep("18/2")
    case = _complaint(either)
    either.sweep("25/3")
    assert either.state(case).step("thu-ly").round.last_on == day("14/3")
    went = go_live(either.office, day("28/3"), moment("25/3", 9), HEAD)
    assert case not in went.set_aside
    either.sweep_days("28/3", "29/3")
    assert ("overdue", "thanh-tra") in shapes([n for n in either.told(case) if n.round == 2])
    submit(either.office, case, report("29/3"), acting("29/3"), moment("29/3", 9), "thu-ly")
    assert either.state(case).step("giai-quyet").round.last_on == day("28/4")
    told = either.sweep_days("29/3", "29/4")
    assert {"reminder", "overdue"} <= {n.kind for n in told if n.occurrence == case and n.step == "giai-quyet"}


@pytest.mark.parametrize(("from_on", "aside"), [("13/4", True), ("12/4", False)])
def test_a_case_whose_last_step_was_due_is_set_aside(desk: Desk, from_on: str, aside: bool) -> None:
    """Settled in time, within thirty days from 10/3; to be sent by 01/4, which nobody did."""
    case = _complaint(desk)
    for step, on in (("thu-ly", "10/3"), ("giai-quyet", "29/3")):
        submit(desk.office, case, report(on), acting(on), moment(on, 9), step)
    assert desk.state(case).step("giai-quyet").round.last_on == day("12/4")
    assert desk.state(case).step("gui-quyet-dinh").round.last_on == day("01/4")
    went = go_live(desk.office, day(from_on), moment("30/3", 9), HEAD)
    assert (case in went.set_aside) is aside
