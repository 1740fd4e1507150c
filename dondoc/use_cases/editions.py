"""Which edition of a plan the book follows: the one on disk only once it was opened or applied."""

import json
from datetime import date
from typing import Any

from dondoc.core.plan import Obligation, Plan
from dondoc.register.book import Book
from dondoc.use_cases.office import Office, decoded
from dondoc.use_cases.refused import Refused
from dondoc.words import _


def in_force(book: Book, office: Office, plan_id: str) -> Plan:
    """The plan as the book follows it. Refused for an unknown plan.

    An amended plan is seen (`dondoc diff`) and applied before it takes effect; a draft is followed as it stands, and a
    plan nobody opened yet has nothing else to be followed by.
    """
    plan = office.plan(plan_id)
    kept = book.setting(_name(plan_id))
    if kept is None or plan.draft or json.loads(kept) == _edition(plan):
        return plan
    return _restored(book, plan, json.loads(kept))


def amended_plans(office: Office) -> list[str]:
    """Plans whose definitions on disk differ from the edition the book follows: nobody has applied them yet."""
    with office.register.reading() as book:
        return [plan_id for plan_id, plan in office.plans.items() if in_force(book, office, plan_id) is not plan]


def put_in_force(book: Book, plan: Plan) -> None:
    """From now on the book follows this edition; its definitions are kept."""
    keep_versions(book, plan)
    book.put_setting(_name(plan.id), json.dumps(_edition(plan)))


def keep_versions(book: Book, plan: Plan) -> None:
    shas = dict(plan.versions)
    from definitions.canonical import canonical  # slow to import, and whoever only reads needs none of it

    book.put_versions({shas[o.id]: canonical(o) for o in plan.obligations})


def heirs_of(book: Book, plan_id: str) -> dict[str, str]:
    """Key that an edition would open → the occurrence that stands in its place already."""
    found: dict[str, str] = json.loads(book.setting(f"heirs/{plan_id}") or "{}")
    return found


def put_heirs(book: Book, plan_id: str, heirs: dict[str, str]) -> None:
    book.put_setting(f"heirs/{plan_id}", json.dumps(heirs, sort_keys=True) if heirs else None)


def _name(plan_id: str) -> str:
    return f"edition/{plan_id}"


def _edition(plan: Plan) -> dict[str, Any]:
    return {
        "versions": [list(pair) for pair in plan.versions],
        "document": [plan.document.number, plan.document.issued_on.isoformat(), plan.document.agency],
        "valid": [plan.valid_from.isoformat(), plan.valid_to.isoformat()],
    }


def _restored(book: Book, plan: Plan, kept: dict[str, Any]) -> Plan:
    number, issued_on, agency = kept["document"]
    first, last = map(date.fromisoformat, kept["valid"])
    return plan._replace(
        obligations=tuple(_kept(book, plan, id_, sha) for id_, sha in kept["versions"]),
        versions=tuple((id_, sha) for id_, sha in kept["versions"]),
        document=plan.document._replace(number=number, issued_on=date.fromisoformat(issued_on), agency=agency),
        valid_from=first,
        valid_to=last,
    )


def _kept(book: Book, plan: Plan, obligation_id: str, sha: str) -> Obligation:
    if (obligation_id, sha) in plan.versions:
        return next(o for o in plan.obligations if o.id == obligation_id)
    text = book.version(sha)
    if text is None:
        raise Refused(
            _("Sổ theo dõi không còn giữ bản đang áp dụng của «{obligation_id}».").format(obligation_id=obligation_id),
            _("Hãy chạy: dondoc journal verify, hoặc khôi phục bản sao lưu."),
        )
    return decoded(text)
