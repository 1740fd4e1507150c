"""An office that names its own definitions must bring its own people: the shipped example is never taken unasked."""

from pathlib import Path
from shutil import copyfile, copytree

import pytest

from definitions.problem import DefinitionError
from dondoc.use_cases.check_definitions import check_definitions
from dondoc.use_cases.office import SHIPPED, open_office

PLAN = "qcdc-2022"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a plan and nobody to do it."""
    copytree(SHIPPED / PLAN, tmp_path / "own" / PLAN)
    return tmp_path / "own"


def _bring(folder: Path, *names: str) -> None:
    for name in names:
        copyfile(SHIPPED / name.replace("contacts.yaml", "contacts.example.yaml"), folder / name)


def test_a_folder_without_an_organisation_is_refused_with_what_to_copy(own: Path, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as refused:
        open_office(tmp_path / "data", definitions=(own,))
    (problem,) = refused.value.problems
    assert problem.file == str(own / "organisation.yaml")
    assert "definitions/organisation.yaml" in problem.hint


def test_an_organisation_without_addresses_is_refused_with_what_to_copy(own: Path, tmp_path: Path) -> None:
    _bring(own, "organisation.yaml")
    with pytest.raises(DefinitionError, match=r"contacts\.yaml.*definitions/contacts\.example\.yaml"):
        open_office(tmp_path / "data", definitions=(own,))


@pytest.mark.parametrize("contacts", ["contacts.yaml", "contacts.example.yaml"])
def test_a_folder_with_its_people_opens(own: Path, tmp_path: Path, contacts: str) -> None:
    _bring(own, "organisation.yaml", contacts)
    assert PLAN in open_office(tmp_path / "data", definitions=(own,)).plans


def test_one_of_several_folders_may_hold_the_people(own: Path, tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    _bring(tmp_path / "people", "organisation.yaml", "contacts.yaml")
    assert PLAN in open_office(tmp_path / "data", definitions=(own, tmp_path / "people")).plans


def test_the_shipped_folder_and_the_offices_own_editions_need_no_people_beside_them(own: Path, tmp_path: Path) -> None:
    assert PLAN in open_office(tmp_path / "data", definitions=(SHIPPED,)).plans
    copytree(own, tmp_path / "data" / "definitions")
    assert PLAN in open_office(tmp_path / "data", definitions=(tmp_path / "data" / "definitions",)).plans


def test_checking_tells_of_the_missing_people_and_reads_the_plans_all_the_same(own: Path) -> None:
    report = check_definitions((own,))
    assert [problem.file for problem in report.problems] == [str(own / "organisation.yaml")]
    assert [plan.id for plan in report.plans] == [PLAN]
