"""A key that was lost is missed at once, and no second one takes its place in silence."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from office_samples import PLAN, Desk, acting, day, moment

from dondoc.register.sealed import KEY_FILE, Sealer, SealError
from dondoc.use_cases.act import Document
from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.checks.secrets import secret_key
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sealing import KEYS
from dondoc.use_cases.waive import waive
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
KEYS_OF_ZALO = FirstKeys("x", "y", "z")


def opened(desk: Desk, reference: str) -> str:
    case = CaseOpening("to-cao", day("01/3"), reference=reference, accused=("thanh-tra-vien",))
    return open_case(desk.office, PLAN, case, acting("01/3"), moment("01/3", 9)).key


def with_keys(desk: Desk, *keys: str) -> Desk:
    return Desk(desk.office._replace(sealer=Sealer(desk.office.data, ",".join(keys))))


def found(desk: Desk) -> Finding:
    at = moment("01/3", 10)
    (finding,) = secret_key(Patient(desk.office, at, at, {}))
    return finding


def kept(desk: Desk) -> list[str]:
    with desk.office.register.reading() as book:
        return (book.setting(KEYS) or "").split()


def test_the_register_knows_which_key_sealed_without_knowing_the_key(desk: Desk) -> None:
    before = with_keys(desk, OLD)
    opened(before, "TC-01")
    assert kept(before) == before.office.sealer.fingerprints() and OLD not in kept(before)


def test_with_the_key_file_lost_no_new_key_is_made_for_sealing(desk: Desk) -> None:
    opened(with_keys(desk), "TC-01")
    file = desk.office.data / KEY_FILE
    was = file.read_text()
    file.unlink()
    lost = with_keys(desk)
    with pytest.raises(SealError, match=r"1 mục niêm phong.*trả lại khoá cũ"):
        opened(lost, "TC-02")
    with pytest.raises(SealError):
        connect_zalo(lost.office, "oa", "app", KEYS_OF_ZALO, lambda: moment("01/3", 9))
    assert not file.exists() and found(lost).level == "error" and "không có khoá" in found(lost).said
    file.write_text(was)
    assert opened(with_keys(desk), "TC-02") and found(with_keys(desk)).said == "khoá niêm phong mở được cả 2 mục"


def test_another_key_is_found_by_opening_and_seals_nothing(desk: Desk) -> None:
    opened(with_keys(desk, OLD), "TC-01")
    other = with_keys(desk, NEW)
    assert found(other).level == "error" and "không mở được" in found(other).said
    with pytest.raises(SealError, match="khoá khác") as told:
        opened(other, "TC-02")
    assert NEW not in str(told.value)


def test_a_new_key_before_the_old_one_seals_and_both_are_known(desk: Desk) -> None:
    opened(with_keys(desk, OLD), "TC-01")
    rotated = with_keys(desk, NEW, OLD)
    opened(rotated, "TC-02")
    assert set(kept(rotated)) == set(rotated.office.sealer.fingerprints()) and found(rotated).level == "ok"
    with pytest.raises(SealError):
        opened(with_keys(desk, NEW), "TC-03")  # the first case still needs the old one


def test_once_nothing_needs_the_old_key_it_may_go(desk: Desk) -> None:
    first = opened(with_keys(desk, OLD), "TC-01")
    waive(desk.office, first, "đã rút đơn", acting("02/3"), moment("02/3"), Document("1/QĐ", day("02/3")))
    after = with_keys(desk, NEW)
    opened(after, "TC-02")
    assert kept(after) == after.office.sealer.fingerprints() and found(after).said.endswith("cả 1 mục")


def test_a_register_of_before_fingerprints_is_proven_by_opening(desk: Desk, tmp_path: Path) -> None:
    opened(with_keys(desk, OLD), "TC-01")
    with desk.office.register.writing() as book:
        book.put_setting(KEYS, None)
    with pytest.raises(SealError):
        opened(with_keys(desk, NEW), "TC-02")
    opened(with_keys(desk, OLD), "TC-02")
    assert kept(desk) == Sealer(tmp_path, OLD).fingerprints()
