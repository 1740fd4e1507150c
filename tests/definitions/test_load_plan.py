import unicodedata
from datetime import date

import pytest

from definitions.canonical import UnknownSchemaError, canonical, digest, obligation_from_canonical
from definitions.expectations import produced_days
from definitions.load_plan import load_plan
from definitions.problem import DefinitionError
from dondoc.core.plan import Basis
from dondoc.core.timing import BeforeOther, NthWorkingDay, OnEvent, SingleDate, Unset, Within, YearlyDates

CASE = """
- id: khieu-nai
  title: Giải quyết khiếu nại
  cites: [{at: "II.3, gạch đầu dòng 4", quote: "giải quyết khiếu nại, tố cáo kịp thời"}]
  opens: don-khieu-nai
  event-title: Có đơn khiếu nại
  asked-monthly: thanh-tra
  confidential: true
  by: thanh-tra
  ladder: don-vi
  steps:
    - {id: thu-ly, title: Thụ lý, within: 10 ngày, law: "Luật Khiếu nại 2011, Điều 27"}
    - {id: giai-quyet, title: Giải quyết, within: 30 ngày, complex: 45 ngày, after: thu-ly, law: "Điều 28"}
"""
UNSET = """
- id: hoi-nghi
  title: Hội nghị
  cites: [{at: "II.4, tiêu đề", quote: "Tổ chức Hội nghị CC,VC,NLĐ đúng thời gian quy định"}]
  due: đúng thời gian quy định
  by: van-phong
  ladder: don-vi
- id: ra-soat
  title: Rà soát
  due: 15 ngày làm việc trước hoi-nghi
  by: van-phong
  ladder: don-vi
"""
RECEPTION = """
- id: tiep-cong-dan
  title: Tiếp công dân
  cites: [{at: "II.3, gạch đầu dòng 3", quote: "vào ngày thứ 5 của tuần cuối tháng"}]
  due: thứ 5 của tuần cuối tháng
  reading: {last-week: last-thursday, basis: proposed}
  collision: next working day in the month, else the previous one
  by: thanh-tra
  ladder: don-vi
  nothing-occurred: allowed
  expect: {targets: ["2022-02-24", "2022-03-31", "2022-04-28"]}
"""


def of(plan, obligation_id):
    return next(obligation for obligation in plan.obligations if obligation.id == obligation_id)


def test_the_half_year_report_is_due_on_the_hand_computed_days(loaded, calendar):
    days = produced_days(loaded(), calendar)["bao-cao"]["thuc-hien"]
    assert days.targets == (date(2022, 6, 3), date(2022, 11, 9))
    assert days.lasts == (date(2022, 6, 4), date(2022, 11, 9))


def test_a_due_that_stands_in_the_cited_words_rests_on_the_plan_and_another_is_proposed(loaded):
    assert of(loaded(), "bao-cao").steps[0].basis == Basis("plan", "III, gạch đầu dòng 4")
    other = loaded("- {id: a, title: A, due: chậm nhất ngày 31/5, by: van-phong, ladder: don-vi}")
    assert of(other, "a").steps[0].basis == Basis("proposed")


def test_rungs_above_the_head_of_the_office_wait_for_approval_unless_the_ladder_says_send(loaded, plan_text):
    rungs = of(loaded(), "bao-cao").steps[0].ladder.escalate
    assert [(rung.to, rung.mode) for rung in rungs] == [
        ("unit.head", "send"), ("chanh-van-phong", "send"), ("pho-giam-doc", "approve"),
    ]  # fmt: skip
    said = plan_text.replace("to: pho-giam-doc", "to: pho-giam-doc, mode: send")
    assert of(loaded(plan=said), "bao-cao").steps[0].ladder.escalate[-1].mode == "send"


def test_reminders_are_kept_in_the_order_in_which_they_come(loaded):
    assert of(loaded(), "bao-cao").steps[0].ladder.remind == (3, 1, 0)


def test_all_units_become_parties_and_a_role_stands_for_itself(loaded, report_text):
    everyone = of(loaded(report_text.replace("[chi-cuc-tdc, trung-tam-khcn]", "all-units")), "bao-cao")
    assert everyone.parties == ("van-phong", "chi-cuc-tdc", "trung-tam-khcn")
    assert of(loaded(UNSET), "hoi-nghi").parties == ("van-phong",)


def test_a_case_counts_its_clocks_from_the_event_and_from_the_step_named(loaded):
    case = of(loaded(CASE), "khieu-nai")
    first, second = case.steps
    assert case.kind == "event"
    assert first.timing.rule == Within(10, "day", "event")
    assert (second.timing.rule, second.after) == (Within(30, "day", "thu-ly"), "thu-ly")
    assert second.complex_timing.rule == Within(45, "day", "thu-ly")
    assert (first.basis.kind, first.timing.roll) == ("law", "forward")


def test_an_obligation_s_own_due_belongs_to_the_step_that_has_none(loaded):
    plan = loaded("""
    - id: danh-gia
      title: Đánh giá
      due: trước ngày 10/12
      by: van-phong
      ladder: don-vi
      steps:
        - {id: tu-cham, title: Tự chấm, due: 05 ngày làm việc trước danh-gia}
        - {id: gui, title: Gửi, after: tu-cham}
        - {id: tiep-nhan, title: Xác nhận, confirms: gui, within: 02 ngày làm việc}
    """)
    own, sent, confirmed = of(plan, "danh-gia").steps
    assert own.timing.rule == BeforeOther(5, "danh-gia")
    assert (sent.timing.rule, sent.after) == (YearlyDates(((12, 10),), strict=True), "tu-cham")
    assert (confirmed.timing.rule, confirmed.after) == (Within(2, "working-day", "gui"), "gui")


