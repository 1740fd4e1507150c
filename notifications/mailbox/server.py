"""A mail server for the same machine only: it accepts every message, hands none on and keeps them all as files."""

import asyncio
import errno
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dondoc.words import _
from notifications.mailbox.folder import keep

LARGEST = 20 * 1024 * 1024  # bytes; more than any office server lets through
LOOPBACK_NAMES = ("localhost",)


class MailboxError(Exception):
    """The mailbox cannot be opened; the text says why and what to do."""


def _now() -> datetime:
    return datetime.now(UTC)


class Mailbox:
    """Keeps what arrives at `host`:`port` in `folder`. Only loopback is listened to: it takes mail from anyone.

    `port` 0 takes a free one, known after start(). MailboxError from the constructor where `host` is not loopback,
    from start() where the port is taken.
    """

    def __init__(
        self,
        folder: Path,
        host: str = "127.0.0.1",
        port: int = 8025,
        *,
        largest: int = LARGEST,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        if not _is_loopback(host):
            told = _("Hộp thư kèm theo chỉ nghe trên chính máy này (127.0.0.1 hoặc ::1), không nghe ở {host}.")
            raise MailboxError(told.format(host=host))
        self.folder, self.host, self.port, self._largest, self._clock = folder, host, port, largest, clock
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """What DONDOC_SMTP_URL must say for mail to arrive here."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"smtp://{host}:{self.port}"

    def start(self) -> None:
        """Listen, in a thread of its own; nothing happens where it listens already."""
        if self._server is not None:
            return
        listening = self._listen()
        self.port = listening.getsockname()[1]
        self.folder.mkdir(parents=True, exist_ok=True)
        server = _Server(listening, _Keeper(self.folder, self._clock), self._largest)
        try:
            server.start()
        except (OSError, RuntimeError) as error:
            listening.close()
            raise MailboxError(_("Hộp thư kèm theo không khởi động được: {why}").format(why=error)) from error
        self._server = server

    def stop(self) -> None:
        """Stop listening and let go of every connection; harmless when it does not run."""
        server, self._server = self._server, None
        if server is not None:
            server.stop(no_assert=True)

    def __enter__(self) -> "Mailbox":
        self.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self.stop()

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            return socket.create_server((self.host, self.port), family=family)
        except OSError as error:
            raise MailboxError(_why_not(error, self.host, self.port)) from error


def _is_loopback(host: str) -> bool:
    try:
        return host in LOOPBACK_NAMES or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        told = _("Cổng {port} đang có chương trình khác dùng: hãy tắt chương trình đó hoặc chọn cổng khác cho hộp thư.")
    elif error.errno == errno.EACCES:
        told = _("Không được phép mở cổng {port}: hãy chọn một cổng từ 1024 trở lên cho hộp thư.")
    else:
        told = _("Không mở được hộp thư ở {host}:{port}: {why}")
    return told.format(host=host, port=port, why=error.strerror or error)


class _Keeper:
    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder, self._clock = folder, clock

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        try:
            path = keep(self._folder, _trace(envelope) + content, self._clock())
        except OSError as error:
            return f"451 4.3.0 Not kept: {error.strerror}"
        return f"250 2.0.0 Kept as {path.name}"


def _trace(envelope: Envelope) -> bytes:
    """Who it is really for, above the message: RFC 5321 4.4 (Return-Path), RFC 9228 (Delivered-To)."""
    lines = [f"Return-Path: <{envelope.mail_from or ''}>", *(f"Delivered-To: {to}" for to in envelope.rcpt_tos)]
    return "".join(f"{line.replace(chr(13), '').replace(chr(10), '')}\r\n" for line in lines).encode("utf-8", "replace")


class _Server(Controller):
    """The library's controller on a socket that is bound already, and with its connections closed at the end."""

    def __init__(self, listening: socket.socket, keeper: _Keeper, largest: int) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__(keeper, host, port, data_size_limit=largest, ident="Don Doc mailbox", server_hostname="dondoc")
        self._listening = listening

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listening)
