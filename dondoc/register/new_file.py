"""A finished file gets its name, whole and only where nobody has it yet."""

import errno
import fcntl
import os
from pathlib import Path

# FAT and some network mounts know no second name for a file.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES}


def place_new(draft: Path, target: Path) -> None:
    """Rename `draft`, of the same folder, to `target`; FileExistsError where that is taken. The draft is gone after."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _place_under_lock(draft, target)
    else:
        draft.unlink()


def _place_under_lock(draft: Path, target: Path) -> None:
    """The folder's lock makes looking and renaming one act among our own processes; it ends with its holder."""
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        draft.rename(target)
    finally:
        os.close(folder)


def make_own_folder(folder: Path) -> None:
    """A folder, and those above it that are missing, that only their owner enters; what is there stays as it is."""
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)
