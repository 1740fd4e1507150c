"""The office's own duties that follow from any plan: decide what is proposed, find unset dues, ask monthly, renew."""

from collections.abc import Iterable, Sequence
from datetime import date

from definitions.problem import Problem, did_you_mean
from definitions.schema import OfficeStep, PlanFile
from definitions.timing_phrase import parse_phrase
from definitions.timing_words import PhraseError
from definitions.yaml_source import Source
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.plan import Basis, Escalation, Kind, Ladder, Obligation, Step
from dondoc.core.timing import NthWorkingDay, SingleDate, Timing, Unset, Within
from dondoc.words import _

PROPOSED_ID = "quyet-dinh-de-xuat"
NEXT_PLAN_ID = "ban-hanh-ke-hoach-nam-sau"
BIND_PREFIX, CHECKLIST_PREFIX = "tim-han-", "phieu-phat-sinh-"
_DEFAULT_WITHIN = {
    "decide-proposed": "10 ngày làm việc",
    "bind-due": "05 ngày làm việc",
    "checklist": "03 ngày làm việc",
}


class OfficeObligations:
    """Makes the office's obligations from a plan's file; wrong office-steps become problems."""

    def __init__(self, model: PlanFile, source: Source, ladders: dict[str, Ladder], calendar: WorkingCalendar) -> None:
        self.model, self.source, self.ladders, self.calendar = model, source, ladders, calendar
        self.problems: list[Problem] = []

    def made_for(self, obligations: Sequence[Obligation]) -> list[Obligation]:
        """All of them, in the order in which an office meets them."""
        proposed = [o for o in obligations if any(step.basis.kind == "proposed" for step in o.steps)]
        unset = [o for o in obligations if any(isinstance(step.timing.rule, Unset) for step in o.steps)]
        asked = dict.fromkeys(o.checklist_role for o in obligations if o.checklist_role)
        return [
            *([self._decide(proposed)] if proposed else []),
            *(self._bind(obligation) for obligation in unset),
            *(self._checklist(role, obligations) for role in asked),
            self._next_plan(),
        ]

    def _decide(self, proposed: Sequence[Obligation]) -> Obligation:
        listed = "; ".join(obligation.title for obligation in proposed)
        step = self._step(
            "quyet-dinh",
            f"Quyết định {len(proposed)} hạn, cách hiểu đang là đề xuất",
            f"Đề nghị Văn phòng trình Lãnh đạo quyết định {len(proposed)} hạn và cách hiểu đang là đề xuất, "
            "ghi số, ngày văn bản quyết định; chưa quyết định thì hạn đề xuất chỉ được nhắc trong phạm vi Văn phòng.",
            self.model.office_steps.decide_proposed,
            "decide-proposed",
        )
        return self._obligation(PROPOSED_ID, step.title, "office", (step,), note=f"Còn là đề xuất: {listed}.")

    def _bind(self, obligation: Obligation) -> Obligation:
        pointers = [s.timing.rule.pointer for s in obligation.steps if isinstance(s.timing.rule, Unset)]
        title = f"Tìm và nhập hạn: {obligation.title}"
        step = self._step(
            "nhap-han",
            title,
            f"Đề nghị Văn phòng tìm văn bản quy định thời gian của “{obligation.title}” "
            f"(kế hoạch chỉ ghi “{pointers[0]}”), nhập hạn kèm số, ngày văn bản đó.",
            self.model.office_steps.bind_due,
            "bind-due",
        )
        return self._obligation(f"{BIND_PREFIX}{obligation.id}", title, "office", (step,), note=obligation.id)

    def _checklist(self, role: str, obligations: Iterable[Obligation]) -> Obligation:
        items = [o for o in obligations if o.checklist_role == role]
        title = "Phiếu phát sinh / không phát sinh"
        listed = "; ".join(o.event_title or o.title for o in items)
        spec = self.model.office_steps.checklist
        days = self._within(spec, "checklist").rule.amount  # type: ignore[union-attr]
        ladder = self._ladder(spec, "checklist")
        # Asked on the month's first working day, so its first reminder is that day, whatever the ladder says.
        remind = tuple(sorted({days, *(n for n in ladder.remind if n < days)}, reverse=True))
        step = Step(
            id="tra-loi",
            title=title,
            by=spec.by or role,
            ask=spec.ask or f"Đề nghị đánh dấu từng dòng “phát sinh” hoặc “không phát sinh” trong tháng: {listed}.",
            timing=Timing(f"ngày làm việc thứ {days + 1} của tháng", NthWorkingDay(days + 1, "month")),
            ladder=ladder._replace(remind=remind),
            basis=Basis("proposed", "phiếu hằng tháng của Văn phòng"),
            evidence=("phiếu đã trả lời đủ các dòng",),
        )
        return self._obligation(f"{CHECKLIST_PREFIX}{role}", title, "checklist", (step,), parties=(role,), items=items)

    def _next_plan(self) -> Obligation:
        spec, year = self.model.office_steps.next_plan, self.model.year
        opens_on = self._month_day(spec.from_ or "11-15")
        last_on = self._due_of_next_plan(spec)
        timing = Timing(f"chậm nhất ngày {last_on:%d/%m/%Y}", SingleDate(last_on, strict=False))
        ladder = self._ladder(spec, "next-plan")
        ahead = self.calendar.count_between(opens_on, self.calendar.at_or_before(last_on))
        remind = tuple(sorted({ahead, *(n for n in ladder.remind if n < ahead)}, reverse=True))
        title = spec.title or f"Ban hành kế hoạch năm {year + 1}"
        step = Step(
            id="ban-hanh",
            title=title,
            by=spec.by or self.model.office,
            ask=spec.ask
            or f"Đề nghị Văn phòng trình ký, ban hành kế hoạch năm {year + 1} thay cho kế hoạch này, để việc theo dõi "
            "không gián đoạn sau ngày 31/12.",
            timing=timing,
            ladder=ladder._replace(remind=remind),
            basis=Basis("proposed", "việc của Văn phòng"),
            evidence=("số và ngày kế hoạch mới",),
        )
        return self._obligation(NEXT_PLAN_ID, title, "office", (step,))

    def _due_of_next_plan(self, spec: OfficeStep) -> date:
        if not spec.due:
            return self.model.valid.to
        rule = self._parse("next-plan", "due", spec.due).rule
        return rule.on if isinstance(rule, SingleDate) else self.model.valid.to

    def _month_day(self, text: str) -> date:
        try:
            return date.fromisoformat(f"{self.model.year}-{text}")
        except ValueError:
            self._wrong("next-plan", "from", f"“{text}”", _("tháng-ngày, như 11-15"))
            return date(self.model.year, 11, 15)

    def _step(self, id_: str, title: str, ask: str, spec: OfficeStep, key: str) -> Step:
        timing = self._within(spec, key)
        rule = timing.rule._replace(after="issued")  # type: ignore[call-arg, arg-type]
        basis = Basis("proposed", "việc của Văn phòng")
        return Step(
            id=id_,
            title=spec.title or title,
            by=spec.by or self.model.office,
            ask=spec.ask or ask,
            timing=timing._replace(rule=rule),
            ladder=self._ladder(spec, key),
            basis=basis,
            evidence=("số và ngày văn bản",),
        )

    def _within(self, spec: OfficeStep, key: str) -> Timing:
        default = _DEFAULT_WITHIN[key]
        timing = self._parse(key, "within", spec.within or default)
        if not isinstance(timing.rule, Within):
            self._wrong(
                key,
                "within",
                _("“{within}” không phải một thời hạn").format(within=spec.within),
                _("như “{default}”").format(default=default),
            )
            return parse_phrase(default)
        return timing

    def _parse(self, key: str, field: str, phrase: str) -> Timing:
        try:
            return parse_phrase(phrase, year=self.model.year)
        except PhraseError as error:
            self._wrong(key, field, error.found, error.expected, error.hint)
            return parse_phrase("10 ngày làm việc")

    def _ladder(self, spec: OfficeStep, key: str) -> Ladder:
        if spec.ladder in self.ladders:
            return self.ladders[spec.ladder]
        if spec.ladder:
            known = list(self.ladders)
            self._wrong(
                key,
                "ladder",
                _("không có thang nhắc “{ladder}”").format(ladder=spec.ladder),
                _("một tên trong ladders"),
                did_you_mean(spec.ladder, known),
            )
        head = self.model.office_head
        return Ladder("viec-van-phong", (3, 1, 0), (Escalation(1, head, every=5),) if head else ())

    def _wrong(self, key: str, field: str, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(self.source.problem(("office-steps", key, field), found, expected, hint))

    def _obligation(
        self,
        id_: str,
        title: str,
        kind: Kind,
        steps: tuple[Step, ...],
        *,
        parties: tuple[str, ...] = (),
        note: str = "",
        items: Sequence[Obligation] = (),
    ) -> Obligation:
        return Obligation(
            id=id_,
            title=title,
            section="Văn phòng",
            kind=kind,
            citations=(),
            steps=steps,
            parties=parties or (steps[0].by,),
            documents=tuple(item.id for item in items),  # of a checklist: the event-opened obligations it asks about
            note=note,
        )
