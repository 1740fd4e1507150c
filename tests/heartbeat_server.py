"""A service that hears heartbeats: notes what it is asked, answers as told, may take its time."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "5b0c-secret-7f"


class Watcher(ThreadingHTTPServer):
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
