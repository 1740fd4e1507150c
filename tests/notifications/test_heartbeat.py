"""The watcher is watched: pings that arrive, and services that do not answer, stall or refuse."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from heartbeat_server import SECRET, Watcher

from dondoc.use_cases.heartbeat import URL, heartbeat
from notifications.heartbeat import ping


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    server = Watcher()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_sweep_tells_its_start_and_its_end(watcher: Watcher) -> None:
    with heartbeat({URL: watcher.url}):
        assert watcher.asked == [f"/ping/{SECRET}/start"]
    assert watcher.asked == [f"/ping/{SECRET}/start", f"/ping/{SECRET}"]


def test_a_sweep_that_fails_says_so_and_fails_with_its_own_error(watcher: Watcher) -> None:
    with pytest.raises(KeyError), heartbeat({URL: watcher.url}):
        raise KeyError("of the sweep")
    assert watcher.asked[1:] == [f"/ping/{SECRET}/fail"]


def test_a_query_stays_behind_the_path(watcher: Watcher) -> None:
    assert ping(f"{watcher.url}/?status=up&msg=OK", "/start")
    assert watcher.asked == [f"/ping/{SECRET}/start?status=up&msg=OK"]


def test_without_a_url_nothing_is_asked(watcher: Watcher) -> None:
    with heartbeat({}):
        pass
    assert watcher.asked == []


@pytest.mark.parametrize("answer", [404, 500])
def test_a_service_that_refuses_does_not_fail_the_sweep(
    watcher: Watcher, answer: int, caplog: pytest.LogCaptureFixture
) -> None:
    watcher.answer = answer
    with heartbeat({URL: watcher.url}):
        pass
    assert "did not arrive" in caplog.text and SECRET not in caplog.text


def test_a_service_that_stalls_is_not_waited_for(watcher: Watcher, caplog: pytest.LogCaptureFixture) -> None:
    watcher.wait = 2.0
    began = time.monotonic()
    assert not ping(watcher.url, patience=0.3)
    assert time.monotonic() - began < 1.0 and SECRET not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/{s}",
        "file:///etc/{s}",
        "{s}",
        "http://khong-co.invalid/{s}",
        "https://[hc-ping.example/{s}",
        "https://[{s}]/ping",
        "http://127.0.0.1:cong/{s}",
    ],
)
def test_what_cannot_be_reached_or_read_is_no_error_and_is_not_shown(
    url: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with heartbeat({URL: url.format(s=SECRET)}):
        pass
    assert "did not arrive" in caplog.text
    assert SECRET not in caplog.text + "".join(capsys.readouterr())


def test_a_server_that_accepts_and_never_answers_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        began = time.monotonic()
        assert not ping(f"http://127.0.0.1:{deaf.getsockname()[1]}/{SECRET}", patience=0.3)
        assert time.monotonic() - began < 1.0
