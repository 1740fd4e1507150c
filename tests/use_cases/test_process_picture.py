"""The picture of an obligation's process: every step, role, due and rung is in it, and Mermaid can read it."""

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from dondoc.core.plan import Obligation, Plan
from dondoc.use_cases.process_picture import fenced, process_picture
from dondoc.words import english
from dondoc.words.catalogue import read_catalogue

ROOT = Path(__file__).parents[2]
TEXT = r'"[^"#<>`]*(?:(?:<br/>|#\w+;)[^"#<>`]*)*"'
NODE = rf"(?:\[{TEXT}\]|\(\[{TEXT}\]\)|\{{\{{{TEXT}\}}\}}|\[/{TEXT}/\])(?::::\w+)?"
LINE = re.compile(
    rf"flowchart TD|\s*\w+{NODE}|\s*\w+(?:{NODE})? (?:-->|-\.-|-\. {TEXT} \.->) \w+(?:{NODE})?"
    rf"|\s*subgraph \w+\[{TEXT}\]|\s*end|\s*classDef \w+ [\w:, -]+"
)


def _writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_pictures", ROOT / "docs" / "write_pictures.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = _writer()
PLAN, DIRECTORY = WRITER.open_plan()
OBLIGATIONS = {obligation.id: obligation for obligation in PLAN.obligations}


def picture(obligation: Obligation, plan: Plan = PLAN) -> str:
    return process_picture(plan, obligation, DIRECTORY)


def test_the_page_of_pictures_is_what_make_docs_writes() -> None:
    assert WRITER.PAGE.read_text(encoding="utf-8") == WRITER.page(PLAN, DIRECTORY), "run `make docs`"


@pytest.mark.parametrize("name", OBLIGATIONS)
def test_every_line_is_one_that_mermaid_knows(name: str) -> None:
    """The lines of this shape were held against Mermaid's own parser; any other shape needs that again."""
    assert [line for line in picture(OBLIGATIONS[name]).splitlines() if not LINE.fullmatch(line)] == []


@pytest.mark.parametrize("name", OBLIGATIONS)
def test_every_arrow_joins_nodes_that_are_drawn(name: str) -> None:
    bare = re.sub(TEXT, '""', picture(OBLIGATIONS[name]))
    drawn = set(re.findall(r'(\w+)(?:\[|\(\[|\{\{|\[/)""', bare))
    arrows = re.findall(r"^\s*(\w+)\S* (?:-->|-\.-|-\. \"\" \.->) (\w+)", bare, re.MULTILINE)
    assert arrows
    assert {end for arrow in arrows for end in arrow} <= drawn


def test_every_step_and_rung_is_in_it() -> None:
    for obligation in PLAN.obligations:
        text = picture(obligation)
        for step in obligation.steps:
            assert f"s_{step.id.replace('-', '_')}" in text and step.timing.phrase in text
            for rung in step.ladder.escalate:
                assert f"quá hạn {rung.after} ngày làm việc" in text


def test_a_report_shows_its_two_steps_the_return_and_who_is_told() -> None:
    text = picture(OBLIGATIONS["bao-cao-dinh-ky"])
    assert "Nộp báo cáo<br/>đầu mối của đơn vị<br/>hạn: trước ngày 05/6 và ngày 10/11 (theo kế hoạch)" in text
    assert "s_nop --> s_tiep_nhan" in text
    assert 's_tiep_nhan -. "trả lại" .-> s_nop' in text
    assert "quá hạn 10 ngày làm việc: Giám đốc Sở, phải có người duyệt, lặp lại sau 10 ngày" in text


def test_a_due_without_a_date_says_so_and_what_is_waited_for_is_named() -> None:
    text = picture(OBLIGATIONS["bao-cao-bcd-tinh"])
    assert "chưa xác định hạn: đúng thời gian quy định" in text
    assert "Chờ xong: Báo cáo kết quả thực hiện QCDC" in text


def test_a_case_begins_with_its_event_and_a_proposed_due_is_dashed() -> None:
    assert "Mở khi: Có đơn khiếu nại, tố cáo" in picture(OBLIGATIONS["xu-ly-don-thu"])
    assert ":::proposed" in picture(OBLIGATIONS["tiep-cong-dan-dinh-ky"])
    assert "hiểu là: thứ đã nêu cuối cùng của tháng" in picture(OBLIGATIONS["tiep-cong-dan-dinh-ky"])


def test_hostile_words_of_a_definition_stay_words() -> None:
    one = OBLIGATIONS["bao-cao-dinh-ky"]
    title = 'x"] --> y["<script>alert(1)</script> #quot; `a` ]) end\n  z'
    text = picture(one._replace(steps=tuple(step._replace(title=title) for step in one.steps)))
    assert "<script>" not in text
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert fenced(text).count("```") == 2


def test_no_picture_names_a_person() -> None:
    names = {person.name for person in DIRECTORY.persons.values()} - {role.title for role in DIRECTORY.roles.values()}
    said = " ".join(picture(obligation) for obligation in PLAN.obligations)
    assert [name for name in names if f"{name}<" in said or f': {name}"' in said] == []


def test_every_word_of_the_pictures_has_its_english() -> None:
    file = ROOT / "dondoc" / "use_cases" / "process_picture.py"
    calls = [
        node.args[0].value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    ]
    own = set(read_catalogue(ROOT / "dondoc" / "words" / "locale" / "en" / "picture.po"))
    assert own <= set(calls) <= set(english())
