"""How a check ends in the flow UI: a miss is red and says so, and stays apart from a crash of ours."""

from typing import Any

from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow
from prefect.states import Completed, Failed

from dondoc.use_cases.check_obligation import CheckReport

OVERDUE = "Quá hạn"
# Technical alarms match Prefect's own names Failed and Crashed only; none of these is one of them.
NAMES = {
    "on-time": "Đúng hạn",
    "due": "Sắp đến hạn",
    "overdue": OVERDUE,
    "past-proposed": "Quá ngày đề xuất",  # nobody has decided that due yet: told, and no miss
    "done": "Đã hoàn thành",
    "unset": "Chưa định hạn",
    "nothing-open": "Chưa có kỳ đang mở",
}


def end_state(report: CheckReport) -> State[Any]:
    """The state a check's flow returns; a state the register knows and we do not is shown by its own name."""
    return Completed(name=NAMES.get(report.state, report.state), message=summary(report))


def summary(report: CheckReport) -> str:
    """One line for the run's page."""
    if report.overdue:
        return f"{report.name}: {report.overdue} kỳ quá hạn"
    return report.name


def redden_when_overdue(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Completion hook: turn a miss red. Returning Failed from the flow would log a traceback as if we had crashed."""
    if state.name != OVERDUE:
        return
    from prefect.client.orchestration import get_client  # only a run that ends in a miss pays for a client of its own

    with get_client(sync_client=True) as client:
        client.set_flow_run_state(flow_run.id, Failed(name=OVERDUE, message=state.message), force=True)
