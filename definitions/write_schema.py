"""Writes the JSON Schemas beside the definitions, for editors: `python -m definitions.write_schema`.

schema.json is for plan.yaml, section files and organisation.yaml; the calendar overlay, the contacts, the channels, the
limits and Zalo's templates have files of their own, so that an editor never offers their keys inside a plan.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from definitions.schema import ObligationModel, PlanFile
from definitions.schema_base import Id
from definitions.schema_letterhead import LetterheadFile
from definitions.schema_office import (
    ChannelUrl,
    ContactModel,
    LimitsFile,
    OrganisationFile,
    OverlayDay,
    ZaloTemplateModel,
)

FOLDER = Path(__file__).parent
SCHEMA_FILE = FOLDER / "schema.json"
_SHAPES: dict[str, tuple[str, Any]] = {
    SCHEMA_FILE.name: ("Đôn Đốc", PlanFile | OrganisationFile | list[ObligationModel]),
    "schema-calendar.json": ("Đôn Đốc: lịch làm việc | working calendar", list[OverlayDay]),
    "schema-channels.json": ("Đôn Đốc: kênh gửi | channels", dict[Id, ChannelUrl]),
    "schema-contacts.json": ("Đôn Đốc: danh bạ | contacts", dict[Id, ContactModel]),
    "schema-letterhead.json": ("Đôn Đốc: tiêu đề văn bản | letterhead", LetterheadFile),
    "schema-limits.json": ("Đôn Đốc: những con số của cơ quan | the office's numbers", LimitsFile),
    "schema-zalo-templates.json": ("Đôn Đốc: mẫu tin Zalo | Zalo templates", list[ZaloTemplateModel]),
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of every kind of definition file, by file name, for editors that complete and explain keys."""
    return {name: _schema(title, shape) for name, (title, shape) in _SHAPES.items()}


def _schema(title: str, shape: Any) -> dict[str, Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(shape)
    schema = adapter.json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def schema_texts() -> dict[str, str]:
    """The text of each schema file, by name."""
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in json_schemas().items()}


if __name__ == "__main__":
    for name, text in schema_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
