"""`dondoc zalo` as a person runs it, against a stand-in in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dondoc.register import Register


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A stand-in as `dondoc zalo stand-in --json` starts it, with what it says of itself."""
    command = [sys.executable, "-m", "dondoc", "zalo", "stand-in", "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout
    yield json.loads(process.stdout.readline())
    process.terminate()
    process.wait(10)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    register = Register(f"sqlite:///{tmp_path / 'data' / 'dondoc.db'}")
    register.migrate()
    register.close()
    return tmp_path / "data"


def _connect(playing: dict[str, Any], data: Path, tmp_path: Path, keys: str, *more: str):
    arguments = ["zalo", "connect", "--stdin", "--oa-id", playing["oa_id"], "--app-id", playing["app_id"]]
    arguments += ["--api", playing["api"], "--data", str(data), *more]
    return subprocess.run(
        [sys.executable, "-m", "dondoc", *arguments],
        input=keys,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )


def test_an_account_is_connected_shown_and_renewed_without_ever_showing_a_key(
    dondoc, playing: dict[str, Any], data: Path, tmp_path: Path
) -> None:
    done = _connect(playing, data, tmp_path, json.dumps(playing["keys"]), "--reserve", "7")
    assert done.returncode == 0, done.stderr
    assert "BẢN GIẢ LẬP" in done.stdout
    shown = dondoc("zalo", "status", "--data", str(data))
    assert "BẢN GIẢ LẬP" in shown.out and playing["oa_id"] in shown.out and "0 giờ tuổi" in shown.out
    (status,) = json.loads(dondoc("zalo", "status", "--json", "--data", str(data)).out)
    assert (status["generation"], status["alarm"], status["stand_in"]) == (1, "", playing["api"])
    assert dondoc("zalo", "refresh", "--data", str(data)).code == 0
    told = done.stdout + done.stderr + shown.out + json.dumps(status)
    assert [key for key in playing["keys"].values() if key in told] == []


def test_wrong_keys_end_with_one_and_in_words(dondoc, playing: dict[str, Any], data: Path, tmp_path: Path) -> None:
    wrong = {**playing["keys"], "refresh_token": "khong-dung-nua"}
    done = _connect(playing, data, tmp_path, json.dumps(wrong))
    assert done.returncode == 1 and "-14014" in done.stderr and "khong-dung-nua" not in done.stderr
    refreshed = dondoc("zalo", "refresh", "--data", str(data))
    assert refreshed.code == 1 and "dondoc zalo connect" in refreshed.err
    assert "CẦN XỬ LÝ" in dondoc("zalo", "status", "--data", str(data)).out


def test_what_is_no_json_is_refused_and_not_repeated(playing: dict[str, Any], data: Path, tmp_path: Path) -> None:
    done = _connect(playing, data, tmp_path, "mat-khau-go-nham")
    assert done.returncode == 1 and "mat-khau" not in done.stderr + done.stdout and "Traceback" not in done.stderr


def test_no_key_can_be_given_on_the_command_line(dondoc) -> None:
    told = dondoc("zalo", "connect", "--help").out
    assert "--oa-id" in told and not [word for word in ("--secret", "--token", "--refresh-token") if word in told]


def test_before_anything_is_connected_status_says_what_to_run(dondoc, data: Path) -> None:
    assert "dondoc zalo connect" in dondoc("zalo", "status", "--data", str(data)).out
    assert json.loads(dondoc("zalo", "status", "--json", "--data", str(data)).out) == []
    assert json.loads(dondoc("zalo", "people", "--json", "--data", str(data)).out) == []


def test_a_bot_that_listens_tells_who_wrote(dondoc, playing: dict[str, Any], data: Path) -> None:
    import requests

    body = {"user_id": "c-1", "name": "Cán bộ đầu mối", "to_bot": True, "text": "chào"}
    assert requests.post(f"{playing['api']}/stand-in/wrote", json=body, timeout=5).status_code == 200
    url = f"zalobot://{playing['bot_token']}/?api={playing['api']}"
    heard = dondoc("zalo", "listen", "--seconds", "2", "--data", str(data), DONDOC_CHANNEL_ZALO_BOT=url)
    assert heard.code == 0 and "Cán bộ đầu mối: chat_id c-1" in heard.out, heard.err
    (writer,) = json.loads(dondoc("zalo", "people", "--json", "--data", str(data)).out)
    assert (writer["account"], writer["user_id"]) == ("bot:424242", "c-1")
    assert playing["bot_token"] not in heard.out + heard.err


def test_listening_without_a_bot_says_where_to_declare_one(dondoc, data: Path) -> None:
    said = dondoc("zalo", "listen", "--data", str(data))
    assert said.code == 1 and "zalobot://" in said.err


def test_a_taken_port_is_told_in_words(dondoc, playing: dict[str, Any]) -> None:
    said = dondoc("zalo", "stand-in", "--port", playing["api"].rpartition(":")[2])
    assert said.code == 1 and "Traceback" not in said.err
