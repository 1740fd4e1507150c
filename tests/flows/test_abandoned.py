"""A run killed in the middle holds its deployment's only place until somebody ends it."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.states import Pending, Running

from flows.abandoned import NAME, end_abandoned
from flows.deployments import TAG, Deployment
from flows.registration import register

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("prefect")]


@pytest.fixture
def deployment_id(prefect_api: str) -> UUID:
    deployment = Deployment("deliver_messages", f"Gửi {uuid4().hex[:8]}", "", (TAG,), {}, {}, "CANCEL_NEW")
    return asyncio.run(register([deployment])).ids[deployment.full_name]


async def _started(deployment_id: UUID) -> tuple[UUID, str]:
    """A run that a worker takes: PENDING asks for the place, and only then is it RUNNING."""
    async with get_client() as client:
        run = await client.create_flow_run_from_deployment(deployment_id, tags=[TAG])
        taken = await client.set_flow_run_state(run.id, Pending())
        if taken.state and taken.state.is_pending():
            taken = await client.set_flow_run_state(run.id, Running())
        return run.id, taken.state.type.value if taken.state else ""


async def _state_name(run_id: UUID) -> str | None:
    async with get_client() as client:
        run = await client.read_flow_run(run_id)
        return run.state.name if run.state else None


def test_a_killed_run_keeps_all_later_ones_out_until_it_is_ended(deployment_id: UUID) -> None:
    killed, state = asyncio.run(_started(deployment_id))
    assert state == "RUNNING"
    assert asyncio.run(_started(deployment_id))[1] == "CANCELLED"

    assert asyncio.run(end_abandoned(datetime.now(UTC))) >= 1
    assert asyncio.run(_state_name(killed)) == NAME
    assert asyncio.run(_started(deployment_id))[1] == "RUNNING"


def test_a_run_that_may_still_be_at_work_is_left_alone(deployment_id: UUID) -> None:
    working, _ = asyncio.run(_started(deployment_id))
    asyncio.run(end_abandoned(datetime.now(UTC) - timedelta(hours=1)))
    assert asyncio.run(_state_name(working)) == "Running"
