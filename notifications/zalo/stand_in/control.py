"""How a demo or a test of another process plays with the stand-in: /stand-in/… is no part of Zalo."""

from typing import Any

from notifications.zalo.stand_in.hooks import tell_wrote
from notifications.zalo.stand_in.world import World

Json = dict[str, Any]


def control(world: World, path: str, body: Json) -> tuple[int, Any]:
    """HTTP status and answer of one order."""
    order = path.removeprefix("/stand-in/")
    if order == "messages":
        return 200, [taken._asdict() for taken in world.taken]
    if order == "state":
        return 200, _state(world)
    if order == "faults":
        with world.changed:
            world.faults.extend(map(str, body.get("faults", [])))
    elif order == "wrote":
        user, text = str(body.get("user_id", "")), str(body.get("text", ""))
        world.wrote(user, text, to_bot=bool(body.get("to_bot")), name=str(body.get("name", "")))
        if not body.get("to_bot"):
            tell_wrote(world, user, text)
    elif order == "set":
        _set(world, body)
    else:
        return 404, {"message": "Đây là bản giả lập Zalo của Đôn Đốc (a stand-in, not Zalo)."}
    return 200, _state(world)


def _set(world: World, body: Json) -> None:
    with world.changed:
        world.shift = float(body.get("shift", world.shift))
        world.daily = int(body.get("daily", world.daily))
        world.remaining = int(body.get("remaining", world.remaining))
        world.webhook = str(body.get("webhook", world.webhook))
        world.without_zalo |= set(map(str, body.get("without_zalo", [])))
        world.refusing |= set(map(str, body.get("refusing", [])))


def _state(world: World) -> Json:
    return {
        "stand_in": True,
        "taken": len(world.taken),
        "rotations": world.rotations,
        "remaining": world.remaining,
        "webhook": world.webhook,
        "webhook_answers": list(world.webhook_answers),
    }
