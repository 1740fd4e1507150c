"""Deliveries and URLs for a stand-in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from definitions.contacts import Contact
from dondoc.core.delivery import Delivery
from dondoc.register import Register
from dondoc.register.sealed import Sealer
from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo
from notifications.zalo.body import Body, written
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID, OA_ID

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


def small_office(register_url: str, data: Path) -> Office:
    """An office with one person and without plans: all that Zalo needs of one. Its days are UTC's."""
    nothing: Any = None
    contacts = {
        "can-bo": Contact(zalo=PHONE),
        "truong-phong": Contact(zalo=PHONE, email="x@so.example"),
    }
    return Office(Register(register_url), {}, nothing, nothing, contacts, "so-khcn", (), data, Sealer(data))


def keys_of(zalo: StandIn) -> FirstKeys:
    return FirstKeys(zalo.world.app_secret, zalo.world.oa_secret, zalo.world.refresh)


def account_url(zalo: StandIn, schema: str = "zalozbs") -> str:
    """The office's own account, its token left to the register."""
    return f"{schema}://{OA_ID}/?api={zalo.url}"


def connected(office: Office, zalo: StandIn, at: datetime = AT, **more: Any) -> None:
    """The office's account at the stand-in, its tokens renewed once."""
    assert connect_zalo(office, OA_ID, APP_ID, keys_of(zalo), lambda: at, api=zalo.url, **more).kind == "sent"
