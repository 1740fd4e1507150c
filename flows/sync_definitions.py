"""Definitions changed on disk: the deployments and their touchpoints follow."""

import asyncio
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.deployments import Deployment, wanted_deployments
from flows.front_door import Entrance, enter
from flows.registration import Registered, register
from flows.touchpoints import Synced, sync_touchpoints


@flow(flow_run_name="Cập nhật định nghĩa")
def sync_definitions() -> State[Any]:
    """Register what changed and move the scheduled runs; broken definitions leave everything as it was."""
    registered, synced = asyncio.run(synchronise(enter()))
    changed = registered.written or registered.removed or synced.made or synced.removed
    return Completed(name="Đã cập nhật" if changed else "Không thay đổi", message=_counts(registered, synced))


async def synchronise(entrance: Entrance) -> tuple[Registered, Synced]:
    """One pass over deployments and touchpoints."""
    wanted = wanted_deployments(entrance.office, entrance.settings, entrance.at)
    registered = await register(wanted)
    ids = {key: registered.ids[one.full_name] for one in wanted if (key := obligation_key(one))}
    return registered, await sync_touchpoints(entrance.office, entrance.settings, entrance.at, ids)


def obligation_key(deployment: Deployment) -> str:
    """ "plan/obligation" of an obligation's deployment, "" for the house's own."""
    parameters = deployment.parameters
    return f"{parameters['plan']}/{parameters['obligation']}" if parameters else ""


def _counts(registered: Registered, synced: Synced) -> str:
    return (
        f"triển khai: ghi {registered.written}, bỏ {registered.removed}; "
        f"điểm nhắc: thêm {synced.made}, bỏ {synced.removed}, giữ {synced.kept}"
    )
