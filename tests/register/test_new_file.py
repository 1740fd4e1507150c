"""A file appears whole under its name, once, also where the disk knows no second name for a file."""

import errno
import os
import threading
from pathlib import Path

import pytest

from dondoc.register.new_file import make_own_folder, place_new
from dondoc.register.sealed import KEY_FILE, Sealer


@pytest.fixture(params=["hard links", "none"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    def refuse(*_names: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if request.param == "none":
        monkeypatch.setattr(os, "link", refuse)
    return str(request.param)


def test_a_draft_gets_its_name_and_is_gone(tmp_path: Path, disk: str) -> None:
    draft = tmp_path / ".draft"
    draft.write_text("x")
    place_new(draft, tmp_path / "file")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("file", "x")]


def test_a_name_that_is_taken_stays_whose_it_is(tmp_path: Path, disk: str) -> None:
    draft, file = tmp_path / ".draft", tmp_path / "file"
    draft.write_text("x")
    file.write_text("y")
    with pytest.raises(FileExistsError):
        place_new(draft, file)
    assert file.read_text() == "y"


def test_of_many_at_once_one_wins(tmp_path: Path, disk: str) -> None:
    sealers = [Sealer(tmp_path) for _ in range(8)]
    tokens: list[str] = []
    threads = [threading.Thread(target=lambda s=s: tokens.append(s.seal("x"))) for s in sealers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [Sealer(tmp_path).unseal(token) for token in tokens] == ["x"] * 8
    assert [p.name for p in tmp_path.iterdir()] == [KEY_FILE]


def test_a_disk_that_is_full_is_no_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_names: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    (tmp_path / "a").write_text("x")
    with pytest.raises(OSError, match="No space"):
        place_new(tmp_path / "a", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_folder_and_what_is_missing_above_it_are_their_owners_alone(tmp_path: Path) -> None:
    make_own_folder(tmp_path / "a" / "b")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o700, 0o700]
