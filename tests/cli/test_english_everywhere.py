"""What `dondoc up` prints, what is refused or wrong in a definition: all of it is in the catalogue."""

import ast
import socket
import string
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from dondoc.words.catalogue import read_catalogue

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "dondoc" / "words" / "locale" / "en"
ROOMS = {
    "up.po": "dondoc/up",
    "papers.po": "dondoc/papers",
    "refused.po": "dondoc/use_cases",
    "problems.po": "definitions",
}
LETTERS = {"message_of.py"}  # letters speak the office's language, whatever the reader's terminal does
# Names in the flow UI and a pattern: kept or compared, not said.
KEPT = {"Rà soát khi khởi động", "điểm nhắc", r"(?: by)? \d+ (?:ngày|days)| \(.*\)"}
MARKS = set("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


def _trees(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / room).rglob("*.py")):
        if file.name not in LETTERS:
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def _called(node: ast.AST, *names: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name in names


def _said(room: str) -> set[str]:
    calls = [node for _, tree in _trees(room) for node in ast.walk(tree) if _called(node, "_")]
    given = [call.args[0] for call in calls if isinstance(call, ast.Call)]
    return {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _bare(node: ast.AST) -> Iterator[ast.Constant]:
    """Texts that are not handed to `_`; docstrings are nobody's reading."""
    if _called(node, "_"):
        return
    for child in ast.iter_child_nodes(node):
        documents = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(child, ast.Expr)
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child
        elif not (documents and isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _bare(child)


def _is_vietnamese(text: str) -> bool:
    return bool(MARKS & set(text.lower()))


def _english() -> dict[str, str]:
    return {text: said for file in LOCALE.glob("*.po") for text, said in read_catalogue(file).items()}


@pytest.mark.parametrize("room", ROOMS.values())
def test_every_text_of_the_room_has_its_english(room: str) -> None:
    assert sorted(_said(room) - _english().keys()) == []


@pytest.mark.parametrize(("file", "room"), ROOMS.items())
def test_the_rooms_catalogue_holds_no_text_that_nobody_says(file: str, room: str) -> None:
    assert sorted(read_catalogue(LOCALE / file).keys() - _said(room)) == []


@pytest.mark.parametrize("file", ROOMS)
def test_both_languages_fill_in_the_same_values(file: str) -> None:
    def fields(text: str) -> set[tuple[str, str | None, str | None]]:
        return {(name, spec, how) for _, name, spec, how in string.Formatter().parse(text) if name}

    assert [text for text, english in read_catalogue(LOCALE / file).items() if fields(text) != fields(english)] == []


def test_no_line_of_up_stays_outside_the_catalogue() -> None:
    bare = [(file.name, text.value) for file, tree in _trees("dondoc/up") for text in _bare(tree)]
    assert [one for one in bare if _is_vietnamese(str(one[1])) and one[1] not in KEPT] == []


def test_no_refusal_stays_outside_the_catalogue() -> None:
    refusals = [node for _, tree in _trees("dondoc/use_cases") for node in ast.walk(tree) if _called(node, "Refused")]
    bare = [text.value for call in refusals for text in _bare(call)]
    assert len(refusals) > 40
    assert sorted({str(text) for text in bare} - {", ", "; ", "live-from"}) == []


def test_no_problem_of_a_definition_stays_outside_the_catalogue() -> None:
    told = [
        node
        for _, tree in _trees("definitions")
        for node in ast.walk(tree)
        if _called(node, "problem", "Problem", "_wrong", "refused", "_Refused")
    ]
    bare = [text.value for call in told for text in _bare(call)]
    assert len(told) > 60
    assert [text for text in bare if _is_vietnamese(str(text))] == []


BROKEN = """
plan: hong
titel: Sai khoá
document: {number: "01/KH", date: "2022-02-30", agency: so-khcn}
"""


def test_a_broken_definition_is_told_in_english(dondoc, tmp_path: Path) -> None:
    (tmp_path / "own" / "hong").mkdir(parents=True)
    (tmp_path / "own" / "hong" / "plan.yaml").write_text(BROKEN, encoding="utf-8")
    for people in ("organisation.yaml", "contacts.example.yaml"):
        copyfile(ROOT / "definitions" / people, tmp_path / "own" / people)
    said = dondoc("check", "--definitions", str(tmp_path / "own"), DONDOC_LANG="en")
    assert said.code == 1
    assert "hong/plan.yaml:3:1 · titel: unknown key “titel”. Expected: a known key. Did you mean “title”?" in said.err
    assert "“2022-02-30”. Expected: a date" in said.err
    assert not _is_vietnamese(said.err)


def test_a_taken_port_is_told_in_english(dondoc, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = dondoc("up", "--data", str(tmp_path / "data"), "--port-base", str(port), DONDOC_LANG="en")
    assert said.code == 1
    assert said.err.startswith(f"Cannot start: port {port} (the flow UI) is used by another program.")
    assert not _is_vietnamese(said.err)


def test_a_refusal_is_told_in_english(dondoc) -> None:
    said = dondoc("calendar", "khong-co", DONDOC_LANG="en")
    assert said.code == 1
    assert said.err == "There is no plan “khong-co”. Plans loaded: qcdc-2022.\n"


@pytest.mark.parametrize(("language", "words"), [("vi", "không nằm trong khoảng"), ("en", "is not in the range")])
def test_a_number_out_of_range_is_told_in_the_readers_language(dondoc, language: str, words: str) -> None:
    said = dondoc("up", "--port-base", "80", DONDOC_LANG=language)
    assert said.code == 2
    assert words in said.err
