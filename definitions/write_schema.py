"""Writes schema.json beside the definitions, for editors: `python -m definitions.write_schema`."""

import json
from pathlib import Path

from definitions.schema import json_schema

SCHEMA_FILE = Path(__file__).with_name("schema.json")


def schema_text() -> str:
    """The file's text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
