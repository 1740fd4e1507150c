"""A file that is there whole or not at all."""

import os
from pathlib import Path
from tempfile import mkstemp


def write_whole(file: Path, content: bytes) -> None:
    """Write beside it and put it in place; OSError with the file's name leaves what was there before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
