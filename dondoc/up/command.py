"""The front door of `dondoc up`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dondoc.settings import Settings, SettingsError, from_environment
from dondoc.up.house import House
from dondoc.up.smoke import prove
from dondoc.up.trouble import StartError


def run(data: Path, port_base: int, register_url: str, definitions: Sequence[Path], smoke: bool) -> int:
    """See `dondoc.up.up`."""
    try:
        settings = from_environment(os.environ)._replace(
            data=data.resolve(), register_url=register_url, definitions=tuple(path.resolve() for path in definitions)
        )
        return prove(settings, port_base, say) if smoke else _stand(settings, port_base)
    except (StartError, SettingsError) as trouble:
        code = trouble.code if isinstance(trouble, StartError) else 1
        print(trouble, file=sys.stderr if code else sys.stdout, flush=True)
        return code


def _stand(settings: Settings, port_base: int) -> int:
    with House(settings, port_base, say) as house:
        house.obey_signals()
        house.start()
        house.watch()
    return 0


def say(line: str) -> None:
    """One line of progress, at once: whoever waits should see what for."""
    print(line, flush=True)
