"""Every mistake is answered with file, line, what was found and expected; nothing is loaded."""

import pytest

from definitions.load_plan import load_plan
from definitions.problem import DefinitionError

ONE = "- {{id: a, title: A, due: {due}, by: van-phong, ladder: don-vi{more}}}\n"


def one(due="trước ngày 05/6", more=""):
    return ONE.format(due=due, more=f", {more}" if more else "")


def told(problem):
    return f"{problem.found} {problem.expected} {problem.hint}"


def test_an_unknown_key_is_told_with_its_place_and_the_key_meant(problems, report_text):
    (problem,) = problems(report_text.replace("periods:", "period:"))
    assert (problem.file, problem.line, problem.column, problem.path) == ("ke-hoach/III.yaml", 6, 3, "[1].period")
    assert problem.hint == "Có phải là “periods”?"


def test_an_unknown_key_deep_in_the_plan_is_told_too(problems, plan_text):
    (problem,) = problems(plan=plan_text.replace("remind:", "reminds:"))
    assert problem.path == "ladders.don-vi.reminds"
    assert "“remind”" in problem.hint


def test_an_impossible_date_is_told_in_a_phrase_and_in_a_field(problems, plan_text):
    assert "không có ngày 31/6" in problems(one("trước ngày 31/6"))[0].found
    (problem,) = problems(plan=plan_text.replace("2022-02-18", "2022-02-30", 1))
    assert (problem.path, problem.expected) == ("document.date", "một ngày có thật")


def test_a_missing_role_is_told_with_the_nearest_one(problems):
    (problem,) = problems(one().replace("van-phong", "van-phog"))
    assert (problem.line, problem.path) == (1, "[1].by")
    assert "“van-phong”" in problem.hint


def test_a_missing_unit_is_told_with_the_nearest_one(problems, report_text):
    (problem, *_) = problems(report_text.replace("[chi-cuc-tdc, ", "[chi-cuc-tcd, "))
    assert problem.path == "[1].each[1]"
    assert "“chi-cuc-tdc”" in problem.hint


def test_a_missing_role_in_a_ladder_is_told(problems, plan_text):
    (problem,) = problems(plan=plan_text.replace("to: pho-giam-doc", "to: pho-giam-docc"))
    assert problem.path == "ladders.don-vi.escalate[3].to"


def test_a_repeated_id_names_the_first_place(problems):
    found = problems(one() + one())
    assert any("đã dùng ở ke-hoach/III.yaml:1" in problem.found and problem.line == 2 for problem in found)


def test_a_repeated_id_in_another_file_is_found(written, calendar, directory):
    folder = written(one())
    (folder / "IV.yaml").write_text(one(), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"đã dùng ở ke-hoach/III\.yaml:1"):
        load_plan(folder, calendar, directory)


def test_an_expectation_that_is_not_met_says_what_came_out(problems, report_text):
    (problem,) = problems(report_text.replace('targets: ["2022-06-03"', 'targets: ["2022-06-02"'))
    assert problem.path == "[1].expect.targets"
    assert problem.found == "mong đợi 2022-06-02, 2022-11-09, tính ra 2022-06-03, 2022-11-09"


def test_an_expected_day_in_between_that_does_not_come_is_not_overlooked(problems, report_text):
    assert problems(report_text.replace('targets: ["2022-06-03", ', "targets: ["))


def test_an_unknown_ladder_is_told(problems):
    (problem,) = problems(one().replace("ladder: don-vi", "ladder: don-vj"))
    assert "“don-vi”" in problem.hint


def test_no_ladder_at_all_is_told(problems):
    assert "không có thang nhắc" in problems(one().replace(", ladder: don-vi", ""))[0].found


def test_a_reference_to_a_missing_step_is_told(problems):
    (problem, *_) = problems("""
    - id: a
      title: A
      by: van-phong
      ladder: don-vi
      steps:
        - {id: nop, title: Nộp, due: trước ngày 05/6}
        - {id: nhan, title: Nhận, after: nopp, within: 02 ngày làm việc}
    """)
    assert problem.path == "[1].steps[2].after"
    assert problem.hint == "Có phải là “nop”?"


