"""The shipped plan of 2022, held against the office's inventory of its duties and against the signed paper."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from definitions.calendar import working_calendar
from definitions.load_plan import load_plan, produced_days
from definitions.organisation import load_organisation
from definitions.paper import check_paper
from dondoc.core.timing import BeforeOther, OnEvent, Unset, Within

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = ROOT / "definitions"
PAPER = Path(os.environ.get("DONDOC_PAPER", ROOT.parent / "shared" / "domain" / "ke-hoach-qcdc-2022.txt"))

# The inventory of the plan's duties, row by row, in the order of the paper.
ROWS = [
    "gui-ke-hoach", "quan-triet-ke-hoach", "chi-uy-lanh-dao-chi-dao", "bcd-tham-muu", "bcd-phoi-hop",
    "bcd-giam-sat-quyen-loi", "doan-the-vung-manh", "pb-ct-30-bct-1998", "pb-kl-120-bct-2016",
    "pb-qd-99-bbt-2017", "pb-qd-124-bbt-2018", "pb-qd-11-bct-2019", "pb-ct-05-tu-2021", "pb-nd-04-2015",
    "pb-tt-01-2016-bnv", "pb-qd-171-khcn", "pb-van-ban-moi", "ra-soat-vbqppl-cong-bo-tthc",
    "ra-soat-kien-nghi-don-gian-tthc", "trien-khai-kh-cchc", "tthc-dung-va-truoc-han",
    "tiep-cong-dan-dinh-ky", "case-khieu-nai", "case-to-cao", "quan-triet-qd-168", "pctn",
    "gan-kiem-tra-giam-sat", "ra-soat-noi-quy-quy-che", "hoi-nghi-cc-vc-nld", "ck-chuong-trinh-ke-hoach",
    "ck-du-toan", "ck-quyet-toan", "ck-tuyen-dung", "ck-quy-hoach", "ck-bo-nhiem", "ck-nang-bac-luong",
    "ck-nang-luong-truoc-han", "ck-khen-thuong", "ck-ky-luat", "ck-ket-qua-kntc-noi-bo",
    "thuc-hien-che-do-chinh-sach", "phoi-hop-bch-cong-doan", "phat-huy-giam-sat-bttnd",
    "case-kien-nghi-bttnd", "tiep-nhan-giai-quyet-ho-so-tthc", "cong-doan-bttnd-giam-sat",
    "thanh-tra-tiep-cong-dan-kntc", "bc-6thang-chi-cuc-tdc", "bc-nam-chi-cuc-tdc", "bc-6thang-tt-khcn",
    "bc-nam-tt-khcn", "vp-theo-doi-don-doc", "bc-bcd-tinh-6thang", "bc-bcd-tinh-nam",
    "danh-gia-thi-dua-cuoi-nam",
]  # fmt: skip


@pytest.fixture(scope="module")
def calendar():
    return working_calendar(2021, 2024, DEFINITIONS / "calendar" / "vn.yaml")


@pytest.fixture(scope="module")
def organisation():
    return load_organisation(DEFINITIONS)


@pytest.fixture(scope="module")
def plan(calendar, organisation):
    return load_plan(DEFINITIONS / "qcdc-2022", calendar, organisation.directory)


@pytest.fixture(scope="module")
def written(plan):
    """The obligations of the paper, without those that the office's own steps add."""
    return [o for o in plan.obligations if o.citations]


def obligation(plan, id_):
    return next(o for o in plan.obligations if o.id == id_)


def test_each_of_the_55_rows_is_answered_exactly_once(written):
    assert len(ROWS) == 55
    assert Counter(row for o in written for row in o.covers) == Counter(ROWS)


def test_no_two_steps_ask_the_same(written):
    asks = Counter(step.ask for o in written for step in o.steps)
    assert [ask for ask, times in asks.items() if times > 1] == []


