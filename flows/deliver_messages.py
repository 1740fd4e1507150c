"""The outbox's own round: what was recorded between checks, and what a mail server refused for a while."""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.deliver import DeliveryReport, deliver
from dondoc.use_cases.take_bounces import Bounces, take_bounces
from dondoc.use_cases.zalo_token import keep_tokens
from flows.artifacts import leave_call_list
from flows.front_door import enter


@flow(flow_run_name="Gửi thông báo")
def deliver_messages() -> State[Any]:
    """Send what waits. The outbox is the only owner of retries, so this flow has none."""
    entrance = enter()
    bounces = take_bounces(entrance.office, entrance.at)
    report = deliver(entrance.office, entrance.at, clock=entrance.clock)
    if report.dead:
        leave_call_list(call_list(entrance.office, entrance.at))
    # Every round and not only with a message: an account nobody writes by for three months would be lost.
    troubles = keep_tokens(entrance.office, entrance.clock)
    return Completed(name=_name(report), message=" · ".join([_counts(report), *_bounced(bounces), *troubles]))


def _bounced(bounces: Bounces) -> list[str]:
    counted = [f"bị trả lại: {bounces.bounced}"] if bounces.bounced else []
    return [*counted, *filter(None, [bounces.trouble])]


def _name(report: DeliveryReport) -> str:
    if report.held or report.waiting:
        return "Đang giữ thư"
    if report.permanent or report.dead:
        return "Có thư không gửi được"
    return "Đã gửi" if report.sent else "Không có thư chờ"


def _counts(report: DeliveryReport) -> str:
    words = {
        "sent": "đã gửi",
        "temporary": "sẽ gửi lại",
        "permanent": "không gửi được",
        "unknown": "chưa rõ kết quả",
        "withdrawn": "đã thu hồi",
        "dead": "cần gọi điện",
    }
    counted = [f"{words[name]}: {count}" for name, count in report._asdict().items() if name in words and count]
    return " · ".join(filter(None, [report.waiting, *counted])) or "không có thư chờ"
