"""Applying an amended plan: each open occurrence keeps its version or adopts the new one, by a numbered decision."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from dondoc.core.facts import Fact
from dondoc.core.plan import Plan
from dondoc.core.round_value import round_payload
from dondoc.register.book import Book
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.apply import check_in, dependents
from dondoc.use_cases.diff_plans import Fate, Prospect, heirs_in, prospect_of, prospects
from dondoc.use_cases.editions import in_force, keep_versions, put_heirs
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_plan import open_in, watch_start
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.stale_notices import withdraw_answered
from dondoc.words import _

CHUNK = 100  # occurrences a transaction: what was decided stays decided when the rest is interrupted


class Choice(NamedTuple):
    """What was decided about one occurrence now. waived: adopted, where the new edition has no such duty."""

    key: str
    choice: Literal["kept", "adopted", "waived"]
    fate: Fate


class AppliedPlan(NamedTuple):
    """`decided` by this call; `already` were decided before; `opened` are occurrences new under the edition."""

    plan: str
    decided: tuple[Choice, ...]
    already: int
    opened: int


def apply_plan(
    office: Office,
    plan_id: str,
    document: Document,
    act: Act,
    at: datetime,
    *,
    adopt: Sequence[str] = (),
    adopt_all: bool = False,
) -> AppliedPlan:
    """Put the edition on disk in force. Open occurrences keep their version unless named in `adopt`.

    Idempotent, safe to interrupt at any instant and to run twice at once: each occurrence is decided in one transaction
    that looks first, and the edition is in force only once all are. Refused without a document, for a plan that was
    never opened, and for a key that is not an open occurrence of the plan.
    """
    _refuse_without(document)
    plan = office.plan(plan_id)
    keys, already = _to_decide(office, plan, frozenset(adopt), adopt_all, at)
    decided: list[Choice] = []
    for start in range(0, len(keys), CHUNK):
        with office.register.writing() as book:
            chunk = keys[start : start + CHUNK]
            decided += _decide(book, office, plan, chunk, frozenset(adopt), adopt_all, document, act, at)
    opened = _put_in_force(office, plan, act, at)
    return AppliedPlan(plan_id, tuple(decided), already + len(keys) - len(decided), opened)


def _refuse_without(document: Document) -> None:
    if not document.number.strip():
        raise Refused(
            _("Áp dụng kế hoạch sửa đổi phải có số, ngày văn bản quyết định."), _("Thêm --document, --document-on.")
        )


def _to_decide(
    office: Office, plan: Plan, adopt: frozenset[str], adopt_all: bool, at: datetime
) -> tuple[list[str], int]:
    """Keys still to be decided, and how many of the touched ones are decided as asked already."""
    with office.register.reading() as book:
        if book.setting(f"opened/{plan.id}") is None:
            raise Refused(
                _("Kế hoạch «{id}» chưa được theo dõi nên chưa có gì để áp dụng.").format(id=plan.id),
                _("Chạy: dondoc up"),
            )
        found = list(prospects(office, book, in_force(book, office, plan.id), plan, at))
        _refuse_strangers(adopt, found, book)
    touched = [p for p in found if p.fate != "kept"]
    wanted = [p.birth.key for p in touched if _choice(p, adopt, adopt_all)]
    return wanted, len(touched) - len(wanted)


def _refuse_strangers(adopt: frozenset[str], found: Sequence[Prospect], book: Book) -> None:
    open_keys = {prospect.birth.key for prospect in found}
    strangers = sorted(adopt - open_keys - _waived(book, adopt))
    if strangers:
        listed = ", ".join(f"«{key}»" for key in strangers)
        raise Refused(
            _("Không phải kỳ thực hiện đang mở của kế hoạch: {listed}.").format(listed=listed),
            _("Xem: dondoc diff KẾ_HOẠCH"),
        )


def _waived(book: Book, keys: frozenset[str]) -> set[str]:
    """Asked for and done by an earlier run of the same decision."""
    facts = book.facts(sorted(keys)) if keys else {}
    return {key for key, known in facts.items() if any(fact.kind == "waived" for fact in known)}


def _choice(prospect: Prospect, adopt: frozenset[str], adopt_all: bool) -> Literal["", "kept", "adopted", "waived"]:
    """What to write about it now; "" where it was decided. Keeping never undoes an adoption, and is said once."""
    if prospect.fate == "kept":
        return ""
    if adopt_all or prospect.birth.key in adopt or prospect.fate == "restored":
        return "adopted" if prospect.target else "waived"
    return "" if prospect.ruling else "kept"


def _decide(
    book: Book,
    office: Office,
    plan: Plan,
    keys: Sequence[str],
    adopt: frozenset[str],
    adopt_all: bool,
    document: Document,
    act: Act,
    at: datetime,
) -> list[Choice]:
    keep_versions(book, plan)
    book.lock(sorted(keys))
    heirs = heirs_in(office, book, plan, at)
    done: list[Choice] = []
    for birth in book.births(keys=list(keys)):
        facts = book.facts([birth.key])[birth.key]
        prospect = prospect_of(office, book, plan, birth, heirs.get(birth.key), facts, at)
        choice = "" if _is_over(prospect) else _choice(prospect, adopt, adopt_all)
        if choice:
            book.append(list(_facts(prospect, choice, document, act, at)))
            if choice != "kept":
                _check(book, office, birth.key, at, act.via)
            done.append(Choice(birth.key, choice, prospect.fate))
    return done


def _is_over(prospect: Prospect) -> bool:
    """Answered since it was listed: nothing is left to decide."""
    return prospect.occurrence.closed and not prospect.watched


def _facts(prospect: Prospect, choice: str, document: Document, act: Act, at: datetime) -> Iterator[Fact]:
    key = prospect.birth.key
    payload: dict[str, Any] = {
        "from": prospect.occurrence.birth.version,
        "edition": prospect.edition,
        "heir": prospect.heir_key,
        "document": document.number,
        "on": document.on.isoformat(),
    }
    if choice == "kept":
        yield Fact("kept", key, "", at, act.act_on, act.actor, act.via, payload)
        return
    if choice == "waived":
        # The version stays: there is none to take its place, and the occurrence must still be readable.
        payload["reason"] = f"kế hoạch sửa đổi không còn nghĩa vụ này (văn bản {document})"
        yield Fact("waived", key, "", at, act.act_on, act.actor, act.via, payload)
        return
    yield Fact("adopted", key, "", at, act.act_on, act.actor, act.via, payload | _adoption(prospect))
    for begun in prospect.rounds:
        yield Fact("round-begun", key, begun.step, at, act.act_on, act.actor, act.via, round_payload(begun.round))


def _adoption(prospect: Prospect) -> dict[str, Any]:
    """The dues it moves, and the period it takes over, where that is another."""
    heir = prospect.heir
    dues = [
        [d.step, d.from_on.isoformat() if d.from_on else None, d.to_on.isoformat() if d.to_on else None]
        for d in prospect.dues
    ]
    now = prospect.occurrence.birth
    # Also on the way back to what it was born as.
    moved = heir is not None and (heir.period, heir.party) != (now.period, now.party)
    place = {"period": heir.period, "label": heir.label, "party": heir.party} if heir and moved else {}
    return {"dues": dues, **place, **({"watched": True} if prospect.watched else {})}


def _check(book: Book, office: Office, key: str, at: datetime, via: str) -> None:
    """Decide at once what the adoption changes, in what is counted from it too, and take back what it makes untrue."""
    birth = gather_one(office, book, key).birth
    for one in check_in(office, book, [key, *dependents(office, book, birth)], at, via):
        withdraw_answered(book, one.scene, one.decision.after, at)


def _put_in_force(office: Office, plan: Plan, act: Act, at: datetime) -> int:
    """The last transaction: only now does the book follow the new edition, and what is new opens."""
    moments = office.moments(plan)
    with office.register.writing() as book:
        heirs = heirs_in(office, book, plan, at)
        put_heirs(book, plan.id, {heir.key: key for key, heir in heirs.items() if heir.key != key})
        start = watch_start(book, moments, plan, None, at)
        if in_force(book, office, plan.id) is not plan:
            # A duty added in mid-year is not overdue on its first day: what lies behind is set aside.
            start = max(start, moments.day_of(at))
        return open_in(book, office, plan, start, at, act.via).new
