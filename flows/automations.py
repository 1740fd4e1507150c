"""What the Prefect server does by itself: a run of ours that failed or crashed starts the flow that tells of it.

A miss ("Quá hạn") is business: its state has another name, so no trigger here ever matches it.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

NAME = "Đôn Đốc: báo quản trị khi một lượt chạy hỏng"
REPORTER = "report-trouble/"  # the flow that tells; its own runs are not watched, or a fault in it would go on for ever
BROKEN = ("prefect.flow-run.Failed", "prefect.flow-run.Crashed")


async def keep_automation(client: PrefectClient, ids: Mapping[str, UUID]) -> bool:
    """Whether it was written: not where it stands as wanted. `ids` are our deployments' by full name."""
    reporter = next((id_ for name, id_ in ids.items() if name.startswith(REPORTER)), None)
    if reporter is None:
        return False
    wanted = automation(reporter, sorted({name.partition("/")[0] for name in ids if not name.startswith(REPORTER)}))
    held = await client.read_automations_by_name(NAME)
    for twin in held[1:]:
        await client.delete_automation(twin.id)
    if not held:
        await client.create_automation(wanted)
    elif _stated(held[0]) != _stated(wanted):
        await client.update_automation(held[0].id, wanted)
    else:
        return False
    return True


def automation(reporter: UUID, flows: list[str]) -> AutomationCore:
    """For runs of these flows; each broken run once."""
    return AutomationCore(
        name=NAME,
        description="Chỉ sự cố kỹ thuật (Failed, Crashed); việc quá hạn không báo ở đây.",
        trigger=EventTrigger(
            expect=set(BROKEN),
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification({"prefect.resource.role": "flow", "prefect.resource.name": flows}),
            for_each={"prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[
            RunDeployment(
                source="selected",
                deployment_id=reporter,
                job_variables=None,
                parameters={
                    "run": "{{ event.resource.id }}",
                    "run_name": "{{ event.resource.name }}",
                    "flow_name": "{{ flow.name }}",
                    "event": "{{ event.event }}",
                },
            )
        ],
    )


def _stated(one: AutomationCore) -> object:
    """What we state of it; the server adds ids of its own."""
    trigger = one.trigger
    assert isinstance(trigger, EventTrigger)
    said = trigger.model_dump(mode="json", include={"expect", "match", "match_related", "for_each", "threshold"})
    said = {name: sorted(value) if isinstance(value, list) else value for name, value in said.items()}
    actions = [
        action.model_dump(mode="json", include={"type", "deployment_id", "parameters"}) for action in one.actions
    ]
    return one.description, one.enabled, said, actions
