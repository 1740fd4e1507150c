"""Alternating repeats of two functions, in CPU seconds, as medians with their spread."""

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any, NamedTuple

REPEATS = 5


class Result(NamedTuple):
    """Costs in CPU seconds a unit; `ratio` is peer ÷ ours: above 1 ours is cheaper. `spread` is max ÷ min of ours."""

    case: str
    size: int
    ours: float
    peer: float
    peer_name: str
    ratio: float
    unit: str
    spread: float


def compare(
    case: str,
    size: int,
    unit: str,
    ours: Callable[[], Any],
    peer_name: str,
    peer: Callable[[], Any],
    *,
    peer_size: int = 0,
) -> Result:
    """Run both in turn, REPEATS times after a warm-up. Sizes say how many units one call does."""
    ours(), peer()
    mine, theirs = [], []
    for _ in range(REPEATS):
        mine.append(_cpu(ours) / size)
        theirs.append(_cpu(peer) / (peer_size or size))
    a, b = median(mine), median(theirs)
    return Result(case, size, a, b, peer_name, b / a, unit, max(mine) / min(mine))


def _cpu(work: Callable[[], Any]) -> float:
    start = process_time()
    work()
    return process_time() - start
