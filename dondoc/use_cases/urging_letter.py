"""Công văn đôn đốc: the letter to those who have not handed in, in the office's form, as a draft to be signed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from dondoc.core.letterhead import Letterhead
from dondoc.core.phase import stand
from dondoc.papers.fill import fill
from dondoc.register.book import Book
from dondoc.use_cases.letterheads import blank_day, letterhead_of, signer_of, template_of
from dondoc.use_cases.message_of import office_unit, plan_words
from dondoc.use_cases.names import case_name, party_name, title_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather, gather_one
from dondoc.words import _, speaking
from dondoc.words.dates import office_moment, short_date, weekday_date

PAPER = "cong-van-don-doc"
UNDONE = frozenset({"open", "returned"})


class Letter(NamedTuple):
    """One draft: a file's name and content, the occurrences it is about, and which time it is."""

    name: str
    content: bytes
    keys: tuple[str, ...]
    parties: tuple[str, ...]  # names
    times: int


def urging_letters(office: Office, key: str, at: datetime, *, each: bool = False) -> list[Letter]:
    """Letters about the duty and period of an occurrence, to every party that has not handed in as of `at`.

    One to all, or one to `each`. Refused for a confidential case, a due that nobody decided, and where nothing is
    missing. DefinitionError where letterhead.yaml cannot be read, TemplateProblem where the template cannot be filled.
    """
    with office.register.reading() as book:
        asked = gather_one(office, book, key)
        _refuse(asked)
        missing = [scene for scene in _beside(office, book, asked) if _is_missing(scene, at)]
    if not missing:
        raise Refused(_("Không còn đơn vị nào chưa nộp việc này."), _("Xem: dondoc status"))
    letterhead = letterhead_of(office)
    with speaking("vi"):  # a paper of the office, whatever language its reader's pages speak
        groups = [[scene] for scene in missing] if each else [missing]
        return [_letter(office, letterhead, group, at) for group in groups]


def _refuse(scene: Scene) -> None:
    if scene.obligation.confidential:
        raise Refused(_("Vụ việc bảo mật không có công văn đôn đốc."), _("Làm việc trực tiếp với người được giao."))
    round_ = scene.occurrence.step(scene.step().id).round
    if round_ is None or round_.last_on is None or round_.basis == "proposed":
        raise Refused(
            _("Việc này chưa có hạn được quyết định nên chưa đôn đốc bằng công văn."), _("Xác định hạn trước.")
        )


def _beside(office: Office, book: Book, scene: Scene) -> Sequence[Scene]:
    """The same duty of the same period, of every party."""
    births = book.births(plan=scene.birth.plan, obligation=scene.birth.obligation)
    return gather(office, book, [birth.key for birth in births if birth.period == scene.birth.period])


def _is_missing(scene: Scene, at: datetime) -> bool:
    standing = stand(scene.obligation, scene.occurrence, scene.world.moments, at)
    return standing.phase in UNDONE and standing.basis != "proposed"


def _letter(office: Office, letterhead: Letterhead, scenes: Sequence[Scene], at: datetime) -> Letter:
    first, parties = scenes[0], tuple(party_name(office.directory, scene.birth.party) for scene in scenes)
    times = 1 + max(_issued(scene) for scene in scenes)
    content = fill(template_of(office, PAPER), _values(office, letterhead, scenes, parties, times, at))
    day = first.world.moments.day_of(at)
    whose = first.birth.party if len(scenes) == 1 else "cac-don-vi"
    name = f"{PAPER}-{first.birth.obligation}-{whose}-{day:%Y%m%d}.docx"
    return Letter(name, content, tuple(scene.birth.key for scene in scenes), parties, times)


def _issued(scene: Scene) -> int:
    """How many such letters have been signed and sent about it."""
    return sum(fact.kind == "issued" and fact.payload.get("paper") == PAPER for fact in scene.facts)


def _values(
    office: Office, letterhead: Letterhead, scenes: Sequence[Scene], parties: Sequence[str], times: int, at: datetime
) -> dict[str, Any]:
    first = scenes[0]
    moments, citation = first.world.moments, first.obligation.citations[0]
    today, last_on = moments.day_of(at), _last_on(first)
    request = any(_is_request(office, scene) for scene in scenes)
    term_on = moments.calendar.shift(today, letterhead.urging_days)
    hour = letterhead.urging_hour
    return {
        "letterhead": letterhead,
        "number": " " * 8,
        "place_and_day": f"{letterhead.place}, {blank_day(today)}",
        "verb": "đề nghị" if request else "đôn đốc" if today > last_on else "nhắc",
        "request": request,
        "times": times,
        "matter": _matter(first),
        "to": list(parties),
        "plan": plan_words(first.plan),
        "clause": citation.at,
        "quote": citation.quote,
        "due": f"chậm nhất hết {weekday_date(last_on)}",
        "as_of": office_moment(at, moments.zone),
        "office": office_unit(office.directory, first.plan),
        "parties": list(parties),
        "addressee": parties[0] if len(parties) == 1 else "các đơn vị nêu trên",
        "term": f"{hour.hour:02d} giờ {hour.minute:02d} ngày {short_date(term_on)}",
        "signature": letterhead.signature(PAPER),
        "signer": signer_of(office, letterhead, PAPER, today),
        "copies": list(letterhead.copies_of(PAPER)),
    }


def _last_on(scene: Scene) -> date:
    round_ = scene.occurrence.step(scene.step().id).round
    if round_ is None or round_.last_on is None:  # a sibling whose due is still to be bound
        raise Refused(_("«{key}» chưa xác định hạn.").format(key=scene.birth.key))
    return round_.last_on


def _is_request(office: Office, scene: Scene) -> bool:
    """Whether the office asks instead of urging: the party, or the duty itself, is not subordinate to it."""
    party = office.directory.roles.get(scene.birth.party)
    return scene.step().voice == "request" or (party is not None and party.tone == "request")


def _matter(scene: Scene) -> str:
    """What the letter is about, as it goes on in the middle of a sentence."""
    name = case_name(title_of(scene.obligation, scene.birth), scene.birth.label)
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
