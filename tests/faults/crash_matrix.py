"""The crash matrix: offices whose runs are killed again and again, and what their readers got in the end."""

import json
import random
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from office_year import PLAN, SIGNED, at_file, local, sent, shipped

from dondoc.register import Register
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.sweep import sweep

HERE = Path(__file__).parent
MORNING = local(date(2022, 6, 30), 8)  # a month's, a quarter's and a half-year's end: a dozen letters
EVENING = local(date(2022, 6, 29), 16)
BETWEEN = timedelta(minutes=6)  # from one life to the next: a little more than a lease
LIVES = 40  # of one office before its last one, which nobody kills: four hours
RECEIPT = 8  # lives: more than the half hour that a receipt may take
Message = tuple[str, str]  # recipient and subject: no two of a morning have both in common


def evening_before(url: str, folder: Path) -> None:
    """A register in which everything until the evening has been told."""
    office = at_file(shipped(folder), folder / "unused.db")._replace(register=Register(url))
    office.register.migrate()
    open_plan(office, PLAN, local(SIGNED, 8), SIGNED)
    sweep(office, EVENING)
    sent(office, EVENING)
    office.register.close()


def message(to: str, subject: str) -> Message:
    """On trial only a mail says so in its subject."""
    return to, subject.removeprefix("[Chạy thử] ")


class Registers(NamedTuple):
    """Of one database: as many offices as are wanted, each as of the evening before."""

    name: str
    fresh: Callable[[], str]
    discard: Callable[[str], None]


class Got(NamedTuple):
    """What the sink took, oldest first."""

    ids: tuple[str, ...]
    messages: tuple[Message, ...]


class Sink:
    """The mail server's process and what it has written down."""

    def __init__(self, folder: Path, linger_ms: int = 0, within: Sequence[str] = ()) -> None:
        folder.mkdir(exist_ok=True)
        self.log = folder / "sink.jsonl"
        command = [*within, sys.executable, str(HERE / "sink.py"), str(self.log), str(linger_ms)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())
        self.read = 0

    def got(self) -> Got:
        """Since it was last asked; the killed sender's last words included."""
        with socket.create_connection(("127.0.0.1", self.port), 10) as asking:
            asking.sendall(b"QUIET\r\n")
            heard = b""
            while heard.count(b"\r\n") < 2:
                heard += asking.recv(100)
        return self.written()

    def written(self) -> Got:
        lines = self.log.read_bytes()[self.read :].splitlines() if self.log.exists() else []
        self.read += sum(len(line) + 1 for line in lines)
        taken = [json.loads(line) for line in lines]
        return Got(tuple(one["id"] for one in taken), tuple(message(one["to"], one["subject"]) for one in taken))

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)


class Lives:
    """The process that forks lives; see killing.py."""

    def __init__(self, within: Sequence[str] = ()) -> None:
        command = [*within, sys.executable, str(HERE / "killing.py")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout and self.process.stdout.readline() == "ready\n"

    def live(self, **order: Any) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"kill_at": 0, "kill_after": 0.0, "copies": 1, "zalo": "", **order}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


class Tally(NamedTuple):
    """Of one policy on one database. `in_window`: taken by the server, and killed before that was written down."""

    kills: int = 0
    expected: int = 0
    lost: int = 0
    twice: int = 0
    in_window: int = 0
    unrecognisable: int = 0  # of those twice: not under one Message-ID
    stages: tuple[str, ...] = ()  # the last event of each that was killed

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        return Tally(*(mine + its for mine, its in zip(self, other, strict=True)))