def test_every_step_asks_in_a_full_sentence_and_names_evidence(written):
    for o in written:
        for step in o.steps:
            assert step.ask.startswith(("Đề nghị ", "Kính đề nghị ", "Kính trình ")), (o.id, step.id)
            assert step.ask.endswith(".") and len(step.ask) > 60, (o.id, step.id)
            assert step.evidence, (o.id, step.id)


def test_due_dates_the_plan_leaves_to_other_documents_are_unset_and_nowhere_else(written):
    unset = [o.id for o in written for step in o.steps if isinstance(step.timing.rule, Unset)]
    assert sorted(unset) == ["bao-cao-bcd-tinh", "hoi-nghi-cc-vc-nld", "thoi-han-ho-so-tthc"]


def test_only_dates_that_stand_in_the_paper_have_their_basis_in_the_plan(written):
    planned = {(o.id, step.id) for o in written for step in o.steps if step.basis.kind == "plan"}
    assert planned == {("bao-cao-dinh-ky", "nop"), ("danh-gia-thi-dua-cuoi-nam", "gui")}


def test_no_shipped_due_claims_a_decision_of_the_office(written):
    assert not [o.id for o in written for step in o.steps if step.basis.kind == "office" or step.basis.decided_by]


def test_a_number_of_law_that_was_not_checked_stays_a_proposal(written):
    for o in written:
        for step in o.steps:
            if step.law.endswith("(cần kiểm tra)"):
                assert step.basis.kind == "proposed", (o.id, step.id)


def test_reports_of_the_units_and_the_self_assessment_fall_on_the_days_read_off_the_paper(plan, calendar):
    days = produced_days(plan, calendar)
    report, sent = days["bao-cao-dinh-ky"]["nop"], days["danh-gia-thi-dua-cuoi-nam"]["gui"]
    assert [f"{d}" for d in report.targets] == ["2022-06-03", "2022-11-09"]
    assert [f"{d}" for d in report.lasts] == ["2022-06-04", "2022-11-09"]
    assert [f"{d}" for d in sent.lasts] == ["2022-12-09"]
    assert [f"{d}" for d in days["danh-gia-thi-dua-cuoi-nam"]["tu-cham"].lasts] == ["2022-12-02"]


def test_the_first_reception_after_signing_is_24_february_and_there_are_eleven(plan, calendar):
    receptions = produced_days(plan, calendar)["tiep-cong-dan-dinh-ky"]["thuc-hien"].lasts
    assert f"{receptions[0]}" == "2022-02-24" and f"{receptions[-1]}" == "2022-12-29" and len(receptions) == 11


def test_a_reading_of_the_last_week_stays_a_proposal_until_the_office_decides(plan):
    step = obligation(plan, "tiep-cong-dan-dinh-ky").steps[0]
    assert step.timing.reading == "last-thursday" and step.basis.kind == "proposed"


@pytest.mark.parametrize("id_", ["tiep-cong-dan-dinh-ky", "ho-so-tthc", "khieu-nai", "to-cao", "xu-ly-don-thu"])
def test_a_duty_stated_in_two_parts_is_one_obligation_with_two_citations(plan, id_):
    assert {c.at.split(",")[0] for c in obligation(plan, id_).citations} == {"II.3", "III"}


def test_dossiers_are_monthly_figures_and_never_a_case_each(plan):
    o = obligation(plan, "ho-so-tthc")
    assert o.kind == "standing" and not o.event and o.steps[0].nothing_allowed


def test_statutory_clocks_count_from_the_act_their_law_names(plan):
    complaint = {s.id: s for s in obligation(plan, "khieu-nai").steps}
    assert complaint["thu-ly"].timing.rule == Within(10, "day", "event")
    assert complaint["giai-quyet"].timing.rule == Within(30, "day", "thu-ly")
    assert complaint["giai-quyet"].complex_timing.rule == Within(45, "day", "thu-ly")
    denunciation = {s.id: s for s in obligation(plan, "to-cao").steps}
    assert denunciation["thu-ly"].timing.rule == Within(7, "working-day", "event")
    assert denunciation["giai-quyet"].timing.rule == Within(30, "day", "thu-ly")
    assert denunciation["giai-quyet"].max_extensions == 2
    assert {s.timing.roll for s in complaint.values() if s.timing.rule.unit == "day"} == {"forward"}


