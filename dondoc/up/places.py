"""Ports and folders of one running instance."""

from pathlib import Path
from typing import NamedTuple

HOST = "127.0.0.1"


class Places(NamedTuple):
    """`port_base` is the flow UI and its API, the next port the embedded mailbox, then the portal."""

    data: Path
    port_base: int

    @property
    def ui_url(self) -> str:
        return f"http://{HOST}:{self.port_base}"

    @property
    def api_url(self) -> str:
        return f"{self.ui_url}/api"

    @property
    def smtp_port(self) -> int:
        return self.port_base + 1

    @property
    def portal_port(self) -> int:
        return self.port_base + 2

    @property
    def portal_url(self) -> str:
        return f"http://{HOST}:{self.portal_port}"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def prefect_home(self) -> Path:
        return self.data / "prefect"

    @property
    def lock(self) -> Path:
        return self.data / "dondoc.lock"

    @property
    def ready(self) -> Path:
        """Written by the runner once all is registered and it polls for work."""
        return self.data / "runner-ready.json"
