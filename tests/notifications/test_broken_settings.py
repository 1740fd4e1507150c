"""A setting that cannot be is told without what it holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from left_behind import free_port, texts_of

pytestmark = [pytest.mark.stack, pytest.mark.timeout(420)]

BROKEN = {
    "a mail URL of no known kind": ("DONDOC_SMTP_URL", "khongco://don-doc:BiMatX@may.example"),
    "a mail URL without a host": ("DONDOC_SMTP_URL", "smtp://don-doc:BiMatX@"),
    "a mail URL with a port that is none": ("DONDOC_SMTP_URL", "smtp://don-doc:BiMatX@may.example:BiMatX"),
    "a database that is down": ("DONDOC_REGISTER_URL", "postgresql://dondoc:BiMatX@127.0.0.1:9/so"),
    "a database URL with a stray option": ("DONDOC_REGISTER_URL", "postgresql://dondoc:BiMatX@127.0.0.1:9/so?bimat=BiMatX"),
    "a database URL with a port that is none": ("DONDOC_REGISTER_URL", "postgresql://dondoc:BiMatX@127.0.0.1:BiMatX/so"),
    "a database of no known kind": ("DONDOC_REGISTER_URL", "mysql://dondoc:BiMatX@127.0.0.1/so"),
    "a database password with a stray sign": ("DONDOC_REGISTER_URL", "postgresql://dondoc:Bi@MatX:BiMatX@127.0.0.1:9/so"),
    "a key that is none": ("DONDOC_SECRET_KEY", "BiMatX"),
    "a channel of no known kind": ("DONDOC_CHANNEL_CHAT", "khongco://BiMatX"),
    "a channel that is malformed": ("DONDOC_CHANNEL_CHAT", "json://BiMatX:BiMatX@:BiMatX/"),
}  # fmt: skip


UP = ("up", "--port-base", "{port}")
ASKED = {
    "DONDOC_SMTP_URL": [("check",), UP],
    "DONDOC_REGISTER_URL": [("status",), UP],
    "DONDOC_SECRET_KEY": [("status",)],
}
ALL = os.environ.get("DONDOC_TEST_FULL") == "1"  # else `up` with a few of them: a start costs a second
STARTED = ("a mail URL of no known kind", "a database that is down", "a database password with a stray sign")
TRIED = [
    (broken, words)
    for broken, (name, _) in BROKEN.items()
    for words in ASKED.get(name, [("check",)])
    if ALL or words != UP or broken in STARTED
]


@pytest.mark.parametrize(("broken", "words"), TRIED)
def test_a_broken_setting_is_told_without_its_secret(tmp_path: Path, broken: str, words: tuple[str, ...]) -> None:
    name, value = BROKEN[broken]
    base = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "dondoc", *(word.format(port=free_port()) for word in words)],
        env={**base, "DONDOC_DATA": str(tmp_path / "data"), name: value},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    left = json.dumps({"said": done.stdout + done.stderr, **texts_of(tmp_path)}, ensure_ascii=False)
    assert "BiMatX" not in left and "MatX" not in left, left[-3000:]
    assert done.returncode in (0, 1), left[-3000:]
    assert "Traceback" not in left
