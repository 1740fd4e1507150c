"""/quan-triet: who reads whose names, one's own word, and minutes for all but the absent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile

import pytest
from answering_office import DOER, HEAD, Portal, june
from form_fields import fields, send

from dondoc.register import Register
from dondoc.register.sealed import Sealer
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.scene import gather_one

CAMPAIGN = "qcdc-2022/pho-bien-van-ban-qcdc/2022-05-31/chi-cuc-tdc"
READER, CLERK, OTHER = "cv-tieu-chuan", "cv-theo-doi-qcdc", "cv-qlkh-1"
PAGE, MINUTES = f"/quan-triet/xem/{CAMPAIGN}", f"/quan-triet/bien-ban/{CAMPAIGN}"


@pytest.fixture(scope="module")
def watched(opened: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of an office that began to watch on 20/5/2022, a week before the campaigns are due."""
    file = tmp_path_factory.mktemp("campaigns") / "dondoc.db"
    register = Register(f"sqlite:///{file}", opened.agency)
    register.migrate()
    open_plan(opened._replace(register=register), "qcdc-2022", datetime(2022, 5, 20, 1, tzinfo=UTC), date(2022, 5, 20))
    register.close()
    return file


@pytest.fixture
def campaign(opened: Office, watched: Path, tmp_path: Path) -> Iterator[Portal]:
    """On the morning of 03/6/2022, nobody having read yet."""
    register = Register(f"sqlite:///{copyfile(watched, tmp_path / 'dondoc.db')}", opened.agency)
    yield Portal(opened._replace(register=register, data=tmp_path, sealer=Sealer(tmp_path)), june(3))
    register.close()


def statuses(portal: Portal) -> dict[str, str]:
    with portal.office.register.reading() as book:
        return {member.person: member.status for member in gather_one(portal.office, book, CAMPAIGN).occurrence.members}


def test_one_asked_to_read_says_so_once_and_sees_no_other_s_name(campaign: Portal) -> None:
    campaign.sign_in(READER)
    page = campaign.get(PAGE).text
    assert "Tôi đã đọc" in page and "Kiểm định viên 1" not in page and "/bien-ban/" not in page
    form = fields(campaign, PAGE)
    for _ in range(2):
        assert campaign.browser.post(f"/quan-triet/da-doc/{CAMPAIGN}", data=form).status_code == 303
    assert [person for person, status in statuses(campaign).items() if status == "acknowledged"] == [READER]
    assert "Đã xác nhận đọc." in campaign.get(PAGE).text


def test_another_unit_s_campaign_does_not_exist(campaign: Portal) -> None:
    campaign.sign_in(OTHER)
    assert CAMPAIGN not in campaign.get("/quan-triet").text
    assert campaign.get(PAGE).status_code == campaign.get(MINUTES).status_code == 404
    form = fields(campaign, PAGE.replace("chi-cuc-tdc", "phong-qlkh"))
    assert campaign.browser.post(f"/quan-triet/da-doc/{CAMPAIGN}", data=form).status_code == 404


@pytest.mark.parametrize("person", [CLERK, HEAD, DOER])
def test_the_office_the_head_and_the_focal_officer_record_minutes_for_all_but_the_absent(
    campaign: Portal, person: str
) -> None:
    campaign.sign_in(person)
    assert "Kiểm định viên 1" in campaign.get(PAGE).text
    typed = {"minutes": "Biên bản 05/BB-TĐC", "met_on": "02/6/2022", "absent": ["ktv-kiem-dinh-1"]}
    assert send(campaign, MINUTES, **typed).status_code == 303
    left = [who for who, status in statuses(campaign).items() if status != "acknowledged"]
    assert left == ["ktv-kiem-dinh-1"]
    assert "Biên bản 05/BB-TĐC ngày 02/6/2022" in campaign.get(PAGE).text


def test_a_reader_records_no_minutes(campaign: Portal) -> None:
    campaign.sign_in(READER)
    assert campaign.get(MINUTES).status_code == 404
    form = fields(campaign, PAGE, minutes="x", met_on="02/6/2022", listed=["ktv-kiem-dinh-1"])
    assert campaign.browser.post(MINUTES, data=form).status_code == 404
    assert "acknowledged" not in statuses(campaign).values()


def test_who_was_not_on_the_form_is_not_taken_for_having_read(campaign: Portal) -> None:
    campaign.sign_in(HEAD)
    form = fields(campaign, MINUTES, minutes="BB 5", met_on="02/6/2022")
    form["listed"] = [one for one in form["listed"] if one != READER]
    assert campaign.browser.post(MINUTES, data=form).status_code == 303
    assert [who for who, status in statuses(campaign).items() if status != "acknowledged"] == [READER]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"minutes": ""}, "minutes"), ({"met_on": "09/6/2022"}, "met_on"), ({"met_on": ""}, "met_on")],
)
def test_minutes_need_a_number_and_a_past_day(campaign: Portal, typed: dict[str, str], wrong: str) -> None:
    campaign.sign_in(HEAD)
    answer = send(campaign, MINUTES, **{"minutes": "BB 5", "met_on": "02/6/2022", **typed, "absent": [READER]})
    assert answer.status_code == 422 and f'href="#{wrong}"' in answer.text
    assert f'value="{READER}" checked' in answer.text


def test_minutes_of_a_meeting_nobody_came_to_are_refused(campaign: Portal) -> None:
    campaign.sign_in(HEAD)
    absent = list(fields(campaign, MINUTES)["listed"])
    answer = send(campaign, MINUTES, minutes="BB 5", met_on="02/6/2022", absent=absent)
    assert answer.status_code == 422 and "không có thêm ai" in answer.text


def test_it_is_said_on_the_campaign_s_own_page_too(campaign: Portal) -> None:
    campaign.run(june(3))
    campaign.sign_in(READER)
    assert send(campaign, f"/ky/{CAMPAIGN}/da-doc").headers["location"] == f"/ky/{CAMPAIGN}/da-ghi"
    assert statuses(campaign)[READER] == "acknowledged"
    assert campaign.get(f"/ky/{CAMPAIGN}/da-doc").headers["location"] == f"/ky/{CAMPAIGN}"
