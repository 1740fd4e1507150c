"""The front door of `dondoc up`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dondoc.settings import Settings, SettingsError, from_environment
from dondoc.up.house import House
from dondoc.up.smoke import prove
from dondoc.up.trouble import StartError


def up(
    data: Path, port_base: int = 4200, register_url: str = "", definitions: Sequence[Path] = (), smoke: bool = False
) -> int:
    """Run an office in the foreground until Ctrl-C or SIGTERM; the exit code (0 done, 1 input, 3 our bug).

    `data` is made when missing. `port_base` is the flow UI and API, the next port the embedded mailbox.
    `smoke` proves, in a throw-away folder under `data`, that a scheduled run completes and its message arrives.
    """
    try:
        settings = from_environment(os.environ)._replace(
            data=data.resolve(), register_url=register_url, definitions=tuple(path.resolve() for path in definitions)
        )
        return prove(settings, port_base, say) if smoke else _run(settings, port_base)
    except (StartError, SettingsError) as trouble:
        code = trouble.code if isinstance(trouble, StartError) else 1
        print(trouble, file=sys.stderr if code else sys.stdout, flush=True)
        return code


def _run(settings: Settings, port_base: int) -> int:
    with House(settings, port_base, say) as house:
        house.obey_signals()
        house.start()
        house.watch()
    return 0


def say(line: str) -> None:
    """One line of progress, at once: whoever waits should see what for."""
    print(line, flush=True)
