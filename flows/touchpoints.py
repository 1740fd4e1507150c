"""Keeping Prefect's scheduled runs equal to the touchpoints the register asks for."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Scheduled

from dondoc.settings import Settings, machine_moment
from dondoc.use_cases.desired_touchpoints import Touchpoint, desired_touchpoints
from dondoc.use_cases.office import Office
from flows.deployments import TAG

TOUCHPOINT = "điểm nhắc"
# A run may start half a second before its time and would then find nothing due (measured on Prefect 3.8).
FIRST = timedelta(seconds=2)
# Many touchpoints share 08:00; a run costs about two CPU seconds, so they leave one after another.
APART = timedelta(seconds=4)
SPREAD = timedelta(minutes=15)
_PAGE = 200


class Wanted(NamedTuple):
    """One run to be: `start_at` by the machine's clock, `moment_at` the unstaggered one it stands for."""

    touchpoint: Touchpoint
    moment_at: datetime
    start_at: datetime


class Synced(NamedTuple):
    made: int
    removed: int
    kept: int


def stagger(touchpoints: Iterable[Touchpoint], settings: Settings) -> list[Wanted]:
    """Touchpoints of one instant start a few seconds apart, in the order of their keys."""
    ordered = sorted(touchpoints, key=lambda point: (point.at, point.key))
    wanted = []
    for at, same in groupby(ordered, key=lambda point: point.at):
        moment_at = machine_moment(settings, at)
        for rank, point in enumerate(same):
            delay = FIRST + (rank * APART) % SPREAD
            wanted.append(Wanted(point, moment_at, moment_at + delay))
    return wanted


async def sync_touchpoints(office: Office, settings: Settings, at: datetime, ids: Mapping[str, UUID]) -> Synced:
    """Make the runs that are missing, delete those whose due moved or was answered; twice is as good as once.

    `ids` maps "plan/obligation" to its deployment; a touchpoint without one is left to the hourly sweep.
    Runs whose time has come are left alone: a late one does no harm, the register decides what it says. So are runs
    beyond the horizon, which a nearer pass knows nothing about.
    """
    until = at + timedelta(days=settings.horizon_days)
    points = [one for one in desired_touchpoints(office, at, until) if f"{one.plan}/{one.obligation}" in ids]
    wanted = {one.touchpoint.key: one for one in stagger(points, settings)}
    async with get_client() as client:
        held = await _scheduled(client, machine_moment(settings, at), machine_moment(settings, until) + SPREAD + FIRST)
        stale = [run for run in held if not _holds(run, wanted)]
        for run in stale:
            with suppress(ObjectNotFound):  # another pass at the same time was first
                await client.delete_flow_run(run.id)
        standing = {run.idempotency_key for run in held} - {run.idempotency_key for run in stale}
        missing = [one for key, one in wanted.items() if key not in standing]
        for one in missing:
            await _make(client, one, ids[f"{one.touchpoint.plan}/{one.touchpoint.obligation}"])
    return Synced(len(missing), len(stale), len(standing))


async def _scheduled(client: PrefectClient, after: datetime, before: datetime) -> Sequence[FlowRun]:
    ours = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[TAG, TOUCHPOINT]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"after_": after, "before_": before}),
    )
    found: list[FlowRun] = []
    while True:
        page = await client.read_flow_runs(
            flow_run_filter=ours, sort=FlowRunSort.ID_DESC, limit=_PAGE, offset=len(found)
        )
        found += page
        if len(page) < _PAGE:
            return found


def _holds(run: FlowRun, wanted: Mapping[str, Wanted]) -> bool:
    one = wanted.get(run.idempotency_key or "")
    start_at = run.next_scheduled_start_time or run.expected_start_time
    if one is None or start_at is None or run.name != one.touchpoint.name:
        return False
    return one.moment_at <= start_at < one.moment_at + SPREAD + FIRST


async def _make(client: PrefectClient, wanted: Wanted, deployment: UUID) -> None:
    point = wanted.touchpoint
    await client.create_flow_run_from_deployment(
        deployment,
        name=point.name,
        state=Scheduled(scheduled_time=wanted.start_at),
        idempotency_key=point.key,
        tags=[TAG, TOUCHPOINT, *point.tags],
        parameters={"plan": point.plan, "obligation": point.obligation, "occurrence": point.occurrence},
    )
