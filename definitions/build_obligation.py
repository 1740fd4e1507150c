"""One obligation's model → the core's values, with every problem of meaning collected on the way."""

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from definitions.problem import Problem, did_you_mean
from definitions.schema import Act, BasisModel, ObligationModel, PlanFile, StepModel
from definitions.timing_words import PhraseError
from definitions.timing_rules import timing_of
from definitions.yaml_source import Path_, Source
from dondoc.core.directory import Directory
from dondoc.core.plan import Basis, Citation, Kind, Ladder, Obligation, Step
from dondoc.core.timing import OnEvent, Roll, SingleDate, Timing, Unset, Within

ANCHORS = ("event", "issued")
POPULATIONS = ("unit.members", "all-staff", "leaders")
EXCLUDABLE = ("accused",)
_READING_ABOUT = ("basis", "by", "on", "document")


class Context(NamedTuple):
    """What one obligation is built against."""

    plan: PlanFile
    ladders: Mapping[str, Ladder]
    directory: Directory


class ObligationBuilder:
    """Builds one obligation; `problems` says what is wrong with it."""

    def __init__(self, model: ObligationModel, source: Source, path: Path_, context: Context) -> None:
        self.model, self.source, self.path, self.context = model, source, path, context
        self.problems: list[Problem] = []
        self.kind: Kind = model.kind or self._guess_kind()

    def build(self) -> Obligation | None:
        """The obligation, or None where a problem leaves nothing to build."""
        self._check_shape()
        steps = [self._step(i, step) for i, step in enumerate(self.model.steps)] or [self._only_step()]
        if self.problems:
            return None
        model = self.model
        return Obligation(
            id=model.id,
            title=model.title,
            section=model.section or _section(model),
            kind=self.kind,
            citations=tuple(Citation(cite.at, cite.quote) for cite in model.cites),
            steps=tuple(step for step in steps if step),
            parties=self._parties(),
            periods=tuple(model.periods),
            event=model.opens,
            event_title=model.event_title,
            checklist_role=model.asked_monthly,
            confidential=model.confidential,
            excludes=tuple(model.excludes),
            population=model.population,
            documents=tuple(model.documents),
            covers=tuple(model.covers),
            collision=model.collision,
            note=model.note,
            valid_from=model.valid.from_ if model.valid else None,
            valid_to=model.valid.to if model.valid else None,
            goes_on=model.goes_on,
        )

    def _wrong(self, path: Path_, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(self.source.problem((*self.path, *path), found, expected, hint))

    def _guess_kind(self) -> Kind:
        if self.model.opens:
            return "event"
        return "acknowledgement" if self.model.population else "calendar"

    def _check_shape(self) -> None:
        model = self.model
        if self.kind == "event" and not model.opens:
            self._wrong(("kind",), "loại event mà không có opens", "opens: tên sự kiện mở vụ việc")
        if self.kind != "event" and model.opens:
            self._wrong(("opens",), f"opens ở loại {self.kind}", "kind: event")
        if model.asked_monthly and self.kind != "event":
            self._wrong(("asked-monthly",), f"asked-monthly ở loại {self.kind}", "kind: event")
        if self.kind == "acknowledgement" and not model.population:
            self._wrong(("kind",), "loại acknowledgement thiếu population", f"một trong: {', '.join(POPULATIONS)}")
        if model.population and model.population not in POPULATIONS:
            hint = did_you_mean(model.population, POPULATIONS)
            self._wrong(("population",), f"“{model.population}”", f"một trong: {', '.join(POPULATIONS)}", hint)
        self._check_confidential()
        self._check_references()

    def _check_confidential(self) -> None:
        model = self.model
        if model.confidential and self.kind != "event":
            self._wrong(("confidential",), f"bảo mật ở loại {self.kind}", "chỉ vụ việc (kind: event) mới bảo mật")
        if model.excludes and not model.confidential:
            self._wrong(("excludes",), "excludes mà không bảo mật", "confidential: true")
        for i, word in enumerate(model.excludes):
            if word not in EXCLUDABLE:
                self._wrong(("excludes", i), f"“{word}”", f"một trong: {', '.join(EXCLUDABLE)}")
        if model.confidential and model.population:
            self._wrong(("population",), "vụ việc bảo mật gửi cho nhiều người", "không có population")

    def _check_references(self) -> None:
        model = self.model
        if model.asked_monthly:
            self._role(model.asked_monthly, ("asked-monthly",))
        known = [basis.id for basis in self.context.plan.legal_bases]
        for i, document in enumerate(model.documents):
            if document not in known:
                self._wrong(
                    ("documents", i),
                    f"không có văn bản “{document}”",
                    "một mã trong legal-bases của plan.yaml",
                    did_you_mean(document, known),
                )
        ids = [step.id for step in model.steps]
        for i, step in enumerate(model.steps):
            if step.id in ids[:i]:
                self._wrong(("steps", i, "id"), f"bước “{step.id}” ghi hai lần", "mỗi mã bước một lần")

    def _role(self, ref: str, path: Path_) -> None:
        """A role must be declared; unit.head and unit.focal must be declared for every unit of the parties."""
        roles = self.context.directory.roles
        if ref.startswith("unit."):
            for party in self._parties(silent=True):
                if party in roles or party not in self.context.directory.units:
                    continue
                if self.context.directory.role_of(ref, party) not in roles:
                    self._wrong(
                        path, f"đơn vị “{party}” không có {ref}", f"{ref[5:]} của đơn vị trong organisation.yaml"
                    )
        elif ref not in roles:
            self._wrong(
                path, f"không có vai trò “{ref}”", "một vai trò trong organisation.yaml", did_you_mean(ref, roles)
            )

    def _parties(self, silent: bool = False) -> tuple[str, ...]:
        directory = self.context.directory
        each = [self.model.each] if isinstance(self.model.each, str) else self.model.each
        named: list[str] = []
        for i, party in enumerate(each):
            if party == "all-units":
                named += [
                    u.id for u in directory.units.values() if not u.until or u.until >= self.context.plan.valid.from_
                ]
            elif party in directory.units or party in directory.roles:
                named.append(party)
            elif not silent:
                known = [*directory.units, *directory.roles, "all-units"]
                self._wrong(("each", i), f"không có đơn vị hay vai trò “{party}”", "một mã trong organisation.yaml",
                            did_you_mean(party, known))  # fmt: skip
        if named or each:
            return tuple(dict.fromkeys(named))
        return self._party_of_first_step(silent)

    def _party_of_first_step(self, silent: bool) -> tuple[str, ...]:
        by = next((step.by for step in self.model.steps if step.by), self.model.by)
        if by and not by.startswith("unit."):
            return (by,)
        if by and not silent:
            self._wrong((), f"by: {by} mà không có each", "each: danh sách đơn vị")
        return ()

    def _only_step(self) -> Step | None:
        model = self.model
        fields = {name: getattr(model, name) for name in Act.model_fields}
        step = StepModel.model_construct(id="thuc-hien", title=model.title, confirms="", note="", **fields)
        return self._make(0, step, ())

    def _step(self, index: int, step: StepModel) -> Step | None:
        return self._make(index, step, ("steps", index))

    def _make(self, index: int, step: StepModel, path: Path_) -> Step | None:
        before = len(self.problems)
        by = step.by or self.model.by
        if by:
            self._role(by, (*path, "by") if step.by else ("by",))
        else:
            self._wrong(path, "không rõ ai làm", "by: vai trò")
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
            min_days_after=step.min_days_after,
            complex_timing=self._complex(step, timing, path),
            max_extensions=step.max_extensions,
            law=step.law or self.model.law,
            nothing_allowed=bool(
                self.model.nothing_occurred if step.nothing_occurred is None else step.nothing_occurred
            ),
            deciding_date=step.deciding_date or self.model.deciding_date or "submitted",
            return_within=step.return_within,
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
                f"một bước đứng trước ({', '.join(earlier)})" if earlier else "event, issued hoặc một bước đứng trước"
            )
            self._wrong((*path, key), f"không có bước “{wanted}” đứng trước", expected, did_you_mean(wanted, earlier))
        return wanted

    def _timing(self, index: int, step: StepModel, path: Path_, after: str) -> Timing | None:
        words, where = self._words(step, path)
        if words is None:
            self._wrong(path, "không có hạn", "due hoặc within (chưa biết hạn thì ghi due: unset)")
            return None
        inherited = where == ("due",)
        readings = self._readings(step, path)
        try:
            timing = timing_of(words, readings, self.context.plan.before, self.context.plan.year)
        except PhraseError as error:
            self._wrong(where, error.found, error.expected, error.hint)
            return None
        if where[-1:] == ("within",) and not isinstance(timing.rule, Within):
            self._wrong(where, f"“{words}” không phải một thời hạn", "như “05 ngày làm việc”")
        rule = self._anchored(timing, index, step, after, where)
        roll: Roll = step.roll or (self.model.roll if inherited else None) or timing.roll
        stay = step.stay_in_month or (inherited and self.model.stay_in_month)
        return timing._replace(rule=rule, roll=roll, stay_in_month=stay)

    def _words(self, step: StepModel, path: Path_) -> tuple[str | Mapping[str, Any] | None, Path_]:
        """The due's words: the step's own, else the obligation's."""
        if step.due is not None and step.within:
            self._wrong((*path, "within"), "vừa due vừa within", "một trong hai")
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
            self._wrong(where, "cách hiểu không ghi basis", "basis: proposed hoặc decided (kèm by, on, document)")
        if reading.get("basis") == "decided" and not all(reading.get(key) for key in ("by", "on", "document")):
            self._wrong(where, "cách hiểu decided thiếu by, on hoặc document", "ai, ngày nào, văn bản nào quyết định")
        return {word: value for word, value in reading.items() if word not in _READING_ABOUT}

    def _anchored(self, timing: Timing, index: int, step: StepModel, after: str, where: Path_) -> Any:
        rule = timing.rule
        if isinstance(rule, OnEvent):
            return OnEvent(self.model.opens)
        if isinstance(rule, SingleDate) and self.model.periods:
            self._wrong(("periods",), "periods ở hạn một ngày", "không có periods")
        if hasattr(rule, "days") and self.model.periods and len(rule.days) != len(self.model.periods):
            found = f"{len(self.model.periods)} tên kỳ cho {len(rule.days)} ngày"
            self._wrong(("periods",), found, "mỗi ngày của hạn một tên kỳ, cùng thứ tự")
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
            self._wrong(where, f"không có bước “{said}” để tính thời hạn", f"event, issued hoặc: {', '.join(earlier)}",
                        did_you_mean(said, earlier))  # fmt: skip
        if said:
            return start
        if step.after in ANCHORS:
            return step.after
        return after or (earlier[-1] if earlier else start)

    def _complex(self, step: StepModel, timing: Timing, path: Path_) -> Timing | None:
        if not step.complex:
            return None
        try:
            longer = timing_of(step.complex, {}, self.context.plan.before, self.context.plan.year)
        except PhraseError as error:
            self._wrong((*path, "complex"), error.found, error.expected, error.hint)
            return None
        if not isinstance(longer.rule, Within) or not isinstance(timing.rule, Within):
            self._wrong((*path, "complex"), f"“{step.complex}”", "một thời hạn, đi cùng within")
            return None
        return longer._replace(rule=longer.rule._replace(after=timing.rule.after))

    def _ladder(self, step: StepModel, path: Path_) -> Ladder | None:
        name = step.ladder or self.model.ladder
        ladders = self.context.ladders
        if name in ladders:
            return ladders[name]
        where = (*path, "ladder") if step.ladder else ("ladder",)
        if name:
            self._wrong(
                where,
                f"không có thang nhắc “{name}”",
                "một tên trong ladders của plan.yaml",
                did_you_mean(name, ladders),
            )
        else:
            self._wrong(path, "không có thang nhắc", f"ladder: một trong: {', '.join(ladders)}")
        return None

    def _basis(self, step: StepModel, timing: Timing, path: Path_) -> Basis:
        reading = (step.reading or self.model.reading) if timing.reading else {}
        given = step.basis or self.model.basis
        if reading.get("basis") == "proposed":
            return Basis("proposed", f"cách hiểu: {timing.reading}")
        if isinstance(given, BasisModel):
            self._check_decided(given, path)
            return Basis(given.kind, given.source, given.decided_by, given.decided_on)
        if given == "office":
            self._wrong((*path, "basis"), "basis: office không nêu quyết định", "kind, source, decided-by, decided-on")
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
            self._wrong((*path, "basis"), "quyết định thiếu source, decided-by hoặc decided-on", "đủ cả ba")

    def _said_at(self, timing: Timing) -> str:
        said = _plain(timing.phrase)
        return next((cite.at for cite in self.model.cites if said in _plain(cite.quote)), "")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _section(model: ObligationModel) -> str:
    return model.cites[0].at.split(",")[0].strip() if model.cites else ""
