"""One obligation's model → the core's values, with every problem of meaning collected on the way."""

from definitions.build_step import Context, StepBuilder
from definitions.problem import Problem, did_you_mean
from definitions.schema import Act, ObligationModel, StepModel
from definitions.yaml_source import Path_, Source
from dondoc.core.plan import Citation, Kind, Obligation, Step
from dondoc.words import _

POPULATIONS = ("unit.members", "all-staff", "leaders")
EXCLUDABLE = ("accused",)


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
            self._wrong(("kind",), _("loại event mà không có opens"), _("opens: tên sự kiện mở vụ việc"))
        if self.kind != "event" and model.opens:
            self._wrong(("opens",), _("opens ở loại {kind}").format(kind=self.kind), "kind: event")
        if model.asked_monthly and self.kind != "event":
            self._wrong(("asked-monthly",), _("asked-monthly ở loại {kind}").format(kind=self.kind), "kind: event")
        if self.kind == "acknowledgement" and not model.population:
            self._wrong(
                ("kind",),
                _("loại acknowledgement thiếu population"),
                _("một trong: {populations}").format(populations=", ".join(POPULATIONS)),
            )
        if model.population and model.population not in POPULATIONS:
            hint = did_you_mean(model.population, POPULATIONS)
            self._wrong(
                ("population",),
                f"“{model.population}”",
                _("một trong: {populations}").format(populations=", ".join(POPULATIONS)),
                hint,
            )
        self._check_members()
        self._check_confidential()
        self._check_references()

    def _check_members(self) -> None:
        """Only a unit has members to be told."""
        if self.model.population == "unit.members":
            for party in self._parties(silent=True):
                if party in self.context.directory.roles and party not in self.context.directory.units:
                    self._wrong(
                        ("each",),
                        _("“{party}” là vai trò, không có người thuộc quyền").format(party=party),
                        _("đơn vị, hoặc population khác"),
                    )

    def _check_confidential(self) -> None:
        model = self.model
        if model.confidential and self.kind != "event":
            self._wrong(
                ("confidential",),
                _("bảo mật ở loại {kind}").format(kind=self.kind),
                _("chỉ vụ việc (kind: event) mới bảo mật"),
            )
        if model.excludes and not model.confidential:
            self._wrong(("excludes",), _("excludes mà không bảo mật"), "confidential: true")
        for i, word in enumerate(model.excludes):
            if word not in EXCLUDABLE:
                self._wrong(
                    ("excludes", i), f"“{word}”", _("một trong: {excludable}").format(excludable=", ".join(EXCLUDABLE))
                )
        if model.confidential and model.population:
            self._wrong(("population",), _("vụ việc bảo mật gửi cho nhiều người"), _("không có population"))

    def _check_references(self) -> None:
        model = self.model
        if model.asked_monthly:
            self._role(model.asked_monthly, ("asked-monthly",))
        known = [basis.id for basis in self.context.plan.legal_bases]
        for i, document in enumerate(model.documents):
            if document not in known:
                self._wrong(
                    ("documents", i),
                    _("không có văn bản “{document}”").format(document=document),
                    _("một mã trong legal-bases của plan.yaml"),
                    did_you_mean(document, known),
                )
        ids = [step.id for step in model.steps]
        for i, step in enumerate(model.steps):
            if step.id in ids[:i]:
                self._wrong(
                    ("steps", i, "id"), _("bước “{id}” ghi hai lần").format(id=step.id), _("mỗi mã bước một lần")
                )

    def _role(self, ref: str, path: Path_) -> None:
        """A role must be declared; unit.head and unit.focal must be declared for every unit of the parties."""
        roles = self.context.directory.roles
        if ref.startswith("unit."):
            for party in self._parties(silent=True):
                if party in roles or party not in self.context.directory.units:
                    continue
                if self.context.directory.role_of(ref, party) not in roles:
                    self._wrong(
                        path,
                        _("đơn vị “{party}” không có {ref}").format(party=party, ref=ref),
                        _("{ref} của đơn vị trong organisation.yaml").format(ref=ref[5:]),
                    )
        elif ref not in roles:
            self._wrong(
                path,
                _("không có vai trò “{ref}”").format(ref=ref),
                _("một vai trò trong organisation.yaml"),
                did_you_mean(ref, roles),
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
                self._wrong(
                    ("each", i),
                    _("không có đơn vị hay vai trò “{party}”").format(party=party),
                    _("một mã trong organisation.yaml"),
                    did_you_mean(party, known),
                )
        if named or each:
            return tuple(dict.fromkeys(named))
        return self._party_of_first_step(silent)

    def _party_of_first_step(self, silent: bool) -> tuple[str, ...]:
        by = next((step.by for step in self.model.steps if step.by), self.model.by)
        if by and not by.startswith("unit."):
            return (by,)
        if by and not silent:
            self._wrong((), _("by: {by} mà không có each").format(by=by), _("each: danh sách đơn vị"))
        return ()

    def _only_step(self) -> Step | None:
        model = self.model
        fields = {name: getattr(model, name) for name in Act.model_fields}
        step = StepModel.model_construct(id="thuc-hien", title=model.title, confirms="", note="", **fields)
        return self._steps().make(0, step, ())

    def _steps(self) -> StepBuilder:
        return StepBuilder(self.model, self.kind, self.source, self.path, self.context, self.problems, self._role)

    def _step(self, index: int, step: StepModel) -> Step | None:
        return self._steps().make(index, step, ("steps", index))


def _section(model: ObligationModel) -> str:
    return model.cites[0].at.split(",")[0].strip() if model.cites else ""
