"""The watcher is watched: pings that arrive, and services that do not answer, stall or refuse."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dondoc.use_cases.heartbeat import URL, heartbeat
from notifications.heartbeat import ping

SECRET = "5b0c-secret-7f"


class Watcher(ThreadingHTTPServer):
    """A service that notes what it is asked, answers as told, and may take its time."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[str] = []
        self.answer, self.wait = 200, 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ping/{SECRET}"


class Asked(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        time.sleep(self.server.wait)  # type: ignore[attr-defined]
        self.send_response(self.server.answer)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing on the test's screen."""


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


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/{s}", "file:///etc/{s}", "{s}", "http://khong-co.invalid/{s}"])
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
