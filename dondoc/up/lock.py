"""One instance a data folder: a lock held while we live, and a note of what we started."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from dondoc.up.trouble import StartError
from dondoc.words import _

LAST_BREATH = 5.0  # seconds a killed process may take to go


class InstanceLock:
    """The kernel drops the lock with its holder, so a stale file never blocks; leftovers named in it are ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> int:
        """Hold the lock; returns how many leftover processes of a dead instance were ended. StartError if one lives."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise StartError(_already_running(read_note(self.path), self.path)) from None
        self._file = file
        return end_leftovers(read_note(self.path))

    def note(self, url: str, children: Iterable[int], at: datetime) -> None:
        """Write who we are and what we started, for the next one who finds this file."""
        if self._file is None:
            raise RuntimeError("the lock is noted by its holder only")
        started = [{"pid": pid, "born": born(pid)} for pid in children]
        note = {"pid": os.getpid(), "url": url, "started_at": at.isoformat(), "children": started}
        self._file.seek(0)
        self._file.truncate()
        json.dump(note, self._file)
        self._file.flush()

    def release(self) -> None:
        """Let go; the file stays, empty, for unlinking a lock file invites two holders."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def read_note(path: Path) -> dict[str, Any]:
    """What the file says; {} where it says nothing readable."""
    try:
        note = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def born(pid: int) -> str:
    """When a process started, in the kernel's ticks; "" where that cannot be known. A pid alone may be reused."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def end_leftovers(note: dict[str, Any]) -> int:
    """End what a killed instance left behind, each proven to be the same process by its birth."""
    ended = 0
    for child in note.get("children", []):
        pid, birth = int(child.get("pid", 0)), child.get("born", "")
        if pid and birth and born(pid) == birth:
            os.killpg(pid, signal.SIGKILL)
            _await_end(pid, birth)
            ended += 1
    return ended


def _await_end(pid: int, birth: str) -> None:
    """Until it is gone, and with it the port it listened on; a zombie holds none."""
    end = time.monotonic() + LAST_BREATH
    while time.monotonic() < end and born(pid) == birth and not _is_zombie(pid):
        time.sleep(0.02)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _already_running(note: dict[str, Any], path: Path) -> str:
    who = _(" (tiến trình {pid}, {url})").format(pid=note["pid"], url=note.get("url", "")) if note.get("pid") else ""
    return _(
        "Đôn Đốc đang chạy trên thư mục dữ liệu này{who}.\n"
        "  Hãy dùng bản đang chạy, hoặc dừng nó (Ctrl-C tại cửa sổ của nó, hay: kill {pid}),\n"
        "  hoặc chọn thư mục và cổng khác: dondoc up --data THU_MUC --port-base CONG   [{path}]"
    ).format(who=who, pid=note.get("pid", "PID"), path=path)
