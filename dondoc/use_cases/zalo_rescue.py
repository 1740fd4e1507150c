"""A new pair of Zalo's tokens that the register could not take: kept sealed in the data folder until it can."""

import json
import os
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple


class Rescue(NamedTuple):
    """`tokens` is sealed; `generation` is the one that the pair follows."""

    generation: int
    tokens: str
    at: datetime
    expires_at: datetime


def put_rescue(data: Path, oa_id: str, rescue: Rescue) -> None:
    """Whole, on the disk, and only for its owner. OSError where even that is not possible."""
    handle, draft = mkstemp(prefix=".", dir=data)  # 0600 from its first moment
    with os.fdopen(handle, "w", encoding="ascii") as out:
        json.dump([rescue.generation, rescue.tokens, rescue.at.isoformat(), rescue.expires_at.isoformat()], out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, _file(data, oa_id))


def take_rescue(data: Path, oa_id: str) -> Rescue | None:
    """What waits; it stays until it is dropped."""
    try:
        generation, tokens, at, expires_at = json.loads(_file(data, oa_id).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None
    return Rescue(generation, tokens, datetime.fromisoformat(at), datetime.fromisoformat(expires_at))


def drop_rescue(data: Path, oa_id: str) -> None:
    _file(data, oa_id).unlink(missing_ok=True)


def _file(data: Path, oa_id: str) -> Path:
    return data / f"zalo-{oa_id}.rescue"
