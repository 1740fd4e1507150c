"""The month's checklist of event-opened duties: each line "phát sinh" opens a case, every other "không phát sinh"."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.use_cases.act import Act, Recorded, enter, fact, running_step
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather_one
from dondoc.words import _
from dondoc.words.dates import short_date


class Answered(NamedTuple):
    checklist: Recorded
    opened: tuple[Recorded, ...]


def answer_checklist(
    office: Office, key: str, occurred: Mapping[str, Sequence[date]], act: Act, at: datetime
) -> Answered:
    """`occurred` maps event-opened obligations to the days on which each happened; {} is nothing at all.

    Refused for a line that is not on the checklist. A request key makes the whole answer one act, cases included.
    """
    with office.register.reading() as book:
        scene, again = gather_one(office, book, key), book.seen(act.request_key)
    if scene.obligation.kind != "checklist":
        raise Refused(_("«{key}» không phải phiếu phát sinh.").format(key=key), _("Xem danh sách phiếu: dondoc status"))
    strangers = sorted(set(occurred) - set(scene.obligation.documents))
    if strangers:
        raise Refused(
            _("Phiếu không có dòng: {strangers}.").format(strangers=", ".join(strangers)),
            _("Các dòng: {documents}.").format(documents=", ".join(scene.obligation.documents)),
        )
    if not again:  # nothing is opened for an answer that will be refused
        running_step(scene)
        _refuse_days_ahead(scene, occurred, at)
    opened = tuple(
        open_case(office, scene.birth.plan, CaseOpening(obligation, day), _numbered(act, f"{obligation}/{n}"), at)
        for obligation, days in sorted(occurred.items())
        for n, day in enumerate(days)
    )
    return Answered(enter(office, key, act, at, lambda s: _answer(s, occurred, act, at)), opened)


def _refuse_days_ahead(scene: Scene, occurred: Mapping[str, Sequence[date]], at: datetime) -> None:
    ahead = [day for days in occurred.values() for day in days if day > scene.world.moments.day_of(at)]
    if ahead:
        raise Refused(
            _("Ngày phát sinh {day} ở sau hôm nay.").format(day=short_date(ahead[0])),
            _("Hãy ghi ngày việc thực sự xảy ra."),
        )


def _numbered(act: Act, part: str) -> Act:
    return act._replace(request_key=f"{act.request_key}/{part}" if act.request_key else "")


def _answer(scene: Scene, occurred: Mapping[str, Sequence[date]], act: Act, at: datetime) -> Sequence[Fact]:
    step, _ = running_step(scene)
    if not occurred:
        return [fact("nothing-occurred", scene, step.id, act, at)]
    lines = {o: [day.isoformat() for day in days] for o, days in occurred.items()}
    today = scene.world.moments.day_of(at)
    return [fact("submitted", scene, step.id, act, at, figures=lines, recorded_on=today)]
