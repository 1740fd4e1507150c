"""Confidential cases: who opens them, by what, and that every look is written down."""

from datetime import date, timedelta

import pytest
from answering_office import HEAD, PLAN, Portal, june
from test_signing_in import enter, newest

from dondoc.core.directory import Holding, Person, Role
from dondoc.core.facts import Fact
from dondoc.core.occurrence import Occurrence
from dondoc.use_cases.act import Act
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.verify_journal import verify_journal
from dondoc.use_cases.viewer import viewer_of

CLERK, INSPECTOR = "cv-theo-doi-qcdc", "thanh-tra-tinh"
GRANT = {"document": "12/QĐ-SKHCN", "on": "02/6/2022", "last_on": "10/6/2022"}


@pytest.fixture
def case(portal: Portal) -> str:
    """Opened in the morning, its letters sent; and an inspector, whose account ends on 20/6."""
    directory = portal.office.directory
    role = Role(
        "doan-thanh-tra", "Đoàn thanh tra", "", (Holding(INSPECTOR, until=date(2022, 6, 20)),), portal="inspector"
    )
    people = {**directory.persons, INSPECTOR: Person(INSPECTOR, "Thành viên đoàn thanh tra", "")}
    portal.change(
        portal.office._replace(directory=directory._replace(roles={**directory.roles, role.id: role}, persons=people))
    )
    opening = CaseOpening("khieu-nai", date(2022, 6, 2), reference="05/2022")
    key = open_case(portal.office, PLAN, opening, Act("van-phong", "cli", date(2022, 6, 3)), portal.at).key
    portal.run(june(6))
    return key


def doer_of(portal: Portal, case: str) -> str:
    """Who was told of it first."""
    with portal.office.register.reading() as book:
        notices = [r.notice for r in book.notices() if r.notice.occurrence == case]
    return notices[0].recipient


def occurrence_of(portal: Portal, case: str) -> Occurrence:
    with portal.office.register.reading() as book:
        return gather_one(portal.office, book, case).occurrence


def looks(portal: Portal, case: str) -> list[Fact]:
    with portal.office.register.reading() as book:
        return [fact for fact in book.facts([case])[case] if fact.kind == "looked"]


def grant(portal: Portal, **more: str) -> int:
    portal.sign_in(CLERK)
    form = {**portal.form("/quyen-xem"), "csrf": portal.csrf("/quyen-xem"), "number": "05/2022", "person": INSPECTOR}
    return portal.browser.post("/quyen-xem", data={**form, **GRANT, **more}).status_code


def test_a_link_names_the_case_by_its_number_and_asks_for_signing_in(portal: Portal, case: str) -> None:
    link = portal.link(doer_of(portal, case), case)
    shown = portal.get(link).text
    assert "Đăng nhập để mở vụ việc" in shown and "khieu-nai" not in shown and case not in shown
    assert portal.get(f"{link}/mo").status_code == 303
    assert portal.get(f"{link}/mo").headers["location"].startswith("/dang-nhap?tiep=%2Fviec%2F")
    assert not looks(portal, case)


def test_who_signs_in_as_that_person_comes_to_the_case(portal: Portal, case: str) -> None:
    doer = doer_of(portal, case)
    link = portal.link(doer, case)
    back = enter(portal, doer, f"{link}/mo").headers["location"]
    assert back == f"{link}/mo"
    assert portal.get(back).headers["location"] == f"/ky/{case}"
    assert portal.get(f"/ky/{case}").status_code == 200
    (look,) = looks(portal, case)
    assert (look.actor, look.via, look.payload["place"]) == (doer, "portal", "testclient")


def test_who_signs_in_as_somebody_else_does_not(portal: Portal, case: str) -> None:
    link = portal.link(doer_of(portal, case), case)
    portal.sign_in("ktv-kiem-dinh-1")
    assert portal.get(f"{link}/mo").status_code == 403
    assert portal.get(f"/ky/{case}").status_code == 404
    assert not looks(portal, case)


def test_a_second_look_within_the_hour_is_no_second_entry(portal: Portal, case: str) -> None:
    portal.sign_in(doer_of(portal, case))
    portal.at = june(6, 9, 10)
    for _again in range(3):
        assert portal.get(f"/ky/{case}").status_code == 200
    assert len(looks(portal, case)) == 1
    portal.at = june(6, 10, 10)
    portal.get(f"/ky/{case}")
    assert len(looks(portal, case)) == 2


