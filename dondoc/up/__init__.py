"""`dondoc up`: start everything an office needs, watch over it, stop everything it started."""

from collections.abc import Sequence
from pathlib import Path


def up(
    data: Path, port_base: int = 4200, register_url: str = "", definitions: Sequence[Path] = (), smoke: bool = False
) -> int:
    """Run an office in the foreground until Ctrl-C or SIGTERM; the exit code (0 done, 1 input, 3 our bug).

    `data` is made when missing. `port_base` is the flow UI and API, the next port the embedded mailbox.
    `smoke` proves, in a throw-away folder under `data`, that a scheduled run completes and its message arrives.
    """
    from dondoc.up.command import run  # what only looks at ports or locks should not load the office

    return run(data, port_base, register_url, definitions, smoke)
