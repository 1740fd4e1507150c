"""A small office to write plans for."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from definitions.calendar import working_calendar
from definitions.load_plan import load_plan
from definitions.organisation import load_organisation
from definitions.problem import DefinitionError, Problem
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.plan import Plan

ROOT = Path(__file__).parents[2]
OVERLAY = ROOT / "definitions" / "calendar" / "vn.yaml"

ORGANISATION = """
units:
  - {id: van-phong, name: Văn phòng Sở, short: VP, head: chanh-van-phong, focal: van-phong}
  - {id: chi-cuc-tdc, name: Chi cục TĐC, short: CC TĐC, head: chi-cuc-truong-tdc, focal: dau-moi-tdc}
  - {id: trung-tam-khcn, name: Trung tâm KH&CN, short: TT, head: giam-doc-trung-tam, focal: dau-moi-trung-tam}
roles:
  - {id: van-phong, title: Cán bộ theo dõi, unit: van-phong, holders: [{person: can-bo-vp}]}
  - {id: chanh-van-phong, title: Chánh Văn phòng, unit: van-phong}
  - {id: pho-giam-doc, title: Phó Giám đốc, leadership: true}
  - {id: thanh-tra, title: Thanh tra, unit: van-phong}
  - {id: chi-cuc-truong-tdc, title: Chi cục trưởng, unit: chi-cuc-tdc}
  - {id: dau-moi-tdc, title: Đầu mối Chi cục, unit: chi-cuc-tdc}
  - {id: giam-doc-trung-tam, title: Giám đốc Trung tâm, unit: trung-tam-khcn}
  - {id: dau-moi-trung-tam, title: Đầu mối Trung tâm, unit: trung-tam-khcn}
persons:
  - {id: can-bo-vp, name: Cán bộ theo dõi Văn phòng, unit: van-phong}
"""

PLAN = """
plan: thu-nghiem
title: Kế hoạch thử nghiệm
document: {number: "01/KH", date: "2022-02-18", agency: so-khcn}
year: 2022
valid: {from: "2022-02-18", to: "2022-12-31"}
office: van-phong
office-head: chanh-van-phong
legal-bases:
  - {id: nd-04-2015, title: Nghị định, number: 04/2015/NĐ-CP, to: "2023-06-30", replaced-by: Luật 10/2022/QH15}
ladders:
  don-vi:
    remind: [0, 1, 3]
    escalate: [{after: 1, to: unit.head}, {after: 3, to: chanh-van-phong}, {after: 5, to: pho-giam-doc}]
"""

REPORT = """
- id: bao-cao
  title: Báo cáo định kỳ
  cites: [{at: "III, gạch đầu dòng 4", quote: "báo cáo … trước ngày 05/6 và ngày 10/11 của năm"}]
  due: trước ngày 05/6 và ngày 10/11
  periods: [6 tháng đầu năm, năm]
  each: [chi-cuc-tdc, trung-tam-khcn]
  by: unit.focal
  ladder: don-vi
  expect: {targets: ["2022-06-03", "2022-11-09"], last: ["2022-06-04", "2022-11-09"]}
"""


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    """Vietnam, 2021 to 2027, with the shipped overlay."""
    return working_calendar(2021, 2027, OVERLAY)


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    folder = tmp_path_factory.mktemp("office")
    (folder / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    return load_organisation(folder).directory


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan folder from the text of its one section file, and of plan.yaml where it differs."""

    def write(section: str = REPORT, plan: str = PLAN, folder: str = "ke-hoach") -> Path:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        (place / "plan.yaml").write_text(dedent(plan), encoding="utf-8")
        if section:
            (place / "III.yaml").write_text(dedent(section), encoding="utf-8")
        return place

    return write


@pytest.fixture
def loaded(written: Callable[..., Path], calendar: WorkingCalendar, directory: Directory) -> Callable[..., Plan]:
    """Loads a plan from the text of its section."""

    def load(section: str = REPORT, plan: str = PLAN) -> Plan:
        return load_plan(written(section, plan), calendar, directory)

    return load


@pytest.fixture
def problems(loaded: Callable[..., Plan]) -> Callable[..., list[Problem]]:
    """The problems with which a plan is refused."""

    def refused(section: str = REPORT, plan: str = PLAN) -> list[Problem]:
        with pytest.raises(DefinitionError) as caught:
            loaded(section, plan)
        return list(caught.value.problems)

    return refused


@pytest.fixture
def plan_text() -> str:
    return PLAN


@pytest.fixture
def report_text() -> str:
    return REPORT


@pytest.fixture
def organisation_text() -> str:
    return ORGANISATION
