"""An obligation's process as a picture: who does what by when, and who is told before and after, in Mermaid's words.

Mermaid is text: the flow UI and the pages of docs/ draw it, and where nothing draws it, it can still be read.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dondoc.core.directory import Directory
from dondoc.core.plan import Escalation, Ladder, Obligation, Plan, Step
from dondoc.core.timing import OnEvent, Unset
from dondoc.use_cases.names import party_name, role_title
from dondoc.words import _
from dondoc.words.explain import READINGS
from dondoc.words.labels import basis_words

MANY = 4  # parties named one by one; more are only counted
_CODES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "'", "&": "#amp;"}


def process_picture(plan: Plan, obligation: Obligation, directory: Directory) -> str:
    """The picture as a Mermaid flowchart, without a fence. Holds roles and dues, never a person's name."""
    lines = ["flowchart TD", *_start(obligation, directory)]
    for index, step in enumerate(obligation.steps):
        lines += _step(plan, obligation, index, step, directory)
    lines += _ladders(obligation, directory)
    return "\n".join([*lines, "  classDef proposed stroke-dasharray: 5 5", "  classDef ladder stroke-width:1px"])


class Node(NamedTuple):
    """One step of the picture, for pages that draw it themselves. `after` and `back` are titles of other steps."""

    id: str
    title: str
    who: str
    dues: tuple[str, ...]
    after: str  # "" begins
    waits: tuple[str, ...]  # obligations it waits for
    back: str  # the step to which it may be returned
    proposed: bool


class PictureWords(NamedTuple):
    """The same picture without a drawing: what opens it, its steps, its ladders."""

    opens: str
    parties: str
    nodes: tuple[Node, ...]
    ladders: tuple[tuple[str, tuple[str, ...]], ...]  # titles of the steps that stand on it, rungs


def picture_words(plan: Plan, obligation: Obligation, directory: Directory) -> PictureWords:
    """Roles and dues, never a person's name."""
    return PictureWords(
        _opening(obligation),
        _parties(obligation, directory),
        tuple(_node(plan, obligation, index, step, directory) for index, step in enumerate(obligation.steps)),
        tuple(
            (
                "; ".join(step.title for step in obligation.steps if step.ladder == ladder),
                (_reminders(ladder), *(_rung(rung, directory) for rung in ladder.escalate)),
            )
            for ladder in dict.fromkeys(step.ladder for step in obligation.steps)
        ),
    )


def _node(plan: Plan, obligation: Obligation, index: int, step: Step, directory: Directory) -> Node:
    titles = {one.id: one.title for one in obligation.steps}
    return Node(
        step.id,
        step.title,
        _doer(step, directory),
        tuple(_dues(step)),
        titles.get(_predecessor(obligation, index, step), ""),
        tuple(_title(plan, joined) for joined in step.joins),
        titles.get(step.confirms, ""),
        step.basis.kind == "proposed",
    )


def fenced(picture: str) -> str:
    """The picture as a block of Markdown."""
    return f"```mermaid\n{picture}\n```"


def _start(obligation: Obligation, directory: Directory) -> Iterator[str]:
    opens = _opening(obligation)
    who = _parties(obligation, directory)
    yield f"  start([{_label(opens, who)}])"


def _opening(obligation: Obligation) -> str:
    if obligation.event:
        return _("Mở khi: {event}").format(event=obligation.event_title or obligation.event)
    if obligation.periods:
        return _("Mỗi kỳ: {periods}").format(periods=", ".join(obligation.periods))
    return {"once": _("Làm một lần"), "acknowledgement": _("Mỗi người một xác nhận")}.get(obligation.kind, _("Đến kỳ"))


def _parties(obligation: Obligation, directory: Directory) -> str:
    names = [party_name(directory, party) for party in obligation.parties]
    if len(names) > MANY:
        return _("{count} phòng, đơn vị, mỗi nơi một kỳ").format(count=len(names))
    return "; ".join(names)


def _step(plan: Plan, obligation: Obligation, index: int, step: Step, directory: Directory) -> Iterator[str]:
    shape = ("{{", "}}") if step.confirms else ("[", "]")
    proposed = ":::proposed" if step.basis.kind == "proposed" else ""
    label = _label(step.title, _doer(step, directory), *_dues(step))
    yield f"  {_id(step)}{shape[0]}{label}{shape[1]}{proposed}"
    yield from _before(obligation, index, step)
    for number, joined in enumerate(step.joins):
        waits = _label(_("Chờ xong: {title}").format(title=_title(plan, joined)))
        yield f"  {_id(step)}_j{number}[/{waits}/] --> {_id(step)}"
    if step.confirms:
        yield f"  {_id(step)} -. {_label(_('trả lại'))} .-> s_{_plain(step.confirms)}"


