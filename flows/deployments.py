"""What stands in the flow UI, as plain values: one deployment an obligation, and the house's own."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from dondoc.settings import Settings
from dondoc.use_cases.describe_deployments import DeploymentText, describe_deployments
from dondoc.use_cases.office import Office

TAG = "don-doc"  # every deployment of ours carries it; what does not is not ours to touch
ZONE = "Asia/Ho_Chi_Minh"
Collision = Literal["ENQUEUE", "CANCEL_NEW"]


class Deployment(NamedTuple):
    """One deployment, as `dondoc up` registers it and as prefect.yaml states it."""

    flow: str  # module under flows/, and the flow function in it
    name: str
    description: str
    tags: tuple[str, ...]
    parameters: Mapping[str, str]
    schedule: Mapping[str, Any]  # cron or interval, with its time zone; empty where runs are made one by one
    collision: Collision

    @property
    def entrypoint(self) -> str:
        return f"flows.{self.flow}.{self.flow}"

    @property
    def flow_name(self) -> str:
        return self.flow.replace("_", "-")

    @property
    def full_name(self) -> str:
        return f"{self.flow_name}/{self.name}"

    @property
    def version(self) -> str:
        """A digest of all that is registered, by which a change is noticed."""
        stated = json.dumps(self._asdict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(stated.encode()).hexdigest()[:12]


def wanted_deployments(office: Office, settings: Settings, at: datetime) -> list[Deployment]:
    """All deployments this office should have at `at`; two obligations of one name are an error of ours."""
    own = [_of_obligation(text) for text in describe_deployments(office, at)]
    wanted = own + house_deployments(settings.deliver_every)
    _refuse_twins(wanted)
    return wanted


def _of_obligation(text: DeploymentText) -> Deployment:
    # Each run names another occurrence, so a second one waits its turn: cancelling it would leave one unchecked.
    return Deployment(
        flow="check_obligation",
        name=text.name.replace("/", "·").replace("%", "‰"),
        description=text.description_markdown,
        tags=(TAG, *text.tags),
        parameters={"plan": text.plan, "obligation": text.obligation},
        schedule={},
        collision="ENQUEUE",
    )


def house_deployments(deliver_every: int) -> list[Deployment]:
    """The flows no obligation owns; two rounds of one of them do the same work, so the later one is dropped."""
    minutes: Mapping[str, Any] = {"interval": deliver_every, "timezone": ZONE}
    rows: tuple[tuple[str, str, Mapping[str, Any], str], ...] = (
        ("deliver_messages", "Gửi thông báo", minutes, "Gửi những thông báo đang chờ trong hộp thư đi."),
        (
            "catch_up",
            "Rà soát toàn bộ",
            _cron("5 * * * *"),
            "Rà soát mọi nghĩa vụ đến hạn kiểm tra, kể cả sau khi máy dừng.",
        ),
        (
            "sync_definitions",
            "Cập nhật định nghĩa",
            _cron("*/15 * * * *"),
            "Nạp lại định nghĩa khi có thay đổi, xếp lại lịch kiểm tra.",
        ),
    )
    house = [
        Deployment(flow, name, text, (TAG, "hệ thống"), {}, schedule, "CANCEL_NEW")
        for flow, name, schedule, text in rows
    ]
    told = "Báo quản trị khi một lượt chạy hỏng vì lỗi kỹ thuật; việc quá hạn không báo ở đây."
    # Each run tells of another broken one: a second waits its turn.
    return [Deployment("report_trouble", "Báo sự cố", told, (TAG, "hệ thống"), {}, {}, "ENQUEUE"), *house]


def _cron(expression: str) -> Mapping[str, Any]:
    return {"cron": expression, "timezone": ZONE}


def _refuse_twins(deployments: Iterable[Deployment]) -> None:
    seen: set[str] = set()
    for deployment in deployments:
        if deployment.full_name in seen:
            raise ValueError(f"two deployments are named {deployment.full_name!r}: the second would replace the first")
        seen.add(deployment.full_name)
