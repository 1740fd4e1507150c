"""Who is told, desk by desk: holder, deputy, secretary, the next one up, and the days on which each of them holds."""

from datetime import date, timedelta

import pytest
from core_samples import a_directory, a_role

from dondoc.core.directory import Absence, Directory, Holding, Person, Recipient, Role, Unit
from dondoc.words.people import asked_words

DAY = timedelta(days=1)
JUNE_3 = date(2022, 6, 3)


def _asked(directory: Directory, ref: str, party: str = "", on: date = JUNE_3, *excluded: str) -> list[tuple[str, ...]]:
    return [tuple(desk) for desk in directory.asked(ref, party, on, frozenset(excluded))]


def _away(*persons: str, on: date = JUNE_3) -> list[Absence]:
    return [Absence(person, on, on) for person in persons]


def test_a_present_holder_answers_and_nobody_else_is_asked() -> None:
    assert _asked(a_directory(), "unit.focal", "chi-cuc-tdc") == [("dau-moi-tdc", "holder", "tdc-focal", "")]


def test_an_absent_holder_is_answered_for_by_the_deputy() -> None:
    directory = a_directory(absences=_away("tdc-focal"))
    assert _asked(directory, "dau-moi-tdc") == [
        ("dau-moi-tdc", "holder", "tdc-focal", "absent"),
        ("pho-dau-moi-tdc", "deputy", "tdc-second", ""),
    ]
    assert directory.resolve("dau-moi-tdc", "", JUNE_3).gap == ""


def test_a_vacant_desk_climbs_past_an_absent_deputy_to_the_next_one_up_with_a_gap() -> None:
    empty = a_role("dau-moi-tdc", deputy="pho-dau-moi-tdc", up="chi-cuc-truong-tdc")
    directory = a_directory(empty, absences=_away("tdc-second"))
    assert _asked(directory, "dau-moi-tdc") == [
        ("dau-moi-tdc", "holder", "", "vacant"),
        ("pho-dau-moi-tdc", "deputy", "tdc-second", "absent"),
        ("chi-cuc-truong-tdc", "up", "tdc-head", ""),
    ]
    found = directory.resolve("dau-moi-tdc", "", JUNE_3)
    assert (found.person, found.acting, found.gap) == ("tdc-head", "chi-cuc-truong-tdc", "vacant")


def test_a_secretary_is_asked_before_the_holder_and_an_absent_one_is_passed_over() -> None:
    assert _asked(a_directory(), "chi-uy") == [("thu-ky-chi-uy", "secretary", "party-secretary", "")]
    assert _asked(a_directory(absences=_away("party-secretary")), "chi-uy") == [
        ("thu-ky-chi-uy", "secretary", "party-secretary", "absent"),
        ("chi-uy", "holder", "party-committee", ""),
    ]


def test_the_excluded_are_asked_nothing_and_make_no_gap() -> None:
    directory = a_directory()
    assert _asked(directory, "dau-moi-tdc", "", JUNE_3, "tdc-focal", "tdc-second") == [
        ("dau-moi-tdc", "holder", "tdc-focal", "excluded"),
        ("pho-dau-moi-tdc", "deputy", "tdc-second", "excluded"),
        ("chi-cuc-truong-tdc", "up", "tdc-head", ""),
    ]
    assert directory.resolve("dau-moi-tdc", "", JUNE_3, frozenset({"tdc-focal", "tdc-second"})).gap == ""


def test_where_only_the_excluded_are_left_the_desk_is_not_called_vacant() -> None:
    lone = a_directory(a_role("dau-moi-tdc", "tdc-focal"))
    assert lone.resolve("dau-moi-tdc", "", JUNE_3, frozenset({"tdc-focal"})).gap == "nobody"


def test_roles_that_point_up_in_a_ring_are_each_asked_once() -> None:
    ring = a_directory(a_role("a", up="b"), a_role("b", up="a"))
    assert [desk[0] for desk in _asked(ring, "a")] == ["a", "b"]
    assert ring.resolve("a", "", JUNE_3).gap == "vacant"


@pytest.mark.parametrize(
    ("on", "person"),
    [(JUNE_3 - DAY, ""), (JUNE_3, "x"), (JUNE_3 + 4 * DAY, "x"), (JUNE_3 + 5 * DAY, "")],
)
def test_a_role_is_held_from_its_first_day_to_its_last(on: date, person: str) -> None:
    role = a_role("r")._replace(holders=(Holding("x", JUNE_3, JUNE_3 + 4 * DAY),))
    assert a_directory(role).holder("r", on) == person


@pytest.mark.parametrize(("on", "person"), [(JUNE_3, "x"), (JUNE_3 + DAY, "")])
def test_a_role_that_ended_is_nobodys_from_the_day_after(on: date, person: str) -> None:
    assert a_directory(a_role("r", "x", until=JUNE_3)).holder("r", on) == person


@pytest.mark.parametrize(("on", "gap"), [(JUNE_3, ""), (JUNE_3 + DAY, "vacant")])
def test_who_left_the_office_holds_nothing_though_the_role_still_names_them(on: date, gap: str) -> None:
    directory = a_directory(a_role("r", "x", up="chanh-van-phong"))
    left = {**directory.persons, "x": Person("x", "X", "van-phong", None, JUNE_3)}
    assert directory._replace(persons=left).resolve("r", "", on).gap == gap


@pytest.mark.parametrize(("on", "person"), [(JUNE_3 - DAY, "x"), (JUNE_3, "y"), (JUNE_3 + DAY, "x")])
def test_an_absence_counts_from_its_first_day_to_its_last(on: date, person: str) -> None:
    roles = (a_role("r", "x", deputy="s"), a_role("s", "y"))
    assert a_directory(*roles, absences=_away("x")).resolve("r", "", on).person == person


def test_every_desk_has_its_words() -> None:
    directory = a_directory(a_role("r", "x", until=JUNE_3), absences=_away("tdc-focal"))
    focal, deputy = directory.asked("dau-moi-tdc", "", JUNE_3)
    assert asked_words(directory, focal, JUNE_3) == (
        "người giữ vai trò – dau-moi-tdc (dau-moi-tdc): tdc-focal (tdc-focal): vắng từ 03/6/2022 đến 03/6/2022"
    )
    assert asked_words(directory, deputy, JUNE_3).endswith("tdc-second (tdc-second): nhận")
    (ended,) = directory.asked("r", "", JUNE_3 + DAY)
    assert asked_words(directory, ended, JUNE_3 + DAY).endswith(": vai trò đã kết thúc ngày 03/6/2022")
    (unknown,) = directory.asked("nobody", "", JUNE_3)
    assert asked_words(directory, unknown, JUNE_3).endswith(": vai trò không có trong tệp tổ chức")


def test_work_given_in_person_is_theirs_and_their_head_s_while_they_are_away() -> None:
    people = {one.id: one for one in (Person("a", "A", "u"), Person("h", "H", "u"))}
    roles = {"head": Role("head", "Trưởng đơn vị", "u", (Holding("h"),))}
    units = {"u": Unit("u", "U", "U", "head", "head")}
    here = Directory(units, roles, people)
    away = here._replace(absences=(Absence("a", date(2022, 6, 1), date(2022, 6, 10)),))
    assert here.resolve("person.a", "v", date(2022, 6, 3)) == Recipient("a", "person.a")
    found = away.resolve("person.a", "v", date(2022, 6, 3))
    assert (found.person, found.acting, found.gap) == ("h", "head", "absent")
    assert here.resolve("person.nobody", "v", date(2022, 6, 3)).gap == "unknown-role"
