"""With DONDOC_LANG=en the commands speak English, all of them."""

import ast
import re
import string
from pathlib import Path

import pytest

from dondoc.cli.program import COMMANDS
from dondoc.words.catalogue import read_catalogue

ROOT = Path(__file__).parents[2]
CATALOGUE = read_catalogue(ROOT / "dondoc" / "words" / "locale" / "en" / "cli.po")
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
NAMES = ("Đôn Đốc", "Tiếng Việt", "tiếng Việt")


def _said() -> set[str]:
    """Every text that the commands hand to `_`."""
    calls = (
        node
        for file in (ROOT / "dondoc" / "cli").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    )
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_every_text_of_the_commands_has_its_english() -> None:
    assert sorted(_said() - CATALOGUE.keys()) == []


def test_the_catalogue_holds_no_text_that_nobody_says() -> None:
    assert sorted(CATALOGUE.keys() - _said()) == []


def test_both_languages_fill_in_the_same_values() -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [text for text, english in CATALOGUE.items() if fields(text) != fields(english)] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_in_english_holds_no_vietnamese(dondoc, name: str) -> None:
    said = dondoc(*name.split(), "--help", DONDOC_LANG="en")
    assert said.code == 0
    assert said.out.startswith("Usage:")
    text = said.out
    for known in NAMES:
        text = text.replace(known, "")
    assert VIETNAMESE.search(text) is None, text


def test_an_error_in_english_is_clicks_own(dondoc) -> None:
    said = dondoc("nope", DONDOC_LANG="en")
    assert said.code == 2
    assert "No such command" in said.err
