"""A signed paper as lines of clean text, from a .txt or a .docx file. What cannot be read is refused in words."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from definitions.problem import DefinitionError, Problem
from dondoc.words import _

MAX_BYTES = 20_000_000  # the file as it lies on disk
MAX_CHARACTERS = 500_000  # of its text
MAX_LINES = 5_000

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Line(NamedTuple):
    """One paragraph of a .docx, or one line of a .txt; `apart`: an empty line, or a new paragraph, comes before it."""

    number: int
    text: str
    apart: bool
    cells: tuple[str, ...] = ()  # of a table's row; `text` is then their text in one line
    table: int = 0  # which table of the paper, from 1


def read_lines(file: Path) -> list[Line]:
    """The paper's lines that hold any text, NFC and single-spaced.

    Raises DefinitionError for a file that is too large, not UTF-8, an old .doc, locked by a password, or broken.
    """
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise refused(
            file,
            _("tệp nặng {size} MB").format(size=size // 1000000),
            _("không quá {bytes} MB").format(bytes=MAX_BYTES // 1000000),
        )
    start = file.open("rb").read(8)
    if start == _OLE:
        hint = _("Mở bằng Word, bỏ mật khẩu, lưu lại thành .docx.")
        raise refused(file, _("tệp Word kiểu cũ (.doc) hoặc có mật khẩu"), _("một tệp .docx không mật khẩu"), hint)
    if start.startswith(b"PK") or file.suffix.lower() == ".docx":
        from definitions.read_paper_docx import docx_lines  # python-docx only where a .docx is read

        return _bounded(file, docx_lines(file))
    return _bounded(file, _text_lines(file))


def refused(file: Path, found: str, expected: str, hint: str = "") -> DefinitionError:
    """A paper that cannot be read, as a problem of that file."""
    return DefinitionError([Problem(file.name, 1, 1, "", found, expected, hint)])


def neat(text: str) -> str:
    """NFC, without Markdown emphasis, invisible characters and odd spaces."""
    text = unicodedata.normalize("NFC", text).replace("**", "")
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co"))
    return " ".join("".join(kept).split())


def _text_lines(file: Path) -> Iterable[Line]:
    apart = True
    for number, raw in enumerate(_BREAKS.split(_decoded(file)), 1):
        text = neat(raw)
        if text:
            yield Line(number, text, apart)
        apart = not text


def _decoded(file: Path) -> str:
    raw = file.read_bytes()
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    hint = _("Lưu lại bằng bảng mã Unicode (UTF-8); chữ TCVN3, VNI phải chuyển sang Unicode trước.")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(
            file,
            _("không phải chữ UTF-8 (byte thứ {position})").format(position=error.start + 1),
            _("văn bản .txt UTF-8"),
            hint,
        ) from None
    if "\0" in text:
        raise refused(file, _("không phải tệp chữ"), _("văn bản .txt UTF-8 hoặc .docx"), hint)
    return text


def _bounded(file: Path, lines: Iterable[Line]) -> list[Line]:
    kept: list[Line] = []
    characters = 0
    for line in lines:
        kept.append(line)
        characters += len(line.text)
        if characters > MAX_CHARACTERS or len(kept) > MAX_LINES:
            expected = _("không quá {lines} dòng, {characters} chữ cái").format(
                lines=MAX_LINES, characters=MAX_CHARACTERS
            )
            raise refused(file, _("văn bản quá dài cho một bản kế hoạch"), expected, _("Tách phụ lục ra tệp riêng."))
    return kept
