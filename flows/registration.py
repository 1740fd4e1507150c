"""Keeping the deployments a Prefect server holds equal to those wanted: only what changed is written."""

from collections.abc import Iterable, Mapping, Sequence, Set
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.utilities.callables import parameter_schema

from flows.automations import keep_automation
from flows.deployments import TAG, Deployment

REGISTRAR = "sync-definitions/"
_PAGE = 200  # the server's own limit


class Registered(NamedTuple):
    """Deployment ids by full name, and how many were written anew or taken away."""

    ids: Mapping[str, UUID]
    written: int
    removed: int


def by_obligation(wanted: Iterable[Deployment], registered: Registered) -> dict[str, UUID]:
    """Deployment ids by "plan/obligation"; the house's own flows have none."""
    own = (one for one in wanted if one.parameters)
    return {f"{one.parameters['plan']}/{one.parameters['obligation']}": registered.ids[one.full_name] for one in own}


class KnownDeployment(RunnerDeployment):
    """A deployment the server already holds: a runner that takes it on need not send it again."""

    held: UUID

    async def aapply(self, *_: Any, **__: Any) -> UUID:
        return self.held


def known(wanted: Deployment, held: UUID) -> KnownDeployment:
    """What a runner is given to poll for."""
    return KnownDeployment(name=wanted.name, flow_name=wanted.flow_name, entrypoint=wanted.entrypoint, held=held)


async def held_deployments(client: PrefectClient) -> dict[str, DeploymentResponse]:
    """Every deployment of ours on the server, by full name."""
    flows = {flow.id: flow.name for flow in await client.read_flows()}
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    found: list[DeploymentResponse] = []
    while len(page := await client.read_deployments(deployment_filter=ours, limit=_PAGE, offset=len(found))) == _PAGE:
        found += page
    return {f"{flows.get(one.flow_id, '')}/{one.name}": one for one in [*found, *page]}


async def register(wanted: Sequence[Deployment]) -> Registered:
    """Write what changed and take away what is wanted no more; runs already made keep their history.

    New deployments go where the one that registers runs itself: a work pool, or the runner of `dondoc up`.
    """
    async with get_client() as client:
        held = await held_deployments(client)
        work_pool = next((one.work_pool_name or "" for name, one in held.items() if name.startswith(REGISTRAR)), "")
        same = {one.full_name: held[one.full_name].id for one in wanted if _holds(held, one)}
        changed = [one for one in wanted if one.full_name not in same]
        flow_ids = await _flow_ids(client, changed)
        written = {one.full_name: await _write(client, one, flow_ids[one.flow_name], work_pool) for one in changed}
        removed = await _remove_unwanted(client, held, {one.full_name for one in wanted})
        await keep_automation(client, same | written)
    return Registered(same | written, len(written), removed)


def _holds(held: Mapping[str, DeploymentResponse], wanted: Deployment) -> bool:
    return wanted.full_name in held and held[wanted.full_name].version == wanted.version


async def _flow_ids(client: PrefectClient, wanted: Iterable[Deployment]) -> dict[str, UUID]:
    names = sorted({one.flow_name for one in wanted})
    return {name: await client.create_flow_from_name(name) for name in names}


async def _write(client: PrefectClient, wanted: Deployment, flow_id: UUID, work_pool: str) -> UUID:
    """One request where RunnerDeployment.apply makes four: sixty obligations are registered while somebody waits."""
    flow = getattr(import_module(f"flows.{wanted.flow}"), wanted.flow)
    pooled: dict[str, Any] = {"work_pool_name": work_pool, "pull_steps": []} if work_pool else {}
    return await client.create_deployment(
        flow_id,
        wanted.name,
        version=wanted.version,
        schedules=_schedules(wanted.schedule),
        concurrency_limit=1,
        concurrency_options=ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy(wanted.collision)),
        parameters=dict(wanted.parameters),
        description=wanted.description,
        tags=list(wanted.tags),
        entrypoint=wanted.entrypoint,
        parameter_openapi_schema=parameter_schema(flow).model_dump(exclude_unset=True),
        enforce_parameter_schema=True,
        **pooled,
    )


def _schedules(stated: Mapping[str, Any]) -> list[DeploymentScheduleCreate]:
    if not stated:
        return []
    schedule = CronSchedule(**stated) if "cron" in stated else IntervalSchedule(**stated)
    return [DeploymentScheduleCreate(schedule=schedule, active=True)]


async def _remove_unwanted(client: PrefectClient, held: Mapping[str, DeploymentResponse], wanted: Set[str]) -> int:
    """Delete our deployments that nobody wants any more; their scheduled runs go with them."""
    gone = [one for name, one in held.items() if name not in wanted]
    for one in gone:
        await client.delete_deployment(one.id)
    return len(gone)
