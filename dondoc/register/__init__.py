"""The register: the office's book of facts and its folds, in SQLite or PostgreSQL."""

from dondoc.register.births import digest_of
from dondoc.register.book import Book
from dondoc.register.errors import RegisterError
from dondoc.register.register import Register
from dondoc.register.values import Attempt, DeliveryRecord, NoticeRecord, StepFold
from dondoc.register.verify import compare_folds, find_head, verify_chain

__all__ = [
    "Attempt",
    "Book",
    "DeliveryRecord",
    "NoticeRecord",
    "Register",
    "RegisterError",
    "StepFold",
    "compare_folds",
    "digest_of",
    "find_head",
    "verify_chain",
]
