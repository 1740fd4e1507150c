"""YAML 1.2 read from parser events: positions kept, duplicate keys refused, hostile input bounded.

Built from events with an explicit stack, so that neither nesting nor aliases can exhaust the machine, and without
YAML 1.1 surprises: `on` is a word, 12:30 is text, and a date reads the same quoted or not.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from definitions.problem import DefinitionError, Problem, relative, shown
from dondoc.words import _

MAX_BYTES = 1_000_000
MAX_NODES = 100_000  # after aliases are expanded
MAX_DEPTH = 24

Path_ = tuple[str | int, ...]
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}


class Source(NamedTuple):
    """A file's values, and where each key and item stands."""

    file: str
    data: Any
    marks: dict[Path_, tuple[int, int]]

    def problem(self, path: Path_, found: str, expected: str, hint: str = "") -> Problem:
        """A problem at a key path; an unknown path answers with its nearest known parent's place."""
        at = path
        while at and at not in self.marks:
            at = at[:-1]
        line, column = self.marks.get(at, (1, 1))
        return Problem(self.file, line, column, shown(path), found, expected, hint)


class _Refused(Exception):
    def __init__(self, mark: Any, found: str, expected: str, hint: str = "", path: Path_ = ()) -> None:
        self.args_ = (mark.line + 1, mark.column + 1, shown(path), found, expected, hint)


class _Frame:
    """One open collection: its value, and the key that waits for a value."""

    def __init__(self, value: Any, path: Path_, anchor: str | None) -> None:
        self.value, self.path, self.anchor = value, path, anchor
        self.key: str | None = None
        self.size = 1


def read_yaml(file: Path) -> Source:
    """Read one file. Raises DefinitionError with one problem where it cannot be read or is not clean YAML."""
    name = relative(file)
    try:
        raw = file.read_bytes()
    except OSError as error:
        found = _("không đọc được tệp ({strerror})").format(strerror=error.strerror)
        raise DefinitionError([Problem(name, 1, 1, "", found, _("một tệp đọc được"))]) from None
    return read_text(raw, name)


