"""An amended plan: seen first, applied by decision, kept or adopted occurrence by occurrence."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from textwrap import dedent
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_samples import ZONE

from dondoc.core.occurrence import Occurrence
from dondoc.register.chain import Head
from dondoc.register.verify import verify_chain
from dondoc.use_cases import apply_plan as applying
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.apply_plan import AppliedPlan, apply_plan
from dondoc.use_cases.board import board
from dondoc.use_cases.calendar_change import moved_dues
from dondoc.use_cases.check_definitions import check_definitions
from dondoc.use_cases.diff_plans import PlanDiff, diff_plans
from dondoc.use_cases.extend import extend, reset_due
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.roll_plan import roll_plan
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import SweepReport, sweep

PLAN = """
plan: ke-hoach
title: Kế hoạch thử nghiệm
document: {number: "01/KH", date: "2022-02-18", agency: so-khcn}
year: 2022
valid: {from: "2022-02-18", to: "2022-12-31"}
office: van-phong
office-head: chanh-van-phong
ladders:
  don-vi:
    remind: [3, 0]
    escalate: [{after: 1, to: unit.head}]
"""

REPORT = """
- id: bao-cao
  title: Báo cáo định kỳ
  cites: [{at: "III", quote: "báo cáo"}]
  due: trước ngày 05/6 và ngày 10/11
  periods: [6 tháng đầu năm, năm]
  each: [chi-cuc-tdc, trung-tam-khcn]
  by: unit.focal
  ask: Đề nghị nộp báo cáo.
  ladder: don-vi
  evidence: [document-number]
"""

ONCE = """
- id: hoi-nghi
  title: Hội nghị
  cites: [{at: "II.1", quote: "hội nghị"}]
  due: chậm nhất ngày 30/9/2022
  by: van-phong
  ladder: don-vi
"""

CASE = """
- id: khieu-nai
  title: Giải quyết khiếu nại
  kind: event
  opens: don-khieu-nai
  cites: [{at: "II.3", quote: "khiếu nại"}]
  each: [thanh-tra]
  ladder: don-vi
  steps:
    - {id: thu-ly, title: Thụ lý, by: thanh-tra, within: 10 ngày}
