"""Evidence files: checked by what they are, kept under their own digest, never where a web server would run them."""

import hashlib
import io
import unicodedata
import zipfile
from pathlib import Path
from typing import NamedTuple

from dondoc.register.new_file import make_own_folder
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.write_whole import write_whole
from dondoc.words import _

FOLDER = "evidence"
LARGEST = 20 * 1024 * 1024  # bytes of one file
KINDS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
UNPACKED, MEMBERS = 200 * 1024 * 1024, 2000  # what a Word or Excel file may hold when it is opened
LONGEST_NAME = 120


class KeptFile(NamedTuple):
    """As the book names it: `str()` gives digest and name, `read_kept` takes them back."""

    sha256: str
    name: str

    def __str__(self) -> str:
        return f"{self.sha256}/{self.name}"


def read_kept(text: str) -> KeptFile:
    """A file's entry in the book; one that was never kept here has no digest."""
    digest, slash, name = text.partition("/")
    return KeptFile(digest, name) if slash and len(digest) == 64 else KeptFile("", text)


def keep_file(data: Path, name: str, content: bytes) -> KeptFile:
    """Keep a file in the data folder. Refused: empty, too large, or not of a kind an office files."""
    kind = _kind(content)
    if kind in ("docx", "xlsx"):
        _refuse_bomb(content)
    kept = KeptFile(hashlib.sha256(content).hexdigest(), _plain_name(name, kind))
    _write(path_of(data, kept.sha256), content)
    return kept


def path_of(data: Path, sha256: str) -> Path:
    """Where a kept file lies."""
    return data / FOLDER / sha256[:2] / sha256


def _kind(content: bytes) -> str:
    # Here and not above: only who hands in a file waits for it.
    import filetype

    if not content:
        raise Refused(_("Tệp trống."), _("Chọn lại tệp."))
    if len(content) > LARGEST:
        raise Refused(
            _("Tệp lớn hơn {n} MB.").format(n=LARGEST >> 20), _("Nén ảnh, hoặc ghi nơi lưu văn bản thay cho tệp.")
        )
    found = filetype.guess(content)
    kind = KINDS.get(found.mime if found else "")
    if kind is None:
        raise Refused(_("Tệp không phải PDF, ảnh (PNG, JPG), Word hay Excel."), _("Lưu thành PDF rồi gửi lại."))
    return kind


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Refused(_("Tệp Word hoặc Excel bị hỏng."), _("Mở lại tệp, lưu thành bản mới rồi gửi.")) from None
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise Refused(_("Tệp Word hoặc Excel quá lớn khi mở ra."), _("Lưu thành PDF rồi gửi lại."))


def _plain_name(name: str, kind: str) -> str:
    """The last part of a name, without what a terminal or a header would obey, ending as its content says."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    letters = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem = letters.rpartition(".")[0] or letters or "tep"
    return f"{stem[:LONGEST_NAME]}.{kind}"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all; the same content lies there once."""
    if path.exists():
        return
    make_own_folder(path.parent)
    write_whole(path, content)
