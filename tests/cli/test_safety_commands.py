"""Backup, restore, erase and the doctor as a person runs them: what they print and how they end."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dondoc.cli.failures import DONE, USAGE, WRONG
from dondoc.use_cases.office import SHIPPED, open_office
from dondoc.use_cases.open_plan import open_plan

PAPER = ("--reason", "hết thời hạn", "--document", "7/QĐ", "--document-on", "01/7/2022")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that opened its plan."""
    folder = tmp_path_factory.mktemp("safety") / "data"
    folder.mkdir()
    office = open_office(folder, definitions=(SHIPPED,), editions=False)
    office.register.migrate()
    open_plan(office, "qcdc-2022", datetime(2022, 2, 18, 1, tzinfo=UTC), date(2022, 2, 18))
    office.register.close()
    return folder


def test_what_was_backed_up_is_restored_and_held(dondoc, data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "sao lưu.zip", ("--data", str(tmp_path / "other"))
    done = dondoc("backup", str(file), "--data", str(data))
    assert done.code == DONE and "Đã sao lưu" in done.out and "@" in done.out
    assert dondoc("backup", str(file), "--data", str(data)).code == WRONG

    restored = dondoc("restore", str(file), *other)
    assert restored.code == DONE and "dondoc hold release" in restored.out
    assert "khôi phục" in dondoc("hold", "show", *other).out
    again = dondoc("restore", str(file), *other)
    assert again.code == WRONG and "--replace" in again.err
    anchor = done.out.split("Đầu nhật ký: ")[1].split()[0]
    assert dondoc("journal", "verify", "--head", anchor, *other).code == DONE
    assert dondoc("restore", str(file), "--replace", *other).code == DONE


def test_what_is_no_backup_is_refused_in_words(dondoc, data: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("x")
    said = dondoc("restore", str(tmp_path / "x.zip"), "--replace", "--data", str(data))
    assert said.code == WRONG and "không phải bản sao lưu" in said.err
    assert dondoc("restore", str(tmp_path / "none.zip"), "--data", str(data)).code == USAGE


def test_erasing_asks_for_a_document_and_counts_first(dondoc, data: Path) -> None:
    assert dondoc("journal", "erase", "--data", str(data)).code == USAGE
    counted = dondoc("journal", "erase", "--dry-run", *PAPER, "--data", str(data))
    assert counted.code == DONE and "Sẽ xoá: 0 mục, 0 thư, 0 tệp minh chứng." in counted.out
    nothing = dondoc("journal", "erase", *PAPER, "--data", str(data))
    assert nothing.code == WRONG and "Không có gì phải xoá" in nothing.err
    assert dondoc("journal", "purge", "--data", str(data)).code == DONE


def test_the_doctor_says_what_is_broken_and_ends_with_1(dondoc, data: Path, tmp_path: Path) -> None:
    told = json.loads(dondoc("doctor", "--json", "--data", str(data)).out)
    assert {"definitions", "register", "journal", "folds", "agenda", "disk"} <= {f["check"] for f in told}
    lost = dondoc("doctor", "--data", str(tmp_path / "none"))
    assert lost.code == WRONG and "✗ register" in lost.out and "→" in lost.out and "Traceback" not in lost.err
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "organisation.yaml").write_text("units: x\n")
    broken = dondoc("doctor", "--data", str(data), "--definitions", str(tmp_path / "broken"))
    assert broken.code == WRONG and "✗ definitions" in broken.out
