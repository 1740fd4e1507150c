"""What goes out as a Zalo template message: an approved template's id and its parameters, frozen as JSON text."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from dondoc.core.zalo_template import FACTS_OF_A_SECRET, ZaloTemplate, ZaloTemplates
from dondoc.words import _
from dondoc.words.dates import short_date
from notifications.clean import one_line
from notifications.message import MessageContext, MessageItem
from notifications.wording import two

ABOVE = frozenset({"escalation", "approval", "gap"})  # what the reserve of the day's quota is kept for
NOTHING = "-"  # Zalo refuses an empty parameter


class Body(NamedTuple):
    """`escalates`: it may use the reserve."""

    template_id: str
    data: Mapping[str, str]
    escalates: bool = False


def zalo_body(message: MessageContext, templates: ZaloTemplates) -> str:
    """The text of a delivery for channel zalo; "" where the office has no template for such a message.

    A confidential case goes by the template named for it alone, whatever else the message tells.
    """
    template = _template(message, templates)
    if template is None:
        return ""
    facts = facts_of(message)
    if template.confidential:
        facts = {name: facts[name] for name in FACTS_OF_A_SECRET}
    # A link is only a placeholder until it is handed over, and a cut one opens nothing.
    data = {
        p.name: (facts[p.fact] if p.fact == "link" else cut(facts[p.fact], p.limit)) or NOTHING
        for p in template.parameters
    }
    return written(Body(template.id, data, any(item.kind in ABOVE for item in message.items)))


def written(body: Body) -> str:
    """One text for one body."""
    content = {"template_id": body.template_id, "template_data": dict(body.data), "escalates": body.escalates}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def read_body(text: str) -> Body | None:
    """The body in a delivery's text; None where the text is no such thing."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not found.get("template_id") or not isinstance(found.get("template_data"), dict):
        return None
    data = {str(name): str(value) for name, value in found["template_data"].items()}
    return Body(str(found["template_id"]), data, bool(found.get("escalates")))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters: whole words and "…"; a word longer than that is cut itself."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    room = line[: max(limit - 1, 0)]
    whole = room if line[len(room) : len(room) + 1] == " " else room.rpartition(" ")[0] or room
    return whole.rstrip(" ,;:-") + "…" if limit > 0 else ""


def facts_of(message: MessageContext) -> dict[str, str]:
    """Every fact a template may ask for, in words; "" where there is nothing to say."""
    first = min(message.items, key=pressing)
    several = len(message.items) > 1
    return {
        "person": message.person,
        "office": message.office,
        "title": _("{n} việc cần làm").format(n=two(len(message.items))) if several else first.name,
        "due": _due(first),
        "days": _days(first),
        "count": two(len(message.items)),
        "kind": _(KIND_WORDS.get(first.kind, "Thông báo")) if not several else _("Việc cần làm"),
        "link": first.link,
    }


KIND_WORDS: Mapping[str, str] = {
    "opened": "Việc mới",
    "reminder": "Nhắc việc",
    "due-today": "Đến hạn hôm nay",
    "overdue": "Quá hạn",
    "escalation": "Báo cáo việc quá hạn",
    "approval": "Chờ phê duyệt",
    "moved": "Thay đổi hạn",
    "returned": "Trả lại để bổ sung",
    "handover": "Bàn giao việc",
    "request": "Đề nghị chờ quyết định",
    "gap": "Chưa có người nhận việc",
}


def pressing(item: MessageItem) -> tuple[date, str, str]:
    """The order in which things are told."""
    return item.target_on or date.max, item.key, item.step_id


def _due(item: MessageItem) -> str:
    return short_date(item.last_on) if item.last_on else _("chưa xác định hạn")


def _days(item: MessageItem) -> str:
    if item.days_overdue and not item.proposed:
        return _("quá hạn {n} ngày").format(n=two(item.days_overdue))
    return _("còn {n} ngày làm việc").format(n=two(item.days_left)) if item.days_left > 0 else ""


def _template(message: MessageContext, templates: ZaloTemplates) -> ZaloTemplate | None:
    if any(item.confidential for item in message.items):
        return templates.get("confidential")
    use = "digest" if len(message.items) > 1 else message.items[0].kind
    return templates.get(use) or templates.get("default")
