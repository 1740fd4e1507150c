"""Who a paper speaks of: units and roles of the organisation file by their names, other bodies by their look."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from dondoc.core.directory import Directory

_HEADS = (
    "Văn phòng", "Phòng", "Ban", "Sở", "Bộ", "Chi cục", "Cục", "Vụ", "Trung tâm", "Thanh tra", "Công đoàn", "Chi uỷ",
    "Chi ủy", "Chi bộ", "Đảng uỷ", "Đảng ủy", "Tỉnh uỷ", "Tỉnh ủy", "Huyện uỷ", "Huyện ủy", "Uỷ ban", "Ủy ban", "UBND",
    "HĐND", "Hội đồng", "Hội", "Liên đoàn", "Đoàn", "Tổ", "Trường", "Bệnh viện", "Trạm", "Khoa", "Bộ phận", "Mặt trận",
    "Giám đốc", "Phó Giám đốc", "Chánh Văn phòng", "Hiệu trưởng", "Chủ tịch", "Trưởng phòng",
)  # fmt: skip
_ALONE = (
    "Văn phòng",
    "Thanh tra",
    "Công đoàn",
    "Chi uỷ",
    "Chi ủy",
    "Chi bộ",
    "UBND",
    "HĐND",
    "Hiệu trưởng",
    "Giám đốc",
)
_UPPER = "A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
# A name is capital syllables, each with at most one small one behind it: Bộ Chính trị, Liên đoàn Lao động tỉnh.
_STOP = "và|của|chủ|thực|về|trong|định|phối|có|theo|gửi|ban|đúng|tham|triển|hướng|thuộc|là|cho|để|đã|được|với|trước|khi"
_NAME = rf"[{_UPPER}][\w&-]*(?: (?!(?:{_STOP})\b)[^\W\d{_UPPER}]\w*)?"
_BODY = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(sorted(_HEADS, key=len, reverse=True))})(?: (?:và )?{_NAME}){{1,6}}"
    r"(?: (?:tỉnh|huyện|xã|nhân dân))?"
    rf"|(?:{'|'.join(_ALONE)})(?: (?:tỉnh|huyện|xã|phường|cấp xã))?(?!\w))"
)
_ALL_UNITS = re.compile(
    r"(?<!\w)(?:các|từng|mỗi) (?:phòng|đơn vị|ban|khoa)(?:,? (?:và )?(?:phòng|đơn vị|ban|khoa|tổ(?! chức)))*(?!\w)",
    re.IGNORECASE,
)


class Party(NamedTuple):
    """A body as the paper calls it; `id` where the organisation file has it, "all-units" for all of its units."""

    words: str
    start: int
    id: str = ""
    is_unit: bool = False


def parties(text: str, directory: Directory | None) -> list[Party]:
    """The bodies named in a text, in order, each place once and the longest name first."""
    found: list[Party] = []
    for pattern, known, unit in (*_names(directory), (_ALL_UNITS, "all-units", True), (_BODY, "", False)):
        for match in pattern.finditer(text):
            if not any(other.start < match.end() and match.start() < other.start + len(other.words) for other in found):
                found.append(Party(match[0].strip(" ,"), match.start(), known, unit))
    return sorted(found, key=lambda party: party.start)


def doers(text: str, found: Iterable[Party]) -> list[Party]:
    """Those who stand where a sentence names who does it: at its start, in a list, behind "Giao", "do"."""
    ordered = [party for party in found if party.id]
    named: list[Party] = []
    for party in ordered:
        before = text[: party.start] if not named else text[named[-1].start + len(named[-1].words) : party.start]
        if not (_AND if named else _LEAD).fullmatch(before):
            break
        named.append(party)
    return named


_LEAD = re.compile(
    r"\W*(?:giao|đề nghị|yêu cầu|do|đồng thời|lãnh đạo|thủ trưởng|trưởng|người đứng đầu)?(?: (?:cho|các))?\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[,;]|và|,\s*và)?\s*")


def _names(directory: Directory | None) -> list[tuple[re.Pattern[str], str, bool]]:
    """Units before roles, longer names before shorter, so that "Thanh tra" does not hide "Thanh tra Sở"."""
    if directory is None:
        return []
    names = [(name, unit.id, True) for unit in directory.units.values() for name in (unit.name, unit.short) if name]
    names += [(role.title, role.id, False) for role in directory.roles.values()]
    # "Văn phòng Sở" is "Văn phòng" to its own staff; "Lãnh đạo Sở" is not just any "Lãnh đạo".
    names += [
        (re.sub(r" Sở\Z", "", title), id_, unit)
        for title, id_, unit in names
        if title.endswith(" Sở") and len(title) >= 12
    ]
    ordered = sorted(dict.fromkeys(names), key=lambda item: (-len(item[0]), not item[2]))
    return [(_pattern(name), id_, unit) for name, id_, unit in ordered if len(name) > 3]


def _pattern(name: str) -> re.Pattern[str]:
    """A name however its vowels carry their tone: "uỷ" and "ủy" are one word to a reader."""
    words = re.escape(unicodedata.normalize("NFC", name)).replace(r"\ ", r"\s+")
    for one, other in (("uỷ", "ủy"), ("hoà", "hòa"), ("khoá", "khóa")):
        words = words.replace(other, one).replace(one, f"(?:{one}|{other})")
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
