"""The real stack on SQLite, in an empty HOME: it starts, tells the truth, and leaves nothing behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from shutil import copyfile

import pytest

from dondoc.use_cases.office import SHIPPED

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(420)]


def _up(data: Path, port_base: int, *more: str) -> list[str]:

    return [sys.executable, "-m", "dondoc", "up", "--data", str(data), "--port-base", str(port_base), *more]


def _members(data: Path) -> list[str]:
    """Every live process whose command line or environment names this data folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(data).encode() in words:
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return found


def _wait_for(log: Path, words: str, process: "subprocess.Popen[bytes]", seconds: float) -> str:
    end = time.monotonic() + seconds
    while words not in (text := log.read_text("utf-8")):
        assert process.poll() is None, text
        assert time.monotonic() < end, text
        time.sleep(0.2)
    return text


def _prove(environment: dict[str, str], folder: Path, port_base: int, *more: str) -> "subprocess.CompletedProcess[str]":
    command = _up(folder / "data", port_base, "--smoke", *more)
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_a_schedule_materialises_a_run_that_completes_and_its_message_arrives(
    empty_home: dict[str, str], tmp_path: Path, port_base: int
) -> None:
    done = _prove(empty_home, tmp_path, port_base)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") == 3
    assert "Traceback" not in done.stdout + done.stderr
    assert _members(tmp_path / "data") == []
    assert list((tmp_path / "data").glob("smoke-*")) == []


@pytest.mark.postgres
def test_the_same_with_postgresql_as_the_register(
    empty_home: dict[str, str], tmp_path: Path, port_base: int, postgres_url: str
) -> None:
    done = _prove(empty_home, tmp_path, port_base, "--register", postgres_url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") == 3
    again = _prove(empty_home, tmp_path, port_base, "--register", postgres_url)
    assert again.returncode == 1
    assert "cơ sở dữ liệu trống" in again.stderr


@pytest.fixture
def running(empty_home: dict[str, str], tmp_path: Path, port_base: int):
    """A standing office and what it printed; ended hard afterwards, should a test have failed to stop it."""
    log = tmp_path / "up.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            _up(tmp_path / "data", port_base), env=empty_home, cwd=tmp_path, stdout=out, stderr=out
        )
    try:
        _wait_for(log, "Sẵn sàng", process, 240)
        yield process, log
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def test_a_standing_office_refuses_a_second_one_survives_a_dead_child_and_stops_within_ten_seconds(
    running: tuple["subprocess.Popen[bytes]", Path], empty_home: dict[str, str], tmp_path: Path, port_base: int
) -> None:
    process, log = running
    data = tmp_path / "data"
    second = subprocess.run(
        _up(data, port_base), env=empty_home, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"http://127.0.0.1:{port_base}" in second.stderr
    assert "Traceback" not in second.stderr

    with urllib.request.urlopen(f"http://127.0.0.1:{port_base + 2}/suc-khoe", timeout=10) as health:
        assert json.load(health)["status"] == "ok"
    with urllib.request.urlopen(f"http://127.0.0.1:{port_base + 2}/metrics", timeout=30) as figures:
        assert "dondoc_up 1.0" in figures.read().decode()

    runner = next(int(p.name) for p in Path("/proc").iterdir() if _is_runner(p, data))
    os.kill(runner, signal.SIGKILL)
    _wait_for(log, "đang khởi động lại", process, 10)

    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert time.monotonic() - began < 10
    time.sleep(0.3)
    assert _members(data) == []
    told = log.read_text("utf-8")
    assert re.search(r"Sẵn sàng sau \d+ giây", told)
    assert "BẢN DỰ THẢO" in told


def _is_runner(entry: Path, data: Path) -> bool:
    try:
        return (
            entry.name.isdigit()
            and b"dondoc.up.runner" in (entry / "cmdline").read_bytes()
            and str(data).encode() in (entry / "environ").read_bytes()
        )
    except OSError:
        return False


def test_a_taken_port_is_told_in_words_before_anything_starts(
    empty_home: dict[str, str], tmp_path: Path, port_base: int
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port_base + 1))
        other.listen()
        done = subprocess.run(
            _up(tmp_path / "data", port_base),
            env=empty_home,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"cổng {port_base + 1} (hộp thư kèm theo)" in done.stderr
    assert "--port-base" in done.stderr
    assert "Traceback" not in done.stderr


def test_broken_definitions_are_told_with_file_and_line_and_nothing_is_started(
    empty_home: dict[str, str], tmp_path: Path, port_base: int
) -> None:
    own = tmp_path / "own" / "ke-hoach"
    own.mkdir(parents=True)
    (own / "plan.yaml").write_text("plan: ke-hoach\nkhong-biet: 1\n", encoding="utf-8")
    for people in ("organisation.yaml", "contacts.example.yaml"):
        copyfile(SHIPPED / people, own.parent / people)
    done = subprocess.run(
        _up(tmp_path / "data", port_base, "--definitions", str(own.parent)),
        env=empty_home,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "plan.yaml:2" in done.stderr
    assert "Chưa khởi động gì" in done.stderr
    assert "Traceback" not in done.stderr
    assert _members(tmp_path / "data") == []
