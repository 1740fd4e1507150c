"""The stand-in as an HTTP server on this machine, with the faults it is told to show."""

import json
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from notifications.zalo.http import MARKER
from notifications.zalo.stand_in import answers
from notifications.zalo.stand_in.answers import Json
from notifications.zalo.stand_in.control import control
from notifications.zalo.stand_in.hooks import tell_received
from notifications.zalo.stand_in.world import Taken, World

LARGEST = 1_000_000  # bytes of one request


class StandIn:
    """Listens on 127.0.0.1 from the moment it is made; port 0 takes a free one. OSError where the port is taken."""

    def __init__(self, world: World | None = None, port: int = 0) -> None:
        self.world = world or World()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.world = self.world
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """What goes into `api=`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def wait(self) -> None:
        """Until somebody stops it."""
        while self._thread.is_alive():
            self._thread.join(1.0)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    world: World

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed or has left is nothing to speak of; anything else is a mistake of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._reply(*control(self.server.world, self.path, {}))

    def do_POST(self) -> None:
        raw = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        if self.path.startswith("/stand-in/"):
            return self._reply(*control(self.server.world, self.path, _object(raw)))
        if self.path == "/v4/oa/access_token":
            return self._renewed(dict(parse_qsl(raw.decode("utf-8", "replace"))))
        return self._message(_object(raw))

    def _renewed(self, form: dict[str, str]) -> None:
        world = self.server.world
        fault = world.next_fault() if world.faults and world.faults[0].startswith("oauth:") else ""
        if fault == "oauth:drop-before":
            return self._hang_up()
        if fault.startswith("oauth:error:"):
            return self._reply(200, answers.error(int(fault.rpartition(":")[2]), "as told"))
        answer = answers.oauth(world, self._heads(), form)
        return self._hang_up() if fault == "oauth:drop-after" else self._reply(200, answer)

    def _message(self, body: Json) -> None:
        """One call that sends or asks; a fault of the script comes before or after it is taken."""
        world = self.server.world
        asks = self.path.endswith(("/getUpdates", "/getMe"))
        kind, _colon, value = ("", "", "") if asks else world.next_fault().partition(":")
        if kind == "drop-before":
            return self._hang_up()
        if kind == "error":
            return self._reply(200, _told(self.path, int(value)))
        if kind == "http":
            return self._reply(int(value), None)
        answer, taken = self._answer(body)
        if taken:
            world.take(taken)
            tell_received(world, taken)
        if kind == "slow":
            time.sleep(float(value))
        return self._hang_up() if kind == "drop-after" else self._reply(200, answer)

    def _answer(self, body: Json) -> tuple[Json, Taken | None]:
        world = self.server.world
        if self.path == "/message/template":
            return answers.template(world, self._heads(), body)
        if self.path == "/v3.0/oa/message/cs":
            return answers.consultation(world, self._heads(), body)
        token, _slash, method = self.path.removeprefix("/bot").partition("/")
        if self.path.startswith("/bot") and token == world.bot_token:
            return answers.bot(world, method, body)
        if self.path.startswith("/bot"):
            return {"ok": False, "error_code": 401, "description": "Unauthorized"}, None
        return answers.error(-106, "Method is unsupported"), None

    def _heads(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _reply(self, status: int, answer: Any) -> None:
        content = b"<html>Bad gateway</html>" if answer is None else json.dumps(answer, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header(MARKER, "1")
            self.send_header("Content-Type", "text/html" if answer is None else "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the caller has left

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: a bot's token is in its path."""


def _told(path: str, code: int) -> Json:
    if path.startswith("/bot"):
        return {"ok": False, "error_code": code, "description": "as the script says"}
    return answers.error(code, "as the script says")


def _object(raw: bytes) -> Json:
    try:
        found = json.loads(raw or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
