"""The timing phrases and the vague words of a sentence. What a phrase means the grammar says."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from definitions.read_paper_citations import citations
from definitions.timing_phrase import parse_phrase
from definitions.timing_words import AmbiguousPhrase, PhraseError

# "ambiguous": a date that offices read in more than one way; "pointer": the date stands in another document;
# "vague": a word without any clock; "unknown": it names a time, and the grammar does not know how.
Sort = Literal["dated", "ambiguous", "pointer", "event", "vague", "unknown"]
MAX_WORDS = 24
PATIENCE = 8

_POINTER = re.compile(
    r"(?:theo )?đúng (?:thời gian|thời hạn|thời điểm|hạn)(?: theo)? quy định|(?:theo|trong) thời (?:gian|hạn) quy định",
    re.IGNORECASE,
)
_EVENT = re.compile(r"khi (?:có |được |xảy ra )?(?:phát sinh|yêu cầu|chỉ đạo|thay đổi|văn bản mới)", re.IGNORECASE)
VAGUE = (
    "thường xuyên", "kịp thời", "định kỳ", "đúng quy định", "theo quy định", "đúng và trước hạn", "đúng tiến độ",
    "đúng thời hạn", "đúng hạn", "đột xuất", "tuần cuối tháng", "cuối tháng", "đầu tháng", "cuối quý",
    "đầu quý", "cuối năm", "đầu năm", "hằng ngày", "hàng ngày", "hằng tuần", "hàng tuần", "hằng tháng", "hàng tháng",
    "hằng quý", "hàng quý", "hằng năm", "hàng năm", "sớm nhất", "nhanh chóng", "khẩn trương", "tiếp tục", "từng bước",
    "ngay sau khi", "trong thời gian tới", "liên tục",
)  # fmt: skip
_VAGUE = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(VAGUE, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
# Words a timing phrase may begin with; each is tried with ever fewer of the words behind it.
_STARTS = frozenset((
    "trước", "chậm", "muộn", "đến", "hết", "cho", "không", "ngày", "thứ", "chủ", "trong", "thời", "vào", "tối",
    "quý", "quí", "tháng", "sau", "kể", "tính", "từ", "ít", "mỗi", "hằng", "hàng", "đầu", "giữa", "cuối",
    "tuần", "hạn", "xong", "hoàn", "nộp", "gửi", "mồng", "mùng", "năm", "học", "kỳ", "sáng", "chiều", "lúc",
    "sáu",
))  # fmt: skip
_CALENDAR = re.compile(
    r"\d|\b(?:thứ|chủ nhật|ngày (?:làm việc )?(?:đầu|cuối)|quý [ivx]+|quí [ivx]+"
    r"|tháng (?:đầu|cuối|một|hai|ba|tư|giêng|chạp)|tuần (?:đầu|cuối|thứ)|học kỳ|năm học)\b",
    re.IGNORECASE,
)
_LOOKS_LIKE_TIME = re.compile(
    r"\d{1,2} ?/ ?\d{1,2}(?: ?/ ?\d{4})?(?![\w/])|ngày \d{1,2}(?: tháng \d{1,2})?|(?:quý|quí) (?:[ivx]+|\d)\b"
    r"|tháng \d{1,2}\b|\d{1,3} (?:ngày|tuần|tháng|giờ)\b|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy) ",
    re.IGNORECASE,
)
_BARE_SPAN = re.compile(r"(?:\d+|sáu|ba|một|hai) (?:tháng|năm|tuần|ngày|quý)(?: (?:đầu|cuối) năm)?\Z", re.IGNORECASE)
_SEAM = re.compile(r"[;:()“”\"]|\.(?=\s|\Z)|\.\.+|…")


class TimeWord(NamedTuple):
    """One finding in a sentence: its words as they stand there, and where."""

    sort: Sort
    words: str
    start: int
    end: int
    rule: str = ""  # the name of the rule's kind, "" where there is none
    key: str = ""  # of an ambiguous phrase: the word whose reading is missing
    expected: str = ""  # and the readings to choose from
    days: int = 1  # how many days of a year a list of dates names
    on_event: bool = False  # counted from something that happens: it opens a case


@lru_cache(maxsize=4096)
def time_words(text: str) -> tuple[TimeWord, ...]:
    """Everything in a sentence that says when, in order; the days of cited documents are no dues."""
    cited = citations(text)
    taken = [(document.start, document.end) for document in cited]
    found = [*_matches(_POINTER, "pointer", text, taken)]
    found += _phrases(text, [*taken, *((word.start, word.end) for word in found)])
    titles = [(document.end, document.about_end) for document in cited]
    clear = [*taken, *((word.start, word.end) for word in found)]
    found += _matches(_EVENT, "event", text, clear)
    found += _matches(_VAGUE, "vague", text, [*clear, *((word.start, word.end) for word in found), *titles])
    found += _unknown(text, [*taken, *((word.start, word.end) for word in found)])
    return tuple(sorted(found, key=lambda word: word.start))


def _matches(pattern: re.Pattern[str], sort: Sort, text: str, taken: Sequence[tuple[int, int]]) -> list[TimeWord]:
    return [
        TimeWord(sort, match[0], match.start(), match.end())
        for match in pattern.finditer(text)
        if not _overlaps(match.start(), match.end(), taken)
    ]


def _unknown(text: str, taken: Sequence[tuple[int, int]]) -> list[TimeWord]:
    """What looks like a time and was not understood; "6 tháng, năm" behind "định kỳ" only names the periods."""
    found = _matches(_LOOKS_LIKE_TIME, "unknown", text, taken)
    return [word for word in found if not re.search(r"(?:định kỳ|kỳ|tổng kết|báo cáo) \Z", text[: word.start].lower())]


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _phrases(text: str, taken: Sequence[tuple[int, int]]) -> list[TimeWord]:
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    found: list[TimeWord] = []
    at = 0
    while at < len(words):
        phrase = _longest(text, words, at, taken) if _may_start(text, words[at]) else None
        if phrase:
            found.append(phrase)
            at = next((i for i in range(at, len(words)) if words[i][0] >= phrase.end), len(words))
        else:
            at += 1
    return found


def _may_start(text: str, word: tuple[int, int]) -> bool:
    first = text[word[0] : word[1]].lower().strip("(“\"',")
    return first in _STARTS or first[:1].isdigit()


def _longest(text: str, words: Sequence[tuple[int, int]], at: int, taken: Sequence[tuple[int, int]]) -> TimeWord | None:
    """The longest phrase from a word on that the grammar knows, cut back to what its rule needs."""
    start = words[at][0] + (len(text[words[at][0] :]) - len(text[words[at][0] :].lstrip("(“\"'")))
    seam = _SEAM.search(text, start)
    limit = seam.start() if seam else len(text)
    limit = min([limit, *(begin for begin, end in taken if end > start)])
    ends = [end for begin, end in words[at : at + MAX_WORDS] if begin < limit]
    known = _tried(text, start, [min(end, limit) for end in ends])
    if not known:
        return None
    longest = known[-1]
    return next(word for word in known if _same(word, longest))


def _tried(text: str, start: int, ends: Iterable[int]) -> list[TimeWord]:
    """What the grammar knows, shorter first; given up where eight more words brought nothing new."""
    known: list[TimeWord] = []
    missed = 0
    for end in ends:
        word = _known(text, start, end)
        missed = 0 if word else missed + 1
        known += [word] if word else []
        if missed > PATIENCE:
            break
    return known


def _same(word: TimeWord, longest: TimeWord) -> bool:
    return (word.sort, word.rule, word.key, word.days) == (longest.sort, longest.rule, longest.key, longest.days)


def _known(text: str, start: int, end: int) -> TimeWord | None:
    words = text[start:end].rstrip(" ,.;:")
    end = start + len(words)
    if not _CALENDAR.search(words) or _BARE_SPAN.match(words):
        return None
    try:
        rule = parse_phrase(words).rule
    except AmbiguousPhrase as error:
        key = re.search(r"reading: \{([^:{}]+):", error.hint)
        return TimeWord("ambiguous", words, start, end, key=key[1].strip() if key else words, expected=error.expected)
    except PhraseError:
        return None
    kind = type(rule).__name__
    if kind in ("Unset", "OnEvent"):
        return None  # found by their own words, not by what stands behind them
    days = getattr(rule, "days", ())
    return TimeWord(
        "dated",
        words,
        start,
        end,
        rule=str(rule),
        days=len(days) if isinstance(days, tuple) else 1,
        on_event="event" in [part for part in rule if isinstance(part, str)],
    )
