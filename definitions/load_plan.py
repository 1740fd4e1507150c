"""A plan's folder → a Plan, or every problem in it at once. Nothing is half loaded."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from definitions.build_obligation import ObligationBuilder
from definitions.build_step import Context
from definitions.canonical import canonical, digest
from definitions.expectations import produced_days, unmet
from definitions.legal_bases import expired_problems
from definitions.office_steps import OfficeObligations
from definitions.problem import DefinitionError, Problem, did_you_mean
from definitions.schema import Expect, LadderModel, ObligationModel, PlanFile, Rung
from definitions.validate import fill
from definitions.yaml_source import Path_, Source, need_list, need_mapping, read_yaml
from dondoc.core.calendar import CalendarHorizonError, WorkingCalendar
from dondoc.core.directory import Directory
from dondoc.core.plan import Escalation, Hours, Ladder, LegalBasis, Obligation, Plan, PlanDocument
from dondoc.core.schedule import leading_step
from dondoc.core.timing import BeforeOther
from dondoc.words import _

PLAN_FILE = "plan.yaml"
NOT_SECTIONS = (PLAN_FILE, "organisation.yaml", "contacts.example.yaml", "contacts.yaml", "channels.yaml")


class Placed(NamedTuple):
    """An obligation with the place it was written at."""

    obligation: Obligation
    source: Source
    path: Path_
    expect: Expect | None


def load_plan(
    folder: Path,
    calendar: WorkingCalendar,
    directory: Directory,
    *,
    expectations: Literal["refuse", "ignore"] = "refuse",
) -> Plan:
    """The plan of a folder: plan.yaml and its section files, in the order of their names.

    `expectations="ignore"` is for reloading after a revision of the calendar: days that moved are then no mistake.
    Raises DefinitionError with all problems found.
    """
    return _Loader(folder, calendar, directory).load(expectations == "refuse")


def section_files(folder: Path) -> list[Path]:
    """The files of a plan's folder that hold obligations."""
    return sorted(file for file in folder.glob("*.yaml") if file.name not in NOT_SECTIONS)


