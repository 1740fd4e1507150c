"""Who may do what: the table itself, row by row, and what a subject adds to it."""

from itertools import product
from typing import get_args

import pytest

from dondoc.core.rights import MATRIX, Action, Part, Subject, Viewer, may, reach

WRITES = {
    "submit", "nothing", "ask-extension", "not-mine", "acknowledge", "assign", "confirm", "return", "extend", "waive",
    "suspend", "reassign", "reset-due", "decide", "correct", "open-case", "open-ad-hoc", "close-case", "record-call",
    "import", "approve", "grant", "edit-people", "edit-contacts", "hand-over", "revoke-sessions", "issue-tokens",
    "hold", "record-minutes",
}  # fmt: skip
PARTS: tuple[Part, ...] = get_args(Part)
ACTIONS: tuple[Action, ...] = get_args(Action)


def viewer(*parts: Part, units: frozenset[str] = frozenset(), grants: frozenset[str] = frozenset()) -> Viewer:
    return Viewer("a", "A", "u", frozenset(parts), units, grants)


MINE = Subject("k", "u", "u", frozenset({"a"}))
OURS = Subject("k", "u", "u", frozenset({"b"}))
THEIRS = Subject("k", "v", "v", frozenset({"b"}))


def test_an_inspector_changes_nothing() -> None:
    assert not WRITES & MATRIX["inspector"].keys()
    assert set(ACTIONS) - WRITES == {action for action in ACTIONS if action.startswith("see-")}


def test_nobody_without_a_part_may_do_anything() -> None:
    assert not any(may(viewer(), action) for action in ACTIONS)


@pytest.mark.parametrize(("part", "action"), list(product(PARTS, ACTIONS)))
def test_the_reach_decides_whose_subject_it_may_be(part: Part, action: Action) -> None:
    wide = reach(viewer(part), action)
    who = viewer(part, units=frozenset({"u"}))
    assert may(who, action, MINE) == bool(wide)
    assert may(who, action, OURS) == (wide in ("unit", "all"))
    assert may(who, action, THEIRS) == (wide == "all")


@pytest.mark.parametrize("part", PARTS)
def test_a_confidential_case_is_for_those_on_it_alone(part: Part) -> None:
    hidden = THEIRS._replace(confidential=True)
    assert not any(may(viewer(part), action, hidden) for action in ACTIONS)
    assert may(viewer(part), "see-occurrence", hidden._replace(people=frozenset({"a"}))) == (part != "admin")


def test_a_grant_opens_one_case_to_be_read_and_no_more() -> None:
    granted = viewer("inspector", grants=frozenset({"k"}))
    hidden = THEIRS._replace(confidential=True)
    assert may(granted, "see-occurrence", hidden)
    assert not may(granted, "see-occurrence", hidden._replace(key="other"))
    assert not any(may(granted, action, hidden) for action in WRITES)  # type: ignore[arg-type]


def test_the_widest_of_several_parts_holds() -> None:
    assert reach(viewer("staff", "head"), "submit") == "unit"
    assert reach(viewer("staff", "office"), "submit") == "own"
