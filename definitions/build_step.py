"""One step's model → the core's Step: who, by when from which act, on which ladder, resting on what."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from definitions.problem import Problem, did_you_mean
from definitions.schema import BasisModel, ObligationModel, PlanFile, StepModel
from definitions.timing_plain import plain_calendar
from definitions.timing_rules import timing_of
from definitions.timing_runs import base_of, extensions_of, longest_of, not_run, times_of
from definitions.timing_words import PhraseError
from definitions.yaml_source import Path_, Source
from dondoc.core.directory import Directory
from dondoc.core.instances import instances
from dondoc.core.plan import Basis, Kind, Ladder, Step
from dondoc.core.schedule import COMBINED
from dondoc.core.timing import OnEvent, Roll, Rule, SingleDate, Timing, Unset, Within, YearlyDates
from dondoc.words import _

ANCHORS = ("event", "issued")
_READING_ABOUT = ("basis", "by", "on", "document")


class Context(NamedTuple):
    """What one obligation is built against."""

    plan: PlanFile
    ladders: Mapping[str, Ladder]
    directory: Directory


class StepBuilder:
    """Builds the steps of one obligation; what is wrong is added to its `problems`."""

    def __init__(
        self,
        model: ObligationModel,
        kind: Kind,
        source: Source,
        path: Path_,
        context: Context,
        problems: list[Problem],
        check_role: Callable[[str, Path_], None],
    ) -> None:
        self.model, self.kind, self.source, self.path, self.context = model, kind, source, path, context
        self.problems, self._role = problems, check_role
        self.said: Rule = Unset("")  # the rule of the words, with its longer forms

    def _wrong(self, path: Path_, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(self.source.problem((*self.path, *path), found, expected, hint))

    def make(self, index: int, step: StepModel, path: Path_) -> Step | None:
        """The step at a path below its obligation, or None where a problem leaves nothing to build."""
        before = len(self.problems)
        by = step.by or self.model.by
        if by:
            self._role(by, (*path, "by") if step.by else ("by",))
        else:
            self._wrong(path, _("không rõ ai làm"), _("by: vai trò"))
        after = self._after(index, step, path)
        timing = self._timing(index, step, path, after)
        ladder = self._ladder(step, path)
        if before != len(self.problems) or timing is None or ladder is None:
            return None
        clock = timing.rule.after if isinstance(timing.rule, Within) else ""
        return Step(
            id=step.id,
            title=step.title,
            by=by,
            ask=" ".join((step.ask or self.model.ask or step.title).split()),
            timing=timing,
            ladder=ladder,
            basis=self._basis(step, timing, path),
            voice=step.voice or self.model.voice or "urge",
            evidence=tuple(step.evidence or (() if self.model.steps else self.model.evidence)),
            after=after or ("" if clock in ANCHORS else clock),
            confirms=step.confirms,
            joins=tuple(step.joins or ([] if self.model.steps else self.model.joins)),
            times=times_of(self.said),
            min_days_after=step.min_days_after,
            complex_timing=self._complex(step, timing, path),
            max_extensions=step.max_extensions if step.max_extensions >= 0 else extensions_of(self.said),
            law=step.law or self.model.law,
            nothing_allowed=bool(
                self.model.nothing_occurred if step.nothing_occurred is None else step.nothing_occurred
            ),
            deciding_date=step.deciding_date or self.model.deciding_date or "submitted",
            return_within=step.return_within,
            no_files=step.no_files or self.model.no_files,
        )

    def _after(self, index: int, step: StepModel, path: Path_) -> str:
        """The step that must be done first; an anchor (event, issued) is none."""
        wanted = step.after or step.confirms
        earlier = [other.id for other in self.model.steps[:index]]
        if not wanted or wanted in ANCHORS:
            return ""
        if wanted not in earlier:
            key = "after" if step.after else "confirms"
            expected = (
                _("một bước đứng trước ({earlier})").format(earlier=", ".join(earlier))
                if earlier
                else _("event, issued hoặc một bước đứng trước")
            )
            found = _("không có bước “{wanted}” đứng trước").format(wanted=wanted)
            self._wrong((*path, key), found, expected, did_you_mean(wanted, earlier))
        return wanted

    def _timing(self, index: int, step: StepModel, path: Path_, after: str) -> Timing | None:
        words, where = self._words(step, path)
        if words is None:
            self._wrong(path, _("không có hạn"), _("due hoặc within (chưa biết hạn thì ghi due: unset)"))
            return None
        inherited = where == ("due",)
        readings = self._readings(step, path)
        try:
            timing = timing_of(words, readings, self.context.plan.before, self.context.plan.year)
        except PhraseError as error:
            self._wrong(where, error.found, error.expected, error.hint)
            return None
        if where[-1:] == ("within",) and not isinstance(base_of(timing.rule), Within):
            self._wrong(where, _("“{words}” không phải một thời hạn").format(words=words), _("như “05 ngày làm việc”"))
        if readings and not timing.reading and inherited:
            self._wrong(
                ("reading",), _("cách hiểu không dùng tới"), _("due có từ mơ hồ cần cách hiểu này, hoặc bỏ reading")
            )
        timing = timing._replace(decided=self._decided(timing, step))
        self.said = timing.rule
        if refusal := not_run(timing.rule, self.kind, self.context.plan.named_days):
            self._wrong(where, f"“{timing.phrase}”: {refusal.found}", refusal.expected, refusal.hint)
            return None
        rule = self._anchored(timing._replace(rule=base_of(timing.rule)), index, step, after, where)
        roll: Roll = step.roll or (self.model.roll if inherited else None) or timing.roll
        stay = step.stay_in_month or (inherited and self.model.stay_in_month)
        return timing._replace(rule=rule, roll=roll, stay_in_month=stay)

    def _words(self, step: StepModel, path: Path_) -> tuple[str | Mapping[str, Any] | None, Path_]:
        """The due's words: the step's own, else the obligation's."""
        if step.due is not None and step.within:
            self._wrong((*path, "within"), _("vừa due vừa within"), _("một trong hai"))
        if step.due is not None:
            return step.due, (*path, "due")
        if step.within:
            return step.within, (*path, "within")
        if self.model.due is not None:
            return self.model.due, ("due",)
        return (self.model.within or None), ("within",)

    def _readings(self, step: StepModel, path: Path_) -> dict[str, str]:
        reading = step.reading or self.model.reading
        where = (*path, "reading") if step.reading else ("reading",)
        if reading and reading.get("basis") not in ("proposed", "decided"):
            self._wrong(where, _("cách hiểu không ghi basis"), _("basis: proposed hoặc decided (kèm by, on, document)"))
        if reading.get("basis") == "decided" and not all(reading.get(key) for key in ("by", "on", "document")):
            self._wrong(
                where, _("cách hiểu decided thiếu by, on hoặc document"), _("ai, ngày nào, văn bản nào quyết định")
            )
        elif reading.get("basis") == "decided" and not _day(reading["on"]):
            self._wrong((*where, "on"), f"“{reading['on']}”", _("một ngày có thật như 2022-02-18"))
        return {word: value for word, value in reading.items() if word not in _READING_ABOUT}

    def _anchored(self, timing: Timing, index: int, step: StepModel, after: str, where: Path_) -> Rule:
        rule = timing.rule
        if isinstance(rule, OnEvent):
            if self.kind != "event":
                self._wrong(
                    where,
                    _("“{phrase}” ở loại {kind}").format(phrase=timing.phrase, kind=self.kind),
                    _("kind: event, với opens nêu tên sự kiện"),
                )
            return OnEvent(self.model.opens)
        if isinstance(rule, SingleDate) and self.model.periods:
            self._wrong(("periods",), _("periods ở hạn một ngày"), _("không có periods"))
        if isinstance(rule, YearlyDates) and self.model.periods and len(rule.days) != len(self.model.periods):
            found = _("{periods} tên kỳ cho {days} ngày").format(periods=len(self.model.periods), days=len(rule.days))
            self._wrong(("periods",), found, _("mỗi ngày của hạn một tên kỳ, cùng thứ tự"))
        if isinstance(rule, COMBINED) and self.model.periods:
            year = self.context.plan.year
            count = len(instances(rule, year, plain_calendar(year)))
            if count != len(self.model.periods):
                found = _("{periods} tên kỳ cho {count} hạn trong năm").format(
                    periods=len(self.model.periods), count=count
                )
                self._wrong(("periods",), found, _("mỗi hạn một tên kỳ, cùng thứ tự"))
        if not isinstance(rule, Within):
            return rule
        return rule._replace(after=self._clock(rule.after, timing.phrase, index, step, after, where))

    def _clock(self, said: str, phrase: str, index: int, step: StepModel, after: str, where: Path_) -> str:
        """From which act the period is counted: what the phrase says, what `after` says, else the step before."""
        earlier = [other.id for other in self.model.steps[:index]]
        start = "event" if self.kind == "event" else "issued"
        if said == "issued" and self.kind == "event" and "kế hoạch" not in phrase.lower():
            return "event"
        if said in ANCHORS or said in earlier:
            return said
        if said and self.kind != "event":
            found = _("không có bước “{said}” để tính thời hạn").format(said=said)
            expected = _("event, issued hoặc: {earlier}").format(earlier=", ".join(earlier))
            self._wrong(where, found, expected, did_you_mean(said, earlier))
        if said:
            return start
        if step.after in ANCHORS:
            return step.after
        return after or (earlier[-1] if earlier else start)

    def _complex(self, step: StepModel, timing: Timing, path: Path_) -> Timing | None:
        if not step.complex:
            longest = longest_of(self.said)
            return timing._replace(rule=longest._replace(after=clock_of(timing.rule))) if longest else None
        try:
            longer = timing_of(step.complex, {}, self.context.plan.before, self.context.plan.year)
        except PhraseError as error:
            self._wrong((*path, "complex"), error.found, error.expected, error.hint)
            return None
        if not isinstance(longer.rule, Within) or not isinstance(timing.rule, Within):
            self._wrong((*path, "complex"), f"“{step.complex}”", _("một thời hạn, đi cùng within"))
            return None
        return longer._replace(rule=longer.rule._replace(after=timing.rule.after))

    def _decided(self, timing: Timing, step: StepModel) -> str:
        """The reading in force, and who decided it when and by which document, or that it is only proposed."""
        about = step.reading or self.model.reading
        if not timing.reading:
            return ""
        decision = "proposed"
        if about.get("basis") == "decided" and (on := _day(about.get("on", ""))):
            decision = f"{about.get('document', '')}, {about.get('by', '')}, {on:%d/%m/%Y}"
        return f"{timing.reading} | {decision}"

    def _ladder(self, step: StepModel, path: Path_) -> Ladder | None:
        name = step.ladder or self.model.ladder
        ladders = self.context.ladders
        if name in ladders:
            return ladders[name]
        where = (*path, "ladder") if step.ladder else ("ladder",)
        if name:
            self._wrong(
                where,
                _("không có thang nhắc “{name}”").format(name=name),
                _("một tên trong ladders của plan.yaml"),
                did_you_mean(name, ladders),
            )
        else:
            self._wrong(
                path, _("không có thang nhắc"), _("ladder: một trong: {ladders}").format(ladders=", ".join(ladders))
            )
        return None

    def _basis(self, step: StepModel, timing: Timing, path: Path_) -> Basis:
        reading = (step.reading or self.model.reading) if timing.reading else {}
        given = step.basis or self.model.basis
        if reading.get("basis") == "proposed":
            return Basis("proposed", f"cách hiểu: {timing.reading}")
        if reading.get("basis") == "decided" and (decided_on := _day(reading.get("on", ""))):
            return Basis("office", reading["document"], reading["by"], decided_on)
        if isinstance(given, BasisModel):
            self._check_decided(given, path)
            return Basis(given.kind, given.source, given.decided_by, given.decided_on)
        if given == "office":
            self._wrong(
                (*path, "basis"), _("basis: office không nêu quyết định"), "kind, source, decided-by, decided-on"
            )
        if given:
            return Basis(given, step.law or self.model.law if given == "law" else self._said_at(timing))
        if step.law:
            return Basis("law", step.law)
        if isinstance(timing.rule, Unset):
            return Basis("external", timing.phrase)
        # A due that no cited words carry is somebody's proposal, whoever forgot to say so.
        clause = self._said_at(timing)
        return Basis("plan", clause) if clause else Basis("proposed")

    def _check_decided(self, basis: BasisModel, path: Path_) -> None:
        if basis.kind == "office" and not (basis.source and basis.decided_by and basis.decided_on):
            self._wrong((*path, "basis"), _("quyết định thiếu source, decided-by hoặc decided-on"), _("đủ cả ba"))

    def _said_at(self, timing: Timing) -> str:
        said = _plain(timing.phrase)
        return next((cite.at for cite in self.model.cites if said in _plain(cite.quote)), "")


def clock_of(rule: Rule) -> str:
    return rule.after if isinstance(rule, Within) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