def read_text(raw: bytes, name: str) -> Source:
    """Read bytes as one YAML document; `name` stands in messages. Raises DefinitionError."""
    if len(raw) > MAX_BYTES:
        found = _("tệp {size:,} byte").format(size=len(raw))
        expected = _("nhiều nhất {bytes:,} byte").format(bytes=MAX_BYTES)
        raise DefinitionError([Problem(name, 1, 1, "", found, expected, _("Hãy tách tệp."))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DefinitionError([Problem(name, line, 1, "", _("không phải UTF-8"), _("văn bản UTF-8"))]) from None
    # Some systems write a letter and its accents as several code points; from here on every word has one form.
    return _parse(unicodedata.normalize("NFC", text), name)


def _parse(text: str, name: str) -> Source:
    builder = _Builder(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except _Refused as refused:
        raise DefinitionError([Problem(name, *refused.args_)]) from None
    except MarkedYAMLError as error:
        raise DefinitionError([_broken(name, text, error)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        found = _("YAML không đọc được ({error})").format(error=str(error).splitlines()[0])
        raise DefinitionError([Problem(name, 1, 1, "", found, _("YAML 1.2 đúng cú pháp"))]) from None
    return Source(name, builder.root, builder.marks)


def _broken(name: str, text: str, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    row = (text.splitlines() or [""])[min(line, text.count("\n") + 1) - 1 : line]
    tabbed = bool(row) and row[0].lstrip(" ").startswith("\t")
    hint = (
        _("Thụt dòng bằng dấu cách, không dùng phím Tab.")
        if tabbed
        else _("Xem lại thụt dòng, dấu hai chấm, ngoặc kép.")
    )
    return Problem(
        name,
        line,
        column,
        "",
        _("YAML sai cú pháp ({problem})").format(problem=error.problem),
        _("YAML 1.2 đúng cú pháp"),
        hint,
    )


class _Builder:
    def __init__(self, name: str) -> None:
        self.name, self.root, self.nodes, self.documents = name, None, 0, 0
        self.marks: dict[Path_, tuple[int, int]] = {}
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int]] = {}

    def take(self, event: Any) -> None:
        if isinstance(event, DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._open(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close(event)

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Refused(event.start_mark, _("tài liệu YAML thứ hai (---)"), _("mỗi tệp một tài liệu"))

    def _path(self) -> Path_:
        """The path of the value that comes next."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            return (*frame.path, len(frame.value))
        return (*frame.path, frame.key) if frame.key is not None else frame.path

    def _count(self, event: Any, size: int = 1) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise _Refused(
                event.start_mark,
                _("quá nhiều giá trị sau khi mở rộng bí danh"),
                _("nhiều nhất {nodes:,} giá trị").format(nodes=MAX_NODES),
            )

    def _waits_for_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _scalar(self, event: Any) -> None:
        self._count(event)
        self._untagged(event)
        if self._waits_for_key():
            self._begin_key(event)
            return
        value = _plain(event.value) if event.implicit[0] else event.value
        self._place(event, value, 1)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)

    def _untagged(self, event: Any) -> None:
        tag = getattr(event, "ctag", None) or event.tag
        if tag and str(tag) not in ("!", "tag:yaml.org,2002:str"):
            raise _Refused(
                event.start_mark,
                _("thẻ kiểu {tag}").format(tag=tag),
                _("giá trị không gắn thẻ kiểu (!…)"),
                path=self._path(),
            )

    def _begin_key(self, event: Any) -> None:
        frame, key = self.stack[-1], event.value
        if key in frame.value:
            raise _Refused(
                event.start_mark,
                _("khoá “{key}” ghi hai lần").format(key=key),
                _("mỗi khoá một lần"),
                _("Xoá một trong hai."),
                (*frame.path, key),
            )
        frame.key = key
        self.marks[(*frame.path, key)] = (event.start_mark.line + 1, event.start_mark.column + 1)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise _Refused(
                event.start_mark,
                _("bí danh *{anchor}").format(anchor=event.anchor),
                _("một neo & đứng trước nó"),
                path=self._path(),
            )
        if self._waits_for_key():
            raise _Refused(
                event.start_mark,
                _("bí danh *{anchor} làm khoá").format(anchor=event.anchor),
                _("khoá là chữ"),
                path=self._path(),
            )
        value, size = self.anchors[event.anchor]
        self._count(event, size)
        self._place(event, value, size)

    def _place(self, event: Any, value: Any, size: int) -> None:
        self.marks.setdefault(self._path(), (event.start_mark.line + 1, event.start_mark.column + 1))
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        frame.size += size
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None

    def _open(self, event: Any) -> None:
        self._count(event)
        self._untagged(event)
        if self._waits_for_key():
            raise _Refused(event.start_mark, _("khoá là một tập hợp"), _("khoá là chữ"), path=self._path())
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused(
                event.start_mark, _("lồng nhau quá sâu"), _("nhiều nhất {depth} tầng").format(depth=MAX_DEPTH)
            )
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        path = self._path()
        self.marks.setdefault(path, (event.start_mark.line + 1, event.start_mark.column + 1))
        self.stack.append(_Frame(value, path, event.anchor))

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        self._place(event, frame.value, frame.size)
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.value, frame.size)


def _plain(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema; days and times stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) <= 18 and not (len(text.lstrip("+-")) > 1 and text.lstrip("+-")[0] == "0"):
        return int(text)
    if _FLOAT.match(text) and not _INT.match(text):
        return float(text)
    return text


def need_list(source: Source) -> list[Any]:
    """The file's top value as a list. Raises DefinitionError."""
    if not isinstance(source.data, list):
        raise DefinitionError(
            [source.problem((), kind_of(source.data), _("một danh sách (các dòng bắt đầu bằng “- ”)"))]
        )
    return source.data


def need_mapping(source: Source) -> dict[str, Any]:
    """The file's top value as a mapping. Raises DefinitionError."""
    if not isinstance(source.data, dict):
        raise DefinitionError([source.problem((), kind_of(source.data), _("các cặp khoá: giá trị"))])
    return source.data


def kind_of(value: Any) -> str:
    """What a value is, in words for a message."""
    if value is None:
        return _("để trống")
    names = {dict: _("một nhóm khoá"), list: _("một danh sách"), str: f"“{value}”", bool: f"{value}".lower()}
    return names.get(type(value), f"{value}")
