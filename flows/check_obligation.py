"""The generic flow behind every obligation's deployment: check it, send what became due, say how it stands."""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from dondoc.use_cases.board import board
from dondoc.use_cases.check_obligation import check_obligation as check
from dondoc.use_cases.deliver import deliver
from flows.artifacts import leave_board, leave_decision
from flows.front_door import enter
from flows.states import end_state, redden_when_overdue, summary


# No flow_run_name: it would overwrite the name people read in the Upcoming tab.
@flow(on_completion=[redden_when_overdue])
def check_obligation(plan: str, obligation: str, occurrence: str = "") -> State[Any]:
    """Check every open occurrence of one obligation. `occurrence` says which one this touchpoint stands for.

    Level-triggered: a late, early or double run ends in the same register as one on time.
    """
    entrance = enter()
    report = check(entrance.office, plan, obligation, entrance.at, occurrence=occurrence)
    deliver(entrance.office, entrance.at, clock=entrance.clock)
    leave_decision(plan, obligation, report.markdown, summary(report))
    leave_board(board(entrance.office, entrance.at), entrance.office.mail.portal_url)
    return end_state(report)
