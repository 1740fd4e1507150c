"""What is sealed opens with its key only, and no message shows a key or a sealed text."""

import base64
import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from dondoc.register.sealed import KEY_FILE, Sealer, SealError


def test_a_sealed_text_opens_again_and_is_not_to_be_read_meanwhile(tmp_path: Path) -> None:
    token = Sealer(tmp_path).seal("Nguyễn Văn A")
    assert "Nguyễn" not in token
    assert Sealer(tmp_path).unseal(token) == "Nguyễn Văn A"


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    Sealer(tmp_path / "new").seal("a")
    file = tmp_path / "new" / KEY_FILE
    key = file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    Sealer(tmp_path / "new").seal("b")
    assert file.read_text() == key
    assert [path.name for path in file.parent.iterdir()] == [KEY_FILE]


def test_processes_that_begin_at_once_share_one_key(tmp_path: Path) -> None:
    tokens: list[str] = []
    sealers = [Sealer(tmp_path) for _ in range(8)]
    threads = [threading.Thread(target=lambda s=s: tokens.append(s.seal("x"))) for s in sealers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [Sealer(tmp_path).unseal(token) for token in tokens] == ["x"] * 8


def test_a_lost_key_is_told_and_not_made_anew(tmp_path: Path) -> None:
    token = Sealer(tmp_path).seal("a")
    (tmp_path / KEY_FILE).unlink()
    lost = Sealer(tmp_path)
    with pytest.raises(SealError, match="Không còn khoá bí mật"):
        lost.unseal(token)
    assert not lost.has_key


def test_another_key_opens_nothing_and_the_refusal_shows_neither_key_nor_text(tmp_path: Path) -> None:
    token, other = Sealer(tmp_path).seal("a"), Fernet.generate_key().decode()
    with pytest.raises(SealError, match="không mở được") as told:
        Sealer(tmp_path, other).unseal(token)
    assert other not in str(told.value) and token not in str(told.value)


def test_the_environments_key_comes_before_the_file_and_makes_none(tmp_path: Path) -> None:
    key = Fernet.generate_key().decode()
    token = Sealer(tmp_path, key).seal("a")
    assert not (tmp_path / KEY_FILE).exists()
    assert Sealer(tmp_path / "elsewhere", key).unseal(token) == "a"


def test_an_old_key_still_opens_after_a_new_one_took_its_place(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    token = Sealer(tmp_path, old).seal("a")
    both = Sealer(tmp_path, f"{new},{old}")
    assert both.unseal(token) == "a"
    assert Sealer(tmp_path, new).unseal(both.seal("b")) == "b"


def test_a_key_as_openssl_writes_it_is_accepted(tmp_path: Path) -> None:
    plain = base64.b64encode(bytes([0xFB, 0xFF] * 16)).decode()
    assert "+" in plain and "/" in plain
    assert Sealer(tmp_path, plain).unseal(Sealer(tmp_path, plain).seal("a")) == "a"


@pytest.mark.parametrize("key", ["mat-khau-cua-toi", base64.b64encode(b"x" * 31).decode(), "é" * 44, ",,"])
def test_a_malformed_key_is_refused_without_being_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(SealError, match="DONDOC_SECRET_KEY không đúng dạng") as told:
        Sealer(tmp_path, key).seal("a")
    assert key not in str(told.value)


def test_the_first_key_signs_and_every_key_proves(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    before, rotated = (
        Sealer(tmp_path, old).signing_keys("answer"),
        Sealer(tmp_path, f"{new} {old}").signing_keys("answer"),
    )
    assert len(before) == 1 and rotated[1:] == before and rotated[0] == Sealer(tmp_path, new).signing_keys("answer")[0]
    assert set(rotated).isdisjoint(Sealer(tmp_path, f"{new} {old}").signing_keys("session"))


def test_a_keys_fingerprint_names_it_and_tells_nothing_of_it(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    assert Sealer(tmp_path).fingerprints() == [] and not (tmp_path / KEY_FILE).exists()
    (one,) = Sealer(tmp_path, old).fingerprints()
    assert Sealer(tmp_path, f"{new},{old}").fingerprints()[1:] == [one]
    assert len(one) == 16 and one not in old
