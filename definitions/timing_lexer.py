"""Whole words for the grammar of timing phrases: "ngày" is the word, never the start of a longer one."""

import re
from collections.abc import Sequence

from lark import Token
from lark.lexer import PatternStr, TerminalDef

# One spelling for words that offices write in several ways.
SPELLINGS = {
    "hàng": "hằng", "quí": "quý", "qúy": "quý", "kì": "kỳ", "mồng": "mùng", "bẩy": "bảy", "lễ,tết": "lễ, tết",
}  # fmt: skip
# After "kể từ ngày", "trước khi" …: words with which the calendar speaks, and no act is named.
CALENDAR = (
    r"(ngày|khi|lúc|thời điểm|thời|làm việc|lv|thứ|chủ nhật|mùng|đầu|giữa|cuối|nghỉ|trước|sau|của|này|đó|tiếp theo"
    r"|kế|liền|gần|tới|tháng|quý|năm|kỳ|tuần|học kỳ|hạn|hết|các|mỗi|hằng|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|từ|đến|là"
    r"|hạn của|đối với|thì|và|nhưng|hoặc|riêng|nếu|trùng|báo cáo|khai giảng|có thể|được gia hạn"
    r"|kết thúc (tháng|quý|kỳ|năm|tuần|học|\d)|[a-z0-9]+(-[a-z0-9]+)+)(?![^\W\d_])"
)
LOOSE = ("UNSET", "ON_EVENT", "VAGUE")
_WORD = re.compile(r"[^\W\d_]+")


class Words:
    """Tokens by the terminals of a grammar: patterns in the file's order, then literal words."""

    def __init__(self, terminals: Sequence[TerminalDef], *, loose: bool = False) -> None:
        self.words = {str(t.pattern.value): t.name for t in terminals if isinstance(t.pattern, PatternStr)}
        self.patterns = [
            (t.name, re.compile(rf"(?:{t.pattern.value.replace('CALENDAR', CALENDAR)})(?![^\W\d_])"))
            for t in terminals
            if not isinstance(t.pattern, PatternStr) and (t.name in LOOSE) == loose
        ]

    def tokens(self, text: str) -> list[Token]:
        """All tokens, a strange word as one of type STRANGE."""
        found, at = [], 0
        while at < len(text):
            if text[at] == " ":
                at += 1
                continue
            found.append(self._token(text, at))
            at += len(found[-1])
        return found

    def _token(self, text: str, at: int) -> Token:
        for name, pattern in self.patterns:
            if found := pattern.match(text, at):
                return Token(name, found[0], at)
        word = _WORD.match(text, at)
        value = word[0] if word else text[at]
        return Token(self.words.get(value, "STRANGE"), value, at)


def respelled(text: str) -> str:
    """The text with one spelling for each word, a sentence's end as ";", and no space before a colon or comma."""
    text = re.sub(r"\. (?=[^\W\d])", "; ", text)
    text = _WORD.sub(lambda found: SPELLINGS.get(found[0], found[0]), text)
    return re.sub(r" ([,;:)])", r"\1", re.sub(r"\( ", "(", text))
