"""What stands above the first part of a paper: its number, day, name, year and who issued it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from definitions.read_paper_lines import Line

_NUMBER = re.compile(r"Số\s*:\s*([^\s,;]*)", re.IGNORECASE)
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_TITLE = re.compile(r"(KẾ HOẠCH|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|HƯỚNG DẪN|QUY CHẾ|CHỈ THỊ)\b[\s:]*(.*)\Z")
_AGENCY = re.compile(r"(SỞ|UBND|ỦY BAN|UỶ BAN|TRƯỜNG|BỆNH VIỆN|CHI CỤC|TRUNG TÂM|PHÒNG|BAN|HĐND)\b")


class PaperHead(NamedTuple):
    """Empty or None where the paper does not say, or leaves a blank for the clerk's pen."""

    title: str
    number: str
    issued_on: date | None
    year: int | None
    agency: str


def paper_head(lines: Sequence[Line]) -> PaperHead:
    """The head of a paper from the lines before its first part."""
    title, day = _title(lines), _issued_on(lines)
    number = next((match[1] for line in lines if (match := _NUMBER.search(line.text))), "")
    agency = next((line.text for line in lines if line.text.isupper() and _AGENCY.match(line.text)), "")
    return PaperHead(title, number, day, _year(title, day), agency)


def _title(head: Sequence[Line]) -> str:
    for i, line in enumerate(head):
        if match := _TITLE.match(line.text):
            rest = match[2] or next((later.text for later in head[i + 1 : i + 2]), "")
            return f"{match[1].capitalize()} {rest[:1].lower()}{rest[1:]}".strip()[:300]
    return ""


def _issued_on(head: Sequence[Line]) -> date | None:
    for line in head:
        if (match := _DAY.search(line.text)) and len(line.text) < 80:
            try:
                return date(int(match[3]), int(match[2]), int(match[1]))
            except ValueError:
                return None
    return None


def _year(title: str, day: date | None) -> int | None:
    match = re.search(r"năm\s+(20\d{2})", title)
    return int(match[1]) if match else day.year if day else None
