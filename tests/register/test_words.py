"""What the register says to people exists in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import dondoc.register
from dondoc.register import Register, RegisterError
from dondoc.register.errors import _SAID
from dondoc.words import english


def _said() -> Iterator[str]:
    yield from _SAID.values()
    for file in Path(dondoc.register.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "_"
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def test_every_sentence_of_the_register_has_its_english() -> None:
    assert [said for said in _said() if said not in english()] == []


def test_an_error_is_told_in_the_readers_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    missing = Register(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(RegisterError, match="Chưa có sổ theo dõi"), missing.reading():
        pass
    monkeypatch.setenv("DONDOC_LANG", "en")
    with pytest.raises(RegisterError, match="There is no register"), missing.reading():
        pass
