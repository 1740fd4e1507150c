"""Back up: the book as of one moment, and the files of the data folder that no other copy holds."""

import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

from dondoc.register.archive import write_book
from dondoc.register.sealed import KEY_FILE
from dondoc.use_cases.office import SHIPPED, Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.verify_journal import JournalHead
from dondoc.words import _

KEPT = ("definitions", "evidence")  # folders of the data folder; everything else there can be made again
BACKED_UP = "last-backup-at"


class BackedUp(NamedTuple):
    """`key_apart`: the secret key lies in the data folder, and is on purpose not in the file."""

    file: Path
    size: int  # bytes
    rows: int
    files: int
    head: JournalHead
    key_apart: bool


def backup(office: Office, file: Path, at: datetime) -> BackedUp:
    """Online: others go on writing. The file appears whole or not at all; Refused where there is one already."""
    if file.exists():
        raise Refused(_("Đã có tệp {file}.").format(file=file), _("Chọn tên khác, chẳng hạn ghi ngày vào tên tệp."))
    handle, draft = mkstemp(prefix=f".{file.name}.", dir=file.parent)  # 0600: names and addresses lie in it
    try:
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                manifest = write_book(office.register, archive, at.astimezone(UTC).isoformat())
                files = _put_files(office, archive)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        raise Refused(_("Đã có tệp {file}.").format(file=file), _("Chọn tên khác.")) from None
    finally:
        os.unlink(draft)
    with office.register.writing() as book:
        book.put_setting(BACKED_UP, at.isoformat())
    rows = sum(table["rows"] for table in manifest.tables.values())
    head = JournalHead(manifest.link, manifest.hash, None)
    return BackedUp(file, file.stat().st_size, rows, files, head, (office.data / KEY_FILE).exists())


def _put_files(office: Office, archive: zipfile.ZipFile) -> int:
    # After the book: whatever a fact of it speaks of was on disk before that fact.
    count = 0
    for path, name in _files(office):
        archive.write(path, name)
        count += 1
    return count


def _files(office: Office) -> Iterator[tuple[Path, str]]:
    for kept in KEPT:
        for path in sorted((office.data / kept).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, f"data/{path.relative_to(office.data).as_posix()}"
    own = [f for f in office.definitions if f != SHIPPED and not f.resolve().is_relative_to(office.data.resolve())]
    for number, folder in enumerate(own):
        for path in sorted(folder.rglob("*.yaml")):
            yield path, f"definitions/{number}/{path.relative_to(folder).as_posix()}"
