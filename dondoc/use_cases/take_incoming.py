"""Rows of the incoming register that somebody confirmed: the days a paper was sent and came, in the office's name."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from dondoc.use_cases.act import Act
from dondoc.use_cases.confirm import receive
from dondoc.use_cases.incoming_sheet import Incoming, same_number
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.submit import Evidence, submit
from dondoc.words import _

KEPT_AT = "Văn phòng điện tử"


class Taken(NamedTuple):
    """What became of one row: recorded, already or refused, and why."""

    number: str
    name: str
    outcome: str
    why: str = ""


def take_incoming(office: Office, paper: Incoming, key: str, step: str, name: str, actor: str, at: datetime) -> Taken:
    """Once for the same paper and step, however often and out of whichever file it is confirmed."""
    request = sha256("\n".join(["incoming", key, step, paper.number.casefold()]).encode()).hexdigest()[:40]
    act = Act(actor, "portal", paper.sent_on or paper.received_on or paper.signed_on or at.date(), request)
    try:
        recorded = _record(office, paper, key, step, act, at)
    except Refused as refused:
        return Taken(paper.number, name, "refused", str(refused))
    return Taken(paper.number, name, "already" if recorded else "recorded")


def _record(office: Office, paper: Incoming, key: str, step: str, act: Act, at: datetime) -> bool:
    """Whether it was there already. What the unit has handed in gets its days; else the paper is its answer."""
    with office.register.reading() as book:
        scene, seen = gather_one(office, book, key), book.seen(act.request_key)
    if seen:
        return True
    if scene.obligation.confidential or scene.birth.party != paper.party or scene.step(step).confirms:
        raise Refused(_("Việc này không nhận văn bản của đơn vị ấy."), _("Tải lại tệp."))
    given = scene.occurrence.step(step).submissions
    if given and same_number(given[-1].number, paper.number):
        dates = {"sent_on": paper.sent_on, "received_on": paper.received_on}
        return receive(office, key, act, at, step, **dates).already
    evidence = Evidence(
        number=paper.number,
        signed_on=paper.signed_on,
        sent_on=paper.sent_on,
        received_on=paper.received_on,
        kept_at=KEPT_AT,
    )
    return submit(office, key, evidence, act, at, step).already
