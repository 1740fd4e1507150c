from datetime import date

import pytest

from definitions.contacts import Contact
from definitions.organisation import load_organisation
from definitions.problem import DefinitionError


@pytest.fixture
def office(tmp_path, organisation_text):
    def write(organisation=organisation_text, contacts="", name="contacts.yaml"):
        (tmp_path / "organisation.yaml").write_text(organisation, encoding="utf-8")
        if contacts:
            (tmp_path / name).write_text(contacts, encoding="utf-8")
        return tmp_path

    return write


def refused(folder):
    with pytest.raises(DefinitionError) as caught:
        load_organisation(folder)
    return caught.value.problems


def test_roles_resolve_to_their_holders(office):
    directory = load_organisation(office()).directory
    assert directory.holder("van-phong", date(2022, 3, 1)) == "can-bo-vp"
    assert directory.role_of("unit.focal", "chi-cuc-tdc") == "dau-moi-tdc"


def test_a_person_with_an_address_is_reachable_and_another_is_not(office):
    loaded = load_organisation(office(contacts="can-bo-vp: {email: vp@so.example}\n"))
    assert loaded.contacts["can-bo-vp"] == Contact("vp@so.example", "")
    assert loaded.directory.reachable == {"can-bo-vp"}
    assert load_organisation(office(contacts='can-bo-vp: {email: ""}\n')).directory.reachable == frozenset()


def test_the_office_s_own_contacts_win_over_the_example(office):
    office(contacts="can-bo-vp: {email: mau@so.example}\n", name="contacts.example.yaml")
    assert load_organisation(office()).contacts["can-bo-vp"].email == "mau@so.example"
    office(contacts="can-bo-vp: {email: that@so.example}\n")
    assert load_organisation(office()).contacts["can-bo-vp"].email == "that@so.example"


def test_holders_change_on_their_day(office, organisation_text):
    text = organisation_text.replace(
        "holders: [{person: can-bo-vp}]",
        'holders: [{person: can-bo-vp, to: "2022-06-30"}, {person: moi, from: "2022-07-01"}]',
    )
    directory = load_organisation(office(text + "  - {id: moi, name: Người mới, unit: van-phong}\n")).directory
    assert directory.holder("van-phong", date(2022, 6, 30)) == "can-bo-vp"
    assert directory.holder("van-phong", date(2022, 7, 1)) == "moi"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("head: chanh-van-phong", "head: chanh-van-phongg", "units[1].head"),
        ("unit: chi-cuc-tdc}", "unit: chi-cuc}", "roles[5].unit"),
        ("person: can-bo-vp", "person: can-bo", "roles[1].holders[1].person"),
        ("leadership: true", "leader: true", "roles[3].leader"),
        ("- {id: thanh-tra,", "- {id: van-phong,", "roles[4].id"),
        ("id: chi-cuc-tdc", "id: Chi cục", "units[2].id"),
    ],
)
def test_a_mistake_is_told_with_its_place(office, organisation_text, old, new, path):
    found = refused(office(organisation_text.replace(old, new, 1)))
    assert path in [problem.path for problem in found]


def test_a_contact_of_nobody_and_an_address_that_is_none_are_told(office):
    found = refused(office(contacts="can-bo-v: {email: a@b.example}\ncan-bo-vp: {email: khong-phai-dia-chi}\n"))
    assert {problem.path for problem in found} == {"can-bo-v", "can-bo-vp.email"}
    assert any("“can-bo-vp”" in problem.hint for problem in found)


def test_no_organisation_file_is_a_problem_and_no_traceback(tmp_path):
    assert "không đọc được" in refused(tmp_path)[0].found
