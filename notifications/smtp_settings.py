"""How to reach one mail server."""

import ipaddress
from typing import Literal, NamedTuple

Mode = Literal["plain", "starttls", "tls"]
PORTS: dict[Mode, int] = {"plain": 25, "starttls": 587, "tls": 465}


class SmtpSettings(NamedTuple):
    """Never print it whole: it holds the password. Timeouts are in seconds.

    `connecting` and `answering` together stay far below the outbox's lease.
    """

    host: str
    port: int
    mode: Mode
    user: str = ""
    password: str = ""
    verify: bool = True
    ca_file: str = ""
    connecting: float = 10.0
    answering: float = 60.0

    @property
    def place(self) -> str:
        """The server as a person may read it."""
        return f"{self.host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether mail to `host` stays on this machine; a name other than localhost is not looked up."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
