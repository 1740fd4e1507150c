"""`dondoc diff` and `dondoc apply` as a clerk runs them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from dondoc.use_cases.office import SHIPPED, open_office
from dondoc.use_cases.open_plan import open_plan

OLD, NEW = "trước ngày 05/6 và ngày 10/11", "trước ngày 15/6 và ngày 10/11"
KEY = "qcdc-2022/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """The shipped plan under watch since it was signed, its half-year's report since moved on disk."""
    folder = tmp_path / "definitions"
    copytree(SHIPPED, folder, ignore=ignore_patterns("*.py", "*.lark", "*.json", "__pycache__"))
    office = open_office(tmp_path / ".dondoc", definitions=(folder,), editions=False)
    (tmp_path / ".dondoc").mkdir()
    office.register.migrate()
    open_plan(office, "qcdc-2022", datetime(2022, 2, 18, 1, tzinfo=UTC), date(2022, 2, 18))
    office.register.close()
    file = folder / "qcdc-2022" / "III-to-chuc-thuc-hien.yaml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not ("expect:" in line and "2022-06-03" in line)]
    file.write_text("\n".join(lines).replace(OLD, NEW) + "\n", "utf-8")
    return folder


def test_a_change_is_shown_then_applied_and_nothing_is_left(dondoc, amended: Path) -> None:
    place = ("--definitions", str(amended))
    seen = dondoc("diff", "qcdc-2022", "--json", "--at", "10/5/2022", *place)
    assert seen.code == 0, seen.err
    diff = json.loads(seen.out)
    (change,) = [c for c in diff["changes"] if c["obligation"] == "bao-cao-dinh-ky"]
    assert change["kinds"] == ["moved", "reworded"]  # the due, and the paper's words for it
    (outcome,) = [o for o in diff["occurrences"] if o["key"] == KEY]
    assert outcome["fate"] == "re-dated"
    assert [due["to_on"] for due in outcome["dues"]] == ["2022-06-14"]
    assert KEY in dondoc("diff", "qcdc-2022", *place).out

    assert "qcdc-2022 đã sửa mà chưa áp dụng" in dondoc("status", *place).out

    paper = ("--document", "09/KH-SĐ", "--document-on", "10/5/2022")
    done = dondoc("apply", "qcdc-2022", "--adopt", KEY, *paper, *place)
    assert done.code == 0, done.err
    assert f"{KEY}: theo bản mới" in done.out
    again = json.loads(dondoc("apply", "qcdc-2022", *paper, "--json", *place).out)
    assert (again["decided"], again["opened"]) == ([], 0)
    assert json.loads(dondoc("diff", "qcdc-2022", "--json", *place).out)["left"] is False
    assert "chưa áp dụng" not in dondoc("status", *place).out
    assert dondoc("journal", "verify").code == 0


def test_two_folders_are_compared_without_any_register(dondoc, amended: Path, tmp_path: Path) -> None:
    other = amended / "qcdc-2022"
    said = dondoc("diff", "qcdc-2022", str(other), "--data", str(tmp_path / "none"), "--definitions", str(SHIPPED))
    assert said.code == 0, said.err
    assert "bao-cao-dinh-ky" in said.out and "đổi hạn" in said.out


def test_a_decision_without_its_paper_is_a_usage_error(dondoc, amended: Path) -> None:
    assert dondoc("apply", "qcdc-2022", "--definitions", str(amended)).code == 2
    both = ("--adopt-all", "--keep-all", "--document", "1", "--document-on", "10/5/2022")
    assert dondoc("apply", "qcdc-2022", *both, "--definitions", str(amended)).code == 2


def test_an_unknown_key_is_refused_in_words(dondoc, amended: Path) -> None:
    paper = ("--document", "09/KH-SĐ", "--document-on", "10/5/2022")
    said = dondoc("apply", "qcdc-2022", "--adopt", "khong-co", *paper, "--definitions", str(amended))
    assert said.code == 1
    assert "«khong-co»" in said.err


def test_the_calendar_says_which_open_dues_it_would_move(dondoc, amended: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "thong-bao.yaml"
    overlay.write_text(
        '- {day: "2022-11-09", kind: "off", status: official, reason: thử, legal-basis: Thông báo}\n', "utf-8"
    )
    shipped = ("--definitions", str(SHIPPED))
    moved = dondoc("calendar", "qcdc-2022", "--moved", "--overlay", str(overlay), "--json", *shipped)
    assert moved.code == 0, moved.err
    found = {due["key"]: (due["from_target"], due["to_target"]) for due in json.loads(moved.out)}
    assert found["qcdc-2022/bao-cao-dinh-ky/2022/chi-cuc-tdc"] == ("2022-11-09", "2022-11-08")
    assert dondoc("calendar", "qcdc-2022", "--moved", *shipped).out.strip() == "Không hạn nào đang mở phải dời."
