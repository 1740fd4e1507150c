"""The sweep: whatever time has touched and no run has dealt with, at start and every hour."""

import asyncio
import os
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from dondoc.settings import machine_moment
from dondoc.use_cases.anchor_journal import anchor_journal
from dondoc.use_cases.board import board
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.heartbeat import heartbeat
from dondoc.use_cases.sweep import SweepReport, lost_key, note_duration, sweep
from flows.abandoned import LONGEST, end_abandoned
from flows.artifacts import leave_board
from flows.front_door import Entrance, enter


@flow(flow_run_name="Rà soát toàn bộ")
def catch_up() -> State[Any]:
    """Open what is to be opened, check what is due, send; runs lost while the machine was off are made good here."""
    with heartbeat(os.environ):
        report = _look_after(enter())
    return Completed(name="Đang giữ thư" if report.held else "Đã rà soát", message=_counts(report))


def _look_after(entrance: Entrance) -> SweepReport:
    report = sweep(entrance.office, entrance.at)
    note_duration(entrance.office, (entrance.clock() - entrance.at).total_seconds())
    anchor_journal(entrance.office, entrance.at)
    deliver(entrance.office, entrance.at, clock=entrance.clock)
    leave_board(board(entrance.office, entrance.at), entrance.office.mail.portal_url)
    asyncio.run(end_abandoned(machine_moment(entrance.settings, entrance.at) - LONGEST))
    return report


def _counts(report: SweepReport) -> str:
    counts = f"mở {report.opened} kỳ, kiểm tra {report.checked}, báo {report.told}, thiếu người nhận {report.gaps}"
    held = "đang giữ thư chờ Văn phòng cho gửi" if report.held else ""
    return ", ".join(filter(None, [counts, held, lost_key(report.unreadable)]))
