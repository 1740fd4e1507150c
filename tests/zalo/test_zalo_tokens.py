"""The token service: one rotation however many ask, kept sealed before it is used, and an alarm when it is lost."""

import json
import multiprocessing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from zalo_samples import APP_ID, AT, OA_ID, connected, keys_of, small_office

from dondoc.register.errors import RegisterError
from dondoc.register.zalo import ZaloAccount
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo, zalo_status
from dondoc.use_cases.zalo_token import YOUNG, Token, access_token, alarms, keep_tokens
from notifications.outcome import Outcome
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import ACCESS_LIFE

LIFE = timedelta(seconds=ACCESS_LIFE)
SPAWN = multiprocessing.get_context("spawn")  # a fork would share the parent's connections


def _account(office: Office) -> ZaloAccount:
    with office.register.reading() as book:
        account = book.zalo_account(OA_ID)
    assert account
    return account


def _at(moment: datetime):
    return lambda: moment


def test_connecting_renews_at_once_so_that_only_the_office_knows_the_pair(either: Office, zalo: StandIn) -> None:
    given = zalo.world.refresh
    connected(either, zalo)
    assert zalo.world.rotations == 1 and given in zalo.world.used
    assert access_token(either, OA_ID, _at(AT)) == Token(zalo.world.access, 1)
    assert zalo.world.rotations == 1


def test_wrong_keys_are_told_and_stay_an_alarm(office: Office, zalo: StandIn) -> None:
    wrong = FirstKeys("sai", "x", zalo.world.refresh)
    outcome = connect_zalo(office, OA_ID, APP_ID, wrong, _at(AT), api=zalo.url)
    assert outcome.kind == "temporary" and "-14004" in outcome.detail
    assert "-14004" in alarms(office)[0]
    connected(office, zalo)  # typed again, rightly
    assert alarms(office) == []


def test_tokens_and_secrets_lie_sealed(office: Office, zalo: StandIn, tmp_path: Path) -> None:
    keys = keys_of(zalo)
    connected(office, zalo)
    office.register.close()
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("dondoc.db*"))
    for secret in (*keys, zalo.world.access, zalo.world.refresh):
        assert secret.encode() not in raw
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("age", "rotations"), [(timedelta(0), 1), (LIFE / 2 - timedelta(seconds=1), 1), (LIFE / 2, 2)])
def test_a_token_is_renewed_at_half_its_life(office: Office, zalo: StandIn, age: timedelta, rotations: int) -> None:
    connected(office, zalo)
    assert isinstance(access_token(office, OA_ID, _at(AT + age)), Token)
    assert zalo.world.rotations == rotations