"""

TDC, CENTRE = "ke-hoach/bao-cao/2022-H1/chi-cuc-tdc", "ke-hoach/bao-cao/2022-H1/trung-tam-khcn"
YEAR_TDC = "ke-hoach/bao-cao/2022/chi-cuc-tdc"
MEETING = "ke-hoach/hoi-nghi/2022-09-30/van-phong"
PAPER = Document("09/KH-SĐ", date(2022, 5, 10))


def at(text: str, hour: int = 8) -> datetime:
    number, month = text.split("/")
    return datetime.combine(date(2022, int(month), int(number)), time(hour), ZONE).astimezone(UTC)


def act(on: str = "10/5") -> Act:
    return Act("van-phong", "cli", at(on).astimezone(ZONE).date())


@dataclass
class Desk:
    """An office with one small plan, and the folder in which somebody edits it."""

    data: Path
    folder: Path
    office: Office

    def amend(self, *sections: str, plan: str = PLAN) -> None:
        """The folder now says this; the office reads it as any command does."""
        write(self.folder, sections, plan)
        self.reload()

    def reload(self) -> None:
        self.office.register.close()
        self.office = office_of(self.data, self.folder)

    def diff(self, on: str = "10/5", *sides: str) -> PlanDiff:
        first, second = sides or ("ke-hoach", "")
        return diff_plans(self.office, first, second, at(on))

    def apply(self, on: str = "10/5", *adopt: str, everything: bool = False) -> AppliedPlan:
        return apply_plan(self.office, "ke-hoach", PAPER, act(on), at(on), adopt=adopt, adopt_all=everything)

    def sweep(self, on: str, hour: int = 8) -> SweepReport:
        return sweep(self.office, at(on, hour))

    def state(self, key: str) -> Occurrence:
        with self.office.register.reading() as book:
            return gather_one(self.office, book, key).occurrence

    def last_on(self, key: str) -> date | None:
        round_ = self.state(key).steps[0].round
        return round_.last_on if round_ else None

    def kinds(self, key: str) -> list[str]:
        with self.office.register.reading() as book:
            return [fact.kind for fact in book.facts([key])[key]]

    def born(self) -> set[str]:
        with self.office.register.reading() as book:
            return {birth.key for birth in book.births(plan="ke-hoach")}


def write(folder: Path, sections: tuple[str, ...], plan: str = PLAN) -> None:
    place = folder / "ke-hoach"
    place.mkdir(parents=True, exist_ok=True)
    (place / "plan.yaml").write_text(dedent(plan), encoding="utf-8")
    (place / "III.yaml").write_text("\n".join(sections), encoding="utf-8")
    for name, source in (("organisation.yaml", "organisation.yaml"), ("contacts.yaml", "contacts.example.yaml")):
        (folder / name).write_text((SHIPPED / source).read_text("utf-8"), encoding="utf-8")


def office_of(data: Path, folder: Path) -> Office:
    return open_office(data, definitions=(folder,), editions=False)


Start = Callable[..., Desk]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """An office that opened the plan on the day it was signed."""

    def begin(*sections: str, name: str = "office") -> Desk:
        data, folder = tmp_path / name, tmp_path / name / "definitions-own"
        write(folder, sections or (REPORT, ONCE))
        desk = Desk(data, folder, office_of(data, folder))
        desk.office.register.migrate()
        open_plan(desk.office, "ke-hoach", at("18/2"), date(2022, 2, 18))
        return desk

    return begin


MOVED = REPORT.replace("05/6", "15/6")
REWORDED = REPORT.replace("Đề nghị nộp báo cáo.", "Đề nghị nộp báo cáo kèm số liệu.")


def fates(diff: PlanDiff) -> dict[str, str]:
    return {o.key: o.fate for o in diff.occurrences}


# --- seen before it takes effect ---


def test_an_unchanged_plan_has_nothing_to_apply(start: Start) -> None:
    diff = start().diff()
    assert (diff.changes, diff.undecided, diff.left) == ((), (), False)


def test_a_moved_due_shows_each_open_occurrence_from_and_to(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    diff = desk.diff()
    assert [(c.obligation, c.kinds) for c in diff.changes] == [("bao-cao", ("moved",))]
    (due,) = next(o for o in diff.occurrences if o.key == TDC).dues
    assert (due.from_on, due.to_on) == (date(2022, 6, 4), date(2022, 6, 14))
    assert (due.from_target, due.to_target) == (date(2022, 6, 3), date(2022, 6, 14))
    assert fates(diff)[YEAR_TDC] == "updated"  # its own day stays, only the words around it change
    assert fates(diff)[MEETING] == "kept"


def test_a_reworded_duty_moves_nothing(start: Start) -> None:
    desk = start()
    desk.amend(REWORDED, ONCE)
    diff = desk.diff()
    assert diff.changes[0].kinds == ("reworded",)
    assert fates(diff)[TDC] == "updated"


def test_a_removed_duty_a_removed_party_and_a_new_duty_are_told_apart(start: Start) -> None:
    desk = start()
    fresh = ONCE.replace("hoi-nghi", "dien-tap").replace("30/9", "31/10")
    desk.amend(REPORT.replace(", trung-tam-khcn", ""), fresh)
    diff = desk.diff()
    assert [(c.obligation, c.kinds) for c in diff.changes] == [
        ("bao-cao", ("changed",)),
        ("dien-tap", ("added",)),
        ("hoi-nghi", ("removed",)),
    ]
    found = fates(diff)
    assert (found[CENTRE], found[MEETING]) == ("withdrawn", "withdrawn")
    assert found["ke-hoach/dien-tap/2022-10-31/van-phong"] == "new"


def test_nothing_of_an_amended_plan_takes_effect_before_it_is_applied(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE, ONCE.replace("hoi-nghi", "dien-tap"))
    before = desk.born()
    assert desk.sweep("11/5").opened == 0
    assert desk.born() == before
    assert desk.last_on(TDC) == date(2022, 6, 4)


def test_two_plans_of_two_years_take_nothing_over_from_each_other(start: Start, tmp_path: Path) -> None:
    desk = start()
    other = tmp_path / "other"
    write(other, (MOVED,), PLAN.replace("plan: ke-hoach", "plan: ke-hoach-moi"))
    diff = desk.diff("10/5", "ke-hoach", str(other / "ke-hoach"))
    assert {c.obligation: c.kinds for c in diff.changes if c.obligation in ("bao-cao", "hoi-nghi")} == {
        "bao-cao": ("moved",),
        "hoi-nghi": ("removed",),
    }
    assert set(fates(diff).values()) == {"kept"}


def test_what_is_no_plan_and_no_folder_is_refused(start: Start) -> None:
    with pytest.raises(Refused, match="khong-co"):
        start().diff("10/5", "ke-hoach", "khong-co")


# --- applied by decision ---


def test_kept_by_default_everything_stays_as_it_was_born(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    done = desk.apply()
    assert {c.choice for c in done.decided} == {"kept"}
    assert desk.last_on(TDC) == date(2022, 6, 4)
    assert desk.kinds(TDC)[-1] == "kept"
    assert not desk.diff().left


def test_only_the_named_occurrence_adopts(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    desk.apply("10/5", TDC)
    assert (desk.last_on(TDC), desk.last_on(CENTRE)) == (date(2022, 6, 14), date(2022, 6, 4))
    assert desk.state(TDC).steps[0].rounds[-1].cause == "adopted"
    assert [r.last_on for r in desk.state(TDC).steps[0].rounds] == [date(2022, 6, 4), date(2022, 6, 14)]


def test_an_adoption_is_in_the_book_with_both_versions_its_paper_and_its_dues(start: Start) -> None:
    desk = start()
    born = desk.state(TDC).birth.version
    desk.amend(MOVED, ONCE)
    desk.apply("10/5", TDC)
    with desk.office.register.reading() as book:
        fact = next(f for f in book.facts([TDC])[TDC] if f.kind == "adopted")
        assert verify_chain(book) == []
    edition = dict(desk.office.plans["ke-hoach"].versions)["bao-cao"]
    assert (fact.payload["from"], fact.payload["edition"]) == (born, edition)
    assert (fact.payload["document"], fact.payload["on"]) == ("09/KH-SĐ", "2022-05-10")
    assert fact.payload["dues"] == [["thuc-hien", "2022-06-04", "2022-06-14"]]


def test_after_adoption_the_new_day_decides_and_the_old_one_says_nothing(start: Start) -> None:
    desk = start()
    desk.sweep("18/2")
    desk.amend(MOVED, ONCE)
    desk.apply("10/5", TDC)
    desk.sweep("1/6")
    told = {n.occurrence: n.kind for n in desk.sweep("6/6").notices}
    assert TDC not in told and told[CENTRE] in ("overdue", "escalation")
    assert {n.kind for n in desk.sweep("15/6").notices if n.occurrence == TDC} >= {"overdue"}


def test_what_was_known_before_the_adoption_reads_as_it_did(start: Start) -> None:
    desk = start()
    desk.sweep("9/5")
    desk.amend(MOVED, ONCE)
    desk.apply("10/5", everything=True)
    rows = {r.key: r.last_on for r in board(desk.office, at("11/5"), known_at=at("9/5", 12))}
    now = {r.key: r.last_on for r in board(desk.office, at("11/5"))}
    assert (rows[TDC], now[TDC]) == (date(2022, 6, 4), date(2022, 6, 14))


def test_a_due_extended_by_document_stays_when_the_new_version_is_adopted(start: Start) -> None:
    desk = start()
    extend(desk.office, TDC, date(2022, 6, 20), Document("05/QĐ", date(2022, 5, 1)), act("2/5"), at("2/5"))
    desk.amend(MOVED, ONCE)
    desk.apply("10/5", everything=True)
    assert desk.last_on(TDC) == date(2022, 6, 20)


def test_an_adopted_due_still_follows_the_calendar_of_working_days(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    desk.apply("10/5", everything=True)
    assert desk.state(TDC).steps[0].rounds[-1].decision == ""


def test_a_removed_duty_is_waived_only_by_decision(start: Start) -> None:
    desk = start()
    desk.amend(REPORT)
    desk.apply()
    assert desk.state(MEETING).waived == ""
    assert not desk.diff().left
    desk.apply("11/5", MEETING)
    assert "09/KH-SĐ" in desk.state(MEETING).waived
    desk.sweep("12/5")


def test_a_duty_that_comes_back_is_watched_again_without_being_asked(start: Start) -> None:
    desk = start()
    desk.amend(REPORT)
    desk.apply("10/5", everything=True)
    assert desk.state(MEETING).closed
    desk.amend(REPORT, ONCE)
    assert fates(desk.diff("11/5"))[MEETING] == "restored"
    desk.apply("11/5")
    assert not desk.state(MEETING).closed
    assert not desk.diff("11/5").left
    assert [n for n in desk.sweep("30/9").notices if n.occurrence == MEETING]


def test_an_unlabelled_day_that_moves_is_the_same_duty_not_two(start: Start) -> None:
    desk = start()
    desk.amend(REPORT, ONCE.replace("30/9", "31/10"))
    assert fates(desk.diff())[MEETING] == "re-dated"
    desk.apply("10/5", MEETING)
    assert desk.last_on(MEETING) == date(2022, 10, 31)
    desk.sweep("11/5")
    assert desk.last_on(MEETING) == date(2022, 10, 31)
    assert "ke-hoach/hoi-nghi/2022-10-31/van-phong" not in desk.born()
    desk.amend(REPORT, ONCE.replace("30/9", "30/11"))
    desk.apply("12/5", MEETING)
    desk.sweep("13/5")
    assert desk.last_on(MEETING) == date(2022, 11, 30)
    assert len([key for key in desk.born() if "/hoi-nghi/" in key]) == 1


def test_a_duty_of_one_party_that_passes_to_another_stays_the_same_occurrence(start: Start) -> None:
    desk = start()
    desk.amend(REPORT, ONCE.replace("by: van-phong", "by: van-thu"))
    assert fates(desk.diff())[MEETING] == "updated"
    desk.apply("10/5", MEETING)
    desk.sweep("11/5")
    assert desk.state(MEETING).birth.party == "van-thu"
    assert len([key for key in desk.born() if "/hoi-nghi/" in key]) == 1
    desk.amend(REPORT, ONCE)
    desk.apply("12/5", MEETING)
    assert desk.state(MEETING).birth.party == "van-phong"


def test_another_doer_hears_of_the_work_once_adopted(start: Start) -> None:
    desk = start()
    desk.sweep("18/2")
    desk.sweep("28/9")
    desk.amend(REPORT, ONCE.replace("by: van-phong", "by: van-thu"))
    desk.apply("28/9", MEETING)
    told = [n for n in desk.sweep("29/9").notices if n.occurrence == MEETING]
    with desk.office.register.reading() as book:
        roles = {r.notice.role for r in book.notices(occurrences=[MEETING]) if not r.withdrawn_at}
    assert "van-thu" in roles | {n.role for n in told}


def test_a_decided_basis_is_taken_over_with_the_version(start: Start) -> None:
    desk = start(REPORT, ONCE + "  basis: proposed\n")
    assert desk.state(MEETING).steps[0].round.basis == "proposed"  # type: ignore[union-attr]
    desk.amend(REPORT, ONCE + "  basis: plan\n")
    desk.apply("10/5", MEETING)
    assert desk.state(MEETING).steps[0].round.basis == "plan"  # type: ignore[union-attr]
    assert desk.last_on(MEETING) == date(2022, 9, 30)


def test_a_step_that_is_new_begins_and_one_that_is_gone_says_no_more(start: Start) -> None:
    two = REPORT.replace(
        "  by: unit.focal\n", "  steps:\n    - {id: soan, title: Soạn, by: unit.focal, due: chậm nhất ngày 20/5}\n"
    )
    two = two.replace("  ask: Đề nghị nộp báo cáo.\n", "").replace("  evidence: [document-number]\n", "")
    two = two.replace("  due: trước ngày 05/6 và ngày 10/11\n", "").replace(
        "  periods: [6 tháng đầu năm, năm]\n", "  periods: [6 tháng đầu năm]\n"
    )
    desk = start()
    desk.sweep("1/6")
    desk.amend(two, ONCE)
    desk.apply("1/6", TDC)
    assert [s.id for s in desk.state(TDC).steps] == ["soan"]
    assert desk.last_on(TDC) == date(2022, 5, 20)
    desk.sweep("2/6")


def test_a_finished_occurrence_is_left_alone(start: Start) -> None:
    desk = start()
    done = Evidence(number="1/BC", signed_on=date(2022, 5, 3), kept_at="Văn thư")
    submit(desk.office, TDC, done, act("3/5"), at("3/5"))
    desk.amend(MOVED, ONCE)
    assert TDC not in fates(desk.diff())
    desk.apply("10/5", everything=True)
    assert desk.kinds(TDC) == ["submitted"] or "adopted" not in desk.kinds(TDC)


def test_an_open_case_keeps_its_clock_until_it_adopts_another(start: Start) -> None:
    desk = start(CASE, ONCE)
    key = open_case(desk.office, "ke-hoach", CaseOpening("khieu-nai", date(2022, 5, 4)), act("4/5"), at("4/5")).key
    desk.amend(CASE.replace("10 ngày", "20 ngày"), ONCE)
    assert fates(desk.diff())[key] == "re-dated"
    desk.sweep("5/5")
    assert desk.last_on(key) == date(2022, 5, 16)  # 14/5 is a Saturday and rolls
    desk.apply("10/5", key)
    assert desk.last_on(key) == date(2022, 5, 24)


def test_a_case_opened_before_the_amendment_is_applied_is_born_under_the_old_text(start: Start) -> None:
    desk = start(CASE, ONCE)
    desk.amend(CASE.replace("10 ngày", "20 ngày"), ONCE)
    key = open_case(desk.office, "ke-hoach", CaseOpening("khieu-nai", date(2022, 5, 4)), act("4/5"), at("4/5")).key
    assert desk.last_on(key) == date(2022, 5, 16)


def test_a_duty_added_in_mid_year_is_not_late_on_its_first_day(start: Start) -> None:
    desk = start()
    desk.amend(REPORT, ONCE, ONCE.replace("hoi-nghi", "dien-tap").replace("30/9", "31/3"))
    assert desk.apply().opened == 1
    with desk.office.register.reading() as book:
        (birth,) = book.births(plan="ke-hoach", obligation="dien-tap")
    assert birth.before_watch


def test_a_day_set_aside_that_moves_ahead_is_watched_once_adopted(start: Start, tmp_path: Path) -> None:
    data, folder = tmp_path / "late", tmp_path / "late" / "own"
    write(folder, (REPORT, ONCE))
    desk = Desk(data, folder, office_of(data, folder))
    desk.office.register.migrate()
    open_plan(desk.office, "ke-hoach", at("1/7"), date(2022, 7, 1))
    assert desk.state(TDC).set_aside
    desk.amend(REPORT.replace("05/6", "15/8"), ONCE)
    assert fates(desk.diff("2/7"))[TDC] == "re-dated"
    desk.apply("2/7", everything=True)
    assert not desk.state(TDC).set_aside
    assert [n for n in desk.sweep("15/8").notices if n.occurrence == TDC]


def test_a_draft_is_followed_as_it_stands(start: Start) -> None:
    desk = start()
    desk.amend(REPORT, ONCE, ONCE.replace("hoi-nghi", "dien-tap"), plan=PLAN + "draft: true\n")
    assert desk.sweep("11/5").opened == 1


def test_a_decision_needs_its_paper(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    with pytest.raises(Refused, match="số, ngày"):
        apply_plan(desk.office, "ke-hoach", Document(" ", date(2022, 5, 10)), act(), at("10/5"))


def test_a_key_that_is_no_open_occurrence_is_refused_and_nothing_is_written(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    head = head_of(desk)
    with pytest.raises(Refused, match="khong-co"):
        desk.apply("10/5", TDC, "ke-hoach/khong-co/2022/x")
    assert head_of(desk) == head


def test_a_plan_nobody_opened_has_nothing_to_apply(tmp_path: Path) -> None:
    write(tmp_path / "own", (REPORT,))
    desk = Desk(tmp_path, tmp_path / "own", office_of(tmp_path, tmp_path / "own"))
    desk.office.register.migrate()
    with pytest.raises(Refused, match="chưa được theo dõi"):
        desk.apply()


# --- idempotent, interrupted, two at once ---


def head_of(desk: Desk) -> Head:
    with desk.office.register.reading() as book:
        return book.head()


@pytest.mark.parametrize("everything", [False, True])
def test_applying_again_writes_nothing(start: Start, everything: bool) -> None:
    desk = start()
    desk.amend(MOVED, ONCE.replace("30/9", "31/10"))
    desk.apply("10/5", everything=everything)
    head = head_of(desk)
    again = desk.apply("11/5", everything=everything)
    assert (again.decided, again.opened, head_of(desk)) == ((), 0, head)


def test_what_was_kept_may_be_adopted_later_but_not_the_other_way_round(start: Start) -> None:
    desk = start()
    desk.amend(MOVED, ONCE)
    desk.apply()
    assert [(c.key, c.choice) for c in desk.apply("11/5", TDC).decided] == [(TDC, "adopted")]
    assert desk.apply("12/5").decided == ()
    assert desk.last_on(TDC) == date(2022, 6, 14)


KILLED = """
import os, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
from dondoc.register.facts import Facts
from dondoc.use_cases import apply_plan as applying
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.office import open_office

