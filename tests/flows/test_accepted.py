"""What ran before runs on: the last definitions that loaded are kept, whole, beside the data."""

from pathlib import Path

from flows.accepted import accept, accepted


def _folder(path: Path, text: str) -> Path:
    (path / "kh").mkdir(parents=True, exist_ok=True)
    (path / "kh" / "plan.yaml").write_text(text, encoding="utf-8")
    return path


def test_nothing_is_accepted_before_something_loaded(tmp_path: Path) -> None:
    assert accepted(tmp_path) == ()


def test_the_accepted_copy_stays_when_the_file_is_broken_later(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "definitions", "plan: kh")
    assert accept(tmp_path, [folder])
    _folder(folder, "plan: [broken")
    (copy,) = accepted(tmp_path)
    assert (copy / "kh" / "plan.yaml").read_text("utf-8") == "plan: kh"


def test_only_a_change_is_accepted_anew(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "definitions", "plan: kh")
    assert accept(tmp_path, [folder])
    assert not accept(tmp_path, [folder])
    _folder(folder, "plan: kh2")
    assert accept(tmp_path, [folder])
    (copy,) = accepted(tmp_path)
    assert (copy / "kh" / "plan.yaml").read_text("utf-8") == "plan: kh2"


def test_the_order_of_folders_is_kept_and_a_missing_one_is_no_obstacle(tmp_path: Path) -> None:
    first, second = _folder(tmp_path / "b", "1"), _folder(tmp_path / "a", "2")
    accept(tmp_path, [tmp_path / "missing", first, second])
    assert [(copy / "kh" / "plan.yaml").read_text("utf-8") for copy in accepted(tmp_path)] == ["1", "2"]


def test_code_beside_the_definitions_is_not_copied(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "definitions", "plan: kh")
    (folder / "schema.py").write_text("x = 1")
    accept(tmp_path, [folder])
    assert not (accepted(tmp_path)[0] / "schema.py").exists()


def test_old_sets_are_forgotten_but_never_the_current_one(tmp_path: Path) -> None:
    for number in range(6):
        accept(tmp_path, [_folder(tmp_path / "definitions", f"plan: kh{number}")])
    assert len([path for path in (tmp_path / "accepted").iterdir() if path.is_dir()]) == 3
    assert (accepted(tmp_path)[0] / "kh" / "plan.yaml").read_text("utf-8") == "plan: kh5"