class _Loader:
    def __init__(self, folder: Path, calendar: WorkingCalendar, directory: Directory) -> None:
        self.folder, self.calendar, self.directory = folder, calendar, directory
        self.problems: list[Problem] = []

    def load(self, check_expectations: bool) -> Plan:
        source = read_yaml(self.folder / PLAN_FILE)
        need_mapping(source)
        model = self._plan_file(source)
        sections = list(self._sections())
        if model is None:
            self._shapes_only(sections)
            raise DefinitionError(self.problems)
        ladders = self._ladders(model, source)
        placed = list(self._obligations(sections, Context(model, ladders, self.directory)))
        self._cross_check(model, source, sections, placed)
        self._stop_on_problems()
        plan = self._plan(model, source, ladders, placed)
        self._stop_on_problems()
        if check_expectations:
            self._check_expectations(plan, placed)
            self._stop_on_problems()
        return plan

    def _stop_on_problems(self) -> None:
        if self.problems:
            raise DefinitionError(self.problems)

    def _plan_file(self, source: Source) -> PlanFile | None:
        model, problems = fill(PlanFile, source, source.data, ())
        self.problems += problems
        if model:
            self._check_plan(model, source)
        return model

    def _check_plan(self, model: PlanFile, source: Source) -> None:
        if model.valid.to < model.valid.from_:
            found = _("hiệu lực đến {to} trước ngày bắt đầu").format(to=model.valid.to)
            self.problems.append(
                source.problem(("valid", "to"), found, _("từ {start} trở đi").format(start=model.valid.from_))
            )
        if not model.valid.from_.year <= model.year <= model.valid.to.year:
            found = _("năm {year} nằm ngoài hiệu lực {start} – {end}").format(
                year=model.year, start=model.valid.from_, end=model.valid.to
            )
            self.problems.append(source.problem(("year",), found, _("một năm trong thời gian hiệu lực")))
        for key, day in (("from", model.valid.from_), ("to", model.valid.to)):
            if not self.calendar.first <= day <= self.calendar.last:
                error = CalendarHorizonError(day, self.calendar.first, self.calendar.last)
                self.problems.append(_outside(source, ("valid", key), error))
        for key in ("office", "office-head"):
            role = getattr(model, key.replace("-", "_"))
            if role and role not in self.directory.roles:
                hint = did_you_mean(role, self.directory.roles)
                self.problems.append(
                    source.problem(
                        (key,), _("không có vai trò “{role}”").format(role=role), _("một vai trò đã khai báo"), hint
                    )
                )
        try:
            ZoneInfo(model.zone)
        except (LookupError, ValueError, OSError):
            self.problems.append(
                source.problem(("zone",), _("múi giờ “{zone}”").format(zone=model.zone), _("như Asia/Ho_Chi_Minh"))
            )

    def _sections(self) -> Iterator[Source]:
        for file in section_files(self.folder):
            try:
                source = read_yaml(file)
                need_list(source)
            except DefinitionError as error:
                self.problems += error.problems
            else:
                yield source

    def _shapes_only(self, sections: Sequence[Source]) -> None:
        for source in sections:
            for index, item in enumerate(source.data):
                self.problems += fill(ObligationModel, source, item, (index,))[1]

    def _ladders(self, model: PlanFile, source: Source) -> dict[str, Ladder]:
        for name, ladder in model.ladders.items():
            for i, rung in enumerate(ladder.escalate):
                if not rung.to.startswith("unit.") and rung.to not in self.directory.roles:
                    self.problems.append(
                        source.problem(
                            ("ladders", name, "escalate", i, "to"),
                            _("không có vai trò “{to}”").format(to=rung.to),
                            _("unit.head, unit.focal hoặc một vai trò trong organisation.yaml"),
                            did_you_mean(rung.to, self.directory.roles),
                        )
                    )
        return {name: self._ladder(name, ladder, model.office_head) for name, ladder in model.ladders.items()}

    def _ladder(self, name: str, model: LadderModel, office_head: str) -> Ladder:
        rungs = sorted(model.escalate, key=lambda rung: rung.after)
        escalate = tuple(Escalation(r.after, r.to, self._mode(r, office_head), r.draft, r.every) for r in rungs)
        return Ladder(name, tuple(sorted(set(model.remind), reverse=True)), escalate)

    def _mode(self, rung: Rung, office_head: str) -> Literal["send", "approve"]:
        """Above the head of the office a person's word comes first, unless the ladder says otherwise."""
        role = self.directory.roles.get(rung.to)
        above = role is not None and role.leadership and rung.to != office_head
        return rung.mode or ("approve" if above else "send")

    def _obligations(self, sections: Sequence[Source], context: Context) -> Iterator[Placed]:
        for source in sections:
            for index, item in enumerate(source.data):
                model, problems = fill(ObligationModel, source, item, (index,))
                self.problems += problems
                if model is None:
                    continue
                builder = ObligationBuilder(model, source, (index,), context)
                obligation = builder.build()
                self.problems += builder.problems
                if obligation and not builder.problems:
                    yield Placed(obligation, source, (index,), model.expect)

    def _cross_check(
        self, model: PlanFile, source: Source, sections: Sequence[Source], placed: Sequence[Placed]
    ) -> None:
        if not placed and not self.problems:
            found = _("kế hoạch không có nghĩa vụ nào")
            self.problems.append(source.problem((), found, _("ít nhất một tệp mục với một nghĩa vụ")))
        self.problems += expired_problems(model, source, sections)
        ids = self._written_ids(sections)
        for item in placed:
            self._check_links(item, ids, {other.obligation.id: other.obligation for other in placed})
        cited = {cite.at for item in placed for cite in item.obligation.citations}
        if not self.problems:
            for i, clause in enumerate(model.clauses):
                if clause not in cited:
                    self.problems.append(
                        source.problem(
                            ("clauses", i),
                            _("mục “{clause}” không được nghĩa vụ nào dẫn").format(clause=clause),
                            _("một nghĩa vụ có cites tới mục này"),
                            did_you_mean(clause, cited - set(model.clauses)),
                        )
                    )

    def _written_ids(self, sections: Sequence[Source]) -> set[str]:
        """Ids of all obligations as written, those with other problems too; a repeated one is a problem."""
        seen: dict[str, str] = {}
        for source in sections:
            for index, item in enumerate(source.data):
                id_ = item.get("id") if isinstance(item, dict) else None
                if not isinstance(id_, str):
                    continue
                if id_ in seen:
                    found = _("mã “{id}” đã dùng ở {seen}").format(id=id_, seen=seen[id_])
                    self.problems.append(source.problem((index, "id"), found, _("mỗi nghĩa vụ một mã")))
                line = source.marks.get((index, "id"), (1, 1))[0]
                seen.setdefault(id_, f"{source.file}:{line}")
        return set(seen)

    def _check_links(self, item: Placed, ids: set[str], others: Mapping[str, Obligation]) -> None:
        for i, step in enumerate(item.obligation.steps):
            where: Path_ = (*item.path, "steps", i) if (*item.path, "steps") in item.source.marks else item.path
            for j, joined in enumerate(step.joins):
                if joined not in ids or joined == item.obligation.id:
                    self._unknown(item, (*where, "joins", j), joined, ids - {item.obligation.id})
            if isinstance(step.timing.rule, BeforeOther):
                self._check_before(item, (*where, "due"), step.timing.rule.obligation, ids, others)

    def _check_before(
        self, item: Placed, path: Path_, name: str, ids: set[str], others: Mapping[str, Obligation]
    ) -> None:
        """A due before another's due needs one that does not itself wait for a third."""
        if name not in ids:
            self._unknown(item, path, name, ids)
        elif name in others and isinstance(leading_step(others[name]).timing.rule, BeforeOther):
            found = _("hạn của “{name}” cũng tính theo nghĩa vụ khác").format(name=name)
            self.problems.append(item.source.problem(path, found, _("một nghĩa vụ có hạn riêng")))

    def _unknown(self, item: Placed, path: Path_, name: str, ids: set[str]) -> None:
        found = _("không có nghĩa vụ “{name}”").format(name=name)
        self.problems.append(
            item.source.problem(path, found, _("mã một nghĩa vụ của kế hoạch"), did_you_mean(name, ids))
        )

    def _plan(self, model: PlanFile, source: Source, ladders: dict[str, Ladder], placed: Sequence[Placed]) -> Plan:
        own = [item.obligation for item in placed]
        office = OfficeObligations(model, source, ladders, self.calendar)
        try:
            obligations = (*own, *office.made_for(own))
        except CalendarHorizonError as error:
            self.problems.append(_outside(source, ("year",), error))
            obligations = tuple(own)
        self.problems += office.problems
        return Plan(
            id=model.plan,
            title=model.title,
            document=PlanDocument(model.document.number, model.document.date, model.document.agency),
            year=model.year,
            valid_from=model.valid.from_,
            valid_to=model.valid.to,
            calendar=model.calendar,
            zone=model.zone,
            office=model.office,
            named_days=tuple(sorted((name, tuple(sorted(days))) for name, days in model.named_days.items())),
            hours=Hours(model.hours.send, model.hours.opens, model.hours.closes),
            obligations=obligations,
            draft=model.draft,
            office_head=model.office_head,
            legal_bases=tuple(
                LegalBasis(b.id, b.title, b.number, b.from_, b.to, b.replaced_by) for b in model.legal_bases
            ),
            source=str(self.folder),
            case_number=model.case_number,
            case_place=model.case_place,
            versions=tuple((obligation.id, digest(canonical(obligation))) for obligation in obligations),
        )

    def _check_expectations(self, plan: Plan, placed: Sequence[Placed]) -> None:
        try:
            found = produced_days(plan, self.calendar)
        except CalendarHorizonError as error:
            self.problems.append(_outside(placed[0].source, (), error))
            return
        for item in placed:
            if item.expect:
                days = list(found.get(item.obligation.id, {}).values())
                self.problems += unmet(item.expect, days, item.source, (*item.path, "expect"))


def _outside(source: Source, path: Path_, error: CalendarHorizonError) -> Problem:
    expected = _("năm nằm trong lịch làm việc ({first} – {last})").format(first=error.first, last=error.last)
    return source.problem(path, _("lịch làm việc không có ngày {day}").format(day=error.day), expected)