data, folder, after = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
applying.CHUNK, seal, sealed = 1, Facts.seal, 0

def dying(self):
    global sealed
    seal(self)
    sealed += 1
    if sealed > after:
        os.kill(os.getpid(), signal.SIGKILL)  # written, not committed

Facts.seal = dying
office = open_office(data, definitions=(folder,), editions=False)
day = date(2022, 5, 10)
at = datetime(2022, 5, 10, 1, tzinfo=UTC)
applying.apply_plan(office, "ke-hoach", Document("09/KH-SĐ", day), Act("van-phong", "cli", day), at, adopt_all=True)
"""


def told_state(desk: Desk) -> object:
    """Everything but the order in which facts were numbered."""
    with desk.office.register.reading() as book:
        facts = {
            key: [(f.kind, f.step, {k: v for k, v in f.payload.items() if k != "digest"}) for f in known]
            for key, known in book.facts().items()
        }
        steps = {(s.key, s.step): s._replace(epoch=0) for s in book.steps(plan="ke-hoach")}
    return facts, steps, desk.born()


@pytest.mark.parametrize("after", [0, 1, 2, 4])
def test_killed_in_the_middle_it_is_finished_by_the_next_run(start: Start, after: int, tmp_path: Path) -> None:
    new = (MOVED, ONCE.replace("30/9", "31/10"), ONCE.replace("hoi-nghi", "dien-tap"))
    whole, broken = start(name="whole"), start(name="broken")
    whole.amend(*new)
    whole.apply("10/5", everything=True)
    broken.amend(*new)
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    root = str(Path(applying.__file__).parents[2])
    command = [sys.executable, str(script), str(broken.data), str(broken.folder), str(after)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    with broken.office.register.reading() as book:
        adopted = sum(f.kind == "adopted" for known in book.facts().values() for f in known)
    assert adopted == after
    assert broken.diff().left
    broken.reload()
    broken.apply("10/5", everything=True)
    assert told_state(broken) == told_state(whole)
    with broken.office.register.reading() as book:
        assert verify_chain(book) == []


def test_two_at_once_decide_each_occurrence_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 1)
    desk = start()
    desk.amend(MOVED, ONCE)
    offices = [office_of(desk.data, desk.folder) for _ in range(2)]
    done: list[AppliedPlan] = []

    def work(office: Office) -> None:
        done.append(apply_plan(office, "ke-hoach", PAPER, act(), at("10/5"), adopt_all=True))

    threads = [Thread(target=work, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(done) == 2
    keys = [choice.key for one in done for choice in one.decided]
    assert len(keys) == len(set(keys)) == 4
    assert all(desk.kinds(key).count("adopted") == 1 for key in keys)


# --- applied, nothing is left ---

DAYS = ["20/5", "05/6", "30/6", "15/8", "10/10"]
VARIANTS = st.fixed_dictionaries(
    {
        "day": st.sampled_from(DAYS),
        "once": st.sampled_from(["30/9/2022", "31/10/2022", "15/4/2022", ""]),
        "by": st.sampled_from(["unit.focal", "unit.head"]),
        "each": st.sampled_from(["chi-cuc-tdc", "chi-cuc-tdc, trung-tam-khcn", "trung-tam-khcn"]),
        "ask": st.sampled_from(["Đề nghị nộp.", "Đề nghị gửi."]),
        "ladder": st.sampled_from(["[3, 0]", "[5, 1]"]),
    }
)


def variant(v: dict[str, str]) -> tuple[tuple[str, ...], str]:
    report = REPORT.replace("05/6", v["day"]).replace("unit.focal", v["by"]).replace("Đề nghị nộp báo cáo.", v["ask"])
    report = report.replace("chi-cuc-tdc, trung-tam-khcn", v["each"]).replace("10/11", "01/12")
    once = (ONCE.replace("30/9/2022", v["once"]),) if v["once"] else ()
    return (report, *once), PLAN.replace("[3, 0]", v["ladder"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=VARIANTS, second=VARIANTS, third=VARIANTS, named=st.booleans())
def test_applied_nothing_is_left_and_adopted_it_is_as_if_born_so(
    first: dict[str, str], second: dict[str, str], third: dict[str, str], named: bool, tmp_path_factory
) -> None:
    base = tmp_path_factory.mktemp("any")
    sections, plan = variant(first)
    write(base / "own", sections, plan)
    desk = Desk(base, base / "own", office_of(base, base / "own"))
    desk.office.register.migrate()
    open_plan(desk.office, "ke-hoach", at("18/2"), date(2022, 2, 18))
    desk.sweep("1/3")
    for on, chosen in (("10/3", second), ("20/3", third)):
        sections, plan = variant(chosen)
        desk.amend(*sections, plan=plan)
        desk.apply(on, everything=named or on == "20/3")
        assert not desk.diff(on).left
        desk.sweep(on, 9)
        assert not desk.diff(on).left
    born_so = open_office(base / "fresh", definitions=(base / "own",), editions=False)
    born_so.register.migrate()
    open_plan(born_so, "ke-hoach", at("20/3"), date(2022, 3, 20))
    dues = sorted((r.obligation, r.party, r.last_on) for r in board(born_so, at("21/3")) if r.kind == "calendar")
    mine = board(desk.office, at("21/3"))
    found = sorted(
        (r.obligation, r.party, r.last_on) for r in mine if r.phase not in ("waived",) and r.kind == "calendar"
    )
    assert found == dues
    desk.office.register.close()
    born_so.register.close()


# --- a late change of the working calendar ---

NEXT_PLAN = PLAN.replace("plan: ke-hoach", "plan: ke-hoach-2026").replace("2022", "2026")
NEW_YEAR = """
- id: bao-cao-nam
  title: Báo cáo năm
  cites: [{at: "III", quote: "báo cáo"}]
  due: chậm nhất ngày 02/01
  by: van-phong
  ladder: don-vi