def test_a_reference_to_a_missing_obligation_is_told(problems):
    assert "không có nghĩa vụ “b”" in problems(one("05 ngày làm việc trước b"))[0].found
    assert "không có nghĩa vụ “b”" in problems(one(more="joins: [b]"))[0].found


def test_a_due_that_waits_for_itself_or_for_a_waiting_one_is_told(problems):
    assert "cũng tính theo nghĩa vụ khác" in problems(one("05 ngày làm việc trước a"))[0].found
    chained = one("05 ngày làm việc trước b") + one("05 ngày làm việc trước c").replace("id: a", "id: b")
    assert "“b” cũng tính" in problems(chained + one().replace("id: a", "id: c"))[0].found


def test_an_obligation_that_joins_itself_is_told(problems):
    assert problems(one(more="joins: [a]"))[0].path.endswith("joins[1]")


def test_a_due_by_event_without_an_event_is_told(problems):
    assert "opens" in problems(one("khi có phát sinh"))[0].expected


def test_a_reading_that_nothing_needs_is_told(problems):
    assert "không dùng tới" in problems(one(more="reading: {last-week: last-thursday, basis: proposed}"))[0].found


def test_a_missing_document_is_told(problems):
    (problem,) = problems(one(more="population: all-staff, documents: [nd-04-2016]"))
    assert "“nd-04-2015”" in problem.hint


def test_an_empty_plan_is_told(problems):
    assert "không có nghĩa vụ nào" in problems("")[0].found
    assert "không có nghĩa vụ nào" in problems("[]")[0].found


def test_a_section_that_is_no_list_is_told(problems):
    assert "danh sách" in problems("id: a\n")[0].expected
    assert problems("- chỉ là chữ\n")[0].line == 1


def test_an_empty_plan_file_is_told(problems):
    assert problems(plan="")[0].file == "ke-hoach/plan.yaml"


def test_no_due_at_all_is_told_with_the_way_to_say_that_it_is_unknown(problems):
    (problem,) = problems("- {id: a, title: A, by: van-phong, ladder: don-vi}\n")
    assert "due: unset" in problem.expected


def test_nobody_responsible_is_told(problems):
    assert "không rõ ai làm" in told(problems("- {id: a, title: A, due: unset, ladder: don-vi}\n")[0])


def test_labels_must_be_as_many_as_the_days(problems, report_text):
    (problem,) = problems(report_text.replace("periods: [6 tháng đầu năm, năm]", "periods: [năm]"))
    assert "1 tên kỳ cho 2 ngày" in problem.found


def test_an_ambiguous_phrase_needs_a_reading_and_the_reading_its_basis(problems):
    due = "thứ 5 của tuần cuối tháng"
    assert "reading" in told(problems(one(due))[0])
    assert "basis" in told(problems(one(due, "reading: {last-week: last-thursday}"))[0])
    decided = problems(one(due, "reading: {last-week: last-thursday, basis: decided, by: giam-doc}"))[0]
    assert "on hoặc document" in decided.found


def test_a_decision_of_the_office_names_its_document(problems):
    assert "basis: office" in problems(one(more="basis: office"))[0].found
    assert "decided-by" in problems(one(more="basis: {kind: office, source: QĐ 1}"))[0].found


def test_confidence_is_for_cases_only_and_needs_no_population(problems):
    assert "bảo mật" in problems(one(more="confidential: true"))[0].found
    assert "excludes" in problems(one(more="excludes: [accused]"))[0].path
    case = "opens: don, confidential: true, population: all-staff"
    assert "nhiều người" in problems(one("10 ngày", case))[0].found


def test_an_event_must_be_named_by_an_event_kind_only(problems):
    assert "opens" in told(problems(one(more="kind: event"))[0])
    assert "kind: event" in problems(one(more="kind: standing, opens: don"))[0].expected


def test_a_clause_that_nothing_cites_is_told(problems, plan_text):
    listed = plan_text + 'clauses: ["III, gạch đầu dòng 4", "III, gạch đầu dòng 5"]\n'
    (problem,) = problems(plan=listed)
    assert problem.path == "clauses[2]"
    assert "III, gạch đầu dòng 5" in problem.found


