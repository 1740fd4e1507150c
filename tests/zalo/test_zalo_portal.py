"""The webhook over HTTP, told by the stand-in itself."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import requests
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from zalo_samples import AT, OA_ID, account_url, connected, message

from dondoc.portal import zalo_webhook
from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.portal.zalo_webhook import PATH, routes
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_send import send_zalo
from notifications.zalo.stand_in.hooks import signed, tell_left, tell_wrote
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.webhook import HEADER

RECEIVED = {"event_name": "user_received_message", "message": {"msg_id": "m", "tracking_id": "t"}}


@pytest.fixture
def client(office: Office, zalo: StandIn) -> TestClient:
    connected(office, zalo)
    return TestClient(Starlette(routes=routes(lambda: office, lambda: AT)))


def test_a_signed_event_is_answered_with_200_and_a_repeated_one_too(client: TestClient, zalo: StandIn) -> None:
    raw, headers = signed(zalo.world, RECEIVED)
    assert [client.post(PATH, content=raw, headers=headers).status_code for _ in range(2)] == [200, 200]


def test_the_whole_portal_lets_zalo_in_without_signing_in(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    whole = TestClient(make_app(Door(lambda: office, lambda: AT)))
    raw, headers = signed(zalo.world, RECEIVED)
    assert whole.post(PATH, content=raw, headers=headers).status_code == 200
    assert whole.post(PATH, content=raw + b" ", headers=headers).status_code == 401


def test_a_bad_signature_is_answered_with_401(client: TestClient, zalo: StandIn) -> None:
    raw, headers = signed(zalo.world, RECEIVED)
    for wrong in ({}, {HEADER: "mac=" + "0" * 64}):
        assert client.post(PATH, content=raw, headers=wrong).status_code == 401
    assert client.post(PATH, content=raw + b" ", headers=headers).status_code == 401
    assert client.post(PATH, content=b"nonsense", headers=headers).status_code == 401
    assert client.get(PATH).status_code == 405


def test_what_is_too_large_is_not_read_to_its_end(client: TestClient) -> None:
    assert client.post(PATH, content=b"x" * 300_000).status_code == 413


def test_a_slow_register_is_answered_in_time_and_the_event_comes_again(
    client: TestClient, zalo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zalo_webhook, "PATIENCE", 0.2)
    real = zalo_webhook.zalo_event
    monkeypatch.setattr(zalo_webhook, "zalo_event", lambda *given: (time.sleep(0.6), real(*given))[1])
    raw, headers = signed(zalo.world, RECEIVED)
    before = time.monotonic()
    assert client.post(PATH, content=raw, headers=headers).status_code == 503
    assert time.monotonic() - before < 2


@pytest.fixture
def listening(office: Office, zalo: StandIn) -> Iterator[str]:
    """A real server with the route, and the stand-in told of it."""
    connected(office, zalo)
    with socket.create_server(("127.0.0.1", 0)) as ears:
        app = Starlette(routes=routes(lambda: office, lambda: AT))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [ears]}, daemon=True)
        thread.start()
        zalo.world.webhook = f"http://127.0.0.1:{ears.getsockname()[1]}{PATH}"
        yield zalo.world.webhook
        server.should_exit = True
        thread.join(10)


def _heard(zalo: StandIn, count: int) -> list[int]:
    until = time.monotonic() + 10
    while len(zalo.world.webhook_answers) < count and time.monotonic() < until:
        time.sleep(0.02)
    return zalo.world.webhook_answers


def test_a_message_lost_on_its_way_back_is_confirmed_by_the_stand_ins_own_webhook(
    office: Office, zalo: StandIn, listening: str
) -> None:
    with office.register.writing() as book:
        book.put_delivery(message(), [])
    zalo.world.faults.append("drop-after")
    assert send_zalo(office, message(), account_url(zalo), lambda: AT).kind == "unknown"
    assert _heard(zalo, 1) == [200]
    with office.register.reading() as book:
        assert book.deliveries(ids=[message().id])[0].delivery.status == "sent"


def test_writing_and_leaving_reach_the_register(office: Office, zalo: StandIn, listening: str) -> None:
    zalo.world.wrote("u1", "chào")
    tell_wrote(zalo.world, "u1", "chào")
    assert _heard(zalo, 1) == [200]
    time.sleep(0.01)
    tell_left(zalo.world, "u1")
    assert _heard(zalo, 2) == [200, 200]
    with office.register.reading() as book:
        writer = book.zalo_writer(OA_ID, "u1")
    assert writer and writer.left_at


def test_a_stand_in_whose_office_lost_the_keys_is_refused(office: Office, zalo: StandIn, listening: str) -> None:
    zalo.world.oa_secret = "khác"
    tell_wrote(zalo.world, "u1", "chào")
    assert 401 in _heard(zalo, 1)
    assert requests.post(listening, data=b"{}", timeout=5).status_code == 401
