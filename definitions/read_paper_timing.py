"""The timing phrases and the vague words of a sentence. What a phrase means the grammar says."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
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
_STARTS = frozenset(
    (
        "chốt", "trước", "chậm", "muộn", "đến", "hết", "cho", "không", "ngày", "thứ", "chủ", "trong", "thời", "vào",
        "tối", "quý", "quí", "tháng", "sau", "kể", "tính", "từ", "ít", "mỗi", "hằng", "hàng", "đầu", "giữa",
        "cuối", "tuần", "mồng", "mùng", "năm", "học", "kỳ", "sáng", "chiều", "lúc", "sáu",
    )
)  # fmt: skip
_CALENDAR = re.compile(
    r"\d|\b(?:thứ|chủ nhật|ngày (?:làm việc )?(?:đầu|cuối)|quý [ivx]+|quí [ivx]+"
    r"|tháng (?:đầu|cuối|một|hai|ba|tư|giêng|chạp)|tuần (?:đầu|cuối|thứ)|học kỳ|năm học|lần)\b",
    re.IGNORECASE,
)
_LOOKS_LIKE_TIME = re.compile(
    r"\d{1,2} ?/ ?\d{1,2}(?: ?/ ?\d{4})?(?![\w/])|ngày \d{1,2}(?: tháng \d{1,2})?|(?:quý|quí) (?:[ivx]+|\d)\b"
    r"|tháng \d{1,2}\b|\d{1,3} (?:ngày|tuần|tháng|giờ)\b|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy) ",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d+\Z|(?:\d+|sáu|ba|một|hai) (?:tháng|năm|tuần|ngày|quý)(?: (?:đầu|cuối) năm)?\Z", re.IGNORECASE)
# A phrase never begins behind the word that its own first part hangs on.
_TORN = re.compile(r"\b(?:từ|đến|kể từ|tính từ|không|ít nhất|sau|riêng)\s\Z", re.IGNORECASE)
# Behind these an act is named in any words: "kể từ ngày được giao dự toán".
_ACT = re.compile(r"\b(?:kể từ|tính từ|từ khi|sau khi|trước khi|sau ngày|trước ngày (?=[^\W\d]))", re.IGNORECASE)
_NAMES_A_PERIOD = re.compile(r"(?:quý|quí|tháng|năm|đầu|giữa|cuối|học kỳ|sáu|\d)", re.IGNORECASE)
_SEAM = re.compile(r"[:()“”\"]|;(?!\s*riêng\b)|\.(?=\s|\Z)|\.\.+|…")


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
    found += _vague(text, [*clear, *((word.start, word.end) for word in found), *titles])
    found += _unknown(text, [*taken, *((word.start, word.end) for word in found)])
    return tuple(sorted(found, key=lambda word: word.start))


def _matches(pattern: re.Pattern[str], sort: Sort, text: str, taken: Sequence[tuple[int, int]]) -> list[TimeWord]:
    return [
        TimeWord(sort, match[0], match.start(), match.end())
        for match in pattern.finditer(text)
        if not _overlaps(match.start(), match.end(), taken)
    ]


def _vague(text: str, taken: Sequence[tuple[int, int]]) -> list[TimeWord]:
    """Words without a clock, with the reading that the grammar would ask for, where it knows them."""
    return [_with_reading(word) for word in _matches(_VAGUE, "vague", text, taken)]


def _with_reading(word: TimeWord) -> TimeWord:
    try:
        parse_phrase(word.words)
    except AmbiguousPhrase as error:
        return word._replace(key=_asked_for(error, word.words), expected=error.expected)
    except PhraseError:
        pass
    return word


def _asked_for(error: AmbiguousPhrase, words: str) -> str:
    """The key under which a definition gives the missing reading, as the error itself shows it."""
    key = re.search(r"reading: \{([^:{}]+):", error.hint)
    return key[1].strip() if key else words.lower()


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
        if missed > PATIENCE or not _may_go_on(text[start:end]):
            break
    return known


def _may_go_on(words: str) -> bool:
    """Whether more may follow: the last word is one of the grammar's, or an act is being named ("kể từ khi …")."""
    last = re.findall(r"[^\W\d_]+", words.rpartition(" ")[2].lower())
    return all(word in _vocabulary() for word in last) or bool(_ACT.search(words))


@cache
def _vocabulary() -> frozenset[str]:
    """Every word that the grammar's file speaks of, outside its comments."""
    text = Path(__file__).with_name("timing.lark").read_text(encoding="utf-8")
    return frozenset(re.findall(r"[^\W\d_]+", re.sub(r"//.*", "", text).lower())) | {"hàng", "quí", "bẩy", "mồng"}


def _same(word: TimeWord, longest: TimeWord) -> bool:
    return (word.sort, word.rule, word.key, word.days) == (longest.sort, longest.rule, longest.key, longest.days)


def _known(text: str, start: int, end: int) -> TimeWord | None:
    words = text[start:end].rstrip(" ,.;:")
    if not _CALENDAR.search(words) or _BARE.match(words) or _TORN.search(text[:start]):
        return None
    if re.match(r"đến ", words, re.IGNORECASE) and re.search(r"\btừ \S*\s?\d[^;.]*\Z", text[:start]):
        return None  # the end of "từ ngày … đến ngày …", whose beginning was not understood
    found = _parsed(words)
    if found and found.rule.startswith("During") and words.strip() != text.strip() and _NAMES_A_PERIOD.match(words):
        return None  # "kết quả quý I" names what is reported on, "trong quý I" says when
    return found._replace(words=words, start=start, end=start + len(words)) if found else None


@lru_cache(maxsize=20_000)
def _parsed(words: str) -> TimeWord | None:
    """What the grammar makes of words, without their place."""
    try:
        rule = parse_phrase(words).rule
    except AmbiguousPhrase as error:
        return TimeWord("ambiguous", words, 0, 0, key=_asked_for(error, words), expected=error.expected)
    except PhraseError:
        return None
    if type(rule).__name__ in ("Unset", "OnEvent"):
        return None  # found by their own words, not by what stands behind them
    days = getattr(rule, "days", ())
    on_event = "event" in [part for part in rule if isinstance(part, str)]
    count = len(days) if isinstance(days, tuple) else 1
    return TimeWord("dated", words, 0, 0, rule=f"{type(rule).__name__} {rule}", days=count, on_event=on_event)