def test_a_proposed_reading_makes_the_due_proposed_and_a_decided_one_names_its_document(loaded):
    step = of(loaded(RECEPTION), "tiep-cong-dan").steps[0]
    assert step.basis.kind == "proposed"
    assert step.timing.reading == "last-thursday"
    words = 'basis: decided, by: giam-doc, on: "2022-03-01", document: 05/QĐ-KHCN'
    decided = of(loaded(RECEPTION.replace("basis: proposed", words)), "tiep-cong-dan").steps[0]
    assert decided.basis == Basis("office", "05/QĐ-KHCN", "giam-doc", date(2022, 3, 1))


def test_receptions_of_2022_fall_on_the_last_thursdays_from_24_february(loaded, calendar):
    days = produced_days(loaded(RECEPTION), calendar)["tiep-cong-dan"]["thuc-hien"].targets
    assert [f"{day.day}/{day.month}" for day in days] == [
        "24/2", "31/3", "28/4", "26/5", "30/6", "28/7", "25/8", "29/9", "27/10", "24/11", "29/12",
    ]  # fmt: skip


def test_an_unset_due_is_kept_unset_and_the_office_is_asked_to_find_it(loaded):
    plan = loaded(UNSET)
    assert of(plan, "hoi-nghi").steps[0].timing.rule == Unset("đúng thời gian quy định")
    finding = of(plan, "tim-han-hoi-nghi")
    assert finding.kind == "office"
    assert finding.steps[0].by == "van-phong"
    assert finding.steps[0].timing.rule == Within(5, "working-day", "issued")


def test_what_is_proposed_is_listed_once_for_decision(loaded):
    plan = loaded(RECEPTION)
    assert "Tiếp công dân" in of(plan, "quyet-dinh-de-xuat").note
    assert [o.id for o in loaded().obligations if o.id == "quyet-dinh-de-xuat"] == []


def test_each_asked_role_gets_one_monthly_checklist_of_its_events(loaded, calendar):
    plan = loaded(CASE)
    checklist = of(plan, "phieu-phat-sinh-thanh-tra")
    assert (checklist.kind, checklist.parties, checklist.documents) == ("checklist", ("thanh-tra",), ("khieu-nai",))
    assert "Có đơn khiếu nại" in checklist.steps[0].ask
    assert checklist.steps[0].timing.rule == NthWorkingDay(4, "month")
    # Asked on Tuesday 1 March 2022, due three working days later.
    assert checklist.steps[0].ladder.remind[0] == 3
    assert produced_days(plan, calendar)[checklist.id]["tra-loi"].targets[0] == date(2022, 3, 4)


def test_the_next_plan_is_asked_for_from_15_november(loaded, calendar):
    step = of(loaded(), "ban-hanh-ke-hoach-nam-sau").steps[0]
    assert step.timing.rule == SingleDate(date(2022, 12, 31), strict=False)
    assert calendar.shift(date(2022, 12, 30), -step.ladder.remind[0]) == date(2022, 11, 15)


def test_an_event_without_a_clock_has_its_event_s_name(loaded):
    text = """
    - {id: a, title: A, kind: event, opens: van-ban-moi, due: khi có phát sinh, by: van-phong, ladder: don-vi}
    """
    assert of(loaded(text), "a").steps[0].timing.rule == OnEvent("van-ban-moi")


def test_a_due_may_be_spelled_out_as_a_rule(loaded, report_text):
    spelled = 'due: {rule: yearly-dates, days: ["05/6", "10/11"], strict: true}'
    rule = (
        of(loaded(report_text.replace("due: trước ngày 05/6 và ngày 10/11", spelled)), "bao-cao").steps[0].timing.rule
    )
    assert rule == YearlyDates(((6, 5), (11, 10)), strict=True)


def test_inclusive_before_moves_the_last_day_and_so_the_expectation_fails(loaded, problems, plan_text):
    (problem, *_) = problems(plan=plan_text + "before: inclusive\n")
    assert "tính ra" in problem.found


def test_every_obligation_comes_back_from_its_canonical_json(loaded):
    for plan in (loaded(), loaded(CASE), loaded(UNSET), loaded(RECEPTION)):
        for obligation in plan.obligations:
            assert obligation_from_canonical(canonical(obligation)) == obligation


def test_a_version_is_the_hash_of_the_canonical_text_and_moves_with_the_meaning_only(loaded, report_text):
    plan = loaded()
    assert dict(plan.versions)["bao-cao"] == digest(canonical(of(plan, "bao-cao")))
    assert loaded(report_text + "# một ghi chú\n").versions == plan.versions
    changed = loaded(report_text.replace("10/11", "11/11").replace("2022-11-09", "2022-11-10"))
    assert dict(changed.versions)["bao-cao"] != dict(plan.versions)["bao-cao"]


def test_a_version_of_another_schema_is_not_guessed_at():
    with pytest.raises(UnknownSchemaError):
        obligation_from_canonical('{"schema":99,"obligation":{}}')


def test_a_definition_in_decomposed_letters_loads_the_same(written, loaded, calendar, directory, report_text):
    composed = loaded().versions
    folder = written(unicodedata.normalize("NFD", report_text))
    assert load_plan(folder, calendar, directory).versions == composed


def test_expectations_can_be_left_aside_after_a_revision_of_the_calendar(written, calendar, directory, report_text):
    folder = written(report_text.replace("2022-06-03", "2022-06-02"))
    assert load_plan(folder, calendar, directory, expectations="ignore").id == "thu-nghiem"
    with pytest.raises(DefinitionError):
        load_plan(folder, calendar, directory)
