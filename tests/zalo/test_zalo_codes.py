"""The code table: every row, both languages, and what the outbox makes of each."""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from zalo_samples import bot_url, message, oa_url, zbs_url

import dondoc
import notifications.zalo
from dondoc.words import english
from notifications.channels import send
from notifications.zalo.body import KIND_WORDS
from notifications.zalo.codes import ALARMS, TABLE, UNKNOWN, Endpoint, Meaning, Said, meaning_of, table
from notifications.zalo.http import forget
from notifications.zalo.oauth import Trouble, renew
from notifications.zalo.register import plugin_of
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID

URLS = {"zbs": zbs_url, "oa": oa_url, "bot": bot_url}
SENDING = [said for said in table().values() if said.endpoint in URLS]
FINAL = {"person", "message"}


@pytest.fixture(scope="module")
def zalo() -> Iterator[StandIn]:
    """One for all rows: none of them leaves a trace in it."""
    with StandIn() as stand_in:
        yield stand_in
    forget()


def test_each_code_stands_once_and_says_a_known_meaning() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(table()) > 60
    assert {row["endpoint"] for row in rows} == set(get_args(Endpoint))
    assert {row["meaning"] for row in rows} <= set(get_args(Meaning))
    assert {row["basis"] for row in rows} == {"read", "unverified"}


@pytest.mark.parametrize("said", SENDING, ids=lambda said: f"{said.endpoint}{said.code}")
def test_every_code_ends_as_its_meaning_says(zalo: StandIn, said: Said) -> None:
    zalo.world.faults.append(f"error:{said.code}")
    outcome = send(message(text="x" if said.endpoint != "zbs" else message().text), URLS[said.endpoint](zalo))
    assert outcome.kind == ("permanent" if said.meaning in FINAL else "temporary")
    assert said.explanation in outcome.detail and str(said.code) in outcome.detail
    assert zalo.world.taken == []


@pytest.mark.parametrize("said", SENDING, ids=lambda said: f"{said.endpoint}{said.code}")
def test_what_somebody_must_put_right_is_an_alarm(zalo: StandIn, said: Said) -> None:
    zalo.world.faults.append(f"error:{said.code}")
    result = plugin_of(URLS[said.endpoint](zalo)).hand_over(  # type: ignore[union-attr]
        message(text="x" if said.endpoint != "zbs" else message().text)
    )
    assert bool(result.alarm) == (said.meaning in ALARMS)


@pytest.mark.parametrize(
    ("code", "zbs", "oa"),
    [(-100, "back-off", "unknown-code"), (-124, "token", "unknown-code"), (-216, "unknown-code", "token")],
)
def test_the_same_number_means_something_else_at_another_endpoint(code: int, zbs: str, oa: str) -> None:
    assert (meaning_of("zbs", code).meaning, meaning_of("oa", code).meaning) == (zbs, oa)


def test_a_used_refresh_token_asks_for_a_new_connection(zalo: StandIn) -> None:
    trouble = renew(APP_ID, zalo.world.app_secret, "da-dung", zalo.url)
    assert isinstance(trouble, Trouble) and trouble.lost and trouble.alarm


def test_a_wrong_secret_is_an_alarm_but_loses_nothing(zalo: StandIn) -> None:
    trouble = renew(APP_ID, "sai", zalo.world.refresh, zalo.url)
    assert isinstance(trouble, Trouble) and not trouble.lost and trouble.alarm


def _said() -> set[str]:
    own = Path(notifications.zalo.__file__).parent.rglob("*.py")
    calls = (
        node
        for file in [*own, *(Path(dondoc.__file__).parent / "use_cases").glob("zalo_*.py")]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    )
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}  # type: ignore[misc]


def test_every_text_about_zalo_has_its_english() -> None:
    asked = _said() | {UNKNOWN} | set(KIND_WORDS.values()) | {said.explanation for said in table().values()}
    assert sorted(asked - english().keys()) == []
