"""The words of timing phrases: known forms, readings, numbers as words; and how a phrase that gives no rule is told."""

import re
import unicodedata
from difflib import SequenceMatcher

FORMS = (
    "trước ngày 05/6",
    "trước ngày 05/6 và ngày 10/11 của năm",
    "chậm nhất ngày 31/5",
    "đến hết ngày 31/5",
    "trước ngày 28/02/2022",
    "trước ngày 15 hằng tháng",
    "ngày 15 hằng tháng",
    "thứ 5 của tuần cuối tháng",
    "thứ 5 cuối cùng của tháng",
    "ngày làm việc cuối cùng của tháng",
    "ngày làm việc cuối cùng của quý",
    "ngày làm việc cuối cùng của 6 tháng",
    "ngày làm việc cuối cùng của năm",
    "ngày cuối cùng của năm",
    "ngày làm việc thứ 3 của tháng",
    "10 ngày kể từ ngày nhận",
    "10 ngày làm việc kể từ ngày ban hành",
    "trong thời hạn 10 ngày làm việc",
    "15 ngày làm việc trước bao-cao-nam",
    "đúng thời gian quy định",
    "khi có phát sinh",
)
# The words by which a definition may name its reading: the paper's own, or a short key.
READING_KEYS = {
    "last-week": "tuần cuối tháng",
    "timely": "kịp thời",
    "regularly": "thường xuyên",
    "periodically": "định kỳ",
    "as-prescribed": "đúng quy định",
}
# Words of a timed phrase that stay open: which period, whose level, which week.
CHOICE_KEYS = {"period": "kỳ", "tier": "cấp", "nth-week": "tuần thứ"}
WEEKDAYS = {"2": 0, "hai": 0, "3": 1, "ba": 1, "4": 2, "tư": 2, "bốn": 2, "5": 3, "năm": 3, "6": 4, "sáu": 4}
WEEKDAYS |= {"7": 5, "bảy": 5, "bẩy": 5}
ORDINALS = {"đầu": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PhraseError(ValueError):
    """A phrase that gives no rule: `expected` says what would, `hint` what to do."""

    def __init__(self, found: str, expected: str, hint: str = "") -> None:
        super().__init__(f"{found}. Cần: {expected}. {hint}".strip())
        self.found, self.expected, self.hint = found, expected, hint


class AmbiguousPhrase(PhraseError):
    """A phrase that offices read in more than one way, without a declared reading.

    `choice`: the vague word and the readings it may be given, where there is a closed list of them.
    """

    def __init__(
        self, found: str, expected: str, hint: str = "", choice: tuple[str, tuple[str, ...]] = ("", ())
    ) -> None:
        super().__init__(found, expected, hint)
        self.word, self.readings = choice


def clean(phrase: str) -> str:
    """NFC, lower case, single spaces, without closing punctuation or quotes."""
    text = " ".join(unicodedata.normalize("NFC", phrase).lower().split())
    return text.strip(" .;,:!?\"'“”").replace("qúy", "quý")


def slug(words: str) -> str:
    """Vietnamese words as an id: "thụ lý" → thu-ly."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "-".join(letters.split())


def nearest_forms(text: str, count: int = 3) -> list[str]:
    """The known forms that read most like a phrase, digits aside."""
    wanted = re.sub(r"\d+", "0", text)

    def likeness(form: str) -> float:
        return SequenceMatcher(None, wanted, re.sub(r"\d+", "0", form)).ratio()

    return sorted(FORMS, key=likeness, reverse=True)[:count]
