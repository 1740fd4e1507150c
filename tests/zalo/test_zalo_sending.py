"""Sending by the office's own account: trial and live, tokens, windows, and the reserve of the day's quota."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from zalo_samples import AT, BODY, OA_ID, account_url, bot_url, connected, message

from dondoc.core.delivery import Delivery
from dondoc.core.notice import Notice, NoticeKind
from dondoc.register.book import Book
from dondoc.register.errors import RegisterError
from dondoc.register.zalo import ZaloQuota
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_account import zalo_status
from dondoc.use_cases.zalo_send import send_zalo
from dondoc.use_cases.zalo_token import YOUNG, alarms, keep_tokens
from notifications.outcome import Outcome
from notifications.zalo.body import written
from notifications.zalo.stand_in.server import StandIn

URGENT = message(text=written(BODY._replace(escalates=True)))
REMINDER = message()


@pytest.fixture
def joined(office: Office, zalo: StandIn) -> Iterator[Office]:
    connected(office, zalo)
    yield office


def _send(office: Office, delivery: Delivery, url: str, at=AT) -> Outcome:
    return send_zalo(office, delivery, url, lambda: at)


def _live(office: Office) -> None:
    with office.register.writing() as book:
        book.put_setting("mode", "live")
        book.put_setting("live-from", "2022-01-01")


def test_a_url_without_a_token_goes_by_the_accounts_present_one(joined: Office, zalo: StandIn) -> None:
    assert _send(joined, REMINDER, account_url(zalo)).kind == "sent"
    assert zalo.world.taken[0].tracking_id == REMINDER.id


def test_a_token_that_zalo_no_longer_takes_is_renewed_and_the_message_goes_once(joined: Office, zalo: StandIn) -> None:
    zalo.world.access = "somebody else rotated it"
    assert _send(joined, REMINDER, account_url(zalo), AT + YOUNG).kind == "sent"
    assert len(zalo.world.taken) == 1 and zalo.world.rotations == 2


def test_a_message_is_put_off_while_no_token_can_be_had(joined: Office, zalo: StandIn) -> None:
    zalo.world.access, zalo.world.refresh = "x", "y"
    outcome = _send(joined, REMINDER, account_url(zalo), AT + YOUNG)
    assert outcome.kind == "temporary" and "-14014" in outcome.detail
    assert "dondoc zalo connect" in alarms(joined)[0]


def test_a_token_refused_again_and_again_is_renewed_once_and_not_once_a_message(joined: Office, zalo: StandIn) -> None:
    zalo.world.faults.extend(["error:-124"] * 6)
    kinds = {_send(joined, REMINDER, account_url(zalo), AT + YOUNG).kind for _ in range(5)}
    assert kinds == {"temporary"} and zalo.world.rotations == 2 and not zalo.world.faults
    assert "vừa làm mới" in alarms(joined)[0]
    assert _send(joined, REMINDER, account_url(zalo), AT + YOUNG).kind == "sent"
    assert alarms(joined) == []


def test_a_message_that_goes_well_ends_no_alarm_about_tokens_that_cannot_be_renewed(
    joined: Office, zalo: StandIn
) -> None:
    zalo.world.refresh = "somebody else used it"
    (told,) = keep_tokens(joined, lambda: AT + timedelta(hours=15))
    assert _send(joined, REMINDER, account_url(zalo), AT + timedelta(hours=15)).kind == "sent"
    assert alarms(joined) == [told] and "-14014" in told


def test_a_live_register_sends_nothing_to_the_stand_in(joined: Office, zalo: StandIn) -> None:
    _live(joined)
    outcome = _send(joined, REMINDER, account_url(zalo))
    assert outcome.kind == "temporary" and "BẢN GIẢ LẬP" in outcome.detail
    assert zalo.world.taken == []


@pytest.mark.parametrize("url", [f"zalozbs://{OA_ID}", "zalozbs://t@1", "zalooa://1", "zalobot://1:a"])
def test_on_trial_nothing_leaves_for_zalo_itself(joined: Office, url: str) -> None:
    outcome = _send(joined, REMINDER, url)
    assert outcome.kind == "temporary" and "chạy thử" in outcome.detail


def test_tokens_of_the_stand_in_never_go_to_zalo(joined: Office) -> None:
    _live(joined)
    outcome = _send(joined, REMINDER, f"zalozbs://{OA_ID}")
    assert outcome.kind == "temporary" and "nơi khác" in outcome.detail


def test_reminders_stop_when_only_the_reserve_is_left_and_escalations_go_on(joined: Office, zalo: StandIn) -> None:
    zalo.world.daily, zalo.world.remaining = 20, 4  # the reserve is 2
    url = account_url(zalo)
    kinds = [_send(joined, REMINDER, url).kind for _ in range(4)]
    assert kinds == ["sent", "sent", "temporary", "temporary"] and zalo.world.remaining == 2
    assert [_send(joined, URGENT, url).kind for _ in range(3)] == ["sent", "sent", "temporary"]
    assert len(zalo.world.taken) == 4


@pytest.mark.parametrize(("kind", "sent"), [("reminder", False), ("overdue", False), ("escalation", True)])
def test_of_texts_too_only_what_tells_an_escalation_may_use_the_reserve(
    joined: Office, zalo: StandIn, kind: NoticeKind, sent: bool
) -> None:
    zalo.world.wrote("u1", "chào")
    day = AT + timedelta(days=1)
    notice = Notice("k", kind, "o", "s", 1, 0, "can-bo", "r", "", "urge", 0, AT, day, {})
    letter = message(address="u1", text="Hạn: 04/6/2022")
    with joined.register.writing() as book:
        book.add_notices([notice])
        assert book.put_delivery(letter, ["k"])
        book.note_zalo_quota(ZaloQuota(OA_ID, "oa", AT.date(), 20, 2))
    assert _send(joined, letter, account_url(zalo, "zalooa")).kind == ("sent" if sent else "temporary")


def test_the_next_day_has_a_quota_of_its_own(joined: Office, zalo: StandIn) -> None:
    zalo.world.daily, zalo.world.remaining = 20, 3
    assert _send(joined, REMINDER, account_url(zalo)).kind == "sent"
    assert _send(joined, REMINDER, account_url(zalo)).kind == "temporary"
    assert _send(joined, REMINDER, account_url(zalo), AT + timedelta(days=1)).kind == "sent"


def test_the_office_may_set_its_own_reserve(office: Office, zalo: StandIn) -> None:
    connected(office, zalo, reserve=0)
    zalo.world.daily, zalo.world.remaining = 20, 2
    assert [_send(office, REMINDER, account_url(zalo)).kind for _ in range(3)] == ["sent", "sent", "temporary"]


def test_answers_that_come_in_another_order_do_not_raise_the_quota(joined: Office, zalo: StandIn) -> None:
    _send(joined, REMINDER, account_url(zalo))
    zalo.world.remaining = 600
    _send(joined, REMINDER, account_url(zalo))
    assert zalo_status(joined, AT)[0].quotas[0].remaining == 499
    zalo.world.daily = 1000  # the office bought more
    _send(joined, REMINDER, account_url(zalo))
    assert zalo_status(joined, AT)[0].quotas[0].total == 1000


@pytest.mark.parametrize(("days", "kind"), [(6.99, "sent"), (7.01, "permanent")])
def test_an_oa_message_outside_its_window_is_not_even_tried(
    joined: Office, zalo: StandIn, days: float, kind: str
) -> None:
    zalo.world.wrote("u1", "chào")
    with joined.register.writing() as book:
        book.note_zalo_writer(OA_ID, "u1", "", AT)
    letter = message(address="u1", text="Nộp báo cáo")
    outcome = _send(joined, letter, account_url(zalo, "zalooa"), AT + timedelta(days=days))
    assert outcome.kind == kind and len(zalo.world.taken) == (1 if kind == "sent" else 0)


def test_money_and_configuration_are_an_alarm_until_a_message_goes_well(joined: Office, zalo: StandIn) -> None:
    zalo.world.faults.append("error:-115")
    assert _send(joined, REMINDER, account_url(zalo)).kind == "temporary"
    assert "-115" in alarms(joined)[0]
    assert _send(joined, REMINDER, account_url(zalo)).kind == "sent"
    assert alarms(joined) == []


@pytest.mark.parametrize("fault", ["drop-before", "drop-after"])
def test_a_cut_answer_is_unknown_and_not_sent_again_by_itself(joined: Office, zalo: StandIn, fault: str) -> None:
    zalo.world.faults.append(fault)
    assert _send(joined, REMINDER, account_url(zalo)).kind == "unknown"
    assert len(zalo.world.taken) == (fault == "drop-after")


def test_a_bot_needs_no_account(office: Office, zalo: StandIn) -> None:
    zalo.world.wrote("c1", "chào", to_bot=True)
    assert _send(office, message(address="c1", text="Nộp báo cáo"), bot_url(zalo)).kind == "sent"


def test_a_lost_key_is_told_and_costs_no_token(joined: Office, zalo: StandIn) -> None:
    (joined.data / "secret.key").unlink()
    lost = joined._replace(sealer=type(joined.sealer)(joined.data))
    assert _send(lost, REMINDER, account_url(zalo)).kind == "temporary"
    assert zalo.world.rotations == 1


def test_a_register_that_cannot_note_the_quota_still_hears_that_it_was_sent(
    joined: Office, zalo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object) -> None:
        raise RegisterError("busy", "đang bận")

    monkeypatch.setattr(Book, "note_zalo_quota", busy)
    assert _send(joined, REMINDER, account_url(zalo)).kind == "sent"
    assert len(zalo.world.taken) == 1
