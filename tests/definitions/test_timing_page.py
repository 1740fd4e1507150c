"""docs/language.md says what the program does: each of its examples is read when the page is written."""

import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_the_language_is_what_its_writer_writes(monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    sys.modules.pop("write_language", None)
    import write_language

    assert write_language.PAGE.read_text(encoding="utf-8") == write_language.page(), (
        "run: python docs/write_language.py"
    )
