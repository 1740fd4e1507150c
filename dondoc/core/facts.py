"""The book's entries. A fact is never changed; a later fact may correct it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

FactKind = Literal[
    # the installation
    "plan-opened",  # {plan, count, digest}: one entry for all births of an opening
    "went-live",  # {from_on}
    "held",  # {reason, count}
    "released",
    "discarded",
    "outage",  # {down_from, down_to}: nothing ran meanwhile; local instants
    "anchored",  # {link, hash}: the chain's head as it was sent out of the house
    "erased",  # {facts, deliveries, files, reason, document, on}: personal parts emptied by a rule or a decision
    "restored",  # {made_at, link, hash}: the book is that of a backup
    "shut-out",  # {person, count}: an administrator ended what let somebody into the portal
    "people-changed",  # {file, what, person, role, from_on, to_on, to, count}: who and what, never an address
    "token-issued",  # {name, scopes, last_on}: another program may call the JSON side
    "token-revoked",  # {name, count}
    # an occurrence's life
    "opened",  # a case, checklist line or ad-hoc obligation, with its birth's digest
    "round-begun",  # Round by value
    "submitted",  # evidence: number, signed_on, done_on, kept_at, files, note, figures
    "received",  # {sent_on, received_on}: set by the office only
    "confirmed",
    "returned",  # {reason}
    "nothing-occurred",
    "acknowledged",  # {person} or {all_but: [...], minutes: {...}}
    "population-changed",  # {joined, left, suspended, resumed}
    "decided",  # complexity, reading or basis, closing over missing parties: {what, document, on, …}
    "extension-asked",  # {reason, until}
    "not-mine",  # {person, reason}: the doer says it is somebody else's; the office decides
    "extended",  # {last_on, document, on}
    "bound",  # {last_on, document, on}
    "reset",  # due set earlier or later: {last_on, document, on}
    "reassigned",  # {to, reason}
    "suspended",  # {reason, document}
    "resumed",
    "waived",  # {reason, document}
    "set-aside",  # due before the watch began
    "adopted",  # {from, edition, heir, document, on, dues, watched}: from now on under another version of its duty
    "kept",  # {from, edition, heir, document, on}: stays under its own although the plan was amended
    "corrected",  # {field values, reason}; corrects names the fact
    "granted",  # an inspector may read a confidential case: {person, document, on, last_on}
    "grant-ended",  # {person}
    "looked",  # at a confidential case; the actor did: {place}
    # what the engine did
    "told",  # {round, cursor, notices, superseded, asked}
    "approved",  # {round, rung}
    "withheld",  # {round, rung, reason}
    "gap-raised",  # {role, reason}
    "withdrawn",  # {notice, reason}
    "drafted",  # {paper, files, n}: a paper was made for this; an unsigned draft
    "issued",  # {paper, number, on}: it was signed and sent out
    "called",  # {person, note, notices}: somebody of the office has telephoned
]


class Fact(NamedTuple):
    """One entry. `recorded_at` is an aware UTC instant; `act_on` the local day on which the act itself was done."""

    kind: FactKind
    occurrence: str  # key, "" for the installation
    step: str
    recorded_at: datetime
    act_on: date
    actor: str  # person, role, or "dondoc"
    via: str  # cli · portal · link · api:PROGRAM · flow · sweep · rehearsal
    payload: Mapping[str, Any]  # JSON values; days as ISO text
    seq: int = 0  # given by the book
    corrects: int = 0  # seq of the fact put right


def known_on(facts: list[Fact], at: datetime) -> list[Fact]:
    """What the office knew at an instant: recorded by then."""
    return [fact for fact in facts if fact.recorded_at <= at]


def true_of(facts: list[Fact], day: date) -> list[Fact]:
    """What is now known to have been so on a day: acted by then, whenever recorded."""
    return [fact for fact in with_corrections(facts) if fact.act_on <= day]


def with_corrections(facts: list[Fact]) -> list[Fact]:
    """Facts as they read after every correction among them; old values stay in the book."""
    fixes = _values_by_corrected(facts)
    return [
        _put_right(fact, fixes[fact.seq]) if fact.seq and fact.seq in fixes else fact
        for fact in facts
        if fact.kind != "corrected"
    ]


def _values_by_corrected(facts: list[Fact]) -> dict[int, dict[str, Any]]:
    """Seq of the fact put right → its new values. Later corrections add to earlier ones and may correct them."""
    values: dict[int, dict[str, Any]] = {}
    first: dict[int, int] = {}  # seq of a correction → the fact it is about in the end
    for fact in facts:
        if fact.kind == "corrected":
            about = first[fact.seq] = first.get(fact.corrects, fact.corrects)
            values[about] = {**values.get(about, {}), **fact.payload.get("values", {})}
    return values


def _put_right(fact: Fact, values: Mapping[str, Any]) -> Fact:
    act_on = date.fromisoformat(values["act_on"]) if values.get("act_on") else fact.act_on
    return fact._replace(payload={**fact.payload, **values}, act_on=act_on)
