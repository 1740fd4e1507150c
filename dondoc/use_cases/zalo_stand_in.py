"""A stand-in for Zalo on this machine, for trials and demos."""

from typing import NamedTuple

from dondoc.use_cases.refused import Refused
from dondoc.words import _
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID, OA_ID


class Playing(NamedTuple):
    """What one needs to connect an office on trial. These secrets are the stand-in's own, good for nothing else."""

    stand_in: StandIn
    api: str
    app_id: str
    oa_id: str
    keys: dict[str, str]
    bot_token: str


def start_stand_in(port: int, webhook: str = "") -> Playing:
    """It listens from now on; Refused where the port is taken."""
    try:
        stand_in = StandIn(port=port)
    except OSError as error:
        raise Refused(_("Không mở được cổng {port} cho bản giả lập Zalo.").format(port=port), str(error)) from error
    world = stand_in.world
    world.webhook = webhook
    keys = {"app_secret": world.app_secret, "oa_secret": world.oa_secret, "refresh_token": world.refresh}
    return Playing(stand_in, stand_in.url, APP_ID, OA_ID, keys, world.bot_token)