def test_denunciations_are_confidential_and_leave_the_accused_out(plan):
    o = obligation(plan, "to-cao")
    assert o.confidential and o.excludes == ("accused",)


def test_a_confidential_case_is_never_put_before_an_approver(written):
    for o in written:
        for step in o.steps:
            if o.confidential and o.event.startswith("don-"):
                assert {rung.mode for rung in step.ladder.escalate} == {"send"}, (o.id, step.id)


def test_disclosures_stay_posted_thirty_days_and_are_asked_for_monthly(written):
    posted = [o for o in written if o.id.startswith("ck-")]
    assert len(posted) == 11
    for o in posted:
        first, last = o.steps
        assert o.kind == "event" and o.checklist_role, o.id
        assert last.after == first.id and last.min_days_after == 30, o.id


def test_the_offices_report_waits_for_its_units_and_is_sent_twice(plan):
    o = obligation(plan, "bao-cao-bcd-tinh")
    assert o.steps[0].joins == ("bao-cao-dinh-ky",) and o.periods == ("6 tháng đầu năm", "năm")
    assert [s.id for s in o.steps if s.after == "ky"] == ["gui-ban-dan-van", "gui-ldld"]


def test_unions_and_the_peoples_inspection_are_requested_never_urged(written):
    for o in written:
        for step in o.steps:
            if {step.by, *o.parties} & {"cong-doan", "ban-ttnd", "chi-uy"}:
                assert step.voice == "request", (o.id, step.id)


def test_duties_of_law_go_on_past_the_year(written):
    for o in written:
        if any(step.basis.kind == "law" for step in o.steps):
            assert o.goes_on, o.id


def test_every_due_has_a_rule_that_the_calendar_or_an_act_can_answer(written):
    for o in written:
        for step in o.steps:
            assert not isinstance(step.timing.rule, OnEvent), (o.id, step.id)
            if isinstance(step.timing.rule, BeforeOther):
                assert step.timing.rule.obligation in {other.id for other in written}


def test_documents_no_longer_in_force_name_what_replaced_them(plan):
    ended = [basis for basis in plan.legal_bases if basis.valid_to and not basis.id.startswith("kh-")]
    assert {"nd-04-2015", "tt-01-2016-bnv"} <= {basis.id for basis in ended}
    assert all(basis.replaced_by for basis in ended)


def test_every_holder_of_a_role_has_an_address(organisation):
    holders = {held.person for role in organisation.directory.roles.values() for held in role.holders}
    assert holders <= set(organisation.directory.reachable)


def test_leaders_who_acknowledge_are_the_leadership_and_heads_and_deputies_of_units(organisation, plan):
    leaders = organisation.directory.leaders(plan.valid_from)
    assert {"giam-doc-so", "tp-qlkh", "ptp-qlkh", "pcct-tdc", "pgd-trung-tam"} <= leaders
    assert not leaders & {"cv-theo-doi-qcdc", "cb-dau-moi-tdc", "nv-lai-xe"}


def test_every_quote_stands_in_the_paper_and_every_clause_is_cited(plan):
    if not PAPER.is_file():
        pytest.skip(f"the signed paper is not here ({PAPER.name}); set DONDOC_PAPER to hold the quotes against it")
    report = check_paper(plan, PAPER.read_text(encoding="utf-8"))
    assert report.misquotes == () and report.unknown_places == () and report.uncited == ()
    assert report.quotes >= 55


def test_the_page_of_obligations_is_what_the_definitions_say(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "docs"), *sys.path])
    import write_obligations

    written_now = write_obligations.page(write_obligations.open_book())
    assert written_now == write_obligations.PAGE.read_text(encoding="utf-8"), "run: make docs"
