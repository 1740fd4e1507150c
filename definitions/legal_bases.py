"""Legal bases that are no longer in force when a plan begins: a draft lists them, a signed edition is refused."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from definitions.problem import Problem
from definitions.schema import LegalBasisModel, PlanFile
from definitions.yaml_source import Source
from dondoc.core.plan import LegalBasis, Plan
from dondoc.words import _


def expired_problems(model: PlanFile, source: Source, sections: Sequence[Source]) -> list[Problem]:
    """One problem for each basis that had run out before the plan's first day; none for a draft.

    A basis that runs out while the plan runs is no mistake: the plan was right when it was signed.
    """
    if model.draft:
        return []
    return [
        _problem(model, index, basis, source, sections)
        for index, basis in enumerate(model.legal_bases)
        if is_expired(basis.to, model.valid.from_)
    ]


def is_expired(until_on: date | None, first_on: date) -> bool:
    """Whether a document in force until (and on) that day no longer is on the plan's first day."""
    return until_on is not None and until_on < first_on


def expired_bases(plan: Plan) -> list[LegalBasis]:
    """The plan's bases that had run out before its first day."""
    return [basis for basis in plan.legal_bases if is_expired(basis.valid_to, plan.valid_from)]


def written_users(basis_id: str, number: str, obligations: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Ids of obligations, as they stand in YAML, that spread the document or name it as their law."""
    return tuple(
        str(o.get("id", "")) for o in obligations if basis_id in (o.get("documents") or ()) or _names(number, _said(o))
    )


def _said(item: Mapping[str, Any]) -> str:
    """What an obligation and its steps say of their law and basis."""
    acts = [item, *(step for step in item.get("steps") or () if isinstance(step, Mapping))]
    return " ".join(str(act.get(key, "")) for act in acts for key in ("law", "basis"))


def _names(number: str, text: str) -> bool:
    return len(number) > 5 and number in text


def _problem(
    model: PlanFile, index: int, basis: LegalBasisModel, source: Source, sections: Sequence[Source]
) -> Problem:
    written = [o for section in sections for o in section.data if isinstance(o, Mapping)]
    users = written_users(basis.id, basis.number, written)
    used = _(", nghĩa vụ {users} còn dẫn").format(users=", ".join(users)) if users else ""
    found = _("{number} hết hiệu lực sau ngày {to:%d/%m/%Y}, trước ngày kế hoạch bắt đầu{used}").format(
        number=basis.number or basis.title, to=basis.to, used=used
    )
    replaced = (
        _("Thay bằng {replaced_by}.").format(replaced_by=basis.replaced_by)
        if basis.replaced_by
        else _("Tìm văn bản thay thế.")
    )
    hint = _("{replaced} Chưa xong thì để draft: true.").format(replaced=replaced)
    return source.problem(
        ("legal-bases", index, "to"),
        found,
        _("văn bản còn hiệu lực ngày {start}").format(start=model.valid.from_),
        hint,
    )
