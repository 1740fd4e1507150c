"""The legal documents a paper names: kind, number and sign, day, issuing body, what each is about."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

KINDS = (
    "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Nghị quyết", "Thông tư liên tịch", "Thông tư", "Quyết định",
    "Quy định", "Quy chế", "Chỉ thị", "Kết luận", "Kế hoạch", "Công văn", "Công điện", "Hướng dẫn", "Thông báo",
    "Thông tri", "Chương trình", "Đề án", "Tờ trình", "Báo cáo", "Văn bản", "Lệnh", "Dự án",
)  # fmt: skip
# 171/QĐ-KHCN, 13-KH/BCĐ, 04/2015/NĐ-CP, 25/2018/QH14; a number alone is none.
_NUMBER = r"\d{1,6}(?:/\d{4})?\s?[-/]\s?[A-ZĐƯÔ][A-Za-zĐđƯư\d&]*(?:\s?[-/]\s?[A-ZĐƯÔ][A-Za-zĐđƯư\d&]*){0,4}"
_DAY = r"ngày\s+(\d{1,2})\s?(?:[/.-]|tháng)\s?(\d{1,2})\s?(?:[/.-]|năm)\s?(\d{4})"
# A law carries its name before its number: "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15".
_KIND = rf"(?:Bộ luật|Luật|Pháp lệnh)(?:\s+(?!số\b)[^\W\d]+){{1,12}}(?=\s+số\s)|{'|'.join(KINDS)}"
_HEAD = re.compile(rf"(?P<kind>{_KIND})\s+(?:số\s*:?\s*)?(?P<number>{_NUMBER})(?:,?\s*{_DAY})?", re.IGNORECASE)
# A law is often cited by its name alone: "Luật Khiếu nại năm 2011".
_LAW = re.compile(
    r"(?P<name>(?:Bộ luật|Luật)(?:\s+[A-ZĐÀ-Ỹ]\w*)(?:\s+\w+){0,8}?)\s+(?:năm\s+)?(?P<year>(?:19|20)\d{2})\b"
)
_BODY_ENDS = "về|ban hành|hướng dẫn|quy định|thực hiện|phê duyệt|sửa đổi|triển khai|phê chuẩn|công bố|giao|thành lập"
_BODY = re.compile(
    rf",?\s*của\s+(?P<body>[^;“\"(.]+?)(?=\s*(?:\(|“|\"|;|,|\.|\Z)|\s+(?:{_BODY_ENDS})\b)", re.IGNORECASE
)
_ABOUT_ENDS = re.compile(r";|\.\s|\.\Z|\)\s*,|, (?=(?:Luật|Nghị|Thông|Quyết|Chỉ|Kế)\w* )")
MAX_ABOUT = 400


class CitedDocument(NamedTuple):
    """One document as the paper cites it; "" and None where the paper does not say."""

    kind: str
    number: str
    issued_on: date | None
    body: str
    about: str
    places: tuple[str, ...]  # labels of the clauses that cite it; "Căn cứ" for the head of the paper
    start: int = 0
    end: int = 0  # in the text it was found in
    about_end: int = 0  # where the words about it end there


def citations(text: str, place: str = "") -> list[CitedDocument]:
    """Every citation of a text in order, the inner one of a citation inside another too."""
    heads = [*_HEAD.finditer(text)]
    found = [_document(text, match, place) for match in heads]
    taken = [(match.start(), match.end()) for match in heads]
    for match in _LAW.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            about = f"{match['name']} năm {match['year']}"
            found.append(CitedDocument("Luật", "", None, "", about, (place,), match.start(), match.end(), match.end()))
    return sorted(found, key=lambda document: document.start)


def merged(found: Iterable[CitedDocument]) -> list[CitedDocument]:
    """One entry a document, with all its places and the fullest words about it."""
    by_key: dict[str, CitedDocument] = {}
    for document in found:
        key = (document.number or document.about).lower()
        known = by_key.get(key)
        if known is None:
            by_key[key] = document
            continue
        by_key[key] = known._replace(
            issued_on=known.issued_on or document.issued_on,
            body=known.body or document.body,
            about=max(known.about, document.about, key=len),
            places=tuple(dict.fromkeys((*known.places, *document.places))),
        )
    return list(by_key.values())


def _document(text: str, match: re.Match[str], place: str) -> CitedDocument:
    rest = text[match.end() :]
    body = _BODY.match(rest)
    end = match.end() + (body.end() if body else 0)
    about = _about(text[end:])
    number = re.sub(r"\s", "", match["number"])
    kind = match["kind"][0].upper() + match["kind"][1:]
    said = body["body"].strip() if body else ""
    return CitedDocument(kind, number, _day(match), said, about, (place,), match.start(), end, end + len(about) + 2)


def _about(rest: str) -> str:
    stop = _ABOUT_ENDS.search(rest)
    return rest[: stop.start() if stop else len(rest)][:MAX_ABOUT].strip(" ,.;:")


def _day(match: re.Match[str]) -> date | None:
    day, month, year = match[3], match[4], match[5]
    try:
        return date(int(year), int(month), int(day)) if day else None
    except ValueError:
        return None
