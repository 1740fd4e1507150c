"""Where a flow comes in, the clock is looked at before anything is decided or sent by it."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dondoc.settings import Settings, as_environment
from dondoc.use_cases.hold import show_hold
from flows.front_door import enter, enter_with_new_definitions


@pytest.fixture
def office_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in as_environment(Settings(tmp_path)).items():
        monkeypatch.setitem(os.environ, name, value)


@pytest.mark.usefixtures("office_in")
def test_a_flow_that_enters_after_the_clock_leapt_finds_sending_held() -> None:
    entrance = enter_with_new_definitions()
    assert not show_hold(entrance.office, entrance.at).reason
    with entrance.office.register.writing() as book:  # the clock, not the machine, has since gone ahead by a fortnight
        boot, _, started = (book.setting("machine-started") or "").partition(" ")
        book.put_setting("machine-started", f"{boot} {(datetime.fromisoformat(started) - timedelta(14)).isoformat()}")
    later = enter()
    assert "14 ngày" in show_hold(later.office, later.at).reason
