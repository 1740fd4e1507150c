"""`dondoc check --json`: every mistake at once, each with the place, what was expected and what to do."""

import json
import shutil
from pathlib import Path

import pytest

from dondoc.cli.failures import WRONG, run
from dondoc.cli.program import program

ROOT = Path(__file__).parents[2]
SECTION = """- id: bao-cao
  title: Báo cáo
  titel: hai lần
  kind: calender
  due: trước ngày 31/02
  by: khong-co
  ladder: don-vi
- id: bao-cao-2
  title: Tiếp dân
  due: thứ 5 của tuần cuối tháng
  by: van-phong
  ladder: don-vj
"""
PLAN = """plan: hong
title: Kế hoạch hỏng
document: {number: "01/KH", date: "2022-02-18"}
year: 2022
valid: {from: "2022-02-18", to: "2022-12-31"}
office: van-phonk
ladders: {don-vi: {remind: [0], escalate: [{after: 1, to: unit.head}]}}
"""


@pytest.fixture
def problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    (tmp_path / "hong").mkdir()
    shutil.copy(ROOT / "definitions" / "organisation.yaml", tmp_path)
    (tmp_path / "hong" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "hong" / "III.yaml").write_text(SECTION, encoding="utf-8")
    arguments = ["check", "hong", "--json", "--definitions", str(tmp_path), "--data", str(tmp_path / "data")]
    assert run(program, arguments) == WRONG
    return list(json.loads(capsys.readouterr().out)["problems"])


def test_many_mistakes_are_told_at_once(problems):
    told = {(problem["file"], problem["line"], problem["path"]) for problem in problems}
    assert {
        ("hong/plan.yaml", 6, "office"),
        ("hong/III.yaml", 3, "[1].titel"),
        ("hong/III.yaml", 4, "[1].kind"),
        ("hong/III.yaml", 10, "[2].due"),
        ("hong/III.yaml", 12, "[2].ladder"),
    } <= told


def test_each_names_column_finding_and_expectation(problems):
    for problem in problems:
        assert isinstance(problem["column"], int) and problem["column"] >= 1
        assert problem["found"] and problem["expected"]


def test_a_near_word_is_suggested(problems):
    hints = {problem["path"]: problem["hint"] for problem in problems}
    assert "van-phong" in str(hints["office"])
    assert "title" in str(hints["[1].titel"])
    assert "calendar" in str(hints["[1].kind"])
    assert "don-vi" in str(hints["[2].ladder"])
    assert "last-week" in str(hints["[2].due"])
