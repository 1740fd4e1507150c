"""The crash matrix over Zalo: offices killed again and again, and what Zalo and the mail server got in the end."""

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from zalo_lives import placed

from dondoc.register import Register
from dondoc.register.connection import Sql
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo
from dondoc.use_cases.zalo_event import zalo_event
from notifications.zalo.stand_in.hooks import signed
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID, OA_ID, Taken
from notifications.zalo.webhook import HEADER

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED, EVENING = date(2022, 2, 18), datetime.combine(date(2022, 6, 29), time(16), ZONE)
MORNING = datetime.combine(date(2022, 6, 30), time(8), ZONE)
BETWEEN = timedelta(minutes=6)  # from one life that may be killed to the next: a little more than a lease
FEW = 40  # events
LIVES = 8  # of one office that may be killed
QUIET = (6, 12, 45, 51)  # minutes after those: lives that nobody kills, until every receipt's time is over
URLS = {
    "ZBS": "zalozbs://{oa}/?api={api}",
    "ZBS, webhooks": "zalozbs://{oa}/?api={api}",
    "OA": "zalooa://{oa}/?api={api}",
    "Bot": "zalobot://{bot}/?api={api}",
}
IN_LINK = re.compile(r"/viec/([0-9a-f]{32})-")
OF_NOTICES = Sql(
    "SELECT delivery, key FROM notice WHERE delivery IS NOT NULL UNION SELECT delivery, notice FROM passed_on"
)
TOLD = Sql("SELECT key FROM notice WHERE withdrawn_at IS NULL AND recipient <> '' AND moment_at > :since")


class Databases(NamedTuple):
    """Of one kind: registers in which everything until the evening before was told."""

    name: str
    fresh: Callable[[], str]
    discard: Callable[[str], None]


class Tally(NamedTuple):
    """Messages are Zalo's. `in_window`: taken by Zalo, and killed before that was written down."""

    kills: int = 0
    notices: int = 0
    lost: int = 0
    messages: int = 0
    twice: int = 0  # the same message over Zalo again
    in_window: int = 0
    by_mail_too: int = 0  # messages of which something was told by mail as well
    outside: int = 0  # of those: not in the window
    waiting: int = 0  # messages that still wait when all is over

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        return Tally(*(mine + its for mine, its in zip(self, other, strict=True)))


