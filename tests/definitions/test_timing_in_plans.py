"""A definition uses the language: what runs has its days, what does not is refused in words, a decision shows."""

from datetime import date

import pytest

from dondoc.core.schedule import expand
from dondoc.words.explain import explain

D = date
REST = "by: van-phong, ladder: don-vi"


def of(due: str, more: str = "") -> str:
    return f'- {{id: a, title: A, due: "{due}", {more}{REST}}}\n'


@pytest.fixture
def days(loaded, calendar):
    """Last days of the obligation's first step, in 2022, within the plan's validity."""

    def found(due: str, more: str = "") -> list[date | None]:
        births = expand(loaded(of(due, more)), calendar)
        return [birth.rounds[0][1].last_on for birth in births if birth.obligation == "a"]

    return found


@pytest.mark.parametrize(
    ("due", "first", "count"),
    [
        ("thứ Hai hằng tuần", D(2022, 2, 21), 45),
        ("từ ngày 1 đến ngày 5 hằng tháng", D(2022, 3, 5), 10),
        ("trước ngày 20 hằng tháng; riêng tháng 12 trước ngày 15", D(2022, 2, 19), 11),
        ("trước 16 giờ 30 ngày 05/6", D(2022, 6, 5), 1),
        ("05 ngày làm việc kể từ ngày kết thúc quý", D(2022, 4, 7), 4),
        ("ít nhất 01 lần trong quý", D(2022, 3, 31), 4),
        ("ít nhất 02 lần trong năm", D(2022, 12, 31), 1),
        ("trong quý III", D(2022, 9, 30), 1),
        ("trước ngày 10/01 của năm liền kề", D(2023, 1, 9), 1),
    ],
)
def test_what_the_engine_runs(days, due, first, count):
    found = days(due)
    assert (found[0], len(found)) == (first, count)


def test_period_names_belong_to_their_days_even_into_the_next_year(loaded, calendar):
    due = "trước ngày 05/7 và trước ngày 10/01 năm sau"
    births = expand(loaded(of(due, "periods: [6 tháng đầu năm, năm], ")), calendar)
    shown = [(birth.period, birth.rounds[0][1].last_on) for birth in births if birth.obligation == "a"]
    assert shown == [("2022-H1", D(2022, 7, 4)), ("2022", D(2023, 1, 9))]


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("niêm yết ít nhất 30 ngày liên tục", "liên tục"),
        ("05 ngày làm việc kể từ ngày kết thúc quý (xã); 15 (huyện)", "theo cấp"),
        ("gia hạn hai lần, mỗi lần không quá 30 ngày", "thời hạn đầu"),
        ("105 ngày trước ngày bầu cử", "bầu cử"),
        ("kết thúc năm học", "ket-thuc-nam-hoc"),
    ],
)
def test_what_the_engine_does_not_run_is_refused_in_words(problems, due, told):
    found = problems(of(due))
    assert any(told in problem.found for problem in found)
    assert all(problem.expected for problem in found)


def test_a_longer_clock_and_extensions_become_the_steps_own(loaded):
    text = """
- id: vu-viec
  title: Vụ việc
  kind: event
  opens: don
  by: van-phong
  ladder: don-vi
  steps:
    - {id: mot, title: Một, due: "không quá 30 ngày kể từ ngày nhận; có thể kéo dài nhưng không quá 45 ngày"}
    - {id: hai, title: Hai, within: "30 ngày, có thể gia hạn hai lần, mỗi lần không quá 30 ngày", after: mot}
"""
    (one, two) = next(o for o in loaded(text).obligations if o.id == "vu-viec").steps
    assert (one.timing.rule.amount, one.complex_timing.rule.amount) == (30, 45)
    assert (two.timing.rule.amount, two.max_extensions) == (30, 2)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("basis: proposed", "đề xuất, chưa được quyết định"),
        ('basis: decided, by: giam-doc, on: "2022-03-01", document: 05/TB-KHCN', "05/TB-KHCN, giam-doc, 01/03/2022"),
    ],
)
def test_the_decision_on_a_reading_shows_in_the_reasons(loaded, calendar, about, said):
    plan = loaded(of("thứ 5 của tuần cuối tháng", f"reading: {{last-week: last-thursday, {about}}}, "))
    why = expand(plan, calendar)[0].rounds[0][1].why
    lines = explain(why)
    assert any("cách hiểu đang dùng" in line and said in line for line in lines)
