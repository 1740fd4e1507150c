"""Definitions changed on disk: the deployments and their touchpoints follow."""

import asyncio
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow
from prefect.states import Completed, Failed

from dondoc.settings import machine_moment
from dondoc.use_cases.load_plans import DefinitionError
from dondoc.use_cases.sweep import sweep
from flows.abandoned import LONGEST, end_abandoned
from flows.deployments import wanted_deployments
from flows.front_door import Entrance, enter_with_new_definitions
from flows.registration import Registered, by_obligation, register
from flows.touchpoints import Synced, sync_touchpoints

BROKEN = "Định nghĩa có lỗi"


def redden_when_broken(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Completion hook: a person's mistake in a file is red, and no traceback of ours."""
    if state.name == BROKEN:
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(flow_run.id, Failed(name=BROKEN, message=state.message), force=True)


@flow(flow_run_name="Cập nhật định nghĩa", on_completion=[redden_when_broken])
def sync_definitions() -> State[Any]:
    """Register what changed and move the scheduled runs; broken definitions leave everything as it was."""
    try:
        entrance = enter_with_new_definitions()
    except DefinitionError as broken:
        return _refuse(broken)
    sweep(entrance.office, entrance.at)  # what a new definition opens is to have its touchpoints now, not in an hour
    registered, synced = asyncio.run(synchronise(entrance))
    changed = registered.written or registered.removed or synced.made or synced.removed
    return Completed(name="Đã cập nhật" if changed else "Không thay đổi", message=_counts(registered, synced))


def _refuse(broken: DefinitionError) -> State[Any]:
    lines = [f"- {line}" for line in str(broken).splitlines()]
    told = ["# Định nghĩa có lỗi", "", "Chưa nạp gì; những gì đang chạy vẫn chạy theo bản cũ.", "", *lines]
    create_markdown_artifact(key="dinh-nghia-co-loi", markdown="\n".join(told), description=BROKEN)
    return Completed(name=BROKEN, message=f"{len(lines)} lỗi: xem báo cáo kèm theo. Các bản đang chạy vẫn giữ nguyên.")


async def synchronise(entrance: Entrance) -> tuple[Registered, Synced]:
    """One pass over deployments and touchpoints; a place that a killed run still holds is freed."""
    await end_abandoned(machine_moment(entrance.settings, entrance.at) - LONGEST)
    wanted = wanted_deployments(entrance.office, entrance.settings, entrance.at)
    registered = await register(wanted)
    ids = by_obligation(wanted, registered)
    return registered, await sync_touchpoints(entrance.office, entrance.settings, entrance.at, ids)


def _counts(registered: Registered, synced: Synced) -> str:
    return (
        f"triển khai: ghi {registered.written}, bỏ {registered.removed}; "
        f"điểm nhắc: thêm {synced.made}, bỏ {synced.removed}, giữ {synced.kept}"
    )
