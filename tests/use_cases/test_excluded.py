"""Who is left out of a case: sealed in the register, heeded at every check, and told to nobody when the key is lost."""

import sqlite3
from pathlib import Path

import pytest
from office_samples import PLAN, Desk, acting, day, moment

from dondoc.core.directory import UNREADABLE, Absence
from dondoc.register.sealed import KEY_FILE, Sealer
from dondoc.register.verify import verify_chain
from dondoc.use_cases.excluded import unreadable
from dondoc.use_cases.hold import hold_in, show_hold
from dondoc.use_cases.message_of import rendered_notices
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.stale_notices import withdraw_stale
from dondoc.use_cases.sweep import lost_key

ACCUSED = "thanh-tra-vien"  # holds the very role that would be told first
CASE = CaseOpening("to-cao", day("01/3"), reference="TC-07", accused=(ACCUSED,))


def _opened(desk: Desk, case: CaseOpening = CASE) -> str:
    return open_case(desk.office, PLAN, case, acting("01/3"), moment("01/3", 9)).key


def _without_key(desk: Desk, tmp_path: Path) -> Desk:
    """The same register after the key was lost."""
    return Desk(desk.office._replace(sealer=Sealer(tmp_path / "empty")))


def _days(desk: Desk, *days: str) -> None:
    for one in days:
        desk.sweep(one)


def _rows_of_the_case(desk: Desk) -> str:
    """Every row of every table that speaks of it."""
    with sqlite3.connect(desk.office.register.url.removeprefix("sqlite:///")) as open_:
        return "\n".join(line for line in open_.iterdump() if "TC-07" in line)


def test_the_register_holds_the_accused_nowhere_and_the_filter_still_works(desk: Desk) -> None:
    case = _opened(desk)
    _days(desk, "07/3", "10/3", "11/3", "16/3")
    rows = _rows_of_the_case(desk)
    assert ACCUSED not in rows and rows.count("\n") > 10
    assert desk.told(case) and ACCUSED not in {n.recipient for n in desk.told(case)}
    with desk.office.register.reading() as book:
        assert gather_one(desk.office, book, case).birth.excluded == (ACCUSED,)


def test_a_sealed_list_tells_neither_names_nor_their_number(desk: Desk) -> None:
    lists = ((), (ACCUSED,), (ACCUSED, "giam-doc-so"))
    keys = [_opened(desk, CASE._replace(reference=f"TC-{n}", accused=one)) for n, one in enumerate(lists)]
    with desk.office.register.reading() as book:
        kept = [birth.excluded[0] for birth in book.births(keys=keys)]
    assert len({len(token) for token in kept}) == 1 and len(set(kept)) == 3


def test_the_chain_is_verified_without_the_key(desk: Desk, tmp_path: Path) -> None:
    _opened(desk)
    with _without_key(desk, tmp_path).office.register.reading() as book:
        assert verify_chain(book) == []


def test_while_the_key_is_lost_nobody_is_told_and_the_inspectors_head_hears_why(desk: Desk, tmp_path: Path) -> None:
    case = _opened(desk)
    told_before = len(desk.told(case))
    lost = _without_key(desk, tmp_path)
    _days(lost, "02/3", "03/3", "10/3", "16/3", "04/4")
    since = desk.told(case)[told_before:]
    assert {n.kind for n in since} == {"gap"} and {n.details["gap"] for n in since} == {"sealed"}
    assert {n.recipient for n in since} == {"chanh-thanh-tra-so"}
    assert len({n.moment_at for n in since}) == len(since)  # once a working day, however many cases
    with lost.office.register.reading() as book:
        assert unreadable(lost.office, book) == 1
        assert gather_one(lost.office, book, case).birth.excluded == (UNREADABLE,)


def test_the_sweep_says_that_the_key_is_lost_and_how_many_cases_wait(desk: Desk, tmp_path: Path) -> None:
    _opened(desk)
    assert desk.sweep("02/3").unreadable == 0
    report = _without_key(desk, tmp_path).sweep("03/3")
    assert report.unreadable == 1 and "1 vụ việc bảo mật không báo được" in lost_key(report.unreadable)


