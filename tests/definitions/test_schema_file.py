import re
import subprocess
import sys
from pathlib import Path

import pytest

from definitions.write_schema import FOLDER, json_schemas, schema_texts

FILES = sorted(FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("name", schema_texts())
def test_the_schema_that_editors_read_is_the_loader_s_own(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == schema_texts()[name], (
        "run: python -m definitions.write_schema"
    )


@pytest.mark.parametrize("name", json_schemas())
def test_every_key_is_explained_in_vietnamese_and_english(name: str) -> None:
    unexplained = [
        f"{model}.{key}"
        for model, shape in json_schemas()[name].get("$defs", {}).items()
        for key, value in shape.get("properties", {}).items()
        if " | " not in value.get("description", "")
    ]
    assert unexplained == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_definition_names_a_schema_that_is_there(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, "the first line names the schema for editors"
    schema = (file.parent / named[1]).resolve()
    assert schema.name in schema_texts() and schema.is_file()


def test_importing_the_package_imports_no_parser():
    heavy = ("pydantic", "lark", "ruamel.yaml", "holidays")
    code = f"import sys, definitions; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
