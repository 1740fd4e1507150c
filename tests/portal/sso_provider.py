"""A small OpenID Connect provider on this machine: real HTTP, real signatures, and lies where a test asks for them."""

import hashlib
import json
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "don-doc", "mat-khau-cua-may"


class SsoProvider:
    """`claims` are what it says of whoever comes; `lies` replace parts of the token."""

    def __init__(self) -> None:
        self.keys = {"one": RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})}
        self.signs_with, self.now = "one", 0
        self.claims: dict[str, Any] = {"sub": "1"}
        self.lies: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.down = False
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "SsoProvider":
        self._thread.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, given: Mapping[str, str], authorization: str) -> tuple[int, dict[str, Any], str]:
        """Status, JSON body, and where to go on to."""
        if self.down:
            return 503, {}, ""
        if path == "/.well-known/openid-configuration":
            return 200, self._described(), ""
        if path == "/keys":
            return 200, KeySet(list(self.keys.values())).as_dict(private=False), ""
        return self._authorized(given) if path == "/auth" else self._token(given, authorization)

    def _described(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{place}" for name, place in places.items()}}

    def _authorized(self, given: Mapping[str, str]) -> tuple[int, dict[str, Any], str]:
        assert (given["response_type"], given["client_id"], given["code_challenge_method"]) == ("code", CLIENT, "S256")
        assert "openid" in given["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = dict(given)
        more = urlencode({"code": code, "state": given["state"], "iss": self.lies.get("answer_iss", self.issuer)})
        return 302, {}, f"{given['redirect_uri']}?{more}"

    def _token(self, given: Mapping[str, str], authorization: str) -> tuple[int, dict[str, Any], str]:
        name, _colon, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        asked = self.codes.pop(given["code"], None)
        if (name, unquote(secret)) != (CLIENT, SECRET) or asked is None:
            return 400, {"error": "invalid_grant"}, ""
        challenge = urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if challenge != asked["code_challenge"] or given["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}, ""
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])}, ""

    def _signed(self, nonce: str) -> str:
        said = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, "iat": self.now, "exp": self.now + 300}
        said |= self.claims | {name: value for name, value in self.lies.items() if name != "answer_iss"}
        header = {"alg": "RS256", "kid": self.signs_with}
        return jwt.encode(header, said, self.keys.get(self.signs_with) or RSAKey.generate_key(2048))


class _Handler(BaseHTTPRequestHandler):
    provider: SsoProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._say(parts.path, dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self._say(urlsplit(self.path).path, {name: values[0] for name, values in parse_qs(body).items()})

    def _say(self, path: str, given: Mapping[str, str]) -> None:
        status, body, on = self.provider.answer(path, given, self.headers.get("authorization", ""))
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        if on:
            self.send_header("Location", on)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_words: object) -> None:
        """Silent."""
