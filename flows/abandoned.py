"""Runs that nobody works on any more: what was killed in the middle would hold its deployment's only place for ever."""

from datetime import datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType, FlowRunFilterTags
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.deployments import TAG

NAME = "Dừng giữa chừng"
LONGEST = timedelta(hours=1)  # no flow of ours works this long
UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


async def end_abandoned(before: datetime) -> int:
    """End our runs whose last state was set before an instant of the machine's clock; returns how many.

    Nothing is lost by it: the register knows what is still to be done, and the next sweep does it.
    """
    ours = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[TAG]), state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED))
    )
    async with get_client() as client:
        held = await client.read_flow_runs(flow_run_filter=ours)
        left = [run for run in held if run.state and run.state.timestamp < before]
        for run in left:
            await client.set_flow_run_state(run.id, Crashed(name=NAME, message="Lượt này bị dừng khi đang chạy."))
    return len(left)
