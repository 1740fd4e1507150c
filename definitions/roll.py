"""Next year's edition of a plan, made from this year's folder: dates moved, everything the office must decide anew
marked as proposed, expired legal bases named. A draft until it is signed."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from definitions.editor_line import moved_to
from definitions.expectations import Days, produced_days
from definitions.legal_bases import written_users
from definitions.load_plan import NOT_SECTIONS, PLAN_FILE, load_plan, section_files
from definitions.problem import DefinitionError, Problem, relative
from definitions.timing_phrase import parse_phrase
from definitions.timing_words import PhraseError
from definitions.yaml_source import need_mapping, read_yaml
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.timing import SingleDate
from dondoc.words import _

_DATED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


class ExpiredBasis(NamedTuple):
    id: str
    number: str
    until_on: date
    replaced_by: str
    used_by: tuple[str, ...]  # obligations that spread it or name it as their law


class RollReport(NamedTuple):
    """What was made and what a person must still do."""

    plan: str
    target: Path
    year: int
    to_decide: tuple[str, ...]  # obligation ids whose due or reading is proposed in the edition
    expired: tuple[ExpiredBasis, ...]
    moved: tuple[tuple[str, str, str], ...]  # obligation (or plan key), before, after
    to_fill: tuple[str, ...]  # keys that a person must fill in
    annex: Path | None = None  # the changes as a paper, to be attached to the new plan


def roll(
    source: Path,
    target: Path,
    year: int,
    calendar: WorkingCalendar | None = None,
    directory: Directory | None = None,
    drafted_on: date | None = None,
) -> RollReport:
    """Write the edition of `year` to `target` (which must not exist yet) and say what is to be done by hand.

    `drafted_on` stands for the day of issue until there is one (1 January where it is not given): periods counted from
    the issuing, the office's own duties among them, then lie ahead of whoever begins to watch.

    The paper's quotations and the comments are kept: they are this year's starting point. With a calendar and a
    directory the expected days are computed anew, and the edition is proven to load; without them they are left out.
    Raises DefinitionError when the source is broken, the target exists or the year is not a later one.
    """
    return _Roll(source, target, year, drafted_on or date(year, 1, 1)).run(calendar, directory)


def _outdented(text: str) -> str:
    """A list at a file's top starts in the first column, as people write it."""
    return re.sub(r"^  ", "", text, flags=re.MULTILINE)


def _expected(days: Days) -> CommentedMap:
    """The days as a line of YAML: {targets: [...], last: [...]}."""
    line = CommentedMap(
        targets=[DoubleQuotedScalarString(day.isoformat()) for day in days.targets],
        last=[DoubleQuotedScalarString(day.isoformat()) for day in days.lasts],
    )
    line.fa.set_flow_style()
    for key, values in line.items():
        line[key] = CommentedSeq(values)
        line[key].fa.set_flow_style()
    return line


