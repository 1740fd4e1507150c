"""What one person finds on their own page."""

from datetime import date

import pytest
from answering_office import DOER, HEAD, PLAN, REPORT, Portal, june

from dondoc.core.rights import Viewer
from dondoc.use_cases.act import Act
from dondoc.use_cases.my_work import MyWork, my_work
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.people_acts import acknowledge
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.viewer import viewer_of

CENTRE = REPORT.replace("chi-cuc-tdc", "trung-tam-khcn")


@pytest.fixture
def watched(office: Office) -> Portal:
    """Watched since the plan was signed, and never answered."""
    return Portal(office, june(3))


def work_of(portal: Portal, person: str, after: str = "") -> MyWork:
    viewer = viewer_of(portal.office, person, portal.at)
    assert isinstance(viewer, Viewer)
    return my_work(portal.office, viewer, portal.at, after)


def hand_in(portal: Portal, key: str = REPORT) -> None:
    evidence = Evidence(number="12/BC-TĐC", signed_on=date(2022, 6, 2), kept_at="Văn thư đơn vị")
    submit(portal.office, key, evidence, Act(DOER, "portal", date(2022, 6, 3)), portal.at, "nop")


def test_a_doer_finds_their_own_step_and_nobody_elses(portal: Portal) -> None:
    keys = {item.key for item in work_of(portal, DOER).mine.items}
    assert REPORT in keys and CENTRE not in keys


def test_what_is_late_comes_first_and_then_the_earlier_day(watched: Portal) -> None:
    watched.run(june(6))
    items = work_of(watched, HEAD).units.items
    assert items[0].late and not items[-1].late
    order = [(not item.late, item.last_on or date.max) for item in items]
    assert order == sorted(order)


def test_what_was_answered_moves_to_the_lately_answered_and_to_the_offices_list(portal: Portal) -> None:
    assert REPORT not in {item.key for item in work_of(portal, "cv-theo-doi-qcdc").mine.items}
    hand_in(portal)
    mine = work_of(portal, DOER)
    assert REPORT not in {item.key for item in mine.mine.items}
    assert (mine.lately[0].key, mine.lately[0].answered_on) == (REPORT, date(2022, 6, 3))
    assert REPORT in {item.key for item in work_of(portal, "cv-theo-doi-qcdc").mine.items}


def test_a_head_sees_what_the_others_of_the_unit_have_to_do(portal: Portal) -> None:
    assert REPORT in {item.key for item in work_of(portal, HEAD).units.items}
    assert work_of(portal, DOER).units.items == ()


def test_a_case_that_leaves_its_doer_out_is_on_the_list_of_who_stands_in(portal: Portal) -> None:
    duty = next(o for o in portal.office.plans[PLAN].obligations if o.excludes)
    on = date(2022, 6, 3)
    doer = portal.office.directory.resolve(duty.steps[0].by, duty.parties[0], on).person
    case = CaseOpening(duty.id, on, accused=(doer,))
    key = open_case(portal.office, PLAN, case, Act("cv-theo-doi-qcdc", "cli", on), portal.at).key
    instead = portal.office.directory.resolve(duty.steps[0].by, duty.parties[0], on, frozenset({doer})).person
    assert instead and instead != doer
    assert key not in {item.key for item in work_of(portal, doer).mine.items}
    (found,) = [item for item in work_of(portal, instead).mine.items if item.key == key]
    assert found.party == found.doer == found.period == ""


def test_a_person_is_shown_what_they_should_read_until_they_have(watched: Portal) -> None:
    first, *_rest = work_of(watched, DOER).readings
    acknowledge(watched.office, first.key, Act(DOER, "portal", date(2022, 6, 3)), watched.at, person=DOER)
    assert first.key not in {item.key for item in work_of(watched, DOER).readings}


def test_long_lists_go_on_where_the_page_before_ended(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [item.key for item in work_of(portal, "cv-theo-doi-qcdc").mine.items]
    monkeypatch.setattr("dondoc.use_cases.my_work.A_PAGE", 2)
    found, after = list[str](), ""
    for _ in range(len(whole) * 3):
        page = work_of(portal, "cv-theo-doi-qcdc", after).mine
        found, after = found + [item.key for item in page.items], page.after
        if not after:
            break
    assert sorted(found) == sorted(whole) and len(whole) > 2


def test_the_page_needs_a_session_and_links_to_each_occurrence(portal: Portal) -> None:
    assert portal.get("/viec-cua-toi").headers["location"] == "/dang-nhap?tiep=%2Fviec-cua-toi"
    assert portal.get("/").headers["location"] == "/viec-cua-toi"
    portal.sign_in(DOER)
    page = portal.get("/viec-cua-toi")
    assert page.status_code == 200 and f'href="/ky/{REPORT}"' in page.text and "/viec-cua-toi" in page.text
    assert "My work" in portal.get("/viec-cua-toi", lang="en").text
    assert portal.get("/viec-cua-toi", sau="nonsense").status_code == 404


def test_an_administrator_without_work_is_told_so(portal: Portal) -> None:
    portal.sign_in("cv-kiem-soat-tthc")
    assert portal.get("/viec-cua-toi").status_code == 200
