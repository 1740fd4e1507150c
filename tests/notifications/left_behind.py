"""What a run leaves in a folder, and ports for it to run on."""

import socket
from contextlib import suppress
from pathlib import Path


def texts_of(folder: Path, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Every file's text by its path below the folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in without]
    return {str(path.relative_to(folder)): path.read_bytes().decode("utf-8", "replace") for path in files}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_ports() -> int:
    """The first of three."""
    while True:
        first = free_port()
        with suppress(OSError), socket.socket() as second, socket.socket() as third:
            second.bind(("127.0.0.1", first + 1))
            third.bind(("127.0.0.1", first + 2))
            return first
