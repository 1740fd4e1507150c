"""On any day something alive is watched: the edition made where every plan of this year or before has ended."""

from datetime import date
from pathlib import Path

import pytest

from dondoc.use_cases.ensure_edition import ensure_edition
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.roll_plan import roll_plan


def _office(data: Path) -> Office:
    return open_office(data, definitions=(SHIPPED,))


@pytest.mark.parametrize(("on", "rolled"), [(date(2022, 12, 31), ""), (date(2023, 1, 1), "qcdc-2022")])
def test_an_edition_is_made_once_the_last_plan_has_ended(tmp_path: Path, on: date, rolled: str) -> None:
    assert ensure_edition(_office(tmp_path), on) == rolled
    assert sorted(_office(tmp_path).plans) == sorted({"qcdc-2022", *(["qcdc-2023"] if rolled else [])})
    assert ensure_edition(_office(tmp_path), on) == ""


def test_a_draft_of_next_year_does_not_leave_this_year_unwatched(tmp_path: Path) -> None:
    roll_plan(_office(tmp_path), "qcdc-2022", 2027, drafted_on=date(2026, 11, 23))
    assert ensure_edition(_office(tmp_path), date(2026, 11, 23)) == "qcdc-2022"
    assert sorted(_office(tmp_path).plans) == ["qcdc-2022", "qcdc-2026", "qcdc-2027"]


def test_where_only_a_year_to_come_is_planned_nothing_is_invented(tmp_path: Path) -> None:
    office = _office(tmp_path)
    assert ensure_edition(office, date(2021, 12, 31)) == ""
