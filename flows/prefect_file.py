"""prefect.yaml, from the same deployments that `dondoc up` registers: python -m flows.prefect_file [--check]."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from dondoc.settings import from_environment
from dondoc.use_cases.office import open_office
from flows.deployments import Deployment, wanted_deployments

FILE = Path(__file__).resolve().parents[1] / "prefect.yaml"
POOL = "don-doc"
# Prefect accepts unknown keys in silence, so what we write is held against this list.
KNOWN_KEYS = frozenset(
    {
        "name",
        "version",
        "tags",
        "description",
        "entrypoint",
        "parameters",
        "schedules",
        "concurrency_limit",
        "work_pool",
    }
)
_HEAD = """\
# Written by `python -m flows.prefect_file` from the definitions; do not edit by hand, a test compares the two.
#   prefect work-pool create don-doc --type process
#   prefect --no-prompt deploy --all
#   DONDOC_DATA=… DONDOC_SMTP_URL=… prefect worker start --pool don-doc
#   prefect deployment run "sync-definitions/Cập nhật định nghĩa"
# The last line makes the register, the runs ahead and, once this plan's year has passed, the current edition's
# deployments in place of these; it does so by itself every quarter of an hour.
# The flows are modules of the installed checkout, so workers pull nothing (docs/decisions/0010-supervisor.md).
"""


def as_document(deployments: Sequence[Deployment]) -> dict[str, Any]:
    """The file's content as plain values."""
    return {"name": POOL, "pull": [], "deployments": [_entry(one) for one in deployments]}


def _entry(one: Deployment) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "entrypoint": one.entrypoint,
        "description": one.description,
        "tags": list(one.tags),
        "parameters": dict(one.parameters),
        "schedules": [dict(one.schedule)] if one.schedule else [],
        "concurrency_limit": {"limit": 1, "collision_strategy": one.collision},
        "work_pool": {"name": POOL},
    }


def render(deployments: Sequence[Deployment]) -> str:
    """The file as text, the same for the same deployments."""
    document = as_document(deployments)
    for entry in document["deployments"]:
        entry["description"] = LiteralScalarString(entry["description"])
    yaml, text = YAML(), StringIO()
    yaml.width, yaml.allow_unicode = 120, True
    yaml.dump(document, text)
    return _HEAD + text.getvalue()


def problems(path: Path, deployments: Sequence[Deployment]) -> list[str]:
    """How a prefect.yaml differs from the deployments wanted, in words; [] is equal."""
    found = YAML(typ="safe").load(path.read_text("utf-8")) or {}
    wanted = {one.full_name: _entry(one) for one in deployments}
    stated = {_full_name(entry): entry for entry in found.get("deployments") or []}
    told = [
        f"unknown key {key!r} in {name}" for name, entry in stated.items() for key in entry if key not in KNOWN_KEYS
    ]
    told += [f"missing: {name}" for name in wanted if name not in stated]
    told += [f"no longer defined: {name}" for name in stated if name not in wanted]
    told += [f"differs: {name}" for name, entry in stated.items() if name in wanted and entry != wanted[name]]
    return told


def _full_name(entry: dict[str, Any]) -> str:
    flow = str(entry.get("entrypoint", "")).rpartition(".")[2]
    return f"{flow.replace('_', '-')}/{entry.get('name', '')}"


def stated_deployments(environ: Mapping[str, str]) -> list[Deployment]:
    """What the file should hold: every plan of the definitions folders, whether or not its year has passed."""
    settings = from_environment(environ)
    office = open_office(settings.data, definitions=settings.definitions, editions=False)
    first_day = min(plan.valid_from for plan in office.plans.values())
    return wanted_deployments(office, settings, datetime.combine(first_day, time(0), UTC))


def main(arguments: Sequence[str]) -> int:
    """Write the file, or with --check only say how it differs (exit code 1)."""
    deployments = stated_deployments(os.environ)
    if "--check" not in arguments:
        FILE.write_text(render(deployments), encoding="utf-8")
        return 0
    found = problems(FILE, deployments)
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
