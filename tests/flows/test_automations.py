"""A run of ours that failed or crashed makes one message to the administrator; a miss makes none."""

import asyncio
import time
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Crashed, Failed, Running

import flows.report_trouble as module
from dondoc.core.delivery import Delivery
from dondoc.settings import Settings
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.tell_trouble import BrokenRun, administrators, tell_trouble
from flows.artifacts import lines_of
from flows.automations import NAME, REPORTER, automation
from flows.deployments import house_deployments
from flows.front_door import Entrance
from flows.registration import register
from notifications.outcome import Outcome

PATIENCE = 60.0
ADMIN = "cv-kiem-soat-tthc"
AT = datetime(2022, 6, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return open_office(tmp_path_factory.mktemp("trouble"), definitions=(SHIPPED,), editions=False)


@pytest.fixture
def office(loaded: Office, tmp_path: Path) -> Office:
    from dondoc.register import Register

    register_ = Register(f"sqlite:///{tmp_path / 'dondoc.db'}", loaded.agency)
    register_.migrate()
    return loaded._replace(register=register_, data=tmp_path, mail=MailRoute("smtp://127.0.0.1:9", is_mailbox=True))


def letters(office: Office) -> list[Delivery]:
    with office.register.reading() as book:
        return [record.delivery for record in book.deliveries()]


def test_an_administrator_hears_once_a_day_of_a_flow_however_often_it_breaks(office: Office) -> None:
    broken = BrokenRun("deliver-messages", "Gửi thông báo", "dừng giữa chừng", "http://127.0.0.1/runs/1")
    assert [tell_trouble(office, broken, AT) for _ in range(3)] == [1, 0, 0]
    assert tell_trouble(office, broken._replace(flow="catch-up"), AT) == 1
    first, second = letters(office)
    assert {first.person, second.person} == {ADMIN}
    assert (
        first.subject == "[Chạy thử] [Sự cố] Gửi thông báo: dừng giữa chừng" and "http://127.0.0.1/runs/1" in first.text
    )
    sent: list[Delivery] = []
    deliver(office, AT, clock=lambda: AT, send=lambda one: (sent.append(one), Outcome("sent"))[1])
    assert len(sent) == 2


def test_an_office_without_an_administrator_tells_who_keeps_the_register(office: Office) -> None:
    roles = {id_: role for id_, role in office.directory.roles.items() if role.portal != "admin"}
    bare = office._replace(directory=office.directory._replace(roles=roles))
    (plan,) = list(office.plans.values())[:1]
    assert administrators(bare, plan, AT) == ["cv-theo-doi-qcdc"]


def test_the_reporter_s_own_runs_are_never_watched() -> None:
    wanted = automation(uuid4(), ["catch-up"])
    assert "report-trouble" not in str(wanted.trigger)
    assert "Quá hạn" not in str(wanted.trigger)


def test_the_board_s_rows_lead_into_the_portal_and_confidential_ones_nowhere(office: Office) -> None:
    from dondoc.use_cases.board import board
    from dondoc.use_cases.open_plan import open_plan

    open_plan(office, "qcdc-2022", AT, date(2022, 6, 1))
    rows = board(office, AT)
    lines = lines_of(rows, "http://portal.test")
    assert lines[0]["Cổng làm việc"] == f"[mở](http://portal.test/ky/{rows[0].key})"
    assert "Cổng làm việc" not in lines_of(rows)[0]


async def _held() -> list[UUID]:
    async with get_client() as client:
        return [one.id for one in await client.read_automations_by_name(NAME)]


@pytest.mark.stack
@pytest.mark.xdist_group("prefect")
@pytest.mark.usefixtures("prefect_api")
def test_there_is_one_automation_however_often_it_is_registered() -> None:
    asyncio.run(register(house_deployments(300)))
    first = asyncio.run(_held())
    asyncio.run(register(house_deployments(300)))
    assert asyncio.run(_held()) == first and len(first) == 1


async def _break(deployment: UUID, state: State, **parameters: str) -> str:
    async with get_client() as client:
        run = await client.create_flow_run_from_deployment(
            deployment, name=f"lượt {uuid4().hex[:8]}", parameters=parameters
        )
        await client.set_flow_run_state(run.id, Running(), force=True)
        await client.set_flow_run_state(run.id, state, force=True)
        return run.name


async def _reports(deployment: UUID) -> list[FlowRun]:
    async with get_client() as client:
        of = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
        return await client.read_flow_runs(deployment_filter=of)


@pytest.mark.stack
@pytest.mark.xdist_group("prefect")
@pytest.mark.usefixtures("prefect_api")
def test_a_crashed_and_a_failed_run_make_one_message_each_and_a_miss_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = asyncio.run(register(house_deployments(300))).ids
    reporter = next(id_ for name, id_ in ids.items() if name.startswith(REPORTER))
    sweep = next(id_ for name, id_ in ids.items() if name.startswith("catch-up/"))
    post = next(id_ for name, id_ in ids.items() if name.startswith("deliver-messages/"))
    asyncio.run(_break(sweep, Failed(name="Quá hạn")))  # business; the first, so that it had the most time
    names = {asyncio.run(_break(sweep, Crashed())), asyncio.run(_break(post, Failed()))}
    end = time.monotonic() + PATIENCE
    while len(reports := asyncio.run(_reports(reporter))) < 2 and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(2)  # for what should not come
    reports = asyncio.run(_reports(reporter))
    assert {run.parameters["run_name"] for run in reports} == names and len(reports) == 2
    entrance = Entrance(office, Settings(office.data), AT)
    monkeypatch.setattr(module, "enter", lambda: entrance)
    monkeypatch.setattr(module, "deliver", lambda *_, **__: None)
    for run in reports:
        module.report_trouble(**run.parameters, return_state=True)
    assert sorted(one.subject.rpartition(": ")[2] for one in letters(office)) == ["dừng giữa chừng", "lỗi khi chạy"]
    assert all(name in " ".join(one.text for one in letters(office)) for name in names)
    # A fault in the telling itself is not told, or it would go on for ever.
    asyncio.run(_break(reporter, Crashed(), run="x", run_name="x", flow_name="x", event="x"))
    time.sleep(3)
    assert len(asyncio.run(_reports(reporter))) == 3
