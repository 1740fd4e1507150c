"""The stand-in's webhooks: signed as Zalo signs them, repeated until they are answered with 200."""

import json
import secrets
import threading
import time
from typing import Any

import requests

from notifications.zalo.http import MARKER, PREFIX, own_api
from notifications.zalo.stand_in.world import APP_ID, OA_ID, Taken, World
from notifications.zalo.webhook import HEADER, signature

PAUSES = (0.0, 0.2, 0.5, 1.0)  # seconds before each try; Zalo's own are up to an hour
ANSWERING = 2.0  # seconds, as Zalo waits


def tell_received(world: World, taken: Taken) -> None:
    """A template message reached its phone."""
    if taken.channel == "zbs":
        message = {"msg_id": taken.id, "tracking_id": taken.tracking_id, "delivery_time": _millis(world)}
        parties = {"sender": {"id": OA_ID}, "recipient": {"id": taken.to}}
        _send(world, {"event_name": "user_received_message", "message": message, **parties})


def tell_wrote(world: World, user_id: str, text: str) -> None:
    """A user wrote to the account."""
    message = {"msg_id": f"{PREFIX}{secrets.token_hex(8)}", "text": text}
    parties = {"sender": {"id": user_id}, "recipient": {"id": OA_ID}}
    _send(world, {"event_name": "user_send_text", "message": message, **parties})


def tell_left(world: World, user_id: str) -> None:
    """A user follows the account no more."""
    if user_id in world.users:
        world.users[user_id].follows = False
    _send(world, {"event_name": "unfollow", "oa_id": OA_ID, "follower": {"id": user_id}})


def signed(world: World, event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """Body and headers of one event."""
    timestamp = _millis(world)
    raw = json.dumps({"app_id": APP_ID, **event, "timestamp": timestamp}, ensure_ascii=False).encode()
    mac = signature(APP_ID, raw, timestamp, world.oa_secret)
    return raw, {HEADER: f"mac={mac}", MARKER: "1", "Content-Type": "application/json"}


def _millis(world: World) -> str:
    return str(int(world.now() * 1000))


def _send(world: World, event: dict[str, Any]) -> None:
    if world.webhook:
        own_api(world.webhook)  # never off this machine
        raw, headers = signed(world, event)
        threading.Thread(target=_deliver, args=(world, raw, headers), daemon=True).start()


def _deliver(world: World, raw: bytes, headers: dict[str, str]) -> None:
    time.sleep(world.webhook_delay)
    for pause in PAUSES:
        time.sleep(pause)
        try:
            session = requests.Session()
            session.trust_env = False
            status = session.post(world.webhook, data=raw, headers=headers, timeout=ANSWERING).status_code
        except requests.RequestException:
            status = 0
        world.webhook_answers.append(status)
        if status == 200:
            return
