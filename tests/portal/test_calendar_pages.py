"""The month, the personal feed, what is to be sent, and the plan beside how it stands."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import vobject
from answering_office import DOER, HEAD, PLAN, REPORT, Portal, june
from icalendar import Calendar

from dondoc.use_cases.act import Act
from dondoc.use_cases.calendar_feed import calendar_of, close_feed, feed, open_feed
from dondoc.use_cases.coming import coming
from dondoc.use_cases.end_sessions import end_another_s_sessions
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.viewer import viewer_of
from dondoc.use_cases.waive import waive

CLERK, INSPECTION = "cv-theo-doi-qcdc", "thanh-tra-vien"


@pytest.fixture
def watched(office: Office) -> Portal:
    """Watched since the plan was signed, and never answered."""
    return Portal(office, june(3))


def keys(text: str) -> set[str]:
    return set(re.findall(r'href="/ky/([^"]+)"', text))


def token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found
    return {"csrf": found[1]}


# --- the month ---


def test_a_month_shows_dues_on_their_working_day_sessions_and_days_off_with_their_basis(watched: Portal) -> None:
    watched.sign_in(CLERK)
    page = watched.get("/lich", thang="2022-06").text
    third = page[page.index("ngày 03/6/2022") : page.index("ngày 04/6/2022")]  # last day Saturday 04/6
    assert REPORT in keys(third)
    assert "tiep-cong-dan-dinh-ky/2022-06" in page[page.index("ngày 30/6/2022") :]
    may = watched.get("/lich", thang="2022-05").text
    assert re.search(r"ngày 02/5/2022.*?Nghỉ: .*?holidays", may, re.S)  # in place of 30/4, with its source
    assert page.count('class="ngay') == 30


def test_staff_see_their_own_part_and_a_head_the_unit(watched: Portal) -> None:
    watched.sign_in(DOER)
    mine = keys(watched.get("/lich", thang="2022-06").text)
    assert REPORT in mine and not any("thanh-tra" in key for key in mine)
    assert keys(watched.get("/lich", thang="2022-06", cua="thanh-tra").text) == mine
    watched.sign_in(HEAD)
    assert mine <= keys(watched.get("/lich", thang="2022-06").text)
    assert keys(watched.get("/lich", thang="2022-06", cua="thanh-tra").text) == set()


@pytest.mark.parametrize("month", ["2022-13", "abc", "1900-01", "2022-6"])
def test_a_month_that_is_none_is_no_page(watched: Portal, month: str) -> None:
    watched.sign_in(CLERK)
    assert watched.get("/lich", thang=month).status_code == 404


# --- the feed ---


def personal(portal: Portal, person: str) -> bytes:
    viewer = viewer_of(portal.office, person, portal.at)
    assert viewer
    return calendar_of(portal.office, viewer, portal.at)


def test_the_feed_holds_whole_days_for_dues_and_hours_for_sessions(watched: Portal) -> None:
    events = {str(e["summary"]): e for e in Calendar.from_ical(personal(watched, DOER)).walk("VEVENT")}
    report = next(e for title, e in events.items() if "6 tháng đầu năm" in title)
    assert report["dtstart"].dt == date(2022, 6, 3) and report["dtend"].dt == date(2022, 6, 4)
    sessions = [
        e for e in Calendar.from_ical(personal(watched, INSPECTION)).walk("VEVENT") if "Tiếp công dân" in e["summary"]
    ]
    hours = [(e["dtstart"].dt, e["dtend"].dt) for e in sessions if e["dtstart"].dt == june(30, 7, 30)]
    assert hours == [(june(30, 7, 30), june(30, 17))]


def test_another_library_reads_the_feed_strictly(watched: Portal) -> None:
    raw = personal(watched, INSPECTION)
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0 and all(len(line) <= 75 for line in raw.split(b"\r\n"))
    (read,) = vobject.readComponents(raw.decode(), validate=True)
    read.validate(raiseException=True)
    uids = [event.uid.value for event in read.vevent_list]
    assert len(uids) == len(set(uids)) > 5


def test_what_is_finished_and_what_is_confidential_is_not_in_a_feed(watched: Portal) -> None:

    act = Act(CLERK, "cli", date(2022, 6, 3))
    waive(watched.office, REPORT, "không cần", act, watched.at)
    open_case(watched.office, PLAN, CaseOpening("to-cao", date(2022, 6, 1), reference="TC-77"), act, watched.at)
    titles = [str(e["summary"]) for e in Calendar.from_ical(personal(watched, DOER)).walk("VEVENT")]
    assert titles and not any("6 tháng đầu năm" in title for title in titles)
    assert b"TC-77" not in personal(watched, INSPECTION) + personal(watched, "chanh-thanh-tra-so")


def test_an_address_is_shown_once_opens_the_feed_and_can_be_revoked(watched: Portal) -> None:
    watched.sign_in(DOER)
    shown = watched.browser.post("/lich/nguon", data=token(watched.get("/lich").text))
    found = re.search(r'value="http://[^/]+(/lich/[^"]+\.ics)"', unescape(shown.text))
    assert shown.status_code == 200 and found
    watched.browser.cookies.clear()
    answer = watched.get(found[1])
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/calendar")
    watched.sign_in(DOER)
    page = watched.get("/lich").text
    assert found[1] not in page and "/lich/nguon/thu-hoi" in page
    assert watched.browser.post("/lich/nguon/thu-hoi", data=token(page)).status_code == 303
    assert watched.get(found[1]).status_code == 404


def test_a_form_without_its_proof_makes_and_ends_nothing(watched: Portal) -> None:
    watched.sign_in(DOER)
    assert watched.browser.post("/lich/nguon", data={}).status_code == 403
    secret = open_feed(watched.office, DOER, watched.at)
    assert watched.browser.post("/lich/nguon/thu-hoi", data={"csrf": "x"}).status_code == 403
    assert feed(watched.office, secret, watched.at)


def test_a_new_address_ends_the_former_one_and_so_does_being_shut_out(watched: Portal) -> None:
    office, at = watched.office, watched.at
    first, second = open_feed(office, DOER, at), open_feed(office, DOER, at)
    assert feed(office, first, at) is None and feed(office, second, at)
    end_another_s_sessions(office, DOER, "cv-kiem-soat-tthc", at)
    assert feed(office, second, at) is None and not close_feed(office, DOER, at)


# --- what is to be sent ---

KINDS = ("reminder", "due-today")


def test_what_is_promised_for_the_coming_days_is_what_is_then_told(watched: Portal) -> None:
    viewer = viewer_of(watched.office, CLERK, watched.at)
    assert viewer
    promised, after = set[tuple[str, date]](), ""
    while True:
        page = coming(watched.office, viewer, watched.at, after)
        assert len(page.rows) <= 50
        promised |= {(row.key, row.on) for row in page.rows if not row.ahead.asks}
        after = page.after
        if not after:
            break
    told = set[tuple[str, date]]()
    for n in range(1, 12):
        at = watched.at + timedelta(days=n)
        told |= {(one.occurrence, at.date()) for one in sweep(watched.office, at).notices if one.kind in KINDS}
    assert told and told <= promised


def test_the_coming_page_is_for_those_who_watch(watched: Portal) -> None:
    watched.sign_in(DOER)
    assert watched.get("/sap-toi").status_code == 403
    watched.sign_in(HEAD)
    assert keys(watched.get("/sap-toi").text) and "thanh-tra" not in "".join(keys(watched.get("/sap-toi").text))
    watched.sign_in(CLERK)
    page = watched.get("/sap-toi").text
    further = re.search(r'href="(/sap-toi\?sau=[^"]+)"', page)
    assert further and watched.get(unescape(further[1])).status_code == 200
    assert "to-cao" not in page


# --- the plan ---


def test_the_plan_shows_each_clause_and_beside_it_how_it_stands(watched: Portal) -> None:
    watched.sign_in(CLERK)
    assert watched.get("/ke-hoach").headers["location"] == f"/ke-hoach/{PLAN}"
    page = watched.get(f"/ke-hoach/{PLAN}").text
    plan = watched.office.plans[PLAN]
    assert all(f'id="nv-{o.id}"' in page for o in plan.obligations)
    assert all(one.quote in unescape(page) for o in plan.obligations for one in o.citations)
    assert REPORT in keys(page) and not any("/to-cao/" in key for key in keys(page))
    assert watched.get("/ke-hoach/khong-co").status_code == 404


def test_staff_read_the_plan_and_its_figures_but_not_others_occurrences(watched: Portal) -> None:
    watched.sign_in(DOER)
    page = watched.get(f"/ke-hoach/{PLAN}").text
    assert "Chưa đến kỳ" in page and keys(page) == set()
    watched.sign_in(HEAD)
    assert REPORT in keys(watched.get(f"/ke-hoach/{PLAN}").text)


def test_of_confidential_cases_the_plan_page_tells_the_number_alone(watched: Portal) -> None:

    act = Act(CLERK, "cli", date(2022, 6, 3))
    open_case(watched.office, PLAN, CaseOpening("to-cao", date(2022, 6, 1), reference="TC-77"), act, watched.at)
    watched.sign_in(CLERK)
    page = watched.get(f"/ke-hoach/{PLAN}").text
    assert "TC-77" not in page and "Bảo mật: chỉ tính số" in page
