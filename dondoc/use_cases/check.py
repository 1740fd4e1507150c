"""Check named occurrences: do what is missing as of `at`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dondoc.core.phase import Standing, stand
from dondoc.use_cases.apply import Applied, check_in
from dondoc.use_cases.explain_decision import explain_decision
from dondoc.use_cases.office import Office


class Checked(NamedTuple):
    key: str
    standing: Standing
    told: int
    markdown: str  # the decision, as people read it


def check(office: Office, keys: Sequence[str], at: datetime, via: str) -> list[Checked]:
    """One transaction. Twice at the same `at` writes nothing the second time."""
    with office.register.writing() as book:
        return [checked(office, applied, at) for applied in check_in(office, book, keys, at, via, entered=False)]


def checked(office: Office, applied: Applied, at: datetime) -> Checked:
    scene = applied.scene
    standing = stand(scene.obligation, applied.decision.after, scene.world.moments, at)
    text = explain_decision(office, scene, applied.decision, standing)
    return Checked(scene.birth.key, standing, len(applied.notices), text)