def test_a_look_moves_nothing_and_the_chain_holds(portal: Portal, case: str) -> None:
    before = occurrence_of(portal, case)
    portal.sign_in(doer_of(portal, case))
    portal.get(f"/ky/{case}")
    assert occurrence_of(portal, case) == before
    assert verify_journal(portal.office) == []


def test_an_ordinary_duty_is_looked_at_without_an_entry(portal: Portal) -> None:
    portal.sign_in(HEAD)
    assert portal.get(f"/ky/{PLAN}/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc").status_code == 200
    with portal.office.register.reading() as book:
        assert all(fact.kind != "looked" for facts in book.facts().values() for fact in facts)


def test_an_inspector_reads_a_case_only_with_a_grant_up_to_its_day(portal: Portal, case: str) -> None:
    portal.sign_in(INSPECTOR)
    assert portal.get(f"/ky/{case}").status_code == 404
    assert grant(portal) == 303
    portal.sign_in(INSPECTOR)
    listed = portal.get("/quyen-xem").text
    assert f'href="/ky/{case}"' in listed and "Cho xem một vụ việc" not in listed
    assert portal.get(f"/ky/{case}").status_code == 200
    assert [look.actor for look in looks(portal, case)] == [INSPECTOR]
    portal.at = june(10, 23)
    portal.sign_in(INSPECTOR)
    assert portal.get(f"/ky/{case}").status_code == 200
    portal.at = june(11, 0)
    assert portal.get(f"/ky/{case}").status_code == 404


def test_a_grant_that_is_ended_opens_nothing(portal: Portal, case: str) -> None:
    grant(portal)
    word = {"csrf": portal.csrf("/quyen-xem"), "key": case, "person": INSPECTOR}
    assert portal.browser.post("/quyen-xem/ket-thuc", data=word).status_code == 303
    portal.sign_in(INSPECTOR)
    assert portal.get(f"/ky/{case}").status_code == 404
    with portal.office.register.reading() as book:
        kinds = [fact.kind for fact in book.facts([case])[case]]
    assert kinds[-2:] == ["granted", "grant-ended"]


def test_a_grant_names_the_decision_and_its_days(portal: Portal, case: str) -> None:
    grant(portal)
    with portal.office.register.reading() as book:
        (fact,) = [fact for fact in book.facts([case])[case] if fact.kind == "granted"]
    assert fact.actor == CLERK
    assert fact.payload == {"person": INSPECTOR, "document": "12/QĐ-SKHCN", "on": "2022-06-02", "last_on": "2022-06-10"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"document": ""},
        {"last_on": ""},
        {"last_on": "02/6/2022"},
        {"on": "07/6/2022"},
        {"number": "06/2022"},
        {"number": ""},
        {"person": HEAD},
        {"person": "nobody"},
        {"document": "theo lời ông Nguyễn Văn A"},
    ],
)
def test_a_grant_without_what_it_stands_on_is_refused(portal: Portal, case: str, wrong: dict[str, str]) -> None:
    assert grant(portal, **wrong) == 422
    assert not viewer_of(portal.office, INSPECTOR, portal.at).grants


def test_only_the_office_grants(portal: Portal, case: str) -> None:
    portal.sign_in(INSPECTOR)
    word = {"csrf": portal.csrf("/quyen-xem"), "request_key": "a", "number": "05/2022", "person": INSPECTOR, **GRANT}
    assert portal.browser.post("/quyen-xem", data=word).status_code == 403
    portal.sign_in("ktv-kiem-dinh-1")
    assert portal.get("/quyen-xem").status_code == 403


def test_an_inspectors_account_ends_with_the_role(portal: Portal, case: str) -> None:
    grant(portal, last_on="30/6/2022")
    portal.at = june(20, 22)
    portal.sign_in(INSPECTOR)
    assert portal.get(f"/ky/{case}").status_code == 200
    portal.at += timedelta(hours=2)
    assert portal.get(f"/ky/{case}").headers["location"].startswith("/dang-nhap")


def test_who_is_complained_about_reads_nothing_even_with_a_grant(portal: Portal, case: str) -> None:
    opening = CaseOpening("to-cao", date(2022, 6, 2), reference="07/2022", accused=(INSPECTOR,))
    key = open_case(portal.office, PLAN, opening, Act("van-phong", "cli", date(2022, 6, 3)), portal.at).key
    assert grant(portal, number="07/2022") == 303
    portal.sign_in(INSPECTOR)
    assert portal.get(f"/ky/{key}").status_code == 404


def test_a_link_to_sign_in_says_nothing_of_the_case(portal: Portal, case: str) -> None:
    enter(portal, doer_of(portal, case), "/")
    assert newest(portal) and "05/2022" not in portal.letters[-1].text
