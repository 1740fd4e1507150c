"""What became of handing one delivery over: the word the outbox settles by, and why in a reader's language."""

from typing import NamedTuple

from dondoc.core.delivery import OutcomeKind


class Outcome(NamedTuple):
    """`detail` is one line without secrets; "" needs no explanation. `code` is a refusal's own (RFC 3463: 5.1.1)."""

    kind: OutcomeKind
    detail: str = ""
    code: str = ""
