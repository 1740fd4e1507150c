"""A run of ours failed or crashed: the administrators hear of it. Started by an automation, never by a schedule."""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed
from prefect.utilities.urls import url_for

from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.tell_trouble import BrokenRun, tell_trouble
from flows.front_door import enter

RESOURCE = "prefect.flow-run."
STATES = {f"{RESOURCE}Failed": "lỗi khi chạy", f"{RESOURCE}Crashed": "dừng giữa chừng"}


@flow(flow_run_name="Báo sự cố: {run_name}")
def report_trouble(run: str, run_name: str, flow_name: str, event: str) -> State[Any]:
    """`run` is the resource id of the broken run and `event` what Prefect says of it."""
    entrance = enter()
    link = url_for("flow-run", obj_id=run.removeprefix(RESOURCE)) or ""
    broken = BrokenRun(flow_name, run_name, STATES.get(event, event), link)
    made = tell_trouble(entrance.office, broken, entrance.at)
    deliver(entrance.office, entrance.at, clock=entrance.clock)
    return Completed(name="Đã báo quản trị" if made else "Đã báo từ trước", message=f"{run_name}: {broken.state}")
