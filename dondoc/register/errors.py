"""What the register says when it cannot go on: one sentence, no traceback."""

from collections.abc import Iterator
from typing import Literal

RegisterProblem = Literal["missing", "busy", "full", "unreachable", "foreign", "damaged", "refused"]


class RegisterError(Exception):
    """The book could not be read or written; nothing of the transaction was kept. `problem` is for programs."""

    def __init__(self, problem: RegisterProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


_BY_WORDS: tuple[tuple[str, RegisterProblem], ...] = (
    ("database is locked", "busy"),
    ("lock timeout", "busy"),
    ("deadlock detected", "busy"),
    ("could not serialize", "busy"),
    ("disk is full", "full"),
    ("no space left", "full"),
    ("disk i/o error", "full"),
    ("could not extend file", "full"),
    ("unable to open database", "missing"),
    ("no such table", "missing"),
    ("does not exist", "missing"),
    ("not a database", "damaged"),
    ("malformed", "damaged"),
    ("readonly database", "refused"),
    ("permission denied", "refused"),
    ("connect", "unreachable"),
    ("server closed", "unreachable"),
    ("terminating", "unreachable"),
)

_SAID: dict[RegisterProblem, str] = {
    "busy": "Sổ theo dõi đang bận: một tiến trình khác giữ quyền ghi quá lâu. Hãy thử lại sau ít phút.",
    "full": "Không ghi được sổ theo dõi: đĩa đầy hoặc lỗi đĩa. Hãy giải phóng dung lượng rồi thử lại; "
    "chưa có gì được ghi dở dang.",
    "missing": "Chưa có sổ theo dõi ở nơi đã chỉ. Hãy chạy `dondoc up` để tạo sổ hoặc kiểm tra lại đường dẫn.",
    "damaged": "Tệp sổ theo dõi không đọc được: không phải cơ sở dữ liệu SQLite hoặc đã hỏng. "
    "Hãy khôi phục từ bản sao lưu.",
    "refused": "Không có quyền ghi vào sổ theo dõi. Hãy kiểm tra quyền của tệp, thư mục hoặc tài khoản cơ sở dữ liệu.",
    "unreachable": "Không kết nối được tới cơ sở dữ liệu của sổ theo dõi. Hãy kiểm tra máy chủ và địa chỉ đã khai.",
    "foreign": "Cơ sở dữ liệu này là sổ của cơ quan khác.",
}


def in_words(error: Exception) -> RegisterError:
    """The driver's complaint as a sentence for people, its own words at the end."""
    said = " ".join(str(error).split())
    kinds: Iterator[RegisterProblem] = (kind for words, kind in _BY_WORDS if words in said.lower())
    problem = next(kinds, None) or "refused"
    return RegisterError(problem, f"{_SAID[problem]} ({said})")