- id: bao-cao-thang-1
  title: Báo cáo tháng 1
  cites: [{at: "III", quote: "báo cáo"}]
  due: chậm nhất ngày 12/01
  by: van-phong
  ladder: don-vi
"""
SWAP = """
- {day: "2026-01-02", kind: "off", status: official, reason: hoán đổi, legal-basis: Thông báo ngày 25/12/2025}
- {day: "2026-01-10", kind: work, status: official, reason: làm bù, legal-basis: Thông báo ngày 25/12/2025}
"""


def winter(number: int, month: int, year: int) -> datetime:
    return datetime.combine(date(year, month, number), time(8), ZONE).astimezone(UTC)


@pytest.fixture
def new_year(tmp_path: Path) -> Desk:
    """An office at the end of 2025, its calendar without the swap of 02/01/2026."""
    data, folder = tmp_path / "data", tmp_path / "own"
    write(folder, (NEW_YEAR,), NEXT_PLAN.replace("2026-02-18", "2025-12-01"))
    (folder / "calendar").mkdir()
    (folder / "calendar" / "vn.yaml").write_text(
        '- {day: "2026-01-02", kind: work, status: forecast, reason: chưa có thông báo, legal-basis: "–"}\n'
        '- {day: "2026-01-10", kind: "off", status: forecast, reason: thứ Bảy, legal-basis: "–"}\n',
        encoding="utf-8",
    )
    desk = Desk(data, folder, office_of(data, folder))
    desk.office.register.migrate()
    open_plan(desk.office, "ke-hoach-2026", winter(15, 12, 2025), date(2025, 12, 15))
    sweep(desk.office, winter(24, 12, 2025))
    return desk


SECOND = "ke-hoach-2026/bao-cao-nam/2026-01-02/van-phong"


def test_a_swap_announced_a_week_ahead_is_listed_before_and_moved_by_the_sweep(new_year: Desk, tmp_path: Path) -> None:
    at_ = winter(26, 12, 2025)
    announced = tmp_path / "thong-bao.yaml"
    announced.write_text(SWAP, encoding="utf-8")
    assert moved_dues(new_year.office, at_) == []
    tried = moved_dues(new_year.office, at_, overlay=announced)
    (new_year.folder / "calendar" / "vn.yaml").write_text(SWAP, encoding="utf-8")
    new_year.reload()
    listed = moved_dues(new_year.office, at_, plan_id="ke-hoach-2026")
    assert listed == tried
    assert [(d.key, d.from_target, d.to_target, d.days) for d in listed] == [
        (SECOND, date(2026, 1, 2), date(2025, 12, 31), -2)
    ]
    assert [r.cause for r in new_year.state(SECOND).steps[0].rounds] == ["opened"]
    told = [*sweep(new_year.office, at_).notices, *sweep(new_year.office, winter(29, 12, 2025)).notices]
    round_ = new_year.state(SECOND).steps[0].round
    assert round_ and (round_.cause, round_.target_on, round_.last_on) == (
        "moved",
        date(2025, 12, 31),
        date(2026, 1, 2),
    )
    assert [n.kind for n in told if n.occurrence == SECOND] == ["moved"]
    assert moved_dues(new_year.office, at_) == []


def test_a_due_set_by_document_is_not_moved_by_the_calendar(new_year: Desk) -> None:
    at_ = winter(24, 12, 2025)
    by = Act("van-phong", "cli", date(2025, 12, 24))
    reset_due(new_year.office, SECOND, date(2026, 1, 2), Document("77/QĐ", date(2025, 12, 24)), by, at_)
    (new_year.folder / "calendar" / "vn.yaml").write_text(SWAP, encoding="utf-8")
    new_year.reload()
    assert moved_dues(new_year.office, winter(26, 12, 2025)) == []


# --- next year's edition ---


def test_the_annex_of_a_rolled_edition_says_what_moved_and_what_ran_out(start: Start) -> None:
    based = PLAN + (
        "legal-bases:\n"
        '  - {id: nd-04, title: Nghị định, number: 04/2015/NĐ-CP, to: "2022-06-30", replaced-by: Luật 10/2022/QH15}\n'
    )
    desk = start()
    desk.amend(REPORT, ONCE + "  law: Điều 5 Nghị định 04/2015/NĐ-CP\n", plan=based)
    report = roll_plan(desk.office, "ke-hoach", 2023, drafted_on=date(2022, 11, 20))
    assert report.annex and report.annex.parent == report.target
    text = report.annex.read_text("utf-8")
    assert "chậm nhất ngày 30/9/2022 | chậm nhất ngày 30/9/2023" in text
    assert "| 04/2015/NĐ-CP | 30/6/2022 | Luật 10/2022/QH15 | Hội nghị |" in text
    assert "| Báo cáo định kỳ | 03/6/2022; 09/11/2022 | 02/6/2023; 09/11/2023 |" in text


def test_an_edition_that_rests_on_what_ran_out_is_only_a_draft(start: Start) -> None:
    based = PLAN + (
        "legal-bases:\n"
        '  - {id: nd-04, title: Nghị định, number: 04/2015/NĐ-CP, to: "2022-06-30", replaced-by: Luật 10/2022/QH15}\n'
    )
    desk = start()
    desk.amend(REPORT, ONCE, plan=based)  # in force on the plan's first day: no mistake
    report = roll_plan(desk.office, "ke-hoach", 2023, drafted_on=date(2022, 11, 20))
    (draft,) = check_definitions((report.target.parent, desk.folder), plan_id=report.target.name).plans
    assert draft.expired == ("04/2015/NĐ-CP → Luật 10/2022/QH15",)
    file = report.target / "plan.yaml"
    file.write_text(file.read_text("utf-8").replace("draft: true", "draft: false"), "utf-8")
    signed = check_definitions((report.target.parent, desk.folder), plan_id=report.target.name)
    assert ["04/2015/NĐ-CP hết hiệu lực" in str(problem) for problem in signed.problems] == [True]
    assert signed.plans == ()
    file.write_text(file.read_text("utf-8").replace('to: "2022-06-30"', 'to: "2023-01-01"'), "utf-8")
    assert check_definitions((report.target.parent, desk.folder), plan_id=report.target.name).problems == ()
