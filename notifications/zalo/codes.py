"""What a Zalo code means, by endpoint: the same number says different things in different APIs. The table is data.

`basis`: "read" in public material about Zalo, or "unverified"; none was ever seen from Zalo itself (docs/zalo.md).
"""

import csv
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from dondoc.core.delivery import OutcomeKind
from dondoc.words import _
from notifications.outcome import Outcome

TABLE = Path(__file__).with_name("codes.csv")
Endpoint = Literal["zbs", "oa", "bot", "oauth"]
Meaning = Literal[
    "token",  # the access token is not taken: renew it and try again
    "reconnect",  # the refresh token is lost: somebody must connect the account again
    "person",  # never to this person by this way: take another channel
    "message",  # this message is malformed, and stays so; alarm: the template or we are wrong
    "configuration",  # somebody must put a setting right; alarm
    "money",  # somebody must pay; alarm
    "quota",  # nothing more today
    "back-off",  # later
    "unknown-code",  # not in the table
]
# A person's or a message's refusal is final for this channel; all else is put right or passes.
KINDS: Mapping[Meaning, OutcomeKind] = {"person": "permanent", "message": "permanent"}
ALARMS: frozenset[Meaning] = frozenset({"configuration", "money", "reconnect", "message"})


class Said(NamedTuple):
    """One code as the table explains it; `explanation` is Vietnamese, in English through the catalogue."""

    endpoint: Endpoint
    code: int
    meaning: Meaning
    explanation: str

    @property
    def outcome(self) -> Outcome:
        """What the outbox settles by, the code named so that it can be looked up."""
        words = f"{_(self.explanation)} (Zalo {self.endpoint} {self.code})"
        return Outcome(KINDS.get(self.meaning, "temporary"), words)


UNKNOWN = "Zalo trả về một mã chưa biết"


@functools.cache
def table() -> Mapping[tuple[str, int], Said]:
    """The whole table by endpoint and code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Said(r["endpoint"], int(r["code"]), r["meaning"], r["explanation"]) for r in csv.DictReader(file)]  # type: ignore[arg-type]
    return {(said.endpoint, said.code): said for said in rows}


def meaning_of(endpoint: Endpoint, code: int) -> Said:
    """The table's row; a code it does not know is temporary, for its message may still be taken."""
    return table().get((endpoint, code)) or Said(endpoint, code, "unknown-code", UNKNOWN)