def test_the_life_that_zalo_writes_as_text_is_read(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    assert _account(office).expires_at == AT + LIFE


def test_the_new_pair_is_kept_before_use_and_the_old_one_beside_it(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    before = (zalo.world.access, zalo.world.refresh)
    access_token(office, OA_ID, _at(AT + LIFE))
    kept = _account(office)
    unsealed = [json.loads(office.sealer.unseal(text)) for text in (kept.previous, kept.tokens)]
    assert [tuple(pair.values()) for pair in unsealed] == [before, (zalo.world.access, zalo.world.refresh)]


def test_a_token_zalo_refuses_is_renewed_once_for_all_who_saw_it_refused(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    first = access_token(office, OA_ID, _at(AT + YOUNG), refused=1)
    second = access_token(office, OA_ID, _at(AT + YOUNG), refused=1)
    assert first == second == Token(zalo.world.access, 2)
    assert zalo.world.rotations == 2


@pytest.mark.parametrize(("age", "rotations"), [(YOUNG - timedelta(seconds=1), 1), (YOUNG, 2)])
def test_a_token_refused_soon_after_its_renewal_is_an_alarm_and_not_renewed_again(
    office: Office, zalo: StandIn, age: timedelta, rotations: int
) -> None:
    connected(office, zalo)
    found = access_token(office, OA_ID, _at(AT + age), refused=1)
    assert zalo.world.rotations == rotations
    assert isinstance(found, Outcome) is (rotations == 1) is bool(alarms(office))


def test_a_renewal_that_fails_leaves_the_present_token_in_use_and_pauses(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    zalo.world.faults.extend(["oauth:drop-before"] * 2)
    late = AT + LIFE * 0.6
    assert access_token(office, OA_ID, _at(late)) == Token(zalo.world.access, 1)
    assert len(zalo.world.faults) == 1
    assert access_token(office, OA_ID, _at(late + timedelta(seconds=59))) == Token(zalo.world.access, 1)
    assert len(zalo.world.faults) == 1  # nobody tried within the minute
    zalo.world.faults.clear()
    assert access_token(office, OA_ID, _at(late + timedelta(seconds=61))) == Token(zalo.world.access, 2)


def test_an_expired_token_is_not_used_while_renewing_fails(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    zalo.world.faults.append("oauth:drop-before")
    late = AT + LIFE + timedelta(seconds=1)
    for seconds in (0, 30):
        found = access_token(office, OA_ID, _at(late + timedelta(seconds=seconds)))
        assert isinstance(found, Outcome) and found.kind == "temporary"


def test_an_answer_lost_after_the_rotation_ends_in_an_alarm_that_says_what_to_do(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    zalo.world.faults.append("oauth:drop-after")
    assert keep_tokens(office, _at(AT + LIFE * 0.6)) == []  # nobody can say yet
    (alarm,) = keep_tokens(office, _at(AT + LIFE * 0.6 + timedelta(minutes=2)))
    assert "-14014" in alarm and "dondoc zalo connect" in alarm
    assert zalo_status(office, AT + LIFE)[0].alarm in alarm
    connected(office, zalo, AT + LIFE)
    assert alarms(office) == []


def test_a_code_nobody_knows_is_an_alarm_while_the_present_token_still_serves(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    zalo.world.faults.append("oauth:error:-14999")
    (alarm,) = keep_tokens(office, _at(AT + LIFE * 0.6))
    assert "-14999" in alarm
    assert access_token(office, OA_ID, _at(AT + LIFE * 0.6)) == Token(zalo.world.access, 1)


def test_a_network_that_fails_blanks_no_alarm(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    zalo.world.faults.extend(["oauth:error:-14020", "oauth:drop-before"])
    told = keep_tokens(office, _at(AT + LIFE * 0.6))
    assert keep_tokens(office, _at(AT + LIFE * 0.6 + timedelta(hours=2))) == told and "-14020" in told[0]
    assert not zalo.world.faults
    assert keep_tokens(office, _at(AT + LIFE * 0.6 + timedelta(hours=4))) == []  # renewed


@pytest.mark.parametrize(("late", "count"), [(LIFE - timedelta(seconds=1), 0), (LIFE, 1)])
def test_a_network_that_fails_is_an_alarm_from_the_end_of_the_token_on(
    office: Office, zalo: StandIn, late: timedelta, count: int
) -> None:
    connected(office, zalo)
    zalo.world.faults.append("oauth:drop-before")
    assert len(keep_tokens(office, _at(AT + late))) == count


def test_a_process_that_died_while_renewing_gives_way_when_its_lease_ends(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    late = AT + LIFE * 0.6
    with office.register.writing() as book:
        assert book.take_zalo_lease(_account(office), "dead", late, late + timedelta(minutes=2))
    assert access_token(office, OA_ID, _at(late + timedelta(minutes=1))) == Token(zalo.world.access, 1)
    assert access_token(office, OA_ID, _at(late + timedelta(minutes=2))) == Token(zalo.world.access, 2)


def test_a_register_that_cannot_write_spends_no_refresh_token(office: Office, zalo: StandIn, monkeypatch) -> None:
    connected(office, zalo)

    def full() -> None:
        raise RegisterError("full", "đĩa đầy")

    monkeypatch.setattr(type(office.register), "writing", lambda self: full())
    with pytest.raises(RegisterError):
        access_token(office, OA_ID, _at(AT + LIFE))
    assert zalo.world.rotations == 1


def test_a_pair_the_register_cannot_take_waits_beside_it_sealed_and_is_not_lost(
    office: Office, zalo: StandIn, tmp_path: Path, monkeypatch
) -> None:
    connected(office, zalo)
    with monkeypatch.context() as broken:
        broken.setattr("dondoc.use_cases.zalo_token._put", _full)
        with pytest.raises(RegisterError):
            access_token(office, OA_ID, _at(AT + LIFE * 0.6))
    (rescue,) = tmp_path.glob("*.rescue")
    assert rescue.stat().st_mode & 0o777 == 0o600 and zalo.world.refresh not in rescue.read_text()
    assert access_token(office, OA_ID, _at(AT + LIFE * 0.6)) == Token(zalo.world.access, 2)
    assert zalo.world.rotations == 2 and not rescue.exists()


def test_a_rescued_pair_of_an_earlier_connection_is_thrown_away(office: Office, zalo: StandIn, tmp_path: Path) -> None:
    connected(office, zalo)
    (tmp_path / f"zalo-{OA_ID}.rescue").write_text('[0, "x", "2022-06-03T01:00:00Z", "2022-06-03T01:00:00Z"]')
    assert access_token(office, OA_ID, _at(AT)) == Token(zalo.world.access, 1)


def _full(*_given: object) -> None:
    raise RegisterError("full", "đĩa đầy")


def test_a_lost_key_is_told_by_the_regular_run_and_costs_no_rotation(office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    (office.data / "secret.key").unlink()
    lost = office._replace(sealer=type(office.sealer)(office.data))
    (trouble,) = keep_tokens(lost, _at(AT + LIFE))
    assert OA_ID in trouble and zalo.world.rotations == 1


def test_an_account_nobody_connected_says_which_command_to_run(office: Office) -> None:
    found = access_token(office, "1", _at(AT))
    assert isinstance(found, Outcome) and "dondoc zalo connect" in found.detail


@pytest.mark.parametrize("api", ["http://192.0.2.7", "https://oauth.example"])
def test_no_account_is_connected_elsewhere(office: Office, api: str) -> None:
    with pytest.raises(Refused):
        connect_zalo(office, OA_ID, APP_ID, FirstKeys("a", "b", "c"), _at(AT), api=api)


ROUNDS = (AT + LIFE * 0.6, AT + LIFE * 3)  # the present token still serves; it does not any more


def _ask(url: str, data: Path, barrier, answers) -> None:
    office = small_office(url, data)
    for number, at in enumerate(ROUNDS):
        barrier.wait(60)
        answers.put((number, access_token(office, OA_ID, _at(at))))


def test_processes_that_ask_at_once_renew_once(either: Office, tmp_path: Path, zalo: StandIn) -> None:
    connected(either, zalo)
    barrier, answers = SPAWN.Barrier(2), SPAWN.Queue()
    given = (either.register.url, tmp_path, barrier, answers)
    started = [SPAWN.Process(target=_ask, args=given) for _ in range(2)]
    for process in started:
        process.start()
    found = sorted(answers.get(timeout=90) for _ in range(4))
    for process in started:
        process.join(30)
    assert zalo.world.rotations == 3 and zalo.world.refused_renewals == 0
    assert {token.generation for number, token in found if number == 0} <= {1, 2}
    assert [token for number, token in found if number == 1] == [Token(zalo.world.access, 3)] * 2
