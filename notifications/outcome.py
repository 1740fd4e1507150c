"""What became of handing one delivery over: the word the outbox settles by, and why in a reader's language."""

from typing import NamedTuple

from dondoc.core.delivery import OutcomeKind


class Outcome(NamedTuple):
    """`detail` is one line without secrets; "" needs no explanation."""

    kind: OutcomeKind
    detail: str = ""
