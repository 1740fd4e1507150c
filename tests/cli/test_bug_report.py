"""What is written down of an unexpected error names nobody and opens nothing."""

import os
import subprocess
import sys
from pathlib import Path

from dondoc.register.sealed import Sealer

FAIL = """
import os, sys
import dondoc.use_cases.board as board
def fail(*_args, **_more):
    raise RuntimeError(os.environ["WHAT_IT_SAYS"])
board.board = fail
from dondoc.cli.program import main
main(["status", "--register", sys.argv[1]])
"""
SETTINGS = {
    "DONDOC_SMTP_URL": "smtps://don-doc:BiMatSmtp@may.example",
    "DONDOC_HEARTBEAT_URL": "https://nhip.example/BiMatNhip",
    "DONDOC_CHANNEL_CHAT": "json://ten:BiMatKenh@may.example/BiMatMa/{address}",
    "DONDOC_SECRET_KEY": "YmktbWF0LWtob2EtbmllbS1waG9uZy0zMi1ieXRlISE=",
    "DONDOC_ZALO_TOKEN": "BiMatZalo",
}


def test_a_report_holds_no_setting_no_link_no_token_and_no_address(tmp_path: Path) -> None:
    data, base = tmp_path / "data", {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    register = f"sqlite:///{data}/dondoc.db"
    live = {
        "a link": "0f3c9d2b7a6e4f1d8c5b0a9e8d7c6b5a-a1b2c3.Q2hhbmh2YW5waG9uZ0xpZW5LZXQ",
        "a session": "s3ss10n-Zk9aV0x3bTJkQ1pY",
        "a token of Zalo": "ZALOaccess0123456789abcdef",
        "a sealed text": Sealer(tmp_path).seal("Nguyễn Văn A"),
        "an address": "nguyen.van.a@so-khcn.example",
    }
    said = " | ".join([*SETTINGS.values(), *live.values(), f"https://so.example/viec/{live['a link']}", "lỗi ở bước 3"])
    done = subprocess.run(
        [sys.executable, "-c", FAIL, register],
        env={**base, **SETTINGS, "DONDOC_DATA": str(data), "WHAT_IT_SAYS": said},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    (report,) = (data / "reports").iterdir()
    text = report.read_text(encoding="utf-8")
    assert done.returncode == 3, done.stderr
    assert report.stat().st_mode & 0o777 == 0o600
    for secret in [*live.values(), *SETTINGS.values(), "BiMat"]:
        assert secret not in text + done.stdout + done.stderr, secret
    assert "RuntimeError" in text and "lỗi ở bước 3" in text and "in fail" in text
