"""The embedded mailbox as the house sees it: used only while the office has no SMTP of its own."""

from collections.abc import Mapping
from pathlib import Path

from aiosmtpd.controller import Controller

from dondoc.up.places import HOST, Places


def needs_mailbox(environ: Mapping[str, str]) -> bool:
    return not environ.get("DONDOC_SMTP_URL")


class _Keep:
    def __init__(self, folder: Path) -> None:
        self.folder, self.n = folder, 0

    async def handle_DATA(self, server, session, envelope):
        self.n += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{self.n}.eml").write_bytes(envelope.content)
        return "250 OK"


class Mailbox:
    def __init__(self, places: Places) -> None:
        self._controller = Controller(_Keep(places.data / "mailbox"), hostname=HOST, port=places.smtp_port)
        self.environment = {"DONDOC_SMTP_URL": f"smtp://{HOST}:{places.smtp_port}", "DONDOC_MAILBOX": "1"}

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


def letters(places: Places) -> list[Path]:
    return list((places.data / "mailbox").glob("*.eml"))
