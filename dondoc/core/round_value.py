"""A round as JSON in a fact's payload, and back."""

from datetime import date, datetime
from typing import Any

from dondoc.core.occurrence import Approval, Round


def round_from(payload: Any) -> Round:
    """A Round from a round-begun fact's payload; round_payload is its inverse."""
    return Round(
        n=payload["n"],
        cause=payload["cause"],
        since_at=datetime.fromisoformat(payload["since_at"]),
        last_on=day(payload["last_on"]),
        target_on=day(payload["target_on"]),
        unrolled_on=day(payload["unrolled_on"]),
        basis=payload["basis"],
        decision=payload["decision"],
        why=tuple(payload["why"]),
        cursor=payload.get("cursor", 0),
        approvals=tuple(Approval(*a) for a in payload.get("approvals", ())),
    )


def round_payload(round_: Round) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "n": round_.n,
        "cause": round_.cause,
        "since_at": round_.since_at.isoformat(),
        "last_on": iso(round_.last_on),
        "target_on": iso(round_.target_on),
        "unrolled_on": iso(round_.unrolled_on),
        "basis": round_.basis,
        "decision": round_.decision,
        "why": list(round_.why),
    }


def day(value: Any) -> date | None:
    """A local day from ISO text; None and "" are no day."""
    return date.fromisoformat(value) if value else None
