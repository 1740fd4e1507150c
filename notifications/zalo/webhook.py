"""What Zalo tells by webhook: signed, repeated until it is answered, and not always in order."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

HEADER = "X-ZEvent-Signature"
EventKind = Literal["delivered", "wrote", "followed", "unfollowed", "other"]
KINDS: dict[str, EventKind] = {
    "user_received_message": "delivered",
    "follow": "followed",
    "unfollow": "unfollowed",
}


class ZaloEvent(NamedTuple):
    """`id` is the same for every repetition. `tracking_id` names a delivery of ours, or is ""."""

    id: str
    kind: EventKind
    name: str
    app_id: str
    oa_id: str
    user_id: str = ""
    tracking_id: str = ""
    message_id: str = ""
    at: datetime = datetime.min.replace(tzinfo=UTC)


def signature(app_id: str, raw: bytes, timestamp: str, secret: str) -> str:
    """SHA-256 of application, body as it came, timestamp and the account's secret, in hexadecimal."""
    return hashlib.sha256(app_id.encode() + raw + timestamp.encode() + secret.encode()).hexdigest()


def is_signed(raw: bytes, given: str, app_id: str, secret: str) -> bool:
    """Whether `given` (with or without "mac=") is right for this body; takes as long for a near miss as for any."""
    data = _object(raw)
    timestamp = str(data.get("timestamp", "")) if data else ""
    right = signature(app_id, raw, timestamp, secret)
    told = given.strip().lower().removeprefix("mac=")
    same = hmac.compare_digest(right.encode(), told.encode("utf-8", "replace"))
    return bool(data and timestamp and secret and data.get("app_id", app_id) == app_id and same)


def read_event(raw: bytes) -> ZaloEvent | None:
    """The event in a body; None where it is none of Zalo's."""
    data = _object(raw)
    if not data or not isinstance(data.get("event_name"), str):
        return None
    name = data["event_name"]
    kind: EventKind = "wrote" if name.startswith("user_send_") else KINDS.get(name, "other")
    message = _part(data, "message")
    tracking = message.get("tracking_id") or data.get("tracking_id") or ""
    oa_id, user_id = _parties(data, kind)
    parts = [name, str(data.get("app_id", "")), oa_id, user_id, message.get("msg_id", ""), data.get("timestamp", "")]
    id_ = hashlib.sha256("\0".join(map(str, [*parts, tracking])).encode("utf-8", "replace")).hexdigest()[:32]
    app_id, message_id = str(data.get("app_id", "")), str(message.get("msg_id", ""))
    return ZaloEvent(id_, kind, name, app_id, oa_id, user_id, str(tracking), message_id, _moment(data))


def _parties(data: dict[str, Any], kind: EventKind) -> tuple[str, str]:
    """Account and user. Who a message's receipt comes from is told in two ways: by oa_id where it is given."""
    sender, recipient = str(_part(data, "sender").get("id", "")), str(_part(data, "recipient").get("id", ""))
    follower = str(_part(data, "follower").get("id", ""))
    if follower:
        return str(data.get("oa_id", "")), follower
    if kind == "wrote":
        return recipient, sender
    return str(data.get("oa_id", "")) or sender, recipient


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _moment(data: dict[str, Any]) -> datetime:
    """Zalo writes milliseconds since 1970 as text; what cannot be read is the beginning of time."""
    try:
        return datetime.fromtimestamp(int(str(data.get("timestamp"))) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.min.replace(tzinfo=UTC)
