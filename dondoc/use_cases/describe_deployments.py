"""What stands on an obligation's page in the flow UI: its human calendar, its steps and its citations."""

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import quote

from dondoc.core.occurrence import Birth
from dondoc.core.plan import Obligation, Plan, Step
from dondoc.core.schedule import expand
from dondoc.core.timing import OnEvent
from dondoc.use_cases.names import party_name, role_title
from dondoc.use_cases.office import Office
from dondoc.use_cases.process_picture import fenced, process_picture
from dondoc.words.dates import office_date, short_date
from dondoc.words.labels import basis_words, evidence_words


class DeploymentText(NamedTuple):
    plan: str
    obligation: str
    name: str
    description_markdown: str
    tags: tuple[str, ...]
    confidential: bool


def describe_deployments(office: Office, at: datetime) -> list[DeploymentText]:
    """One an obligation of every plan that has not ended. Reads definitions only."""
    texts = [
        _text(office, plan, obligation, births)
        for plan in office.plans.values()
        if _alive(office, plan, at)
        for births in [_by_obligation(office, plan)]
        for obligation in plan.obligations
    ]
    return _named_apart(texts)


def _alive(office: Office, plan: Plan, at: datetime) -> bool:
    """A plan of a past year stays in the UI only while its book is being kept."""
    if office.moments(plan).day_of(at) <= plan.valid_to:
        return True
    with office.register.reading() as book:
        return book.setting(f"watch-from/{plan.id}") is not None


def _by_obligation(office: Office, plan: Plan) -> dict[str, list[Birth]]:
    births: dict[str, list[Birth]] = {}
    for birth in expand(plan, office.calendar):
        births.setdefault(birth.obligation, []).append(birth)
    return births


def _named_apart(texts: list[DeploymentText]) -> list[DeploymentText]:
    twice = Counter(text.name for text in texts)
    return [t._replace(name=f"{t.name} ({t.obligation})") if twice[t.name] > 1 else t for t in texts]


def _text(office: Office, plan: Plan, obligation: Obligation, births: dict[str, list[Birth]]) -> DeploymentText:
    return DeploymentText(
        plan.id,
        obligation.id,
        f"{obligation.title} · {plan.year}",
        "\n".join(_markdown(office, plan, obligation, births.get(obligation.id, []))),
        _tags(office, plan, obligation),
        obligation.confidential,
    )


def _tags(office: Office, plan: Plan, obligation: Obligation) -> tuple[str, ...]:
    """Its runs inherit these, and a run is about one party: of several none is named here; its touchpoint names it."""
    party = [party_name(office.directory, obligation.parties[0])] if len(obligation.parties) == 1 else []
    return (plan.id, f"mục {obligation.section}", obligation.kind, *party)


def _markdown(office: Office, plan: Plan, obligation: Obligation, births: list[Birth]) -> list[str]:
    draft = ["> **Bản dự thảo**: kế hoạch chưa ký, các ngày còn phải quyết định.", ""] if plan.draft else []
    return [
        *draft,
        f"## {obligation.title}",
        "",
        *_portal_link(office, obligation),
        *(f"> {c.at}: “{c.quote}”" for c in obligation.citations),
        "",
        "### Ai làm gì",
        *(_step(office, step) for step in obligation.steps),
        "",
        "### Quy trình",
        "",
        fenced(process_picture(plan, obligation, office.directory)),
        "",
        "### Lịch trong năm",
        *(_calendar(office, obligation, births) or [_no_calendar(obligation)]),
    ]


def _portal_link(office: Office, obligation: Obligation) -> list[str]:
    """How it stands is on the portal's board; of a confidential case nothing is there to be found."""
    url = office.mail.portal_url
    if not url or obligation.confidential:
        return []
    return [f"[Tình hình trên sổ theo dõi của cổng làm việc]({url}/so?tim={quote(obligation.title)})", ""]


def _step(office: Office, step: Step) -> str:
    by = {"unit.focal": "đầu mối của đơn vị", "unit.head": "người đứng đầu đơn vị"}.get(step.by)
    evidence = ", ".join(evidence_words(kind) for kind in step.evidence) or "không yêu cầu"
    who = by or role_title(office.directory, step.by)
    due = f"{step.timing.phrase} ({basis_words(step.basis.kind)})"
    return f"- **{step.title}** – {who}; hạn: {due}; minh chứng: {evidence}"


def _calendar(office: Office, obligation: Obligation, births: list[Birth]) -> list[str]:
    if obligation.confidential or not births:
        return []
    head = ["| Kỳ | Đơn vị | Ngày phải xong | Hạn cuối |", "|---|---|---|---|"]
    return head + [_calendar_row(office, birth) for birth in births]


def _calendar_row(office: Office, birth: Birth) -> str:
    dated = [r for _, r in birth.rounds if r.last_on]
    last: date | None = dated[-1].last_on if dated else None
    target = dated[-1].target_on if dated else None
    shown = (office_date(target), f"hết {short_date(last)}") if target and last else ("chưa xác định hạn", "–")
    url = office.mail.portal_url
    period = f"[{birth.label}]({url}/ky/{birth.key})" if url else birth.label
    return f"| {period} | {party_name(office.directory, birth.party)} | {shown[0]} | {shown[1]} |"


def _no_calendar(obligation: Obligation) -> str:
    if obligation.confidential:
        return "Vụ việc bảo mật: không hiện lịch riêng; lượt rà soát hằng giờ theo dõi."
    if any(isinstance(step.timing.rule, OnEvent) for step in obligation.steps) or obligation.event:
        return "Mở khi có phát sinh; hằng tháng được hỏi trong phiếu phát sinh."
    return "Chưa xác định hạn."
