"""A decision as people read it: how it stands, why its due is what it is, who was told and what comes next."""

from dondoc.core.deal import Deal
from dondoc.core.decide import Decision
from dondoc.core.notice import Notice
from dondoc.core.phase import Standing
from dondoc.core.rounds import BeginRound
from dondoc.use_cases.names import case_name, party_name, role_title, title_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene
from dondoc.words.dates import office_date
from dondoc.words.explain import explain
from dondoc.words.labels import notice_words, status_words


def explain_decision(office: Office, scene: Scene, decision: Decision, standing: Standing) -> str:
    """Markdown. A confidential case shows its number, its state and its dates only."""
    birth, obligation = scene.birth, scene.obligation
    lines = [f"### {case_name(title_of(obligation, birth), birth.label)}", ""]
    if not obligation.confidential:
        lines.append(f"- **Đơn vị:** {party_name(office.directory, birth.party)}")
    lines.append(f"- **Trạng thái:** {status_words(standing.phase, standing.timeliness, standing.basis)}")
    lines += _dues(scene, decision, standing.step)
    # Who hears of a confidential case in whose place would point at whom it leaves out.
    lines += [] if obligation.confidential else _told(office, decision)
    if decision.next_at:
        day = scene.world.moments.day_of(decision.next_at)
        lines.append(f"- **Lần xem xét tiếp theo:** {office_date(day)}")
    if not obligation.confidential:
        lines += [f"- **Căn cứ:** {c.at}: “{c.quote}”" for c in obligation.citations]
    return "\n".join(lines) + "\n"


def _dues(scene: Scene, decision: Decision, step_id: str) -> list[str]:
    round_ = decision.after.step(step_id).round
    if round_ is None:
        return []
    lines = ["- **Vì sao có hạn này:**", *(f"    - {line}" for line in explain(round_.why))]
    earlier = [r for r in decision.after.step(step_id).rounds[:-1] if r.last_on]
    lines += [f"    - hạn trước đó (lần {r.n}): hết {office_date(r.last_on)}" for r in earlier if r.last_on]
    return lines


def _told(office: Office, decision: Decision) -> list[str]:
    lines = []
    for action in decision.actions:
        if isinstance(action, BeginRound):
            lines.append(f"- **Bắt đầu lượt {action.round.n}** của bước {action.step}: {action.round.cause}")
        elif isinstance(action, Deal):
            lines += [f"- **Đã báo:** {_notice(office, n)}" for n in action.notices]
            lines += [f"- **Không gửi** bậc {name}: đã có bậc sau thay thế" for name in action.superseded]
    return lines


def _notice(office: Office, notice: Notice) -> str:
    acting = f" (qua {role_title(office.directory, notice.acting)})" if notice.acting else ""
    return f"{notice_words(notice.kind)} → {role_title(office.directory, notice.role)}{acting}"
