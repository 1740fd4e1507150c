"""The year 2022 rehearsed, held against touchpoints computed by hand.

Days off of 2022 in the way: 11/4 (Giỗ Tổ), 02-03/5 (30/4 and 01/5), 01-02/9 (Quốc khánh), 02/01/2023. Each list below
was written with a calendar sheet, not by running the program. "T-7" is seven working days before the day to be done
by, "+3" the third working day after the last lawful day.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from office_samples import PLAN, ZONE, Desk

from definitions.scenario import read_scenario
from dondoc.use_cases.office import Office
from dondoc.use_cases.rehearse import Event, rehearse

Line = tuple[str, str, str]  # day, rung, to whom


@pytest.fixture(scope="session")
def silence(shipped: Office) -> list[Event]:
    """The whole year with nobody answering."""
    return list(rehearse(shipped, PLAN, "none"))


@pytest.fixture(scope="session")
def diligence(shipped: Office) -> list[Event]:
    """The whole year with everybody answering on the day to be done by."""
    return list(rehearse(shipped, PLAN, "in-time"))


def local(at: datetime) -> datetime:
    return at.astimezone(ZONE)


def on(event: Event) -> date:
    return local(event.at).date()


def lines(events: Sequence[Event], occurrence: str) -> list[Line]:
    """What was told of an occurrence: day, rung, role. Of a question only the first asking, not its daily chases."""
    found = [e for e in events if e.occurrence == f"{PLAN}/{occurrence}" and e.kind not in ("closed", "refused")]
    first = [e for e in found if e.kind != "approval" or e.rung.endswith("?0")]
    return [(f"{on(e):%d/%m/%y}", e.rung, e.recipient_role) for e in first]


def told(role: str, *days: tuple[str, str]) -> list[Line]:
    return [(day, rung, role) for day, rung in days]


CHIEF, DEPUTY = "Chánh Văn phòng", "Phó Giám đốc Sở (thường trực)"

# --- the three main obligations ---

UNITS = [
    ("chi-cuc-tdc", "Đầu mối Chi cục TĐC", "Chi cục trưởng Chi cục TĐC"),
    ("trung-tam-khcn", "Đầu mối Trung tâm KH&CN", "Giám đốc Trung tâm KH&CN"),
]


@pytest.mark.parametrize(("unit", "doer", "head"), UNITS)
def test_the_half_years_report_before_05_6(silence: list[Event], unit: str, doer: str, head: str) -> None:
    """Last lawful day Saturday 04/6, to be done by Friday 03/6."""
    assert lines(silence, f"bao-cao-dinh-ky/2022-H1/{unit}") == [
        ("13/05/22", "opened", doer),  # T-15
        ("25/05/22", "T-7", doer),
        ("31/05/22", "T-3", doer),
        ("02/06/22", "T-1", doer),
        ("03/06/22", "T", doer),
        ("06/06/22", "+1", doer),  # not Sunday 05/6, the first day that is too late
        ("06/06/22", "+1 unit.head", head),
        ("08/06/22", "+3 chanh-van-phong", CHIEF),
        ("10/06/22", "+5 pho-giam-doc ?0", CHIEF),  # asked before it goes up
        ("17/06/22", "+10 giam-doc ?0", CHIEF),
    ]


@pytest.mark.parametrize(("unit", "doer", "head"), UNITS)
def test_the_years_report_before_10_11(silence: list[Event], unit: str, doer: str, head: str) -> None:
    """Last lawful day and day to be done by: Wednesday 09/11."""
    assert lines(silence, f"bao-cao-dinh-ky/2022/{unit}") == [
        ("19/10/22", "opened", doer),
        ("31/10/22", "T-7", doer),
        ("04/11/22", "T-3", doer),
        ("08/11/22", "T-1", doer),
        ("09/11/22", "T", doer),
        ("10/11/22", "+1", doer),
        ("10/11/22", "+1 unit.head", head),
        ("14/11/22", "+3 chanh-van-phong", CHIEF),
        ("16/11/22", "+5 pho-giam-doc ?0", CHIEF),
        ("23/11/22", "+10 giam-doc ?0", CHIEF),
    ]


RECEPTIONS = {  # first word, T-1, T, +1, +3
    "2022-02": ("18/02/22", "23/02/22", "24/02/22", "25/02/22", "01/03/22"),  # T-5 is 17/02, before the plan
    "2022-03": ("24/03/22", "30/03/22", "31/03/22", "01/04/22", "05/04/22"),
    "2022-04": ("21/04/22", "27/04/22", "28/04/22", "29/04/22", "05/05/22"),  # 30/4 to 03/5 between
    "2022-06": ("23/06/22", "29/06/22", "30/06/22", "01/07/22", "05/07/22"),
    "2022-08": ("18/08/22", "24/08/22", "25/08/22", "26/08/22", "30/08/22"),
    "2022-12": ("22/12/22", "28/12/22", "29/12/22", "30/12/22", "04/01/23"),  # 31/12 to 02/01 between
}


@pytest.mark.parametrize("period", RECEPTIONS)
def test_the_monthly_reception_of_citizens(silence: list[Event], period: str) -> None:
    doer = "Thanh tra viên phụ trách tiếp công dân và đơn thư"
    first, eve, day, late, up = RECEPTIONS[period]
    found = lines(silence, f"tiep-cong-dan-dinh-ky/{period}/thanh-tra")
    assert found[:5] == [
        (first, "opened", doer),
        (eve, "T-1", doer),
        (day, "T", doer),
        (late, "+1", doer),
        (late, "+1 chanh-van-phong", CHIEF),
    ]
    # The reading of "tuần cuối tháng" is still proposed: nothing is asked above the head of the office.
    assert [line for line in found[5:] if line[0] != up] == []


def test_no_reception_is_asked_for_before_the_plan_or_after_its_year(silence: list[Event]) -> None:
    periods = {e.period for e in silence if e.obligation == "tiep-cong-dan-dinh-ky"}
    assert {f"2022-{n:02}" for n in range(2, 13)} <= periods and "2022-01" not in periods


def test_the_self_assessment_before_10_12(silence: list[Event]) -> None:
    """Sent by Friday 09/12; scored five working days earlier, Friday 02/12."""
    found = lines(silence, "danh-gia-thi-dua-cuoi-nam/2022/van-phong")
    clerk, board_ = "Văn thư", "Ban Chỉ đạo QCDC Sở"
    secretary = "Thư ký Ban Chỉ đạo QCDC Sở"
    assert [line for line in found if line[2] == clerk] == told(
        clerk,
        ("18/11/22", "opened"),  # T-15
        ("30/11/22", "T-7"),
        ("06/12/22", "T-3"),
        ("08/12/22", "T-1"),
        ("09/12/22", "T"),
        ("12/12/22", "+1"),
    )
    assert [line for line in found if line[2] == board_] == told(
        board_,
        ("23/11/22", "opened"),  # T-7
        ("29/11/22", "T-3"),
        ("01/12/22", "T-1"),
        ("02/12/22", "T"),
        ("05/12/22", "+1"),
    )
    assert [line for line in found if line[2] in (CHIEF, secretary)] == [
        ("05/12/22", "+1 chanh-van-phong", CHIEF),  # of the scoring, a proposed due: no higher
        ("07/12/22", "+3 thu-ky-bcd", secretary),
        ("12/12/22", "+1 chanh-van-phong", CHIEF),  # of the sending
        ("14/12/22", "+3 thu-ky-bcd", secretary),
        ("14/12/22", "+3 pho-giam-doc ?0", CHIEF),
        ("16/12/22", "+5 giam-doc ?0", CHIEF),
    ]


# --- one of every kind ---


def test_once_the_sending_of_the_plan(silence: list[Event]) -> None:
    """One working day from Friday 18/02: Monday 21/02."""
    assert lines(silence, "gui-ke-hoach/2022-02-18/van-phong") == [
        ("18/02/22", "opened", "Văn thư"),
        ("21/02/22", "T", "Văn thư"),
        ("22/02/22", "+1", "Văn thư"),
        ("22/02/22", "+1 chanh-van-phong", CHIEF),
    ]


def test_standing_the_quarters_report_against_corruption(silence: list[Event]) -> None:
    doer = "Thanh tra viên phụ trách tiếp công dân và đơn thư"
    assert lines(silence, "pctn/2022-Q1/thanh-tra") == [
        ("24/03/22", "opened", doer),
        ("30/03/22", "T-1", doer),
        ("31/03/22", "T", doer),
        ("01/04/22", "+1", doer),
        ("01/04/22", "+1 chanh-thanh-tra", "Chánh Thanh tra Sở"),
    ]


def test_acknowledgement_of_the_plan_by_a_unit(silence: list[Event]) -> None:
    """Ten working days from 18/02: Friday 04/3; to the head of the office again every twenty."""
    doer = "Đầu mối Phòng Quản lý Khoa học"
    assert lines(silence, "quan-triet-ke-hoach/2022-02-18/phong-qlkh")[:8] == [
        ("25/02/22", "opened", doer),
        ("03/03/22", "T-1", doer),
        ("04/03/22", "T", doer),
        ("07/03/22", "+1", doer),
        ("07/03/22", "+1 unit.head", "Trưởng phòng Quản lý Khoa học"),
        ("09/03/22", "+3 chanh-van-phong", CHIEF),
        ("06/04/22", "+3 chanh-van-phong /1", CHIEF),
        ("09/05/22", "+3 chanh-van-phong /2", CHIEF),  # over 11/4 and 02-03/5
    ]


@pytest.mark.parametrize(
    ("period", "first", "due", "late"),
    [
        ("2022-03", "01/03/22", "04/03/22", "07/03/22"),
        ("2022-05", "04/05/22", "09/05/22", "10/05/22"),  # May begins with its days off
        ("2022-09", "05/09/22", "08/09/22", "09/09/22"),  # so does September
    ],
)
def test_the_months_checklist(silence: list[Event], period: str, first: str, due: str, late: str) -> None:
    doer = "Chuyên viên Tổ chức"
    assert lines(silence, f"phieu-phat-sinh-to-chuc/{period}/to-chuc") == [
        (first, "opened", doer),
        (due, "T", doer),
        (late, "+1", doer),
        (late, "+1 chanh-van-phong", CHIEF),
    ]


def test_the_offices_own_step_to_decide_what_is_proposed(silence: list[Event]) -> None:
    doer = "Chuyên viên Văn phòng theo dõi QCDC"
    assert lines(silence, "quyet-dinh-de-xuat/2022-02-18/van-phong")[:6] == [
        ("01/03/22", "opened", doer),
        ("04/03/22", "T", doer),
        ("07/03/22", "+1", doer),
        ("07/03/22", "+1 chanh-van-phong", CHIEF),
        ("21/03/22", "+1 chanh-van-phong /1", CHIEF),
        ("04/04/22", "+1 chanh-van-phong /2", CHIEF),
    ]


def test_an_unset_due_is_asked_about_at_the_office_and_never_invented(silence: list[Event]) -> None:
    doer = "Chuyên viên Văn phòng theo dõi QCDC"
    assert lines(silence, "tim-han-hoi-nghi-cc-vc-nld/2022-02-18/van-phong")[:4] == [
        ("22/02/22", "opened", doer),
        ("25/02/22", "T", doer),
        ("28/02/22", "+1", doer),
        ("28/02/22", "+1 chanh-van-phong", CHIEF),
    ]
    unset = [
        e for e in silence if e.obligation in ("hoi-nghi-cc-vc-nld", "bao-cao-bcd-tinh", "ra-soat-noi-quy-quy-che")
    ]
    assert unset and {e.kind for e in unset} == {"opened"}


def _played(shipped: Office, folder: Path, text: str) -> list[Event]:
    file = folder / "kich-ban.yaml"
    file.write_text(text, "utf-8")
    return list(rehearse(shipped, PLAN, read_scenario(file)))


CASES = """
- {on: "2022-03-01", act: open-case, obligation: khieu-nai, reason: có đơn}
- {on: "2022-03-01", act: open-case, obligation: ck-bo-nhiem}
- {on: "2022-03-02", act: submit, obligation: ck-bo-nhiem, step: cong-khai}
- {on: "2022-05-30", act: submit, obligation: bao-cao-dinh-ky, period: 2022-H1, party: chi-cuc-tdc, step: nop}
- {on: "2022-05-31", act: return, obligation: bao-cao-dinh-ky, period: 2022-H1, party: chi-cuc-tdc, step: nop}
- {on: "2022-06-02", act: submit, obligation: bao-cao-dinh-ky, period: 2022-H1, party: chi-cuc-tdc, step: nop}
- {on: "2022-06-02", hour: "15:00", act: confirm, obligation: bao-cao-dinh-ky, period: 2022-H1, party: chi-cuc-tdc}
- {on: "2022-06-01", act: extend, obligation: bao-cao-dinh-ky, period: 2022-H1, party: trung-tam-khcn, step: nop,
   last-on: "2022-06-10", number: 15/CV}
