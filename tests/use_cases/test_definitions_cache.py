"""A ready-made copy of the definitions serves only while it is true, whole and the office's own."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from definitions.problem import DefinitionError
from dondoc.use_cases import load_definitions as loading
from dondoc.use_cases.definitions_cache import FOLDER
from dondoc.use_cases.office import SHIPPED, Office, open_office

SLOW = ("pydantic", "ruamel.yaml", "holidays", "lark")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The shipped definitions as an office's own folder."""
    return Path(copytree(SHIPPED, tmp_path / "own", ignore=lambda _, names: [n for n in names if n.endswith(".py")]))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def _open(data: Path, own: Path) -> Office:
    return open_office(data, definitions=(own,))


def _copies(data: Path) -> list[Path]:
    return sorted((data / FOLDER).iterdir()) if (data / FOLDER).exists() else []


def _no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise AssertionError("the files were read again")

    monkeypatch.setattr(loading, "_read", read)


def test_an_office_opened_again_is_the_same_without_reading_its_files(
    data: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _open(data, own)
    _no_reading(monkeypatch)
    again = _open(data, own)
    assert (again.plans, again.directory, again.contacts) == (first.plans, first.directory, first.contacts)
    assert list(again.calendar.notes()) == list(first.calendar.notes())
    assert (again.limits, again.zalo_templates) == (first.limits, first.zalo_templates)


def test_a_word_changed_anywhere_is_read_and_the_old_copy_forgotten(data: Path, own: Path) -> None:
    _open(data, own)
    (old,) = _copies(data)
    plan = own / "qcdc-2022" / "plan.yaml"
    stamp = plan.stat().st_mtime_ns
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("title: Kế hoạch", "title: Bản sửa kế hoạch", 1), encoding="utf-8")
    os.utime(plan, ns=(stamp, stamp))  # only the content tells
    assert _open(data, own).plans["qcdc-2022"].title.startswith("Bản sửa")
    (new,) = _copies(data)
    assert new != old


def test_what_is_wrong_is_told_every_time_and_never_kept(data: Path, own: Path) -> None:
    _open(data, own)
    plan = own / "qcdc-2022" / "plan.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(text + "khong-biet: 1\n", encoding="utf-8")
    for _again in range(2):
        with pytest.raises(DefinitionError, match="khong-biet"):
            _open(data, own)
    assert len(_copies(data)) == 1
    plan.write_text(text, encoding="utf-8")
    assert _open(data, own).plans


class _Hostile:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.mark}",)


@pytest.mark.parametrize("how", ["broken", "hostile", "of another", "writable by others", "writable folder"])
def test_a_copy_that_cannot_be_trusted_is_as_good_as_none(
    how: str, data: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(data, own)
    (copy,) = _copies(data)
    if how == "broken":
        copy.write_bytes(copy.read_bytes()[:-100])
    elif how == "hostile":
        copy.write_bytes(pickle.dumps(_Hostile(tmp_path / "mark")))
    elif how == "of another":
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    else:
        (copy if how == "writable by others" else data / FOLDER).chmod(0o722)
    read: list[str] = []
    monkeypatch.setattr(loading, "_read", lambda *_: read.append("read") or _stop())
    with pytest.raises(StopIteration):
        _open(data, own)
    assert read and not (tmp_path / "mark").exists()


def _stop() -> None:
    raise StopIteration


def test_a_secret_address_of_a_channel_is_in_no_copy(data: Path, own: Path) -> None:
    (own / "channels.yaml").write_text("to-truc: tgram://123456:secret-token/42\n", encoding="utf-8")
    office = _open(data, own)
    assert "to-truc" in office.mail.channels
    assert all(b"secret-token" not in copy.read_bytes() for copy in _copies(data))
    assert [oct(copy.stat().st_mode & 0o777) for copy in _copies(data)] == ["0o600"]


def test_an_office_without_a_data_folder_keeps_none(tmp_path: Path, own: Path) -> None:
    assert _open(tmp_path / "none", own).plans
    assert not (tmp_path / "none").exists()


def test_whoever_finds_the_copy_does_not_wait_for_the_readers(data: Path, own: Path) -> None:
    asked = f"""
import sys
from pathlib import Path
from dondoc.use_cases import board, editions
from dondoc.use_cases.office import open_office
assert open_office(Path({str(data)!r}), definitions=(Path({str(own)!r}),)).plans
print(*(name for name in {SLOW} if name in sys.modules))
"""
    said = [subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True) for _ in "12"]
    assert [one.stdout.split() for one in said] == [list(SLOW), []]
