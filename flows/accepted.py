"""The last definitions that loaded: what ran before runs on while somebody repairs a broken file."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

_KEPT = 3  # sets; a run that started under an older one may still be reading it


def accept(data: Path, folders: Sequence[Path]) -> bool:
    """Keep a copy of definition folders that have just loaded; whether they differ from the last accepted."""
    digest = _digest(folders)
    pointer, home = data / "accepted" / "current", data / "accepted" / digest
    if pointer.exists() and pointer.read_text("utf-8") == digest and home.exists():
        return False
    for number, folder in enumerate(folders):
        if folder.is_dir():
            shutil.copytree(folder, home / f"{number:02d}", dirs_exist_ok=True, ignore=_not_definitions)
    _point(pointer, digest)
    _forget_old(pointer.parent, digest)
    return True


def accepted(data: Path) -> tuple[Path, ...]:
    """The folders accepted last, in their order; () where none ever were."""
    pointer = data / "accepted" / "current"
    home = data / "accepted" / pointer.read_text("utf-8") if pointer.exists() else None
    return tuple(sorted(path for path in home.iterdir() if path.is_dir())) if home and home.is_dir() else ()


def _digest(folders: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for file in sorted(folder.rglob("*.yaml")):
            digest.update(f"{number}/{file.relative_to(folder)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _not_definitions(folder: str, names: list[str]) -> set[str]:
    """Only YAML is definition; a checkout's folder holds code as well."""
    return {name for name in names if not name.endswith(".yaml") and (Path(folder) / name).is_file()} | {"__pycache__"}


def _point(pointer: Path, digest: str) -> None:
    """Replaced in one step: a reader sees the old set or the new one, never half of one."""
    pointer.parent.mkdir(parents=True, exist_ok=True)
    fresh = pointer.with_suffix(".new")
    fresh.write_text(digest, encoding="utf-8")
    fresh.replace(pointer)


def _forget_old(home: Path, current: str) -> None:
    kept = sorted((path for path in home.iterdir() if path.is_dir() and path.name != current), key=_age, reverse=True)
    for path in kept[_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime
