"""Whose people an office's plans speak of: its own organisation and contacts, never the shipped example unasked."""

from collections.abc import Sequence
from pathlib import Path

from definitions.problem import Problem

SHIPPED = Path(__file__).resolve().parents[2] / "definitions"
ORGANISATION, CONTACTS = "organisation.yaml", ("contacts.yaml", "contacts.example.yaml")


def people_folder(folders: Sequence[Path]) -> Path:
    """The first folder with an organisation.yaml; the shipped one at last."""
    return next((folder for folder in folders if (folder / ORGANISATION).exists()), SHIPPED)


def missing_people(given: Sequence[Path], editions: Path | None = None) -> list[Problem]:
    """What is missing where an office names folders of its own; nothing for the shipped folder.

    `editions` is DATA/definitions: people written there serve every plan.
    """
    kept = (SHIPPED, *([editions.resolve()] if editions else []))
    own = [folder for folder in given if not any(folder.resolve().is_relative_to(base) for base in kept)]
    if not own or len(own) < len(given):
        return []
    people = people_folder([*([editions] if editions else []), *own])
    if people == SHIPPED:
        return [_missing(own[0], ORGANISATION, "tệp khai báo đơn vị, vai trò và cán bộ của cơ quan")]
    if people in own and not any((people / name).is_file() for name in CONTACTS):
        return [_missing(people, CONTACTS[0], "tệp địa chỉ của từng cán bộ (hoặc contacts.example.yaml)", CONTACTS[1])]
    return []


def _missing(folder: Path, name: str, expected: str, sample: str = "") -> Problem:
    hint = f"Hãy sao chép definitions/{sample or name} của phần mềm vào đó rồi sửa theo cơ quan."
    return Problem(str(folder / name), 1, 1, "", "không có tệp này", expected, hint)
