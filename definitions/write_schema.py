"""Writes schema.json beside the definitions, for editors: `python -m definitions.write_schema`."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from definitions.schema import ObligationModel, PlanFile
from definitions.schema_office import OrganisationFile, OverlayDay

SCHEMA_FILE = Path(__file__).with_name("schema.json")


def json_schema() -> dict[str, Any]:
    """JSON Schema of plan, section, organisation and overlay files, for editors that complete and explain keys."""
    files: TypeAdapter[Any] = TypeAdapter(PlanFile | OrganisationFile | list[ObligationModel] | list[OverlayDay])
    schema = files.json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Đôn Đốc", **schema}


def schema_text() -> str:
    """The file's text."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