class _Roll:
    def __init__(self, source: Path, target: Path, year: int, drafted_on: date) -> None:
        self.source, self.target, self.year, self.drafted_on = source, target, year, drafted_on
        self.yaml = YAML()
        self.yaml.preserve_quotes = True
        self.yaml.width = 10_000
        self.yaml.indent(mapping=2, sequence=4, offset=2)
        self.moved: list[tuple[str, str, str]] = []
        self.to_decide: list[str] = []

    def run(self, calendar: WorkingCalendar | None, directory: Directory | None) -> RollReport:
        checked = read_yaml(self.source / PLAN_FILE)  # refuses what is hostile before the round trip reads it
        self.old_year = int(need_mapping(checked).get("year", 0))
        self._refuse_bad_target(checked.data)
        sections = [file for file in section_files(self.source) if read_yaml(file)]
        self.target.mkdir(parents=True)
        try:
            return self._write(sections, calendar, directory)
        except BaseException:
            shutil.rmtree(self.target)  # nothing half made stays behind
            raise

    def _refuse_bad_target(self, plan: dict[str, Any]) -> None:
        name = relative(self.source / PLAN_FILE)
        if self.year <= self.old_year:
            found = _("năm {year} không sau năm {old_year} của kế hoạch gốc").format(
                year=self.year, old_year=self.old_year
            )
            raise DefinitionError(
                [Problem(name, 1, 1, "year", found, _("từ {old_year} trở đi").format(old_year=self.old_year + 1))]
            )
        if self.target.exists():
            raise DefinitionError(
                [Problem(relative(self.target), 1, 1, "", _("thư mục đã có"), _("một thư mục chưa có"))]
            )

    def _write(self, sections: list[Path], calendar: WorkingCalendar | None, directory: Directory | None) -> RollReport:
        plan = self._load(self.source / PLAN_FILE)
        self._plan_file(plan)
        lists = {file.name: self._load(file) for file in sections}
        for obligations in lists.values():
            for obligation in obligations:
                self._obligation(obligation)
        expired = tuple(self._expired(plan, lists))
        self._dump(plan, PLAN_FILE, self._banner(expired))
        for name, obligations in lists.items():
            self._dump(obligations, name)
        self._copy_people()
        if calendar and directory:
            self._expect_anew(lists, calendar, directory)
        return RollReport(
            str(plan["plan"]),
            self.target,
            self.year,
            tuple(dict.fromkeys(self.to_decide)),
            expired,
            tuple(self.moved),
            ("document.number", "document.date", "cites: câu trích theo bản mới"),
        )

    def _load(self, file: Path) -> Any:
        return self.yaml.load(file.read_text(encoding="utf-8-sig"))

    def _dump(self, data: Any, name: str, banner: str = "") -> None:
        out = StringIO()
        self.yaml.dump(data, out, transform=_outdented if isinstance(data, list) else None)
        (self.target / name).write_text(banner + moved_to(self.target, out.getvalue()), encoding="utf-8")

    def _banner(self, expired: tuple[ExpiredBasis, ...]) -> str:
        lines = [
            f"DỰ THẢO năm {self.year}, lập từ kế hoạch năm {self.old_year}. Chưa ký: điền số, ngày văn bản,",
            "đối chiếu câu trích, quyết định lại các hạn và cách hiểu ghi proposed, rồi bỏ draft.",
            *(
                f"Hết hiệu lực: {basis.number} (đến {basis.until_on:%d/%m/%Y})"
                + (f", thay bằng {basis.replaced_by}." if basis.replaced_by else ".")
                for basis in expired
            ),
        ]
        return "".join(f"# {line}\n" for line in lines)

    def _copy_people(self) -> None:
        for name in NOT_SECTIONS[1:]:
            if name not in ("contacts.yaml", "channels.yaml") and (self.source / name).is_file():
                shutil.copyfile(self.source / name, self.target / name)

    def _plan_file(self, plan: Any) -> None:
        old_id = str(plan["plan"])
        new_id = old_id.replace(str(self.old_year), str(self.year))
        plan["plan"] = new_id if new_id != old_id else f"{old_id}-{self.year}"
        plan["title"] = str(plan["title"]).replace(str(self.old_year), str(self.year))
        plan["year"] = self.year
        plan["draft"] = True
        # Not signed yet: the number stays empty, and the day is only the first on which the edition can be watched.
        first, last = f"{self.year}-01-01", f"{self.year}-12-31"
        drafted_on = self.drafted_on.isoformat()
        self.moved.append(("document.date", str(plan["document"]["date"]), drafted_on))
        plan["document"]["number"] = DoubleQuotedScalarString("")
        plan["document"]["date"] = DoubleQuotedScalarString(drafted_on)
        plan["valid"]["from"] = DoubleQuotedScalarString(first)
        plan["valid"]["to"] = DoubleQuotedScalarString(last)

    def _obligation(self, obligation: Any) -> None:
        id_ = str(obligation["id"])
        for act in (obligation, *obligation.get("steps", [])):
            self._move_due(id_, act)
            self._undecide(id_, act)
            self._rename(act)
        obligation.pop("expect", None)
        if "valid" in obligation:
            obligation.pop("valid")
            self.to_decide.append(id_)

    def _move_due(self, id_: str, act: Any) -> None:
        """A dated day moves to the new year, and is proposed: nobody has decided it for that year."""
        due = act.get("due")
        if not isinstance(due, str):
            return
        try:
            dated = isinstance(parse_phrase(due, {"tuần cuối tháng": "last-thursday"}).rule, SingleDate)
        except PhraseError:
            dated = False
        if dated:
            moved = self._moved_phrase(due)
            self.moved.append((id_, due, moved))
            act["due"] = moved
            act["basis"] = "proposed"
            self.to_decide.append(id_)

    def _rename(self, act: Any) -> None:
        """The year in the office's own words; quotations stay as the paper has them."""
        for key in ("title", "ask", "event-title"):
            if key in act and str(self.old_year) in act[key]:
                act[key] = type(act[key])(self._next_year(act[key]))
        if "periods" in act:
            act["periods"][:] = [self._next_year(label) for label in act["periods"]]

    def _next_year(self, text: str) -> str:
        return re.sub(rf"\bnăm {self.old_year}\b", f"năm {self.year}", text)

    def _moved_phrase(self, due: str) -> str:
        years = self.year - self.old_year

        def shifted(match: re.Match[str]) -> str:
            day, month, year = int(match[1]), int(match[2]), int(match[3]) + years
            if (day, month) == (29, 2) and year % 4:
                return f"28/02/{year}"
            return f"{match[1]}/{match[2]}/{year}"

        moved = _DATED.sub(shifted, due)
        return re.sub(rf"\b{self.old_year}\b", str(self.year), moved)

    def _undecide(self, id_: str, act: Any) -> None:
        """A decision was made for its own year: in the edition it is a proposal again."""
        reading, basis = act.get("reading"), act.get("basis")
        if reading is not None:
            for key in ("by", "on", "document"):
                reading.pop(key, None)
            reading["basis"] = "proposed"
            self.to_decide.append(id_)
        kind = basis.get("kind") if isinstance(basis, dict) else basis
        if kind == "office":
            act["basis"] = "proposed"
        if kind in ("office", "proposed"):
            self.to_decide.append(id_)

    def _expired(self, plan: Any, lists: dict[str, Any]) -> Iterator[ExpiredBasis]:
        for basis in plan.get("legal-bases", []):
            if "to" not in basis or date.fromisoformat(str(basis["to"])) >= date(self.year, 1, 1):
                continue
            every = (o for obligations in lists.values() for o in obligations)
            users = written_users(str(basis["id"]), str(basis.get("number", "")), every)
            until = date.fromisoformat(str(basis["to"]))
            yield ExpiredBasis(
                str(basis["id"]), str(basis.get("number", "")), until, str(basis.get("replaced-by", "")), users
            )

    def _expect_anew(self, lists: dict[str, Any], calendar: WorkingCalendar, directory: Directory) -> None:
        """Write down what the new year's calendar gives, for the obligations that said so before."""
        plan = load_plan(self.target, calendar, directory)
        days = produced_days(plan, calendar)
        expecting = {
            str(o["id"]): list(o).index("expect")
            for file in section_files(self.source)
            for o in self._load(file)
            if "expect" in o
        }
        for name, obligations in lists.items():
            for obligation in obligations:
                steps = days.get(str(obligation["id"]), {})
                found = next((step for step in reversed(list(steps.values())) if step.targets), None)
                if str(obligation["id"]) in expecting and found:
                    place = min(expecting[str(obligation["id"])], len(obligation))
                    obligation.insert(place, "expect", _expected(found))
            self._dump(obligations, name)
