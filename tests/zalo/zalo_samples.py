"""Deliveries and URLs for a stand-in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dondoc.core.delivery import Delivery
from notifications.zalo.body import Body, written
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import OA_ID

AT = datetime(2022, 6, 3, 1, 0, tzinfo=UTC)  # 08:00 at the office
PHONE = "0912 345 678"
BODY = Body("310001", {"viec": "Báo cáo định kỳ", "han": "04/6/2022"})


def message(**fields: Any) -> Delivery:
    given = Delivery(
        "0123456789abcdef0123456789abcdef",
        "can-bo",
        "zalo",
        PHONE,
        "now",
        AT.date(),
        "Đôn đốc báo cáo",
        written(BODY),
        "",
        "<x@so.example>",
        AT + timedelta(days=1),
    )
    return given._replace(**fields)


def zbs_url(zalo: StandIn, token: str = "") -> str:
    return f"zalozbs://{token or zalo.world.access}@{OA_ID}/?api={zalo.url}"


def oa_url(zalo: StandIn, token: str = "") -> str:
    return f"zalooa://{token or zalo.world.access}@{OA_ID}/?api={zalo.url}"


def bot_url(zalo: StandIn, token: str = "") -> str:
    return f"zalobot://{token or zalo.world.bot_token}/?api={zalo.url}"
