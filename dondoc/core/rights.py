"""Who may do what: parts that people have in the office, and how far each lets them reach. Data, so that it can be read
as one table; nothing else in the house decides on rights.

A confidential case is outside this table: only those on it see it, and an inspector with a grant for that very case.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

Part = Literal["staff", "head", "office", "leadership", "inspector", "admin", "program"]
Reach = Literal["", "own", "unit", "all"]  # own: one's own steps and acknowledgements; unit: all of one's unit
Action = Literal[
    # looking
    "see-work",
    "see-occurrence",
    "see-board",
    "see-statistics",
    "see-plan",
    "see-calendar",
    "see-coming",
    "see-messages",
    "see-calls",
    "see-cases",
    "see-receptions",
    "see-campaigns",
    "see-people",
    "see-contacts",
    "see-journal",
    "see-mailbox",
    "see-runs",
    "see-grants",
    # answering for a step
    "submit",
    "nothing",
    "ask-extension",
    "not-mine",
    "acknowledge",
    "record-minutes",  # that a whole unit has read; of one's own steps only who does them, never who is asked to read
    "assign",
    # the office's word
    "confirm",
    "return",
    "extend",
    "waive",
    "suspend",
    "reassign",
    "reset-due",
    "decide",
    "correct",
    "open-case",
    "open-ad-hoc",
    "close-case",
    "record-call",
    "import",
    "approve",
    "grant",
    # people and the house
    "edit-people",
    "edit-contacts",
    "hand-over",
    "revoke-sessions",
    "issue-tokens",
    "hold",
]

_DAILY: dict[Action, Reach] = {
    "see-work": "own",
    "see-occurrence": "own",
    "see-plan": "all",
    "see-calendar": "own",
    "see-campaigns": "own",
    "see-cases": "own",
    "open-case": "own",  # of the events about which one is asked every month
    "see-receptions": "own",
    "submit": "own",
    "nothing": "own",
    "ask-extension": "own",
    "not-mine": "own",
    "acknowledge": "own",
    "record-minutes": "own",
    # The word on a step that one is asked to confirm.
    "confirm": "own",
    "return": "own",
}
_READS_ALL: dict[Action, Reach] = {
    "see-occurrence": "all",
    "see-board": "all",
    "see-statistics": "all",
    "see-plan": "all",
    "see-calendar": "all",
    "see-coming": "all",
    "see-cases": "all",
    "see-receptions": "all",
    "see-campaigns": "all",
    "see-people": "all",
    "see-journal": "all",
}
_HEAD: dict[Action, Reach] = {
    **_DAILY,
    **dict.fromkeys(
        (
            "see-occurrence",
            "see-board",
            "see-statistics",
            "see-calendar",
            "see-coming",
            "see-receptions",
            "see-campaigns",
            "see-people",
            "submit",
            "nothing",
            "ask-extension",
            "not-mine",
            "record-minutes",
            "assign",
        ),
        "unit",
    ),
}
_OFFICE: dict[Action, Reach] = {
    **_DAILY,
    **_READS_ALL,
    **dict.fromkeys(
        (
            "see-messages",
            "see-calls",
            "see-contacts",
            "see-mailbox",
            "see-runs",
            "see-grants",
            "confirm",
            "return",
            "extend",
            "waive",
            "suspend",
            "reassign",
            "reset-due",
            "decide",
            "correct",
            "open-case",
            "open-ad-hoc",
            "close-case",
            "record-call",
            "record-minutes",
            "import",
            "grant",
            "edit-people",
            "edit-contacts",
            "hand-over",
        ),
        "all",
    ),
    # Lets a letter go up, or not; the register asks besides whether it was this person who was asked.
    "approve": "own",
}
_ADMIN: dict[Action, Reach] = dict.fromkeys(
    (
        "see-board",
        "see-plan",
        "see-people",
        "see-contacts",
        "see-messages",
        "see-mailbox",
        "see-runs",
        "edit-people",
        "edit-contacts",
        "revoke-sessions",
        "issue-tokens",
        "hold",
    ),
    "all",
)
# The most that a key of another program may be for; each has its own choice of these.
_PROGRAM: dict[Action, Reach] = dict.fromkeys(
    ("see-board", "see-occurrence", "see-statistics", "see-coming", "submit", "confirm", "open-ad-hoc"), "all"
)

MATRIX: Mapping[Part, Mapping[Action, Reach]] = {
    "staff": _DAILY,
    "head": _HEAD,
    "office": _OFFICE,
    "leadership": {**_DAILY, **_READS_ALL, "see-messages": "all", "see-calls": "all", "approve": "own"},
    "inspector": {**_READS_ALL, "see-grants": "own"},
    "admin": _ADMIN,
    "program": _PROGRAM,
}
# Nobody else sees a confidential case, so whoever works on it enters what is decided about it, too.
ON_CASE: frozenset[Action] = frozenset({"extend", "reset-due", "suspend", "decide", "correct", "close-case"})
_WIDTH: tuple[Reach, ...] = ("", "own", "unit", "all")


class Viewer(NamedTuple):
    """A person as of one local day. `units` are those they head; inspectors and admins need be of no unit."""

    person: str
    name: str
    unit: str
    parts: frozenset[Part]
    units: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()  # keys of confidential cases opened to this inspector


class Subject(NamedTuple):
    """What is looked at or acted on: whose it is and who is on it."""

    key: str
    party: str = ""  # unit or role id
    unit: str = ""  # the unit that the party is of
    people: frozenset[str] = frozenset()  # who answers for it now, at any step
    confidential: bool = False


def reach(viewer: Viewer, action: Action) -> Reach:
    """The widest that any of the viewer's parts allows; "" not at all."""
    return _widest(viewer.parts, action)


@lru_cache(maxsize=4096)  # every page asks for every line of its navigation
def _widest(parts: frozenset[Part], action: Action) -> Reach:
    return max((MATRIX[part].get(action, "") for part in parts), key=_WIDTH.index, default="")


def may(viewer: Viewer, action: Action, subject: Subject | None = None) -> bool:
    """Whether the viewer may do this to that subject; without one, whether to anything at all."""
    wide = reach(viewer, action)
    if subject is None:
        return bool(wide)
    on_it = viewer.person in subject.people
    if subject.confidential:
        works = on_it and (bool(wide) or (action in ON_CASE and bool(reach(viewer, "submit"))))
        return works or (bool(wide) and action == "see-occurrence" and subject.key in viewer.grants)
    if not wide:
        return False
    return on_it or wide == "all" or (wide == "unit" and subject.unit in viewer.units)