class Stage(NamedTuple):
    """Everything one office's life and death needs."""

    lives: Lives
    sink: Sink
    fresh: Callable[[], str]  # a register as of the evening before
    discard: Callable[[str], None]
    policy: str
    zalo: str = ""  # the channel's URL: everybody is reached by it first, and by mail where nobody can say

    def unbroken(self) -> tuple[set[Message], int]:
        """What a life that nobody kills sends, and how many events it has."""
        self.sink.got()
        url = self.fresh()
        lived = self._live(url, 0)
        self.discard(url)
        assert not lived["killed"]
        return set(self.sink.got().messages), lived["events"]

    def killed(self, expected: set[Message], kills: Sequence[dict[str, float]]) -> Tally:
        """One office killed as told, life after life, then left alone until nothing waits."""
        url, stages, window = self.fresh(), list[str](), 0
        ids, messages = list[str](), list[Message]()
        for n, kill in enumerate([*kills, {}]):
            lived = self._live(url, n, **kill)
            got = self.sink.got()
            ids, messages = [*ids, *got.ids], [*messages, *got.messages]
            if not lived["killed"]:
                break  # nobody came in time: this life did all that was left
            stages.append(lived["stage"])
            window += len(self._unsettled(url) & set(got.messages))
        assert not lived["killed"] and not self._unsettled(url)
        self.discard(url)
        assert set(messages) <= expected, set(messages) - expected
        return Tally(
            kills=len(stages),
            expected=len(expected),
            lost=len(expected - set(messages)),
            twice=len(messages) - len(set(messages)),
            in_window=window,
            unrecognisable=len(set(ids)) - len(set(messages)),
            stages=tuple(stages),
        )

    def over_zalo(self, kills: Sequence[dict[str, float]]) -> tuple[str, int]:
        """One office killed as told and left alone until every receipt is overdue; its register, and how many kills."""
        url, done = self.fresh(), 0
        for n, kill in enumerate([*kills, {}]):
            killed = self._live(url, n, **kill)["killed"]
            done += killed
            if not killed:
                break
        assert not self._live(url, n + RECEIPT)["killed"]
        return url, done

    def _live(self, url: str, n: int, **kill: float) -> dict[str, Any]:
        at = (MORNING + n * BETWEEN).isoformat()
        return self.lives.live(
            register=url, at=at, policy=self.policy, mail=f"smtp://127.0.0.1:{self.sink.port}", zalo=self.zalo, **kill
        )

    @staticmethod
    def _unsettled(url: str) -> set[Message]:
        """What was begun and not written down as done."""
        register = Register(url)
        with register.reading() as book:
            waiting = [r.delivery for r in book.deliveries(statuses=["ready", "sending", "retry"])]
        register.close()
        return {message(delivery.address, delivery.subject) for delivery in waiting}


def at_every_event(stage: Stage) -> Tally:
    """One office an event, killed there."""
    expected, events = stage.unbroken()
    tallies = (stage.killed(expected, [{"kill_at": n}]) for n in range(1, events + 1))
    return sum(tallies, Tally())


def at_random(stage: Stage, kills: int, chance: random.Random) -> Tally:
    """Offices killed many times over, half at an event and half at any moment, until so many kills are done."""
    expected, events = stage.unbroken()
    tally = Tally()
    while tally.kills < kills:
        planned = [_anywhere(chance, events) for _ in range(min(LIVES, kills - tally.kills))]
        tally += stage.killed(expected, planned)
    return tally


def _anywhere(chance: random.Random, events: int) -> dict[str, float]:
    if chance.random() < 0.5:
        return {"kill_at": chance.randint(1, events)}
    return {"kill_after": chance.uniform(0.002, 0.25)}


def table(rows: Sequence[tuple[str, str, Tally]]) -> str:
    """Markdown: database, policy, and what became of it."""
    head = ["| register | policy | kills | messages | lost | twice | in the window | other Message-ID |"]
    head += ["|---|---|---:|---:|---:|---:|---:|---:|"]
    return "\n".join(
        head
        + [
            f"| {where} | {policy} | {t.kills} | {t.expected} | {t.lost} "
            f"| {t.twice} | {t.in_window} | {t.unrecognisable} |"
            for where, policy, t in rows
        ]
    )
