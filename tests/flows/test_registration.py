"""Deployments on the server follow the definitions: written when changed, left when not, removed when gone."""

import asyncio
from uuid import uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.responses import DeploymentResponse

from flows.deployments import TAG, Deployment, house_deployments
from flows.registration import held_deployments, register

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("prefect")]


def _held() -> dict[str, DeploymentResponse]:
    async def read() -> dict[str, DeploymentResponse]:
        async with get_client() as client:
            return await held_deployments(client)

    return asyncio.run(read())


def _one(description: str = "## Lịch") -> Deployment:
    parameters = {"plan": "kh", "obligation": "a"}
    return Deployment("check_obligation", "Báo cáo 6 tháng", description, (TAG, "mục III"), parameters, {}, "ENQUEUE")


@pytest.mark.usefixtures("prefect_api")
def test_only_what_changed_is_written_and_what_is_gone_is_removed() -> None:
    wanted = [_one(), *house_deployments(300)]
    asyncio.run(register(wanted))
    again = asyncio.run(register(wanted))
    assert (again.written, again.removed) == (0, 0)
    changed = asyncio.run(register([_one("## Lịch mới"), *house_deployments(300)]))
    assert (changed.written, changed.removed) == (1, 0)
    assert _held()["check-obligation/Báo cáo 6 tháng"].description == "## Lịch mới"
    gone = asyncio.run(register(house_deployments(300)))
    assert (gone.written, gone.removed) == (0, 1)


@pytest.mark.usefixtures("prefect_api")
def test_a_deployment_is_stored_as_stated() -> None:
    asyncio.run(register([_one(), *house_deployments(300)]))
    held = _held()
    check, sweep, deliver = (
        held[name]
        for name in ("check-obligation/Báo cáo 6 tháng", "catch-up/Rà soát toàn bộ", "deliver-messages/Gửi thông báo")
    )
    assert check.entrypoint == "flows.check_obligation.check_obligation"
    assert check.schedules == []
    assert check.concurrency_options is not None
    assert check.concurrency_options.collision_strategy.value == "ENQUEUE"
    assert check.global_concurrency_limit is not None
    assert check.global_concurrency_limit.limit == 1
    assert sweep.schedules[0].schedule.timezone == "Asia/Ho_Chi_Minh"
    assert sweep.concurrency_options is not None
    assert sweep.concurrency_options.collision_strategy.value == "CANCEL_NEW"
    assert deliver.schedules[0].schedule.interval.total_seconds() == 300


@pytest.mark.usefixtures("prefect_api")
def test_a_deployment_of_somebody_else_is_never_touched() -> None:
    async def foreign() -> None:
        async with get_client() as client:
            flow_id = await client.create_flow_from_name(f"theirs-{uuid4().hex[:6]}")
            await client.create_deployment(flow_id, "theirs", tags=["other"])

    asyncio.run(foreign())
    asyncio.run(register(house_deployments(300)))

    async def names() -> list[str]:
        async with get_client() as client:
            return [one.name for one in await client.read_deployments()]

    assert "theirs" in asyncio.run(names())
