import re
from datetime import date
from pathlib import Path

import pytest

from definitions.calendar import working_calendar
from definitions.expectations import produced_days
from definitions.load_plan import load_plan
from definitions.organisation import load_organisation
from definitions.problem import DefinitionError
from definitions.roll import roll

ROOT = Path(__file__).parents[2]

DATED = """
# Ghi chú của người soạn.
- id: pho-bien      # phổ biến
  title: Phổ biến năm 2022
  cites: [{at: "II.2, gạch đầu dòng 1", quote: "năm 2022"}]
  due: chậm nhất ngày 28/02/2022
  basis: plan
  by: van-phong
  population: all-staff
  documents: [nd-04-2015]
  ladder: don-vi
- id: tiep-dan
  title: Tiếp dân
  due: thứ 5 của tuần cuối tháng
  reading: {last-week: last-thursday, basis: decided, by: giam-doc, on: "2022-03-01", document: 05/QĐ}
  by: thanh-tra
  ladder: don-vi
- id: tu-kiem-tra
  title: Tự kiểm tra
  due: chậm nhất ngày 31/10
  basis: {kind: office, source: 06/QĐ, decided-by: giam-doc, decided-on: "2022-03-01"}
  by: van-phong
  ladder: don-vi
"""


@pytest.fixture
def rolled(written, tmp_path, calendar, directory):
    def make(section, year=2026, **more):
        report = roll(written(section), tmp_path / f"ke-hoach-{year}", year, calendar, directory, **more)
        return report, load_plan(report.target, calendar, directory)

    return make


def test_the_edition_of_2026_loads_as_a_draft_with_that_year_s_days(rolled, report_text, calendar):
    report, plan = rolled(report_text)
    assert (plan.id, plan.year, plan.draft, plan.document.number) == ("thu-nghiem-2026", 2026, True, "")
    assert (plan.valid_from, plan.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert produced_days(plan, calendar)["bao-cao"]["thuc-hien"].targets == (date(2026, 6, 4), date(2026, 11, 9))
    assert 'targets: ["2026-06-04", "2026-11-09"]' in (report.target / "III.yaml").read_text(encoding="utf-8")
    assert report.to_decide == ()


def test_what_was_decided_for_one_year_is_a_proposal_for_the_next(rolled):
    report, plan = rolled(DATED)
    kinds = {o.id: o.steps[0].basis.kind for o in plan.obligations}
    assert (kinds["pho-bien"], kinds["tiep-dan"], kinds["tu-kiem-tra"]) == ("proposed", "proposed", "proposed")
    assert report.to_decide == ("pho-bien", "tiep-dan", "tu-kiem-tra")
    assert "05/QĐ" not in (report.target / "III.yaml").read_text(encoding="utf-8")


def test_dated_days_and_titles_move_while_quotes_and_comments_stay(rolled):
    report, _ = rolled(DATED)
    text = (report.target / "III.yaml").read_text(encoding="utf-8")
    assert "due: chậm nhất ngày 28/02/2026" in text
    assert "title: Phổ biến năm 2026" in text
    assert 'quote: "năm 2022"' in text
    assert "# Ghi chú của người soạn." in text
    assert "# phổ biến" in text
    assert ("pho-bien", "chậm nhất ngày 28/02/2022", "chậm nhất ngày 28/02/2026") in report.moved


def test_an_expired_legal_basis_is_named_with_its_replacement_and_its_users(rolled):
    report, _ = rolled(DATED)
    (basis,) = report.expired
    assert (basis.id, basis.replaced_by, basis.used_by) == ("nd-04-2015", "Luật 10/2022/QH15", ("pho-bien",))
    assert "Luật 10/2022/QH15" in (report.target / "plan.yaml").read_text(encoding="utf-8").splitlines()[2]


def test_a_legal_basis_in_force_for_part_of_the_year_is_not_called_expired(rolled):
    report, _ = rolled(DATED, 2023)
    assert report.expired == ()


def test_a_draft_made_in_the_year_counts_the_office_s_own_periods_from_that_day(rolled):
    _, plan = rolled(DATED, drafted_on=date(2026, 11, 23))
    assert plan.document.issued_on == date(2026, 11, 23)
    assert plan.valid_from == date(2026, 1, 1)


def test_the_source_stays_as_it_was(rolled, written):
    before = {file.name: file.read_bytes() for file in written(DATED).iterdir()}
    rolled(DATED)
    assert {file.name: file.read_bytes() for file in written(DATED).iterdir()} == before


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_the_shipped_plan_of_2022_rolls_into_every_year_the_calendar_knows(tmp_path, year):
    calendar = working_calendar(2021, 2029, ROOT / "definitions" / "calendar" / "vn.yaml")
    directory = load_organisation(ROOT / "definitions").directory
    report = roll(ROOT / "definitions" / "qcdc-2022", tmp_path / "moi", year, calendar, directory)
    plan = load_plan(report.target, calendar, directory)
    assert (plan.id, plan.year, plan.draft) == (f"qcdc-{year}", year, True)
    assert {basis.id for basis in report.expired} >= {"kh-13-bcd"}


@pytest.mark.parametrize("year", [2022, 2021])
def test_an_edition_is_of_a_later_year(written, tmp_path, year):
    with pytest.raises(DefinitionError, match="không sau năm 2022"):
        roll(written(), tmp_path / "moi", year)


def test_a_folder_that_exists_is_never_written_over(written, tmp_path):
    (tmp_path / "moi").mkdir()
    with pytest.raises(DefinitionError, match="thư mục đã có"):
        roll(written(), tmp_path / "moi", 2026)


def test_a_broken_source_leaves_nothing_behind(written, tmp_path):
    with pytest.raises(DefinitionError):
        roll(written("- id: [\n"), tmp_path / "moi", 2026)
    assert not (tmp_path / "moi").exists()


def test_a_source_that_does_not_load_leaves_nothing_behind(written, tmp_path, calendar, directory):
    with pytest.raises(DefinitionError):
        roll(
            written("- {id: a, title: A, due: ngay, by: van-phong, ladder: don-vi}\n"),
            tmp_path / "moi",
            2026,
            calendar,
            directory,
        )
    assert not (tmp_path / "moi").exists()


def test_an_editor_finds_the_schema_from_where_the_edition_lies(tmp_path, calendar, directory):
    report = roll(ROOT / "definitions" / "qcdc-2022", tmp_path / "data" / "definitions" / "qcdc-2026", 2026, calendar)
    for file in report.target.glob("*.yaml"):
        (named,) = re.findall(r"(?m)^# yaml-language-server: \$schema=(.*)$", file.read_text(encoding="utf-8"))
        assert (report.target / named).resolve() == ROOT / "definitions" / "schema.json"
