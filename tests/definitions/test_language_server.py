"""The editor's side of the language: the real yaml-language-server completes, explains and refuses with our schema."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from language_server import Editor

from definitions.write_schema import FOLDER, schema_texts

ROOT = Path(__file__).parents[2]
SERVER = ROOT / ".tools" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SECTION = """# yaml-language-server: $schema=../schema.json
- id: bao-cao
  titel: Báo cáo
  title: Báo cáo
  kind: calender
  due: trước ngày 05/6
  steps:
    - {id: nop, title: Nộp, evidens: []}
"""


@pytest.fixture(scope="module")
def editor(need_tool: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    node = need_tool("node")
    need_tool("yaml-language-server (npm install --prefix .tools)", os.fspath(SERVER))
    root = tmp_path_factory.mktemp("workspace")
    for name in schema_texts():
        shutil.copy(FOLDER / name, root / name)
    (root / "ke-hoach").mkdir()
    editor = Editor(node, SERVER, root)
    yield editor
    editor.close()


def written(editor: Editor, name: str, text: str) -> Path:
    file = editor.root / "ke-hoach" / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_broken_section_is_marked_at_each_of_its_mistakes(editor: Editor) -> None:
    marked = editor.open(written(editor, "III.yaml", SECTION))
    lines = {problem["range"]["start"]["line"]: problem["message"] for problem in marked}
    assert "titel" in lines[2]
    assert "acknowledgement" in lines[4]
    assert "evidens" in lines[7]


def test_a_broken_plan_is_marked_for_what_is_missing_and_what_is_unknown(editor: Editor) -> None:
    file = written(editor, "plan.yaml", "# yaml-language-server: $schema=../schema.json\nplan: x\nyeer: 2022\n")
    said = " ".join(problem["message"] for problem in editor.open(file))
    assert "yeer" in said and "office" in said and "valid" in said


def test_keys_of_an_obligation_are_offered_and_no_others(editor: Editor) -> None:
    file = written(editor, "IV.yaml", "# yaml-language-server: $schema=../schema.json\n- id: a\n  title: A\n  \n")
    editor.open(file)
    offered = editor.complete(file, 3, 2)
    assert {"due", "reading", "cites", "steps", "ladder", "evidence"} <= set(offered)
    assert not {"legal-basis", "status", "holders", "title"} & set(offered)


def test_values_are_offered_where_there_is_a_choice(editor: Editor) -> None:
    file = written(editor, "V.yaml", "# yaml-language-server: $schema=../schema.json\n- id: a\n  kind: \n")
    editor.open(file)
    assert {"calendar", "standing", "event"} <= set(editor.complete(file, 2, 8))


def test_a_key_is_explained_in_vietnamese_and_english(editor: Editor) -> None:
    file = written(editor, "VI.yaml", SECTION)
    editor.open(file)
    assert "Loại | kind" in editor.hover(file, 4, 4)
    assert "Hạn" in editor.hover(file, 5, 3)


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.yaml")), ids=lambda file: file.name)
def test_an_editor_finds_nothing_wrong_in_what_is_shipped(editor: Editor, file: Path) -> None:
    assert editor.open(file) == []
