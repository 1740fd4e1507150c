"""The process that runs flows: registers what stands in the flow UI, then starts each due run in a subprocess."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Mapping
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.runner import Runner

from dondoc.settings import machine_moment
from flows.abandoned import end_abandoned
from flows.deployments import Deployment, wanted_deployments
from flows.front_door import Entrance, enter, enter_with_new_definitions
from flows.registration import Registered, by_obligation, held_deployments, known, register
from flows.touchpoints import Synced, sync_touchpoints

LOG = logging.getLogger(__name__)
AT_ONCE = 2  # SQLite answers bursts with "database is locked", and an office's machine has few cores
LOOK_AGAIN = 60  # seconds between two looks for deployments that a definitions flow has added
NEAR_DAYS = 10  # touchpoints made before the house is ready; the rest of the horizon follows while it already works


async def main(ready: Path) -> None:
    """Register, catch up, run until told to stop. Schedules are left active: after a restart they go on."""
    entrance = enter_with_new_definitions()
    await end_abandoned(machine_moment(entrance.settings, entrance.at))  # one house, one runner: none is at work yet
    wanted = wanted_deployments(entrance.office, entrance.settings, entrance.at)
    registered = await register(wanted)
    runner = Runner(name="don-doc", limit=AT_ONCE, pause_on_shutdown=False, query_seconds=5)
    await _take_on(runner, wanted, registered.ids)
    near = min(NEAR_DAYS, entrance.settings.horizon_days)
    synced = await _sync(_within(entrance, near), wanted, registered)
    await _catch_up_now(registered.ids)
    ready.write_text(json.dumps({"deployments": len(registered.ids), "touchpoints": synced.made + synced.kept}))
    behind = [
        asyncio.create_task(_quietly(_sync(entrance, wanted, registered))),
        asyncio.create_task(_look_again(runner, set(registered.ids))),
    ]
    try:
        await runner.start()
    finally:
        for task in behind:
            task.cancel()


async def _quietly(work: Awaitable[object]) -> None:
    """The definitions flow does the same every quarter of an hour: a failure here is told and made good there."""
    try:
        await work
    except Exception:
        LOG.exception("will be tried again by the definitions flow")


async def _take_on(runner: Runner, wanted: list[Deployment], ids: Mapping[str, UUID]) -> None:
    for one in wanted:
        if one.full_name in ids:
            await runner.aadd_deployment(known(one, ids[one.full_name]))


def _within(entrance: Entrance, days: int) -> Entrance:
    return entrance._replace(settings=entrance.settings._replace(horizon_days=days))


async def _sync(entrance: Entrance, wanted: list[Deployment], registered: Registered) -> Synced:
    ids = by_obligation(wanted, registered)
    return await sync_touchpoints(entrance.office, entrance.settings, entrance.at, ids)


async def _catch_up_now(ids: Mapping[str, UUID]) -> None:
    sweep = next(one for name, one in ids.items() if name.startswith("catch-up/"))
    async with get_client() as client:
        await client.create_flow_run_from_deployment(sweep, name="Rà soát khi khởi động")


async def _look_again(runner: Runner, taken: set[str]) -> None:
    """A definitions flow runs in another process: what it registered is taken on here within a minute."""
    while True:
        await asyncio.sleep(LOOK_AGAIN)
        await _quietly(_take_on_new(runner, taken))


async def _take_on_new(runner: Runner, taken: set[str]) -> None:
    async with get_client() as client:
        held = await held_deployments(client)
    if new := set(held) - taken:
        entrance = enter()
        wanted = wanted_deployments(entrance.office, entrance.settings, entrance.at)
        await _take_on(runner, wanted, {name: held[name].id for name in new})
        taken |= new


if __name__ == "__main__":
    asyncio.run(main(Path(os.environ["DONDOC_READY_FILE"])))
    sys.exit(0)
