"""How a check ends in the flow UI: the truth by name and colour, a miss apart from a crash, artifacts left behind."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterKey,
    FlowRunFilter,
    FlowRunFilterName,
    LogFilter,
    LogFilterFlowRunId,
)
from prefect.client.schemas.objects import FlowRun, Log, StateType

import flows.check_obligation as module
from dondoc.settings import Settings
from dondoc.use_cases.check_obligation import CheckReport
from dondoc.use_cases.mail_route import MailRoute
from flows.artifacts import artifact_key
from flows.front_door import Entrance

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_api")]


def _report(state: str, overdue: int = 0) -> CheckReport:
    return CheckReport("Báo cáo 6 tháng", state, overdue, "# Vì sao\n\nChưa có báo cáo.", ())


def _run(monkeypatch: pytest.MonkeyPatch, check: Callable[..., CheckReport]) -> FlowRun:
    """One real run of the flow, its use cases replaced, as the server holds it afterwards."""
    office: Any = SimpleNamespace(mail=MailRoute())
    entrance = Entrance(office, Settings(Path("/nowhere")), datetime.now(UTC))
    fakes: dict[str, Any] = {"enter": lambda: entrance, "check": check, "deliver": lambda *_, **__: None}
    for name, fake in {**fakes, "board": lambda *_: []}.items():
        monkeypatch.setattr(module, name, fake)
    name = f"lần thử {uuid4().hex[:8]}"
    flow = module.check_obligation.with_options(flow_run_name=name)
    flow("kh", "bao-cao", "kh/bao-cao/2022-H1/tdc", return_state=True)
    return asyncio.run(_read(name))


async def _read(name: str) -> FlowRun:
    async with get_client() as client:
        (run,) = await client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[name])))
    return run


def _logs(run: FlowRun) -> list[Log]:
    async def read() -> list[Log]:
        async with get_client() as client:
            return await client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.id])))

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("on-time", "Đúng hạn"),
        ("due", "Sắp đến hạn"),
        ("done", "Đã hoàn thành"),
        ("unset", "Chưa định hạn"),
        ("nothing-open", "Chưa có kỳ đang mở"),
    ],
)
def test_a_check_without_a_miss_ends_green_and_says_how_it_stands(
    monkeypatch: pytest.MonkeyPatch, state: str, name: str
) -> None:
    run = _run(monkeypatch, lambda *_, **__: _report(state))
    assert (run.state_type, run.state_name) == (StateType.COMPLETED, name)


def test_a_miss_is_red_and_named_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    run = _run(monkeypatch, lambda *_, **__: _report("overdue", 2))
    assert (run.state_type, run.state_name) == (StateType.FAILED, "Quá hạn")
    assert run.state is not None
    assert run.state.message == "Báo cáo 6 tháng: 2 kỳ quá hạn"
    assert "Traceback" not in caplog.text
    assert [log.message for log in _logs(run) if log.level >= logging.ERROR] == []


def test_a_crash_of_ours_is_told_apart_from_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: Any, **__: Any) -> CheckReport:
        raise RuntimeError("sổ theo dõi hỏng")

    run = _run(monkeypatch, crash)
    assert (run.state_type, run.state_name) == (StateType.FAILED, "Failed")


def test_the_use_case_is_told_which_occurrence_the_run_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[str, Any] = {}

    def check(_office: Any, plan: str, obligation: str, _at: datetime, **named: Any) -> CheckReport:
        heard.update(plan=plan, obligation=obligation, **named)
        return _report("done")

    _run(monkeypatch, check)
    assert heard == {"plan": "kh", "obligation": "bao-cao", "occurrence": "kh/bao-cao/2022-H1/tdc"}


def test_the_decision_is_left_as_an_artifact_of_its_obligation(monkeypatch: pytest.MonkeyPatch) -> None:
    run = _run(monkeypatch, lambda *_, **__: _report("on-time"))

    async def read() -> list[Any]:
        async with get_client() as client:
            wanted = ArtifactFilter(key=ArtifactFilterKey(any_=["kh-bao-cao", "bang-theo-doi"]))
            return list(await client.read_artifacts(artifact_filter=wanted))

    left = {one.key: one for one in asyncio.run(read()) if one.flow_run_id == run.id}
    assert set(left) == {"kh-bao-cao", "bang-theo-doi"}
    assert "Chưa có báo cáo" in left["kh-bao-cao"].data


def test_an_artifact_key_is_plain_whatever_the_obligation_is_called() -> None:
    assert artifact_key("qcdc-2022", "Đối thoại / Quý 3") == "qcdc-2022-doi-thoai-quy-3"
