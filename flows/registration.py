"""Keeping the deployments a Prefect server holds equal to those wanted: only what changed is written."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import EntrypointType

from flows.deployments import TAG, Deployment

REGISTRAR = "sync-definitions/"
_PAGE = 200  # the server's own limit


class Registered(NamedTuple):
    """Deployment ids by full name, and how many were written anew or taken away."""

    ids: Mapping[str, UUID]
    written: int
    removed: int


class KeptDeployment(RunnerDeployment):
    """A deployment that is not sent again while the server holds it at the same version."""

    held: UUID | None = None

    async def aapply(self, *args: Any, **kwargs: Any) -> UUID:
        return self.held or await super().aapply(*args, **kwargs)


def prepare(wanted: Deployment, held: DeploymentResponse | None, work_pool: str) -> KeptDeployment:
    """What a runner or the API is given for one deployment; `work_pool` "" is the runner of `dondoc up`."""
    flow = getattr(import_module(f"flows.{wanted.flow}"), wanted.flow)
    prepared = KeptDeployment.from_flow(
        flow,
        name=wanted.name,
        description=wanted.description,
        tags=list(wanted.tags),
        parameters=dict(wanted.parameters),
        schedule=_schedule(wanted.schedule),
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy(wanted.collision)
        ),
        version=wanted.version,
        work_pool_name=work_pool or None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    same_place = held is not None and (held.work_pool_name or "") == work_pool
    if held is not None and held.version == wanted.version and same_place:
        prepared.held = held.id
    return prepared


def _schedule(stated: Mapping[str, Any]) -> CronSchedule | IntervalSchedule | None:
    if "cron" in stated:
        return CronSchedule(**stated)
    return IntervalSchedule(**stated) if stated else None


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
        prepared = {one.full_name: prepare(one, held.get(one.full_name), work_pool) for one in wanted}
        ids = {name: await one.aapply() for name, one in prepared.items()}
        removed = await remove_unwanted(client, held, prepared)
    return Registered(ids, sum(one.held is None for one in prepared.values()), removed)


async def remove_unwanted(
    client: PrefectClient, held: Mapping[str, DeploymentResponse], wanted: Mapping[str, Any]
) -> int:
    """Delete our deployments that nobody wants any more; their scheduled runs go with them."""
    gone = [one for name, one in held.items() if name not in wanted]
    for one in gone:
        await client.delete_deployment(one.id)
    return len(gone)
