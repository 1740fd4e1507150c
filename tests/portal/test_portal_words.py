"""Every word of the portal has its English."""

import ast
import re
from pathlib import Path

from dondoc.words.catalogue import read_catalogue

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "dondoc" / "portal"
ENGLISH = {text for file in (ROOT / "dondoc/words/locale/en").glob("*.po") for text in read_catalogue(file)}


def _said() -> set[str]:
    templates = (file.read_text(encoding="utf-8") for file in (ROOM / "templates").glob("*.html"))
    found = {text for source in templates for text in re.findall(r'_\("([^"]+)"\)', source)}
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


def test_every_word_has_its_english() -> None:
    assert sorted(_said() - ENGLISH) == []


def test_no_template_says_a_word_outside_the_catalogue() -> None:
    for file in (ROOM / "templates").glob("*.html"):
        bare = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]+>|[a-z-]+=\"[^\"]*\"", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"[^\W\d_]{2,}", re.sub("Đôn Đốc|English|Tiếng Việt", "", bare)), file.name