def _before(obligation: Obligation, index: int, step: Step) -> Iterator[str]:
    """The arrow that leads to a step: from the one it waits for, else from the beginning."""
    after = _predecessor(obligation, index, step)
    yield f"  s_{_plain(after)} --> {_id(step)}" if after else f"  start --> {_id(step)}"


def _predecessor(obligation: Obligation, index: int, step: Step) -> str:
    """Id of the step it waits for, "" for none."""
    if index and not (step.after or step.confirms) and isinstance(step.timing.rule, OnEvent | Unset):
        return obligation.steps[index - 1].id
    return step.after or step.confirms


def _title(plan: Plan, obligation_id: str) -> str:
    return next((other.title for other in plan.obligations if other.id == obligation_id), obligation_id)


def _doer(step: Step, directory: Directory) -> str:
    own = {"unit.focal": _("đầu mối của đơn vị"), "unit.head": _("người đứng đầu đơn vị")}
    return own.get(step.by) or role_title(directory, step.by)


def _dues(step: Step) -> Iterator[str]:
    unset = isinstance(step.timing.rule, Unset)
    phrase = _("chưa xác định hạn: {phrase}") if unset else _("hạn: {phrase}")
    yield phrase.format(phrase=step.timing.phrase) + f" ({basis_words(step.basis.kind)})"
    if step.timing.reading:
        known = READINGS.get(step.timing.reading, step.timing.reading)
        yield _("hiểu là: {reading}").format(reading=_(known).format(weekday=_("thứ đã nêu")))
    if step.complex_timing:
        yield _("phức tạp: {phrase}").format(phrase=step.complex_timing.phrase)
    if step.times > 1:
        yield _("ít nhất {times} lần").format(times=step.times)
    if step.min_days_after:
        yield _("không sớm hơn {days} ngày").format(days=step.min_days_after)


def _ladders(obligation: Obligation, directory: Directory) -> Iterator[str]:
    """Each ladder once, dotted to the steps that stand on it."""
    for ladder in dict.fromkeys(step.ladder for step in obligation.steps):
        name = f"t_{_plain(ladder.name)}"
        yield f"  subgraph {name}[{_label(_('Thang nhắc: {name}').format(name=ladder.name))}]"
        yield f"    {name}_0[{_label(_reminders(ladder))}]:::ladder"
        for number, rung in enumerate(ladder.escalate, 1):
            yield f"    {name}_{number - 1} --> {name}_{number}[{_label(_rung(rung, directory))}]:::ladder"
        yield "  end"
        for step in obligation.steps:
            if step.ladder == ladder:
                yield f"  {_id(step)} -.- {name}_0"


def _reminders(ladder: Ladder) -> str:
    if not ladder.remind:
        return _("không nhắc trước")
    days = ", ".join(str(day) for day in ladder.remind)
    return _("nhắc trước {days} ngày làm việc; quá hạn 1 ngày thì báo người làm").format(days=days)


def _rung(rung: Escalation, directory: Directory) -> str:
    heads = {"unit.head": _("người đứng đầu đơn vị"), "unit.focal": _("đầu mối của đơn vị")}
    who = heads.get(rung.to) or role_title(directory, rung.to)
    text = _("quá hạn {days} ngày làm việc: {who}").format(days=rung.after, who=who)
    text += _(", phải có người duyệt") if rung.mode == "approve" else ""
    return text + (_(", lặp lại sau {days} ngày").format(days=rung.every) if rung.every else "")


def _label(*lines: str) -> str:
    """Quoted text of a node, safe for whatever a definition says."""
    return '"' + "<br/>".join(_coded(line) for line in lines if line) + '"'


def _coded(text: str) -> str:
    return "".join(_CODES.get(letter, letter) for letter in " ".join(text.split()))


def _id(step: Step) -> str:
    return f"s_{_plain(step.id)}"


def _plain(name: str) -> str:
    """A name as a node's id: a bare "end" would close a subgraph, so ids carry a prefix and no hyphens."""
    return name.replace("-", "_").replace(".", "_")
