"""Somebody of the office has telephoned: what the call list asked for is told, and the book says by whom and when."""

from collections.abc import Sequence
from datetime import datetime

from dondoc.core.facts import Fact
from dondoc.register.book import Book
from dondoc.use_cases.act import Act
from dondoc.use_cases.call_list import Call, call_list
from dondoc.use_cases.discretion import refuse_words
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import gather
from dondoc.words import _
from dondoc.words.dates import short_date

CALLED = "đã gọi điện"


def record_call(
    office: Office, person: str, act: Act, at: datetime, keys: Sequence[str] = (), note: str = ""
) -> list[Call]:
    """What was told by one call: all the person's entries, or those of these occurrences; [] for a used request key.

    Refused where the list has no such entry.
    """
    if act.act_on > local_day(office, at):
        told_on = short_date(act.act_on)
        raise Refused(_("Ngày gọi {day} ở sau hôm nay.").format(day=told_on), _("Hãy ghi ngày thực sự gọi."))
    told = [call for call in call_list(office, at) if call.person == person and (not keys or call.key in keys)]
    with office.register.writing() as book:
        if book.seen(act.request_key):
            return []
        if not told:
            nothing = _("Không có việc nào cần gọi điện cho «{person}».").format(person=person)
            raise Refused(nothing, _("Xem: dondoc call-list"))
        facts = [_fact(call, act, at, note) for call in told]
        _refuse_words(office, book, facts)
        book.append(facts, request_key=act.request_key)
        book.withdraw([key for call in told for key in call.notices], CALLED, at)
    return told


def _refuse_words(office: Office, book: Book, facts: Sequence[Fact]) -> None:
    """One call may tell of several cases: a note about it is a note about each."""
    scenes = {scene.birth.key: scene for scene in gather(office, book, sorted({fact.occurrence for fact in facts}))}
    for fact in facts:
        scene = scenes[fact.occurrence]
        refuse_words(office.directory, scene.plan, scene.obligation, [fact])


def _fact(call: Call, act: Act, at: datetime, note: str) -> Fact:
    payload = {"person": call.person, "notices": list(call.notices)} | ({"note": note} if note else {})
    return Fact("called", call.key, call.step, at, act.act_on, act.actor, act.via, payload)
