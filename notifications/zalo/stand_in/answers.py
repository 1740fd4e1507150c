"""What the stand-in answers: errors under HTTP 200, as Zalo's documentation says."""

import secrets
import threading
from collections.abc import Mapping
from typing import Any

from notifications.zalo.http import PREFIX
from notifications.zalo.stand_in.world import ACCESS_LIFE, APP_ID, FREE, LAST, Taken, World
from notifications.zalo.zbs import DIGITS

Json = dict[str, Any]
LONGEST = 200
_rotating = threading.Lock()


def error(code: int, message: str) -> Json:
    return {"error": code, "message": message}


def oauth(world: World, headers: Mapping[str, str], form: Mapping[str, str]) -> Json:
    """A new pair for a refresh token that was never used; `expires_in` is text."""
    if form.get("app_id") != APP_ID:
        return _refused(world, -14002, "Invalid app id")
    if headers.get("secret_key") != world.app_secret:
        return _refused(world, -14004, "Invalid secret key")
    with _rotating:
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != world.refresh:
            return _refused(world, -14014, "Invalid refresh token")
        if world.now() > world.refresh_until:
            return _refused(world, -14020, "Refresh token expired")
        world.rotate()
        return {"access_token": world.access, "refresh_token": world.refresh, "expires_in": str(ACCESS_LIFE)}


def _refused(world: World, code: int, said: str) -> Json:
    world.refused_renewals += 1
    return {"error": code, "error_name": said, "error_reason": said}


def template(world: World, headers: Mapping[str, str], body: Json) -> tuple[Json, Taken | None]:
    """A template message: token, phone, template and parameters, then the day's quota."""
    phone, data, tracking = str(body.get("phone", "")), body.get("template_data"), str(body.get("tracking_id", ""))
    problem = _token_problem(world, headers, -124) or _phone_problem(world, phone)
    problem = problem or _data_problem(world, str(body.get("template_id", "")), data)
    if problem:
        return problem, None
    if len(tracking) > 48:
        return error(-132, "tracking_id is too long"), None
    with world.changed:
        if world.remaining <= 0:
            return error(-144, "OA has reached its daily quota"), None
        world.remaining -= 1
    taken = Taken(_id(), "zbs", phone, dict(body), tracking, paid=True)
    quota = {"dailyQuota": str(world.daily), "remainingQuota": str(world.remaining)}
    sent = {"msg_id": taken.id, "sent_time": str(int(world.now() * 1000)), "quota": quota}
    return {"error": 0, "message": "Success", "data": sent}, taken


def consultation(world: World, headers: Mapping[str, str], body: Json) -> tuple[Json, Taken | None]:
    """An OA message: free for 48 hours after the user wrote, paid to the seventh day, then refused."""
    user_id = str((body.get("recipient") or {}).get("user_id", ""))
    text = str((body.get("message") or {}).get("text", ""))
    user = world.users.get(user_id)
    if problem := _token_problem(world, headers, -216):
        return problem, None
    if user is None or not user.follows:
        return error(-213, "User has not followed OA"), None
    since = world.now() - user.wrote_at if user.wrote_at is not None else LAST + 1
    if since > LAST:
        return error(-230, "User has not interacted with the OA in the past 7 days"), None
    if not text or len(text) > 2000:
        return error(-210, "Parameter exceeds the allowed limit"), None
    paid = since > FREE
    taken = Taken(_id(), "oa", user_id, dict(body), paid=paid)
    quota = {"quota_type": "sub_quota" if paid else "reply", "remain": str(world.remaining), "total": str(world.daily)}
    return {
        "error": 0,
        "message": "Success",
        "data": {"message_id": taken.id, "user_id": user_id, "quota": quota},
    }, taken


def bot(world: World, method: str, body: Json) -> tuple[Json, Taken | None]:
    """getMe, sendMessage, getUpdates; only who wrote first can be written to."""
    if method == "getMe":
        return {"ok": True, "result": {"id": "424242", "account_name": "bot.gia-lap"}}, None
    if method == "sendMessage":
        chat = str(body.get("chat_id", ""))
        if chat not in world.chats:
            return {"ok": False, "error_code": 403, "description": "chat not found"}, None
        taken = Taken(_id(), "bot", chat, dict(body))
        return {"ok": True, "result": {"message_id": taken.id, "date": int(world.now() * 1000)}}, taken
    if method == "getUpdates":
        return _updates(world, float(str(body.get("timeout", "0")) or 0)), None
    return {"ok": False, "error_code": 404, "description": "no such method"}, None


def _updates(world: World, wait: float) -> Json:
    with world.changed:
        world.changed.wait_for(lambda: bool(world.updates), min(wait, 60))
        if not world.updates:
            return {"ok": False, "error_code": 408, "description": "Request timeout"}
        return {"ok": True, "result": world.updates.popleft()}


def _token_problem(world: World, headers: Mapping[str, str], code: int) -> Json | None:
    good = headers.get("access_token") == world.access and world.now() < world.access_until
    return None if good else error(code, "Access token is invalid")


def _phone_problem(world: World, phone: str) -> Json | None:
    if not DIGITS.fullmatch(phone) or not phone.startswith("84"):
        return error(-108, "Phone number is invalid")
    if phone in world.without_zalo:
        return error(-118, "Zalo account not existed")
    return error(-119, "Account can not receive message") if phone in world.refusing else None


def _data_problem(world: World, template_id: str, data: Any) -> Json | None:
    known = world.templates
    if not template_id or (known is not None and template_id not in known):
        return error(-109, "Template ID is invalid")
    if not isinstance(data, dict) or not data:
        return error(-111, "Template data is empty")
    limits = known[template_id] if known is not None else dict.fromkeys(data, LONGEST)
    if set(data) != set(limits):
        return error(-132, "Template parameters do not fit the template")
    wrong = [name for name, value in data.items() if not isinstance(value, str) or not 0 < len(value) <= limits[name]]
    return error(-132, f"Parameter {wrong[0]} is empty or too long") if wrong else None


def _id() -> str:
    return f"{PREFIX}{secrets.token_hex(8)}"
