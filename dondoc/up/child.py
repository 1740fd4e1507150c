"""One process of ours with all its descendants: started in a group of its own, stopped as a group."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path


class Child:
    """A long-running process; its words go to a log file. Started anew by `start` after it died."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], cwd: Path, log: Path) -> None:
        self.name, self.command, self.environment, self.cwd, self.log = name, command, environment, cwd, log
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its standard streams are the log file, its session its own (Ctrl-C reaches only us)."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.starts += 1
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                list(self.command),
                env=dict(self.environment),
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def died(self) -> int | None:
        """Exit code of a process that has ended, None while it runs or was never started."""
        return self._process.poll() if self._process else None

    def stop(self, grace: float) -> None:
        """Ask the group to end, wait at most `grace` seconds, then end whatever of it is left."""
        if self._process is None:
            return
        # Only the leader is asked: it ends its own children in order. The group is for what it leaves behind.
        _signal(self._process.pid, signal.SIGTERM, group=False)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        _signal(self._process.pid, signal.SIGKILL, group=True)
        self._process.wait(5)
        _await_empty(self._process.pid)
        self._process = None

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, for a report."""
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def _signal(pid: int, what: signal.Signals, *, group: bool) -> None:
    with suppress(ProcessLookupError, PermissionError):
        (os.killpg if group else os.kill)(pid, what)


def _await_empty(group: int, seconds: float = 1.0) -> None:
    """Until nobody is left in the group, so that ports are free when we say so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.02)
