"""Lock, ports, children and environments: each side of each boundary, with real processes and sockets."""

import os
import socket
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from dondoc.settings import Settings, SettingsError, as_environment, from_environment, machine_moment, office_moment
from dondoc.up.child import Child
from dondoc.up.environment import runner_environment, server_environment
from dondoc.up.house import House
from dondoc.up.lock import InstanceLock, born, read_note
from dondoc.up.places import Places
from dondoc.up.ports import demand_free, is_free
from dondoc.up.space import NEEDED, demand_space
from dondoc.up.trouble import StartError
from notifications.channels import problem_with

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_taken_port_is_named_with_its_use_and_a_base_that_is_free(port_base: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port_base))
        other.listen()
        with pytest.raises(StartError) as told:
            demand_free({port_base: "giao diện"}, port_base)
    assert f"cổng {port_base} (giao diện)" in str(told.value)
    proposed = int(str(told.value).rpartition("--port-base ")[2])
    assert is_free(proposed)
    assert is_free(proposed + 1)
    assert told.value.code == 1


@pytest.mark.parametrize(("left", "starts"), [(NEEDED, True), (NEEDED - 1, False)])
def test_a_full_disk_is_told_before_anything_starts(
    left: int, starts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=left))
    with nullcontext() if starts else pytest.raises(StartError, match=f"{tmp_path} chỉ còn 99 MB"):
        demand_space(tmp_path)


def test_free_ports_pass_in_silence(port_base: int) -> None:
    demand_free({port_base: "giao diện", port_base + 1: "hộp thư"}, port_base)


def test_a_second_instance_is_refused_with_the_address_of_the_first(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "lock"), InstanceLock(tmp_path / "lock")
    first.take()
    first.note("http://127.0.0.1:4200", [], NOW)
    with pytest.raises(StartError, match=r"http://127\.0\.0\.1:4200") as told:
        second.take()
    assert str(os.getpid()) in str(told.value)
    first.release()
    assert second.take() == 0
    second.release()


def test_a_killed_instance_leaves_a_lock_that_is_recovered_and_its_children_are_ended(tmp_path: Path) -> None:
    # The child outlives its killed parent; the sleep is its own group leader, as our children are.
    code = (
        "import subprocess,sys,os,datetime;from pathlib import Path;from dondoc.up.lock import InstanceLock\n"
        "l=InstanceLock(Path(sys.argv[1]));l.take();p=subprocess.Popen(['sleep','60'],start_new_session=True,stdout=subprocess.DEVNULL)\n"
        "l.note('u',[p.pid],datetime.datetime.now(datetime.UTC));print(p.pid,flush=True);os.kill(os.getpid(),9)"
    )
    path = tmp_path / "lock"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    orphan = int(done.stdout)
    assert _alive(orphan)
    lock = InstanceLock(path)
    assert lock.take() == 1
    assert not _alive(orphan)  # at once: the next thing asked is whether its port is free
    lock.release()


def test_a_reused_pid_is_never_ended(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    bystander = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        path.write_text(f'{{"pid": 1, "children": [{{"pid": {bystander.pid}, "born": "1"}}]}}')
        lock = InstanceLock(path)
        assert lock.take() == 0
        assert _alive(bystander.pid)
        lock.release()
    finally:
        bystander.kill()
        bystander.wait()


def test_an_unreadable_lock_file_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("{broken")
    assert read_note(path) == {}
    lock = InstanceLock(path)
    assert lock.take() == 0
    lock.release()


def test_stopping_a_child_ends_its_whole_group_even_when_it_does_not_listen(tmp_path: Path) -> None:
    code = (
        "import signal,subprocess,time;signal.signal(signal.SIGTERM,signal.SIG_IGN)\n"
        "p=subprocess.Popen(['sleep','60']);print(p.pid,flush=True);time.sleep(60)"
    )
    child = Child("x", [sys.executable, "-c", code], os.environ, tmp_path, tmp_path / "logs" / "x.log")
    child.start()
    leader = child.pid
    while not child.last_words():
        time.sleep(0.05)
    grandchild = int(child.last_words())
    began = time.monotonic()
    child.stop(grace=0.5)
    assert time.monotonic() - began < 3
    assert not _alive(leader)
    assert not _alive(grandchild)


def test_a_child_that_listens_is_not_killed(tmp_path: Path) -> None:
    code = (
        "import signal,sys,time;signal.signal(signal.SIGTERM,lambda *_:(print('bye',flush=True),sys.exit(0)))\n"
        "print('up',flush=True);time.sleep(60)"
    )
    child = Child("x", [sys.executable, "-c", code], os.environ, tmp_path, tmp_path / "x.log")
    child.start()
    while "up" not in child.last_words():
        time.sleep(0.05)
    child.stop(grace=5)
    assert "bye" in child.last_words()


def test_a_pid_nobody_has_was_never_born() -> None:
    assert born(2**22 + 1) == ""
    assert born(os.getpid()) != ""


def test_no_stray_prefect_variable_and_no_secret_reaches_the_server(tmp_path: Path) -> None:
    stray = {
        "PATH": "/bin",
        "PREFECT_API_URL": "http://elsewhere",
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "DONDOC_SMTP_URL": "s",
    }
    given = server_environment(stray, Places(tmp_path, 4200))
    assert given["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert given["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert given["DO_NOT_TRACK"] == "1"
    assert given["PREFECT_HOME"].startswith(str(tmp_path))
    assert "PREFECT_LOGGING_LEVEL" not in given
    assert not [name for name in given if name.startswith("DONDOC_")]


def test_the_runner_is_given_the_office_and_its_channels(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "postgresql://x", (Path("/a"), Path("/b")), clock_shift=-5)
    given = runner_environment({"DONDOC_SMTP_URL": "s", "DONDOC_DATA": "elsewhere"}, Places(tmp_path, 4200), settings)
    assert given["DONDOC_SMTP_URL"] == "s"
    assert from_environment(given) == settings


def test_settings_survive_the_way_through_an_environment(tmp_path: Path) -> None:
    settings = Settings(tmp_path, "", (), horizon_days=7, deliver_every=20, clock_shift=1.5)
    assert from_environment(as_environment(settings)) == settings


def test_a_setting_nobody_can_read_is_named() -> None:
    with pytest.raises(SettingsError, match=r"DONDOC_HORIZON_DAYS='soon'"):
        from_environment({"DONDOC_HORIZON_DAYS": "soon"})


def test_the_office_moment_and_the_machine_moment_are_each_others_inverse(tmp_path: Path) -> None:
    settings = Settings(tmp_path, clock_shift=3600)
    assert office_moment(settings, NOW).hour == 2
    assert machine_moment(settings, office_moment(settings, NOW)) == NOW


@pytest.mark.parametrize("url", ["bogus", "smtp://", "smtp://mail.example:25?mode=plain", "khongco://mail.example"])
def test_a_mail_address_nothing_could_leave_by_is_refused_before_anything_starts(
    url: str, tmp_path: Path, port_base: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_SMTP_URL", url)
    with (
        pytest.raises(StartError, match="DONDOC_SMTP_URL") as told,
        House(Settings(tmp_path), port_base, print) as house,
    ):
        house.start()
    assert told.value.code == 1
    assert not (tmp_path / "dondoc.db").exists()


@pytest.mark.parametrize("url", ["smtp://mail.example", "smtps://u:p@mail.example:465", "mailto://u:p@mail.example"])
def test_a_mail_address_that_reads_well_is_taken(url: str) -> None:
    assert problem_with(url) == ""