def test_wrong_kinds_of_values_are_told_in_words(problems, plan_text):
    assert problems(plan=plan_text.replace("year: 2022", "year: hai nghìn"))[0].expected == "số nguyên"
    assert "“draft”" in problems(plan=plan_text.replace("year: 2022", "year: 2022\ndraf: true"))[0].hint
    assert "một trong" in problems(one(more="kind: recurring"))[0].expected
    assert "thiếu khoá “title”" in problems(one().replace("title: A, ", ""))[0].found
    assert "như 2022-02-18" in problems(plan=plan_text.replace('to: "2022-12-31"', "to: cuối năm", 1))[0].expected


def test_a_union_of_kinds_complains_once_with_the_place(problems):
    found = problems(one(more="basis: planned"))
    assert [problem.path for problem in found] == ["[1].basis"]


def test_a_decided_reading_has_a_day_that_exists(problems):
    reading = "reading: {last-week: last-thursday, basis: decided, by: giam-doc, on: 2022-02-30, document: 05/QĐ}"
    assert problems(one("thứ 5 của tuần cuối tháng", reading))[0].path == "[1].reading.on"


def test_the_members_of_a_role_are_told_to_be_none(problems):
    assert problems(one(more="population: unit.members, each: [thanh-tra]"))[0].path == "[1].each"


def test_a_year_outside_the_plan_s_validity_is_told(problems, plan_text):
    assert problems(plan=plan_text.replace("year: 2022", "year: 2023"))[0].path == "year"


def test_an_end_before_the_beginning_is_told(problems, plan_text):
    (problem,) = problems(plan=plan_text.replace('to: "2022-12-31"}\noffice', 'to: "2022-01-31"}\noffice'))
    assert problem.path == "valid.to"


def test_a_year_outside_the_calendar_is_told_and_no_traceback(problems, plan_text):
    later = plan_text.replace("2022-", "2090-").replace("year: 2022", "year: 2090")
    assert any("lịch làm việc" in problem.found for problem in problems(plan=later))


def test_all_mistakes_of_all_files_are_told_at_once(written, calendar, directory):
    folder = written(one("trước ngày 31/6") + one("ngay").replace("id: a", "id: b"))
    (folder / "IV.yaml").write_text("a: [\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_plan(folder, calendar, directory)
    assert len(caught.value.problems) == 3
    assert {problem.file for problem in caught.value.problems} == {"ke-hoach/III.yaml", "ke-hoach/IV.yaml"}


def test_a_broken_plan_file_still_lets_the_sections_be_told(written, calendar, directory, plan_text):
    folder = written(one(more="titel: B"), plan_text.replace("year: 2022", "yeer: 2022"))
    with pytest.raises(DefinitionError) as caught:
        load_plan(folder, calendar, directory)
    assert {problem.file for problem in caught.value.problems} == {"ke-hoach/III.yaml", "ke-hoach/plan.yaml"}


@pytest.mark.parametrize(
    "text", ["- *a\n", "- !!python/name:os.system x\n", "-\tid: a\n  b: c\n", "[" * 3000, "- " * 3000]
)
def test_hostile_sections_are_problems_and_no_traceback(problems, text):
    assert all(problem.line >= 1 for problem in problems(text))


@pytest.mark.parametrize(
    "value", ["null", "[]", "{}", "7", "true", "''", "{rule: nope}", "{rule: within}", "{rule: [1]}"]
)
@pytest.mark.parametrize(
    "key", ["id", "title", "due", "by", "each", "steps", "cites", "reading", "basis", "periods", "expect"]
)
def test_a_value_of_the_wrong_kind_anywhere_never_ends_in_a_traceback(loaded, key, value):
    fields = {"id": "a", "title": "A", "due": "trước ngày 05/6", "by": "van-phong", "ladder": "don-vi", key: value}
    text = "- {" + ", ".join(f"{name}: {said}" for name, said in fields.items()) + "}\n"
    try:
        loaded(text)
    except DefinitionError as error:
        assert error.problems
