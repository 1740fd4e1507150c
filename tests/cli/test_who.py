"""`dondoc who`: who is told for a role on a day, with the organisation file of the office."""

import json
import shutil
from pathlib import Path

import pytest

from dondoc.use_cases.people_folder import SHIPPED


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """The shipped definitions with a vacant desk and an absence."""
    folder = tmp_path / "own"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = folder / "organisation.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("holders: [{person: cb-dau-moi-tdc}]", "holders: [{person: cb-dau-moi-tdc, to: 2022-05-31}]")
    away = "absences:\n  - {person: cv-dau-moi-qlkh, from: 2022-06-02, to: 2022-06-03}\n"
    text = text.replace("absences: []", away)
    assert away in text
    file.write_text(text, encoding="utf-8")
    return folder


def test_a_role_names_its_holder_and_the_channels_but_no_address(dondoc, people: Path) -> None:
    said = dondoc("who", "dau-moi-tdc", "--at", "31/5/2022", "--definitions", str(people))
    assert said.code == 0
    assert "Thư gửi đến: Cán bộ đầu mối Chi cục TĐC (cb-dau-moi-tdc), qua: email" in said.out
    assert "@" not in said.out


def test_the_day_after_the_holder_left_the_deputy_is_told(dondoc, people: Path) -> None:
    said = dondoc("who", "chi-cuc-tdc", "--at", "01/6/2022", "--definitions", str(people), "--json")
    told = json.loads(said.out)
    assert [(s["place"], s["person"], s["why"]) for s in told["steps"]] == [
        ("holder", "", "vacant"),
        ("deputy", "pcct-tdc", ""),
    ]
    assert (told["role"], told["person"], told["acting"]) == ("dau-moi-tdc", "pcct-tdc", "pho-chi-cuc-truong-tdc")


@pytest.mark.parametrize(("at", "said"), [("01/6/2022", "nhận"), ("02/6/2022", "vắng từ 02/6/2022 đến 03/6/2022")])
def test_an_absence_is_told_with_its_days(dondoc, people: Path, at: str, said: str) -> None:
    told = dondoc("who", "unit.focal", "--party", "phong-qlkh", "--at", at, "--definitions", str(people))
    assert f"Chuyên viên đầu mối QLKH (cv-dau-moi-qlkh): {said}" in told.out


def test_in_english_the_same_is_said_in_english(dondoc, people: Path) -> None:
    said = dondoc("who", "dau-moi-tdc", "--at", "2022-06-01", "--definitions", str(people), DONDOC_LANG="en")
    assert "vacant" in said.out and "deputy" in said.out and "Told: " in said.out


def test_a_misspelt_role_is_answered_with_the_nearest_and_the_list(dondoc) -> None:
    said = dondoc("who", "dau-moi-tcd")
    assert said.code == 1
    assert "Có phải là “dau-moi-tdc”" in said.err and "chanh-van-phong" in said.err


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        (("unit.head",), 1, "Thêm --party"),
        (("unit.head", "--party", "chi-cuc"), 1, "Có phải là “chi-cuc-tdc”"),
        ((), 2, "VAI_TRÒ"),
        (("van-thu", "--person", "cb-van-thu"), 2, "VAI_TRÒ"),
        (("--person", "cb-van-thư"), 1, "Có phải là “cb-van-thu”"),
    ],
)
def test_what_cannot_be_answered_says_what_to_type(dondoc, asked: tuple[str, ...], code: int, says: str) -> None:
    said = dondoc("who", *asked)
    assert (said.code, says in said.err) == (code, True), said.err


def test_a_person_is_told_for_the_roles_held_and_for_those_stood_in_for(dondoc, people: Path) -> None:
    said = dondoc("who", "--person", "pcct-tdc", "--at", "01/6/2022", "--definitions", str(people), "--json")
    answering = json.loads(said.out)
    assert [role for role, _title in answering["holds"]] == ["pho-chi-cuc-truong-tdc"]
    assert [role for role, _title in answering["receives"]] == ["pho-chi-cuc-truong-tdc", "dau-moi-tdc"]


def test_a_gap_is_told_with_who_at_the_office_hears_of_it(dondoc, people: Path) -> None:
    file = people / "organisation.yaml"
    text = file.read_text(encoding="utf-8").replace("holders: [{person: pcct-tdc}]", "holders: []")
    file.write_text(text, encoding="utf-8")
    said = dondoc("who", "dau-moi-tdc", "--at", "01/6/2022", "--definitions", str(people))
    assert "3. vai trò cấp trên kế tiếp – Chi cục trưởng Chi cục TĐC" in said.out
    assert "Thiếu người nhận: chưa có người giữ vai trò. Văn phòng được báo: Chuyên viên theo dõi QCDC" in said.out


def test_it_works_without_prefect(dondoc) -> None:
    said = dondoc("who", "van-thu", python=("-X", "importtime"))
    assert said.code == 0 and " prefect" not in said.err
