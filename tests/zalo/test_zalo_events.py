"""Webhooks into the register: believed when signed, recorded once, in any order."""

from datetime import timedelta

import pytest
from zalo_samples import AT, OA_ID, account_url, connected, message

from dondoc.core.delivery import Delivery
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_event import zalo_event
from dondoc.use_cases.zalo_send import send_zalo
from dondoc.use_cases.zalo_token import keep_tokens
from notifications.zalo.stand_in.hooks import signed
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.webhook import HEADER

SENT = message()


@pytest.fixture
def joined(office: Office, zalo: StandIn) -> Office:
    connected(office, zalo)
    with office.register.writing() as book:
        book.put_delivery(SENT, [])
    return office


def _tell(office: Office, zalo: StandIn, name: str, mac: str = "", at=AT, **event: object) -> str:
    raw, headers = signed(zalo.world, {"event_name": name, **event})
    return zalo_event(office, raw, mac or headers[HEADER], at)


def _received(delivery: Delivery = SENT, message_id: str = "m1") -> dict[str, object]:
    told = {"msg_id": message_id, "tracking_id": delivery.id}
    return {"sender": {"id": OA_ID}, "recipient": {"id": "84912345678"}, "message": told}


def _status(office: Office) -> str:
    with office.register.reading() as book:
        return book.deliveries(ids=[SENT.id])[0].delivery.status


def _settle(office: Office, kind) -> None:
    with office.register.writing() as book:
        book.claim(AT, "w", timedelta(minutes=5), 1)
        book.settle(SENT.id, kind, AT, worker="w")


def test_a_receipt_makes_an_unknown_delivery_sent(joined: Office, zalo: StandIn) -> None:
    _settle(joined, "unknown")
    assert _status(joined) == "unknown"
    assert _tell(joined, zalo, "user_received_message", **_received()) == "new"
    assert _status(joined) == "sent"


def test_a_receipt_before_our_own_word_holds_against_it(joined: Office, zalo: StandIn) -> None:
    with joined.register.writing() as book:
        book.claim(AT, "w", timedelta(minutes=5), 1)
    _tell(joined, zalo, "user_received_message", **_received())
    with joined.register.writing() as book:
        book.settle(SENT.id, "unknown", AT, worker="w")
    assert _status(joined) == "sent"


def test_a_repeated_receipt_is_recorded_once(joined: Office, zalo: StandIn) -> None:
    _settle(joined, "unknown")
    raw, headers = signed(zalo.world, {"event_name": "user_received_message", **_received()})
    heard = [zalo_event(joined, raw, headers[HEADER], AT) for _ in range(3)]
    assert heard == ["new", "known", "known"]
    with joined.register.reading() as book:
        assert [attempt.outcome for attempt in book.attempts(SENT.id)] == ["unknown", "sent"]


def test_a_receipt_of_a_message_not_ours_is_kept_and_harms_nothing(joined: Office, zalo: StandIn) -> None:
    other = SENT._replace(id="f" * 32)
    assert _tell(joined, zalo, "user_received_message", **_received(other)) == "new"
    assert _status(joined) == "ready"


def test_an_unsigned_event_writes_nothing(joined: Office, zalo: StandIn) -> None:
    _settle(joined, "unknown")
    assert _tell(joined, zalo, "user_received_message", mac="mac=" + "0" * 64, **_received()) == "unsigned"
    assert _status(joined) == "unknown"
    assert zalo_event(joined, b"[]", "", AT) == "unreadable"


def test_before_any_account_is_connected_nobody_is_believed(office: Office, zalo: StandIn) -> None:
    assert _tell(office, zalo, "user_received_message", **_received()) == "unsigned"


def test_a_word_of_the_user_opens_the_window_and_leaving_closes_it(joined: Office, zalo: StandIn) -> None:
    letter, url = message(address="u1", text="Nộp báo cáo"), account_url(zalo, "zalooa")
    at = AT + timedelta(days=3650)  # the stand-in's own clock is the machine's

    def send() -> str:
        return send_zalo(joined, letter, url, lambda: AT).kind

    zalo.world.wrote("u1", "chào")
    assert _tell(joined, zalo, "user_send_text", at=AT, sender={"id": "u1"}, recipient={"id": OA_ID}) == "new"
    assert send() == "sent"
    assert _tell(joined, zalo, "unfollow", at=at, oa_id=OA_ID, follower={"id": "u1"}) == "new"
    assert send() == "permanent"
    zalo.world.shift = 1
    assert _tell(joined, zalo, "user_send_text", at=at, sender={"id": "u1"}, recipient={"id": OA_ID}) == "new"
    assert send() == "sent"


def test_who_has_not_written_for_a_month_is_forgotten(joined: Office) -> None:
    with joined.register.writing() as book:
        book.note_zalo_writer(OA_ID, "u1", "Người Cũ", AT)
        book.note_zalo_writer(OA_ID, "u2", "", AT + timedelta(days=2))
        book.add_zalo_event("e", "user_send_text", OA_ID, "", AT)
    keep_tokens(joined, lambda: AT + timedelta(days=30))
    with joined.register.reading() as book:
        assert [writer.user_id for writer in book.zalo_writers()] == ["u1", "u2"]
    keep_tokens(joined, lambda: AT + timedelta(days=31))
    with joined.register.reading() as book:
        assert [writer.user_id for writer in book.zalo_writers()] == ["u2"]
        assert not book.has_old_zalo(AT + timedelta(days=1))