class Lives:
    """The process that forks lives; see zalo_lives.py."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("zalo_lives.py"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout and self.process.stdout.readline() == "ready\n"

    def live(self, **order: Any) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"kill_at": 0, "kill_after": 0.0, "policy": "ours", **order}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


class Stage(NamedTuple):
    """Everything one office's lives need. `way` is a key of URLS."""

    lives: Lives
    sample: Office
    databases: Databases
    folder: Path
    zalo: StandIn
    way: str
    policy: str = "ours"

    def at_random(self, kills: int, chance: random.Random) -> Tally:
        """Offices killed many times over, at an event or at any moment, until so many kills are done."""
        tally, events = Tally(), self._events()
        while tally.kills < kills:
            tally += self._office([self._somewhere(chance, events) for _ in range(LIVES)])
        return tally

    def _somewhere(self, chance: random.Random, events: int) -> dict[str, float]:
        """The other policies at events alone: what becomes of them must not hang on this machine's pace."""
        if self.policy != "ours" or chance.random() < 0.7:
            # A life that comes after others has little left to do: half of the places lie in its reach.
            return {"kill_at": chance.randint(1, chance.choice((events, FEW)))}
        return {"kill_after": chance.uniform(0.02, 0.4)}

    def _events(self) -> int:
        office, order = self._joined()
        events: int = self.lives.live(**order, at=MORNING.isoformat())["events"]
        self._gone(office)
        return events

    def _office(self, planned: Sequence[dict[str, float]]) -> Tally:
        office, order = self._joined()
        moments = [MORNING + n * BETWEEN for n in range(LIVES)]
        moments += [moments[-1] + timedelta(minutes=minutes) for minutes in QUIET]
        kills, window = 0, set[str]()
        for n, at in enumerate(moments):
            kill = planned[n] if n < len(planned) else {}
            killed = self.lives.live(**order, policy=self.policy, at=at.isoformat(), **kill)["killed"]
            kills += killed
            window |= self._unsettled(office) & {*map(name_of, self.zalo.world.taken)} if killed else set()
            if self.way.endswith("webhooks"):
                self._confirm(office, at)
        tally = self._tally(office, order, window)._replace(kills=kills)
        self._gone(office)
        return tally

    def _joined(self) -> tuple[Office, dict[str, Any]]:
        """An office at a fresh register, its account connected to the stand-in, and the order for its lives."""
        world, mails = self.zalo.world, self.folder / "mails"
        mails.write_text("")
        world.taken.clear()
        world.daily = world.remaining = 1_000_000  # of a quota that ends everything would go by mail
        addresses = {person: f"849{n:08d}" for n, person in enumerate(sorted(self.sample.contacts))}
        for address in addresses.values():
            world.wrote(address, "chào")
            world.wrote(address, "chào", to_bot=True)
        world.updates.clear()
        url = URLS[self.way].format(oa=OA_ID, bot=world.bot_token, api=self.zalo.url)
        order = {"register": self.databases.fresh(), "data": str(self.folder), "url": url, "addresses": addresses}
        office = placed(self.sample, order)
        keys = FirstKeys(world.app_secret, world.oa_secret, world.refresh)
        assert connect_zalo(office, OA_ID, APP_ID, keys, lambda: EVENING, api=self.zalo.url).kind == "sent"
        return office, {**order, "mails": str(mails)}

    def _gone(self, office: Office) -> None:
        office.register.close()
        self.databases.discard(office.register.url)

    def _confirm(self, office: Office, at: datetime) -> None:
        """The webhooks of everything Zalo took, as often as Zalo likes."""
        for taken in list(self.zalo.world.taken):
            message = {"msg_id": taken.id, "tracking_id": taken.tracking_id}
            raw, headers = signed(self.zalo.world, {"event_name": "user_received_message", "message": message})
            assert zalo_event(office, raw, headers[HEADER], at) in ("new", "known")

    @staticmethod
    def _unsettled(office: Office) -> set[str]:
        """Messages begun and not written down as done."""
        with office.register.reading() as book:
            return {record.delivery.id for record in book.deliveries(statuses=["ready", "sending", "retry"])}

    def _tally(self, office: Office, order: dict[str, Any], window: set[str]) -> Tally:
        notices, told = _notices(office.register)
        zalo = Counter(map(name_of, self.zalo.world.taken))
        mails = Path(order["mails"]).read_text().split()
        by_mail = set[str]().union(*(notices.get(id_, set()) for id_ in mails))
        by_zalo = set[str]().union(*(notices.get(id_, set()) for id_ in zalo))
        both = {id_ for id_ in zalo if notices.get(id_, set()) & by_mail}
        return Tally(
            notices=len(told),
            lost=len(told - by_zalo - by_mail),
            messages=len(zalo),
            twice=sum(zalo.values()) - len(zalo),
            in_window=len(window),
            by_mail_too=len(both),
            outside=len(both - window),
            waiting=len(self._unsettled(office)),
        )


def _notices(register: Register) -> tuple[dict[str, set[str]], set[str]]:
    """By message, what it told; and all that was to be told since the evening."""
    notices: dict[str, set[str]] = {}
    with register.reading() as book:
        for delivery, key in book.session.rows(OF_NOTICES):
            notices.setdefault(delivery, set()).add(key)
        since = f"{EVENING.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M}"
        return notices, {row[0] for row in book.session.rows(TOLD, since=since)}


def name_of(taken: Taken) -> str:
    """The message's id: a template's tracking_id, else as its links tell."""
    found = IN_LINK.search(json.dumps(taken.content))
    return taken.tracking_id or (found[1] if found else taken.id)


def table(rows: Sequence[tuple[str, str, str, Tally]]) -> str:
    """Markdown: database, way, policy, and what became of it."""
    head = "| register | over Zalo by | policy | kills | notices | lost | Zalo's messages | twice by Zalo "
    head += "| in the window | by mail too | of those outside the window | still waiting |"
    lines = [f"| {' | '.join((where, way, policy, *map(str, tally)))} |" for where, way, policy, tally in rows]
    return "\n".join([head, "|---|---|---|" + "---:|" * len(Tally._fields), *lines])
