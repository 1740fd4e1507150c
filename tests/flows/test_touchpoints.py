"""Prefect's scheduled runs follow the touchpoints asked for: made, moved, removed, never doubled."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.objects import FlowRun

import flows.touchpoints
from dondoc.settings import Settings
from dondoc.use_cases.desired_touchpoints import Touchpoint
from flows.deployments import TAG, Deployment
from flows.registration import register
from flows.touchpoints import APART, FIRST, SPREAD, TOUCHPOINT, Synced, stagger, sync_touchpoints

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("prefect")]

AT = datetime.now(UTC).replace(microsecond=0)
SETTINGS = Settings(Path("/nowhere"))


def _point(
    key: str, *, days: float = 3, name: str = "Báo cáo 6 tháng · Chi cục TĐC · còn 7 ngày làm việc"
) -> Touchpoint:
    return Touchpoint(key, "kh", "bao-cao", f"kh/bao-cao/{key}", name, AT + timedelta(days=days), ("mục III",))


def _deployment(name: str) -> Deployment:
    parameters = {"plan": "kh", "obligation": "bao-cao"}
    return Deployment("check_obligation", name, "Lịch", (TAG, "mục III"), parameters, {}, "ENQUEUE")


@pytest.fixture
def deployment_id(prefect_api: str) -> UUID:
    """A deployment of its own for each test, so that no test sees another's runs."""
    deployment = _deployment(f"Báo cáo {uuid4().hex[:8]}")
    return asyncio.run(register([deployment])).ids[deployment.full_name]


def _sync(monkeypatch: pytest.MonkeyPatch, points: Sequence[Touchpoint], deployment_id: UUID) -> Synced:
    def desired(_office: Any, at: datetime, until: datetime) -> list[Touchpoint]:
        return [point for point in points if at < point.at <= until]

    monkeypatch.setattr(flows.touchpoints, "desired_touchpoints", desired)
    office: Any = None
    return asyncio.run(sync_touchpoints(office, SETTINGS, AT, {"kh/bao-cao": deployment_id}))


def _runs(deployment_id: UUID) -> list[FlowRun]:
    async def read() -> list[FlowRun]:
        async with get_client() as client:
            ours = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]))
            return await client.read_flow_runs(flow_run_filter=ours)

    return sorted(asyncio.run(read()), key=lambda run: run.expected_start_time or AT)


def test_a_touchpoint_stands_in_the_upcoming_tab_under_its_own_name(
    monkeypatch: pytest.MonkeyPatch, deployment_id: UUID
) -> None:
    point = _point(uuid4().hex)
    _sync(monkeypatch, [point], deployment_id)
    (run,) = _runs(deployment_id)
    assert run.name == point.name
    assert run.expected_start_time == point.at + FIRST
    assert run.parameters == {"plan": "kh", "obligation": "bao-cao", "occurrence": point.occurrence}
    assert {TAG, TOUCHPOINT, "mục III"} <= set(run.tags)


def test_syncing_twice_makes_no_second_run(monkeypatch: pytest.MonkeyPatch, deployment_id: UUID) -> None:
    points = [_point(uuid4().hex), _point(uuid4().hex)]
    assert _sync(monkeypatch, points, deployment_id)[:2] == (2, 0)
    first = {run.id for run in _runs(deployment_id)}
    assert _sync(monkeypatch, points, deployment_id) == Synced(made=0, removed=0, kept=2)
    assert {run.id for run in _runs(deployment_id)} == first
    _sync(monkeypatch, [], deployment_id)


def test_a_moved_due_reschedules_its_run(monkeypatch: pytest.MonkeyPatch, deployment_id: UUID) -> None:
    key = uuid4().hex
    _sync(monkeypatch, [_point(f"{key}/2022-06-04/-7")], deployment_id)
    moved = _point(f"{key}/2022-06-11/-7", days=10)
    assert _sync(monkeypatch, [moved], deployment_id) == Synced(made=1, removed=1, kept=0)
    (run,) = _runs(deployment_id)
    assert run.expected_start_time == moved.at + FIRST
    _sync(monkeypatch, [], deployment_id)


def test_a_moment_that_changed_under_the_same_key_moves_too(
    monkeypatch: pytest.MonkeyPatch, deployment_id: UUID
) -> None:
    key = uuid4().hex
    _sync(monkeypatch, [_point(key)], deployment_id)
    _sync(monkeypatch, [_point(key, days=4)], deployment_id)
    (run,) = _runs(deployment_id)
    assert run.expected_start_time == AT + timedelta(days=4) + FIRST
    _sync(monkeypatch, [], deployment_id)


def test_an_answered_touchpoint_disappears(monkeypatch: pytest.MonkeyPatch, deployment_id: UUID) -> None:
    _sync(monkeypatch, [_point(uuid4().hex)], deployment_id)
    assert _sync(monkeypatch, [], deployment_id) == Synced(made=0, removed=1, kept=0)
    assert _runs(deployment_id) == []


def test_what_lies_beyond_the_horizon_is_not_made_yet(monkeypatch: pytest.MonkeyPatch, deployment_id: UUID) -> None:
    inside = _point(uuid4().hex, days=SETTINGS.horizon_days)
    outside = _point(uuid4().hex, days=SETTINGS.horizon_days + 0.01)
    assert _sync(monkeypatch, [inside, outside], deployment_id)[0] == 1
    _sync(monkeypatch, [], deployment_id)


def test_a_nearer_pass_leaves_runs_beyond_its_horizon_alone(
    monkeypatch: pytest.MonkeyPatch, deployment_id: UUID
) -> None:
    far = _point(uuid4().hex, days=50)
    _sync(monkeypatch, [far], deployment_id)
    office: Any = None
    near = SETTINGS._replace(horizon_days=10)
    asyncio.run(sync_touchpoints(office, near, AT, {"kh/bao-cao": deployment_id}))
    assert len(_runs(deployment_id)) == 1
    _sync(monkeypatch, [], deployment_id)


def test_a_touchpoint_without_a_deployment_is_left_to_the_sweep(
    monkeypatch: pytest.MonkeyPatch, deployment_id: UUID
) -> None:
    other = _point(uuid4().hex)._replace(obligation="bao-mat")
    assert _sync(monkeypatch, [other], deployment_id) == Synced(0, 0, 0)


def test_more_runs_than_a_page_holds_are_all_seen(monkeypatch: pytest.MonkeyPatch, deployment_id: UUID) -> None:
    monkeypatch.setattr(flows.touchpoints, "_PAGE", 3)
    points = [_point(uuid4().hex, days=2 + n / 1000) for n in range(7)]
    _sync(monkeypatch, points, deployment_id)
    assert _sync(monkeypatch, points, deployment_id) == Synced(made=0, removed=0, kept=7)
    assert _sync(monkeypatch, [], deployment_id) == Synced(made=0, removed=7, kept=0)


def test_touchpoints_of_one_instant_leave_one_after_another_and_never_early() -> None:
    wanted = stagger([_point("c"), _point("a"), _point("b")], SETTINGS)
    assert [one.touchpoint.key for one in wanted] == ["a", "b", "c"]
    assert [one.start_at - one.moment_at for one in wanted] == [FIRST, FIRST + APART, FIRST + 2 * APART]


def test_however_many_share_an_instant_none_waits_longer_than_the_spread() -> None:
    wanted = stagger([_point(f"{n:04d}") for n in range(1000)], SETTINGS)
    assert max(one.start_at - one.moment_at for one in wanted) < SPREAD + FIRST
