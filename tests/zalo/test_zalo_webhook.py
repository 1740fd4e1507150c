"""Signatures and events: what is Zalo's word, and what only looks like it."""

import json

import pytest

from notifications.zalo.stand_in.hooks import signed
from notifications.zalo.stand_in.world import APP_ID, OA_ID, World
from notifications.zalo.webhook import HEADER, is_signed, read_event, signature

RECEIVED = {
    "event_name": "user_received_message",
    "sender": {"id": OA_ID},
    "recipient": {"id": "84912345678"},
    "message": {"msg_id": "m1", "tracking_id": "abc"},
}


def _event(world: World, **changes: object) -> tuple[bytes, str]:
    raw, headers = signed(world, RECEIVED | changes)
    return raw, headers[HEADER]


def test_a_signature_is_made_as_documented() -> None:
    import hashlib

    raw = '{"việc":"báo cáo"}'.encode()
    assert signature("1", raw, "1654219200000", "k") == hashlib.sha256(b"1" + raw + b"1654219200000k").hexdigest()


def test_a_signed_event_is_believed_with_and_without_its_prefix() -> None:
    world = World()
    raw, mac = _event(world)
    assert mac.startswith("mac=")
    assert is_signed(raw, mac, APP_ID, world.oa_secret)
    assert is_signed(raw, mac.removeprefix("mac="), APP_ID, world.oa_secret)
    assert is_signed(raw, mac.upper().replace("MAC=", "mac="), APP_ID, world.oa_secret)


def test_nothing_else_is() -> None:
    world = World()
    raw, mac = _event(world)
    assert not is_signed(raw + b" ", mac, APP_ID, world.oa_secret)
    assert not is_signed(raw, mac[:-1] + ("0" if mac[-1] != "0" else "1"), APP_ID, world.oa_secret)
    assert not is_signed(raw, mac, "1", world.oa_secret)
    assert not is_signed(raw, mac, APP_ID, "khác")
    assert not is_signed(raw, "", APP_ID, world.oa_secret)
    assert not is_signed(raw, "mac=ạ", APP_ID, world.oa_secret)
    assert not is_signed(b"[]", mac, APP_ID, world.oa_secret)
    assert not is_signed(b"{}", signature(APP_ID, b"{}", "", "k"), APP_ID, "k")  # without a timestamp


def test_an_account_without_a_secret_believes_nobody() -> None:
    raw = json.dumps(RECEIVED | {"app_id": APP_ID, "timestamp": "1"}).encode()
    assert not is_signed(raw, signature(APP_ID, raw, "1", ""), APP_ID, "")


def test_a_receipt_names_the_delivery_by_its_tracking_id() -> None:
    event = read_event(_event(World())[0])
    assert event and (event.kind, event.tracking_id, event.oa_id) == ("delivered", "abc", OA_ID)
    assert event.at.year >= 2026


def test_a_repeated_event_has_the_same_id_and_another_one_another() -> None:
    raw = _event(World())[0]
    again = json.dumps(json.loads(raw), indent=2).encode()  # the same event, written differently
    other = _event(World(), message={"msg_id": "m2", "tracking_id": "abc"})[0]
    ids = [read_event(one).id for one in (raw, again, other)]  # type: ignore[union-attr]
    assert ids[0] == ids[1] != ids[2]


def test_who_wrote_or_left_is_read_from_where_zalo_puts_it() -> None:
    wrote = {"event_name": "user_send_text", "sender": {"id": "u1"}, "recipient": {"id": OA_ID}, "timestamp": "1"}
    left = {"event_name": "unfollow", "oa_id": OA_ID, "follower": {"id": "u1"}, "timestamp": "1"}
    for data, kind in ((wrote, "wrote"), (left, "unfollowed")):
        event = read_event(json.dumps(data).encode())
        assert event and (event.kind, event.oa_id, event.user_id) == (kind, OA_ID, "u1")


@pytest.mark.parametrize(
    "raw", [b"", b"x", b"[]", b"{}", b'{"event_name": 1}', b'{"message": 3, "event_name": "x"}', b"[" * 9999, b"\xff"]
)
def test_nonsense_is_no_event_and_no_crash(raw: bytes) -> None:
    assert read_event(raw) is None or read_event(raw).kind == "other"  # type: ignore[union-attr]
