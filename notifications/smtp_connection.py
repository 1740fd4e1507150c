"""One connection to a mail server, kept between messages: three quarters of a mail's time is making a new one."""

import contextlib
import functools
import os
import smtplib
import socket
import ssl
import threading
import time

from notifications.smtp_settings import SmtpSettings

IDLE = 60.0  # seconds after which a kept connection is not trusted any more: servers hang up after one to five minutes
_kept = threading.local()  # a connection belongs to one thread


class Connection:
    """An open, greeted and logged-in session. The constructor raises OSError or smtplib.SMTPException."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.smtp = _open(settings)
        self.settings = settings
        self.used = time.monotonic()
        self.process = os.getpid()

    @property
    def is_fresh(self) -> bool:
        """Whether it may be used again: of this process (a fork shares the socket) and not idle for long."""
        return self.process == os.getpid() and time.monotonic() - self.used < IDLE

    def touch(self) -> None:
        """It was just of use."""
        self.used = time.monotonic()

    def close(self) -> None:
        """Say goodbye where somebody listens; another process's connection is left alone."""
        if self.process == os.getpid():
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self.smtp.sock is not None:
                    self.smtp.sock.settimeout(1.0)
                self.smtp.quit()
        with contextlib.suppress(OSError):
            self.smtp.close()


def kept(settings: SmtpSettings) -> Connection | None:
    """This thread's connection to that server, when it may still be used."""
    found: Connection | None = _all().get(settings)
    if found is not None and not found.is_fresh:
        drop(settings)
        return None
    return found


def renewed(settings: SmtpSettings) -> Connection:
    """A new connection, kept for this thread from now on."""
    drop(settings)
    made = Connection(settings)
    _all()[settings] = made
    return made


def drop(settings: SmtpSettings) -> None:
    """Close this thread's connection to that server, if there is one."""
    found = _all().pop(settings, None)
    if found is not None:
        found.close()


def close_all() -> None:
    """Close every connection of this thread: at the end of a batch, or of a test."""
    for settings in list(_all()):
        drop(settings)


def _all() -> dict[SmtpSettings, Connection]:
    if not hasattr(_kept, "connections"):
        _kept.connections = {}
    connections: dict[SmtpSettings, Connection] = _kept.connections
    return connections


@functools.lru_cache(maxsize=8)
def tls_context(verify: bool, ca_file: str) -> ssl.SSLContext:
    """Built once: it reads every certificate of the machine (25 ms). OSError where `ca_file` cannot be read."""
    context = ssl.create_default_context(cafile=ca_file or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _open(settings: SmtpSettings) -> smtplib.SMTP:
    """RFC 8314: TLS from the first byte ("tls") or by STARTTLS; without either there is no login."""
    smtp = _dialled(settings)
    try:
        smtp.ehlo_or_helo_if_needed()
        if settings.mode == "starttls":
            smtp.starttls(context=tls_context(settings.verify, settings.ca_file))
            smtp.ehlo()
        if settings.user:
            smtp.login(settings.user, settings.password)
        if smtp.sock is not None:
            smtp.sock.settimeout(settings.answering)
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _dialled(settings: SmtpSettings) -> smtplib.SMTP:
    # Named here because the library's own default asks the name service, which may take seconds.
    own_name = socket.gethostname().encode("ascii", "ignore").decode() or "localhost"
    if settings.mode != "tls":
        return smtplib.SMTP(settings.host, settings.port, own_name, timeout=settings.connecting)
    context = tls_context(settings.verify, settings.ca_file)
    return smtplib.SMTP_SSL(settings.host, settings.port, own_name, timeout=settings.connecting, context=context)
