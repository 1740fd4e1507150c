"""What a decision leaves in the book: each action by value, so that folding it gives the state the decision foresaw."""

from datetime import date, datetime
from typing import Any

from dondoc.core.deal import Deal
from dondoc.core.decide import Action, Decision
from dondoc.core.facts import Fact, FactKind
from dondoc.core.population import ChangePopulation
from dondoc.core.round_value import round_payload
from dondoc.core.rounds import BeginRound

ENGINE = "dondoc"  # the actor of what no person did


def facts_of(decision: Decision, occurrence_key: str, recorded_at: datetime, act_on: date, via: str) -> list[Fact]:
    """The decision's actions as facts, in order. `recorded_at` is the instant judged, `act_on` its local day.

    fold(birth, facts + facts_of(decision, …)) equals decision.after.
    """
    return [entry_of(action, occurrence_key, recorded_at, act_on, via) for action in decision.actions]


def entry_of(action: Action, occurrence_key: str, recorded_at: datetime, act_on: date, via: str) -> Fact:
    """One action as a fact."""
    kind, payload = _written(action)
    return Fact(kind, occurrence_key, action.step, recorded_at, act_on, ENGINE, via, payload)


def _written(action: Action) -> tuple[FactKind, dict[str, Any]]:
    match action:
        case BeginRound():
            return "round-begun", round_payload(action.round)
        case Deal():
            return "told", told_payload(action)
        case ChangePopulation():
            return "population-changed", {
                "joined": list(action.joined),
                "left": list(action.left),
                "suspended": list(action.suspended),
                "resumed": list(action.resumed),
            }


def told_payload(deal: Deal) -> dict[str, Any]:
    """JSON values; the notices themselves lie in the outbox under these keys."""
    return {
        "round": deal.round,
        "cursor": deal.cursor,
        "notices": [notice.key for notice in deal.notices],
        "superseded": list(deal.superseded),
        "approvals": [[a.rung, a.chased, a.outcome, a.told] for a in deal.approvals],
        **({"doer": deal.doer} if deal.doer else {}),
    }
