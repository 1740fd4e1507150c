"""What the register says when it cannot go on: one sentence, no traceback."""

import sqlite3
from typing import Literal

from dondoc.words import _

RegisterProblem = Literal["missing", "busy", "full", "unreachable", "foreign", "damaged", "refused", "newer", "older"]


class RegisterError(Exception):
    """The book could not be read or written; nothing of the transaction was kept. `problem` is for programs."""

    def __init__(self, problem: RegisterProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


_SAID: dict[RegisterProblem, str] = {
    "busy": "Sổ theo dõi đang bận: một tiến trình khác giữ quyền ghi quá lâu. Hãy thử lại sau ít phút.",
    "full": "Không ghi được sổ theo dõi: đĩa đầy hoặc lỗi đĩa. Hãy giải phóng dung lượng rồi thử lại; "
    "không có gì bị ghi dở dang.",
    "missing": "Chưa có sổ theo dõi ở nơi đã chỉ. Hãy chạy `dondoc up` để tạo sổ, hoặc kiểm tra lại đường dẫn.",
    "damaged": "Tệp sổ theo dõi không đọc được: không phải cơ sở dữ liệu SQLite hoặc đã hỏng. "
    "Hãy khôi phục từ bản sao lưu.",
    "refused": "Không có quyền mở hoặc ghi sổ theo dõi. Hãy kiểm tra quyền của tệp, thư mục hoặc tài khoản.",
    "unreachable": "Không kết nối được tới cơ sở dữ liệu của sổ theo dõi. Hãy kiểm tra máy chủ và địa chỉ đã khai.",
    "foreign": "Cơ sở dữ liệu này là sổ của cơ quan khác.",
    "newer": "Sổ theo dõi đã được một phiên bản phần mềm mới hơn nâng lên.",
    "older": "Sổ theo dõi còn ở phiên bản cũ.",
}

_SQLITE: dict[str, RegisterProblem] = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_FULL": "full",
    "SQLITE_IOERR": "full",
    "SQLITE_CANTOPEN": "missing",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_READONLY": "refused",
    "SQLITE_PERM": "refused",
    "SQLITE_AUTH": "refused",
}

# SQLSTATE, the longest prefix first: words depend on the server's language, codes do not.
_POSTGRES: tuple[tuple[str, RegisterProblem], ...] = (
    ("55P03", "busy"),  # lock_not_available
    ("40", "busy"),  # deadlock, serialization failure
    ("53300", "busy"),  # too many connections
    ("53", "full"),
    ("58030", "full"),  # io_error
    ("42P01", "missing"),  # undefined_table
    ("3D", "missing"),  # no such database
    ("42501", "refused"),
    ("25006", "refused"),  # read-only
    ("28", "refused"),  # authentication
    ("XX", "damaged"),
    ("57P", "unreachable"),  # shutting down
    ("08", "unreachable"),
)


def in_words(error: Exception) -> RegisterError | None:
    """The driver's complaint as a sentence for people, its own words at the end; None: a mistake of ours."""
    problem = _of_sqlite(error) if isinstance(error, sqlite3.Error) else _of_postgres(error)
    return RegisterError(problem, f"{_(_SAID[problem])} ({' '.join(str(error).split())})") if problem else None


def _of_sqlite(error: sqlite3.Error) -> RegisterProblem | None:
    # Extended codes are the plain one with a tail: SQLITE_BUSY_SNAPSHOT, SQLITE_IOERR_WRITE.
    name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    return "missing" if "no such table" in str(error) else _SQLITE.get(name)


def _of_postgres(error: Exception) -> RegisterProblem | None:
    state = getattr(error, "sqlstate", None) or ""
    if state:
        return next((problem for prefix, problem in _POSTGRES if state.startswith(prefix)), None)
    # A connection that was not made, or that broke, carries no code.
    return "unreachable" if type(error).__name__ == "OperationalError" else None
