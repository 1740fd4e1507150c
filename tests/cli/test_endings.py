"""How commands end: exit codes and words."""

from pathlib import Path

import click
import pytest

from dondoc.cli.failures import BUG, DONE, USAGE, WRONG, run


def test_help_is_done(dondoc) -> None:
    said = dondoc("--help")
    assert said.code == DONE
    assert "Các lệnh:" in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope"], "Không có lệnh 'nope'"),
        (["status", "--frob"], "Không có tuỳ chọn '--frob'"),
        (["calendar"], "Thiếu đối số 'KẾ_HOẠCH'"),
        (["status", "--at", "31/02/2022"], "không phải là một thời điểm"),
        (["go-live", "--from", "2022-13-01"], "không phải là một ngày"),
        (["roll", "x"], "Thiếu tuỳ chọn '--year'"),
        (["record", "correct", "k", "1", "--set", "ngay", "--reason", "nhầm"], "TRƯỜNG=GIÁ_TRỊ"),
    ],
)
def test_a_mistyped_command_is_a_usage_error_in_words(dondoc, arguments: list[str], words: str) -> None:
    said = dondoc(*arguments)
    assert said.code == USAGE
    assert words in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_an_unknown_plan_is_wrong_input_and_names_the_known_ones(dondoc) -> None:
    said = dondoc("calendar", "khong-co")
    assert said.code == WRONG
    assert "khong-co" in said.err
    assert "qcdc-2022" in said.err
    assert "Traceback" not in said.err


def test_a_broken_definition_names_file_and_line(dondoc, tmp_path: Path) -> None:
    plan = tmp_path / "own" / "hong"
    plan.mkdir(parents=True)
    (plan / "plan.yaml").write_text("plan: hong\ntitel: Sai khoá\n", encoding="utf-8")
    said = dondoc("check", "--definitions", str(tmp_path / "own"))
    assert said.code == WRONG
    assert "hong/plan.yaml:2" in said.err
    assert "titel" in said.err
    assert "Traceback" not in said.err


def test_a_status_without_a_register_says_what_to_run(dondoc) -> None:
    said = dondoc("status")
    assert said.code == WRONG
    assert "dondoc up" in said.err
    assert "Traceback" not in said.err


@click.command()
def _broken() -> None:
    raise RuntimeError("không ai lường trước")


def test_an_unforeseen_error_is_our_bug_and_leaves_a_report_but_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["dondoc", "status", "--data", str(tmp_path), "--note", "Tên Một Người"])
    assert run(_broken, []) == BUG
    said = capsys.readouterr().err
    assert "Traceback" not in said
    (report,) = (tmp_path / "reports").glob("*.txt")
    assert str(report) in said
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError" in text and "test_endings.py" in text
    assert "--note" in text and "Tên Một Người" not in text


@click.command()
def _refusing() -> None:
    from dondoc.use_cases.refused import Refused

    raise Refused("Không có «x».", "Hãy xem danh sách.")


def test_a_refusal_is_wrong_input_and_says_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_refusing, []) == WRONG
    assert capsys.readouterr().err.strip() == "Không có «x». Hãy xem danh sách."


@click.command()
def _unreadable() -> None:
    Path("/khong/co/tep-nay").read_text(encoding="utf-8")


def test_a_missing_file_is_wrong_input_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_unreadable, []) == WRONG
    assert "tep-nay: không có" in capsys.readouterr().err


@click.command()
def _interrupted() -> None:
    raise KeyboardInterrupt


def test_ctrl_c_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(_interrupted, []) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_failure(tmp_path: Path) -> None:
    import subprocess
    import sys

    # `read` takes a line and leaves; the rest of a year's rehearsal is more than a pipe holds.
    script = f"{sys.executable} -m dondoc rehearse qcdc-2022 --json | (read line); exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == DONE
    assert done.stderr == ""


@pytest.mark.parametrize("shift", ["abc", "nan", "1e99"])
@pytest.mark.parametrize("arguments", [["doctor"], ["hold", "show"], ["call-list"]])
def test_a_clock_shift_that_is_none_is_wrong_input_in_words(dondoc, arguments: list[str], shift: str) -> None:
    said = dondoc(*arguments, DONDOC_CLOCK_SHIFT=shift)
    assert said.code == WRONG
    assert "DONDOC_CLOCK_SHIFT" in said.err
    assert "Traceback" not in said.err
