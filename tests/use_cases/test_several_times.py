"""An act asked for several times in a period: each answer counts, and who is told is told how many are missing."""

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from office_samples import ZONE

from dondoc.core.occurrence import StepState
from dondoc.use_cases.act import Act
from dondoc.use_cases.board import board
from dondoc.use_cases.message_of import rendered_notices
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import sweep

PLAN = """
plan: ke-hoach
title: Kế hoạch thử nghiệm
document: {number: "01/KH", date: "2022-02-18", agency: so-khcn}
year: 2022
valid: {from: "2022-02-18", to: "2022-12-31"}
office: van-phong
office-head: chanh-van-phong
ladders:
  don-vi: {remind: [3, 0], escalate: [{after: 1, to: unit.head}]}
"""
TWICE = """
- id: hoi-nghi
  title: Họp giao ban dân chủ
  cites: [{at: "II.1", quote: "ít nhất hai lần trong năm"}]
  due: ít nhất hai lần trong năm
  by: van-phong
  ask: Đề nghị tổ chức họp và ghi biên bản.
  ladder: don-vi
  evidence: [document-number]
"""
KEY = "ke-hoach/hoi-nghi/2022/van-phong"


def at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime.combine(date(2022, month, day), time(hour), ZONE).astimezone(UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "own" / "ke-hoach"
    folder.mkdir(parents=True)
    for name in ("organisation.yaml", "contacts.example.yaml"):
        shutil.copy(SHIPPED / name, folder.parent / name.replace(".example", ""))
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "II.yaml").write_text(TWICE, encoding="utf-8")
    made = open_office(tmp_path / "data", definitions=(folder.parent,), editions=False)
    made.register.migrate()
    open_plan(made, "ke-hoach", at(2, 18))
    return made


def hold(office: Office, number: str, month: int, day: int) -> None:
    act = Act("van-phong", "cli", date(2022, month, day))
    submit(office, KEY, Evidence(number=number), act, at(month, day, 10))


def step(office: Office) -> StepState:
    with office.register.reading() as book:
        return gather_one(office, book, KEY).occurrence.steps[0]


def label(office: Office, month: int, day: int) -> str:
    return next(row.label for row in board(office, at(month, day, 12)) if row.key == KEY)


def test_one_of_two_acts_leaves_the_duty_open_and_says_so(office: Office) -> None:
    hold(office, "01/BB", 5, 10)
    assert (step(office).status, step(office).left) == ("open", 1)
    assert label(office, 5, 11).endswith("· 1/2")


def test_the_second_act_closes_it_and_a_third_is_refused(office: Office) -> None:
    hold(office, "01/BB", 5, 10)
    hold(office, "02/BB", 11, 8)
    assert (step(office).status, step(office).done_on) == ("done", date(2022, 11, 8))
    with pytest.raises(Refused, match="đã hoàn thành"):
        hold(office, "03/BB", 11, 9)


def test_the_reminder_counts_what_is_missing(office: Office) -> None:
    hold(office, "01/BB", 5, 10)
    told = [notice for notice in sweep(office, at(12, 27)).notices if notice.occurrence == KEY]
    (_notice, letter) = next(rendered_notices(office, told, at(12, 27)))
    assert "còn thiếu 1 lần" in letter.text


def test_the_last_act_decides_whether_the_duty_was_in_time(office: Office) -> None:
    hold(office, "01/BB", 5, 10)
    act = Act("van-phong", "cli", date(2023, 1, 3))
    submit(office, KEY, Evidence(number="02/BB"), act, datetime(2023, 1, 3, 3, tzinfo=UTC))
    row = next(r for r in board(office, datetime(2023, 1, 4, 5, tzinfo=UTC)) if r.key == KEY)
    assert (row.timeliness, row.original, row.days) == ("done-late", "done-late", 3)


def test_a_duty_half_done_is_overdue_after_its_year(office: Office) -> None:
    hold(office, "01/BB", 5, 10)
    row = next(r for r in board(office, datetime(2023, 1, 4, 5, tzinfo=UTC)) if r.key == KEY)
    assert (row.timeliness, row.original) == ("overdue", "overdue")


def test_a_returned_act_is_asked_for_once_more(office: Office) -> None:
    hold(office, "01/BB", 5, 10)
    hold(office, "02/BB", 11, 8)
    return_step(office, KEY, "thiếu biên bản", Act("chanh-van-phong", "cli", date(2022, 11, 9)), at(11, 9))
    assert step(office).status in ("open", "returned")
    hold(office, "02/BB", 11, 10)
    assert step(office).status == "done"