def test_the_word_about_the_lost_key_names_no_case(desk: Desk, tmp_path: Path) -> None:
    _opened(desk)
    lost = _without_key(desk, tmp_path)
    gaps = [n for n in lost.sweep("14/3").notices if n.kind == "gap"]
    ((_, letter),) = rendered_notices(lost.office, gaps, moment("14/3", 9))
    whole = letter.subject + letter.text + letter.html
    assert "secret.key" in whole and "Vụ việc bảo mật" in letter.subject
    for word in ("TC-07", "tố cáo thuộc", ACCUSED, "10/3", "quá hạn"):
        assert word not in whole


def test_with_the_key_back_what_is_still_true_is_told_and_the_gap_taken_back(desk: Desk, tmp_path: Path) -> None:
    case = _opened(desk)
    lost = _without_key(desk, tmp_path)
    _days(lost, "02/3", "11/3", "14/3")
    back = [n for n in desk.sweep("15/3").notices if n.occurrence == case]
    assert {n.kind for n in back} >= {"overdue", "escalation"}  # no rung was used up meanwhile
    assert ACCUSED not in {n.recipient for n in back}
    withdraw_stale(desk.office, moment("15/3", 9))
    with desk.office.register.reading() as book:
        assert [n for n in book.open_notices(moment("15/3", 9)) if n.occurrence == case and n.kind == "gap"] == []


def test_another_key_is_as_good_as_none(desk: Desk, tmp_path: Path) -> None:
    case = _opened(desk)
    other = _without_key(desk, tmp_path)
    other.office.sealer.seal("x")
    assert (tmp_path / "empty" / KEY_FILE).exists()
    assert {n.kind for n in other.sweep("14/3").notices if n.occurrence == case} == {"gap"}


@pytest.mark.parametrize("gap", [False, True])
def test_a_deputys_letter_does_not_say_in_whose_place(desk: Desk, gap: bool) -> None:
    accused = (ACCUSED, "pho-chanh-thanh-tra-so", "chanh-thanh-tra-so") if gap else (ACCUSED,)
    case = _opened(desk, CASE._replace(accused=accused))
    _days(desk, "07/3", "10/3", "11/3", "16/3", "25/3")
    for notice, letter in rendered_notices(desk.office, desk.told(case), moment("01/4", 9)):
        whole = letter.subject + letter.text + letter.html
        assert notice.recipient not in accused
        assert "nhận thay" not in whole and "chưa có người nhận)" not in whole and "chưa có người giữ" not in whole


def _with_the_head_left_out(desk: Desk) -> str:
    case = _opened(desk, CASE._replace(accused=("chanh-thanh-tra-so",)))
    _days(desk, "07/3", "10/3", "11/3", "16/3", "25/3")
    return case


def test_nothing_kept_of_a_case_says_in_whose_place_somebody_is_told(desk: Desk) -> None:
    case = _with_the_head_left_out(desk)
    told = desk.told(case)
    assert "pho-chanh-thanh-tra-so" in {n.recipient for n in told}  # the deputy answers
    assert {n.acting for n in told} == {""} and "chanh-thanh-tra" not in {n.role for n in told}
    assert "chanh-thanh-tra" not in {n.details.get("level") for n in told}


def test_the_same_is_written_of_a_deputy_whoever_is_away(desk: Desk) -> None:
    """Were it written for absences, its silence would say that somebody is left out."""
    absence = Absence("chanh-thanh-tra-so", day("01/3"), day("31/3"))
    directory = desk.office.directory._replace(absences=(*desk.office.directory.absences, absence))
    desk.office = desk.office._replace(directory=directory)
    case = _opened(desk, CASE._replace(accused=()))
    _days(desk, "07/3", "10/3", "11/3", "16/3")
    told = desk.told(case)
    assert "pho-chanh-thanh-tra-so" in {n.recipient for n in told} and {n.acting for n in told} == {""}


def test_the_held_list_names_no_reader_of_a_confidential_case(desk: Desk) -> None:
    case = _opened(desk, CASE._replace(accused=("chanh-thanh-tra-so",)))
    with desk.office.register.writing() as book:
        hold_in(book, desk.office, "thử", moment("07/3"))
    _days(desk, "07/3", "16/3")
    held = show_hold(desk.office, moment("16/3", 9))
    mine = [n for n in held.notices if n.occurrence == case]
    assert mine and {(n.key, n.recipient, n.role, n.acting) for n in mine} == {("", "", "", "")}
    assert all(n.recipient for n in held.notices if "to-cao" not in n.occurrence and n.kind != "gap")
