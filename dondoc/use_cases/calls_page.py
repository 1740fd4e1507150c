"""The call list as a person of the office may read it: confidential cases only for who may call and is not left out."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.core.directory import UNREADABLE
from dondoc.core.rights import Viewer, may
from dondoc.use_cases.call_list import Call, call_list
from dondoc.use_cases.excluded import opened
from dondoc.use_cases.office import Office


class CallsPage(NamedTuple):
    """`hidden` counts what the reader may know of but not read."""

    calls: tuple[Call, ...]
    hidden: int
    may_call: bool

    def of(self, person: str, key: str = "") -> tuple[Call, ...]:
        """One person's entries, or those about one occurrence alone."""
        return tuple(call for call in self.calls if call.person == person and key in ("", call.key))


def calls_page(office: Office, viewer: Viewer, at: datetime) -> CallsPage:
    """The most pressing first; telephone numbers only for who may see contacts."""
    calls = call_list(office, at)
    left_out = _left_out(office, calls)
    shown = [call for call in calls if _may_read(viewer, call, left_out)]
    if not may(viewer, "see-contacts"):
        shown = [call._replace(phone="") for call in shown]
    return CallsPage(tuple(shown), len(calls) - len(shown), may(viewer, "record-call"))


def _may_read(viewer: Viewer, call: Call, left_out: dict[str, frozenset[str]]) -> bool:
    if not call.confidential:
        return True
    out = left_out.get(call.key, frozenset())
    return may(viewer, "record-call") and viewer.person not in out and UNREADABLE not in out


def _left_out(office: Office, calls: Sequence[Call]) -> dict[str, frozenset[str]]:
    keys = sorted({call.key for call in calls if call.confidential})
    with office.register.reading() as book:
        return {birth.key: frozenset(opened(office, birth).excluded) for birth in book.births(keys=keys)}
