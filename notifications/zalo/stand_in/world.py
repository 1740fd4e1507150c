"""What the stand-in knows: one account, its tokens, its users, and every message it took."""

import secrets
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

APP_ID, OA_ID = "1000000001", "2000000002"
DAY = 86_400.0
FREE, LAST = 2 * DAY, 7 * DAY  # seconds after the user's last message: free, paid, then refused
ACCESS_LIFE, REFRESH_LIFE = 25 * 3600, 90 * DAY


class Taken(NamedTuple):
    """A message that was accepted, whatever the sender was told."""

    id: str
    channel: str  # zbs · oa · bot
    to: str
    content: Mapping[str, object]
    tracking_id: str = ""
    paid: bool = False


@dataclass
class User:
    """`wrote_at` is when they last wrote to the account, in the stand-in's own seconds."""

    name: str = ""
    wrote_at: float | None = None
    follows: bool = True


@dataclass
class World:
    """`faults` are used up one a message call: "slow:2", "drop-before", "drop-after", "http:502", "error:-144"."""

    app_secret: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    oa_secret: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    bot_token: str = field(default_factory=lambda: f"424242:{secrets.token_urlsafe(16)}")
    access: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    refresh: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    access_until: float = 0.0
    refresh_until: float = 0.0
    used: set[str] = field(default_factory=set)  # refresh tokens taken once
    rotations: int = 0
    refused_renewals: int = 0
    shift: float = 0.0  # seconds added to the clock, so that windows can be tried
    templates: dict[str, dict[str, int]] | None = None  # id → parameter → longest; None takes any template
    daily: int = 500
    remaining: int = 500
    users: dict[str, User] = field(default_factory=dict)  # of this account, by user_id
    chats: dict[str, User] = field(default_factory=dict)  # of the bot, by chat_id
    updates: deque[dict[str, object]] = field(default_factory=deque)
    without_zalo: set[str] = field(default_factory=set)  # phones
    refusing: set[str] = field(default_factory=set)  # phones
    taken: list[Taken] = field(default_factory=list)
    faults: deque[str] = field(default_factory=deque)
    webhook: str = ""
    webhook_delay: float = 0.0
    webhook_answers: list[int] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.access_until, self.refresh_until = self.now() + ACCESS_LIFE, self.now() + REFRESH_LIFE

    def now(self) -> float:
        return time.time() + self.shift

    def next_fault(self) -> str:
        """The fault of the next message call, "" where it goes well."""
        with self.changed:
            return self.faults.popleft() if self.faults else ""

    def rotate(self) -> None:
        """A new pair; the refresh token given for it is used up, and the old access token is not taken any more."""
        self.used.add(self.refresh)
        self.access, self.refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.access_until, self.refresh_until = self.now() + ACCESS_LIFE, self.now() + REFRESH_LIFE
        self.rotations += 1

    def take(self, taken: Taken) -> None:
        with self.changed:
            self.taken.append(taken)
            self.changed.notify_all()

    def wrote(self, user_id: str, text: str, *, to_bot: bool = False, name: str = "") -> None:
        """Somebody writes to the account, or to the bot."""
        with self.changed:
            users = self.chats if to_bot else self.users
            user = users.setdefault(user_id, User(name))
            user.wrote_at = self.now()
            if to_bot:
                message = {"message_id": secrets.token_hex(8), "chat": {"id": user_id}, "text": text}
                message["from"] = {"id": user_id, "display_name": user.name}
                self.updates.append({"event_name": "message.text.received", "message": message})
            self.changed.notify_all()
