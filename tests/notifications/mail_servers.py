"""Real mail servers for tests: one that obeys orders, and one that hangs up at a given moment."""

import asyncio
import contextlib
import datetime
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Got(NamedTuple):
    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)


class Server(Controller):
    """Takes mail; `refuse` maps "MAIL", "RCPT" or "DATA" to the reply given instead, `logins` is what it accepts."""

    def __init__(
        self, logins: dict[str, str] | None = None, port: int = 0, reads_ahead: bool = False, **options: Any
    ) -> None:
        self.reads_ahead = reads_ahead
        self.got: list[Got] = []
        self.refuse: dict[str, str] = {}
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", port))
        self.logins = logins or {}
        if logins:
            options |= {"authenticator": self._authenticated, "auth_required": True}
        super().__init__(self, "127.0.0.1", self._listening.getsockname()[1], **options)

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listening, ssl=self.ssl_context)

    def factory(self) -> SMTP:
        self.connections += 1
        return super().factory()

    def _authenticated(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = self.logins.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=good, handled=False)

    async def handle_EHLO(
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-PIPELINING"] if self.reads_ahead else []), responses[-1]]

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if "MAIL" not in self.refuse:
            envelope.mail_from = address
        return self.refuse.get("MAIL", "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if "RCPT" not in self.refuse:
            envelope.rcpt_tos.append(address)
        return self.refuse.get("RCPT", "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if "DATA" not in self.refuse:
            self.got.append(Got(envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return self.refuse.get("DATA", "250 OK queued as 42")

    def __enter__(self) -> "Server":
        self.start()
        self.connections = 0  # the controller's own trial connection does not count
        return self

    def __exit__(self, *trouble: object) -> None:
        self.stop(no_assert=True)


@contextlib.contextmanager
def hangs_up(at: str, *, stalling: bool = False) -> Iterator[int]:
    """The port of a server that resets every connection at "connect", "MAIL", "RCPT", "DATA", "text" or "dot".

    At "STAR" it promises TLS and breaks the handshake off. `stalling` falls silent instead, until the client goes.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listening, at, stalling), daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def _serve(listening: socket.socket, at: str, stalling: bool) -> None:
    while True:
        try:
            client, _address = listening.accept()
        except OSError:
            return
        with contextlib.suppress(OSError):
            _converse(client, at)
            while stalling and client.recv(1000):
                pass
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()


def _converse(client: socket.socket, at: str) -> None:
    if at == "connect":
        return
    file = client.makefile("rb")
    client.sendall(b"220 moody\r\n")
    while line := file.readline():
        verb = line[:4].upper().decode()
        if verb == at == "STAR":
            client.sendall(b"220 go ahead\r\n")
            client.recv(10)
        if verb == at:
            return
        if verb == "EHLO" and at == "STAR":
            client.sendall(b"250-moody\r\n250 STARTTLS\r\n")
            continue
        client.sendall(b"354 go on\r\n" if verb == "DATA" else b"250 moody\r\n")
        if verb == "DATA" and at == "text":
            client.recv(100)
            return
        if verb == "DATA":
            while file.readline() != b".\r\n":
                pass
            return


class Certificate(NamedTuple):
    path: Path
    server_side: ssl.SSLContext


def certificate(folder: Path, days: int = 1) -> Certificate:
    """Self-made, for 127.0.0.1, valid until so many days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=9))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem, raw = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(pem, raw, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return Certificate(public, context)
