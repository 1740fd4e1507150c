"""Real processes that write at the same time."""

import multiprocessing
from collections.abc import Callable
from typing import Any

SPAWN = multiprocessing.get_context("spawn")  # a fork would share the parent's connections
PATIENCE = 120


def together(work: Callable[..., None], count: int, *given: Any) -> None:
    """Run work(number, *given) in `count` processes at once; an error in one of them is an error here."""
    started = [SPAWN.Process(target=work, args=(number, *given)) for number in range(count)]
    for process in started:
        process.start()
    for process in started:
        process.join(PATIENCE)
    assert [process.exitcode for process in started] == [0] * count
