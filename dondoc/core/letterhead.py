"""What stands at the head and the foot of every paper that the office sends; facts of the office, not of the form."""

from collections.abc import Mapping
from datetime import time
from typing import NamedTuple

DEFAULT = "default"


class Signature(NamedTuple):
    """Who signs: "TL. GIÁM ĐỐC" over "CHÁNH VĂN PHÒNG", and the role whose holder's name stands below."""

    capacity: str
    title: str
    role: str


class Letterhead(NamedTuple):
    """`signatures` and `copies` by paper, "default" for every other one."""

    parent: str
    agency: str
    short: str
    place: str
    sign: str  # in a paper's number: 05/SKHCN-VP
    drafter: str
    signatures: Mapping[str, Signature]
    copies: Mapping[str, tuple[str, ...]]
    urging_days: int = 2  # working days from a letter's day to its new term
    urging_hour: time = time(16)

    def signature(self, paper: str) -> Signature:
        return self.signatures.get(paper) or self.signatures[DEFAULT]

    def copies_of(self, paper: str) -> tuple[str, ...]:
        return self.copies.get(paper, self.copies.get(DEFAULT, ()))