- {on: "2022-06-13", act: submit, obligation: bao-cao-dinh-ky, period: 2022-H1, party: trung-tam-khcn, step: nop}
- {on: "2022-06-14", act: confirm, obligation: bao-cao-dinh-ky, period: 2022-H1, party: trung-tam-khcn}
- {on: "2022-06-15", act: confirm, obligation: bao-cao-dinh-ky, period: 2022-H1, party: trung-tam-khcn, step: ky}
- {on: "2022-06-15", act: submit, obligation: khong-co}
"""


@pytest.fixture(scope="session")
def story(shipped: Office, tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    return _played(shipped, tmp_path_factory.mktemp("story"), CASES)


def test_a_case_is_watched_from_its_opening(story: list[Event]) -> None:
    """Ten days from 01/3: Friday 11/3 (Luật Khiếu nại, Điều 27); the Director is told, nobody is asked first."""
    doer = "Thanh tra viên phụ trách tiếp công dân và đơn thư"
    assert lines(story, "khieu-nai/KN-2022-01/thanh-tra") == [
        ("01/03/22", "opened", doer),
        ("04/03/22", "T-5", doer),
        ("09/03/22", "T-2", doer),
        ("11/03/22", "T", doer),
        ("14/03/22", "+1", doer),
        ("14/03/22", "+1 chanh-thanh-tra", "Chánh Thanh tra Sở"),
        ("16/03/22", "+3 giam-doc", "Giám đốc Sở"),
    ]


def test_a_posting_is_taken_down_within_its_own_days(story: list[Event]) -> None:
    """Put up 02/3; to be taken down by 06/4, thirty-five days later."""
    doer = "Chuyên viên Tổ chức"
    assert lines(story, "ck-bo-nhiem/CBN-2022-01/van-phong") == [
        ("01/03/22", "opened", doer),
        ("02/03/22", "opened", doer),  # the taking down, as soon as it is up
        ("05/04/22", "T-1", doer),
        ("06/04/22", "T", doer),
        ("07/04/22", "+1", doer),
        ("07/04/22", "+1 chanh-van-phong", CHIEF),
    ]


def test_a_report_returned_and_handed_in_again(story: list[Event]) -> None:
    doer, clerk = "Đầu mối Chi cục TĐC", "Chuyên viên Văn phòng theo dõi QCDC"
    key = "bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"
    assert lines(story, key) == [
        ("13/05/22", "opened", doer),
        ("25/05/22", "T-7", doer),
        ("30/05/22", "opened", clerk),
        ("31/05/22", "opened", doer),  # returned on 31/5 at 10:00: two working days
        ("01/06/22", "T-1", doer),  # of Thursday 02/6
        ("02/06/22", "T", doer),
        ("02/06/22", "opened", clerk),
    ]
    closed = [e for e in story if e.kind == "closed" and e.occurrence.endswith(key)]
    assert [local(e.at).isoformat()[:16] for e in closed] == ["2022-06-02T15:00"]


def test_a_report_extended_and_late_all_the_same(story: list[Event]) -> None:
    doer = "Đầu mối Trung tâm KH&CN"
    assert [line for line in lines(story, "bao-cao-dinh-ky/2022-H1/trung-tam-khcn") if line[2] == doer][3:] == [
        ("01/06/22", "opened", doer),  # the extension itself; T-7 of 10/6 was that morning
        ("07/06/22", "T-3", doer),
        ("09/06/22", "T-1", doer),
        ("10/06/22", "T", doer),
        ("13/06/22", "+1", doer),
    ]
    kinds = {e.kind for e in story if e.occurrence.endswith("2022-H1/trung-tam-khcn")}
    assert "moved" in kinds and "closed" in kinds


def test_what_a_scenario_cannot_do_is_said_and_the_year_goes_on(story: list[Event]) -> None:
    refused = [(f"{on(e):%d/%m}", e.subject) for e in story if e.kind == "refused"]
    assert [day for day, _ in refused] == ["15/06", "15/06"]
    assert "không có bước" in refused[0][1] or "chưa có gì" in refused[0][1]
    assert "Không có kỳ thực hiện nào" in refused[1][1]
    assert on(story[-1]) > date(2022, 12, 31)


# --- the whole year ---


def test_events_come_in_order_and_carry_what_is_promised(silence: list[Event]) -> None:
    assert [e.at for e in silence] == sorted(e.at for e in silence)
    named = ("at", "kind", "obligation", "period", "responsible", "rung", "recipient_role", "channel", "subject")
    for event in silence:
        assert set(named) <= set(event.as_json())
        assert event.subject and event.recipient_role and event.person


def test_no_subject_says_the_same_as_another_of_that_moment(silence: list[Event]) -> None:
    said = Counter((e.at, e.person, e.subject) for e in silence)
    assert [key for key, count in said.items() if count > 1] == []


def test_everybody_speaks_only_in_the_offices_hours(silence: list[Event], shipped: Office) -> None:
    moments = shipped.moments(shipped.plans[PLAN])
    assert all(moments.is_open(e.at) for e in silence)


def test_nobody_is_flooded(silence: list[Event], capsys: pytest.CaptureFixture[str]) -> None:
    """With nobody answering for a whole year: one digest and one urgent message a day at the very most."""
    messages = Counter((e.person, on(e), e.pace) for e in silence)
    daily = Counter((person, day) for person, day, _ in messages)
    assert max(daily.values()) <= 2
    days = len({on(e) for e in silence})
    table = sorted(Counter(person for person, _ in daily.elements()).items(), key=lambda row: -row[1])
    with capsys.disabled():
        print(f"\n  messages of {days} days with nobody answering (person, messages, days with two, items at most)")
        for person, count in table:
            two = sum(n == 2 for (who, _), n in daily.items() if who == person)
            most = max(n for (who, _, _), n in messages.items() if who == person)
            print(f"  {person:28} {count:4} {two:4} {most:4}")
    doers = [count for person, count in table if person != "chanh-van-phong-so"]
    assert max(doers) < days / 2  # only who must decide for everybody hears on most days


def test_when_everybody_answers_in_time_nobody_hears_of_lateness(diligence: list[Event]) -> None:
    kinds = Counter(e.kind for e in diligence)
    assert set(kinds) <= {"opened", "reminder", "due-today", "closed", "moved"}


def test_when_everybody_answers_in_time_all_is_done_but_what_has_no_due(
    diligence: list[Event], shipped: Office
) -> None:
    opened = {e.occurrence for e in diligence if e.kind != "closed"}
    closed = {e.occurrence for e in diligence if e.kind == "closed"}
    left = {key.split("/")[1] for key in opened - closed if "2023" not in key.split("/")[2]}
    assert left == {"hoi-nghi-cc-vc-nld", "bao-cao-bcd-tinh", "ra-soat-noi-quy-quy-che", "thoi-han-ho-so-tthc"}


def test_diligence_hears_less_than_silence(diligence: list[Event], silence: list[Event], desk: Desk) -> None:
    heard = [sum(e.kind not in ("closed", "refused") for e in events) for events in (diligence, silence)]
    assert heard[0] < heard[1] / 3
    with desk.office.register.reading() as book:
        assert book.notices() == []  # a rehearsal leaves the office's own book alone
