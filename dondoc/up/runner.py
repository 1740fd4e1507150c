"""The process that runs flows: registers what stands in the flow UI, then starts each due run in a subprocess."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.runner import Runner

from flows.deployments import Deployment, wanted_deployments
from flows.front_door import Entrance, enter
from flows.registration import held_deployments, prepare, remove_unwanted
from flows.sync_definitions import obligation_key
from flows.touchpoints import sync_touchpoints

AT_ONCE = 2  # SQLite answers bursts with "database is locked", and an office's machine has few cores
LOOK_AGAIN = 60  # seconds between two looks for deployments that a definitions flow has added


async def main(ready: Path) -> None:
    """Register, catch up, run until told to stop. Schedules are left active: after a restart they go on."""
    entrance = enter()
    wanted = wanted_deployments(entrance.office, entrance.settings, entrance.at)
    runner = Runner(name="don-doc", limit=AT_ONCE, pause_on_shutdown=False, query_seconds=5)
    ids = await _take_on(runner, wanted, tidy=True)
    synced = await _sync(entrance, wanted, ids)
    await _catch_up_now(ids)
    ready.write_text(json.dumps({"deployments": len(ids), "touchpoints": synced}), encoding="utf-8")
    looking = asyncio.create_task(_look_again(runner, set(ids)))
    try:
        await runner.start()
    finally:
        looking.cancel()


async def _take_on(runner: Runner, wanted: Sequence[Deployment], *, tidy: bool) -> dict[str, UUID]:
    """Have the runner poll for these deployments, writing those that changed; full name to id."""
    async with get_client() as client:
        held = await held_deployments(client)
        if tidy:
            await remove_unwanted(client, held, {one.full_name: one for one in wanted})
    return {one.full_name: await runner.aadd_deployment(prepare(one, held.get(one.full_name), "")) for one in wanted}


async def _sync(entrance: Entrance, wanted: Sequence[Deployment], ids: dict[str, UUID]) -> int:
    own = {key: ids[one.full_name] for one in wanted if (key := obligation_key(one))}
    synced = await sync_touchpoints(entrance.office, entrance.settings, entrance.at, own)
    return synced.made + synced.kept


async def _catch_up_now(ids: dict[str, UUID]) -> None:
    sweep = next(one for name, one in ids.items() if name.startswith("catch-up/"))
    async with get_client() as client:
        await client.create_flow_run_from_deployment(sweep, name="Rà soát khi khởi động")


async def _look_again(runner: Runner, known: set[str]) -> None:
    """A definitions flow runs in another process: what it registered is taken on here within a minute."""
    while True:
        await asyncio.sleep(LOOK_AGAIN)
        async with get_client() as client:
            names = set(await held_deployments(client))
        if names != known:
            entrance = enter()
            wanted = wanted_deployments(entrance.office, entrance.settings, entrance.at)
            await _take_on(runner, wanted, tidy=False)
            known = names


if __name__ == "__main__":
    asyncio.run(main(Path(os.environ["DONDOC_READY_FILE"])))
    sys.exit(0)
