"""Back up: the book as of one moment, and the files of the data folder that no other copy holds."""

import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

from dondoc.register.archive import write_book
from dondoc.register.new_file import place_new
from dondoc.register.sealed import KEY_FILE
from dondoc.use_cases.office import SHIPPED, Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.verify_journal import JournalHead
from dondoc.words import _

KEPT = ("definitions", "evidence")  # folders of the data folder; everything else there can be made again
BACKED_UP = "last-backup-at"
CHANNELS = "channels.yaml"
PEOPLE = ("organisation.yaml", "contacts.yaml", CHANNELS, "zalo-templates.yaml", "limits.yaml")
OF_CHECKOUT = "di-kem"  # below definitions/ in the file: what lay beside the shipped plans


class BackedUp(NamedTuple):
    """`key_apart`: the secret key lies in the data folder, and is on purpose not in the file.

    `channels`: the ways out are in the file, with whatever passwords and tokens their addresses hold.
    """

    file: Path
    size: int  # bytes
    rows: int
    files: int
    head: JournalHead
    key_apart: bool
    channels: bool = False


def backup(office: Office, file: Path, at: datetime) -> BackedUp:
    """Online: others go on writing. The file appears whole or not at all; Refused where there is one already.

    A register that an older program left is backed up as it stands, so that it can be before it is brought up to date.
    """
    register = office.register.as_it_stands()
    if file.exists():
        raise Refused(_("Đã có tệp {file}.").format(file=file), _("Chọn tên khác, chẳng hạn ghi ngày vào tên tệp."))
    handle, draft = mkstemp(prefix=f".{file.name}.", dir=file.parent)  # 0600: names and addresses lie in it
    try:
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                manifest = write_book(register, archive, at.astimezone(UTC).isoformat())
                names = _put_files(office, archive)
            out.flush()
            os.fsync(out.fileno())
        place_new(Path(draft), file)
    except FileExistsError:
        raise Refused(_("Đã có tệp {file}.").format(file=file), _("Chọn tên khác.")) from None
    finally:
        Path(draft).unlink(missing_ok=True)
    with register.writing() as book:
        book.put_setting(BACKED_UP, at.isoformat())
    rows = sum(table["rows"] for table in manifest.tables.values())
    head = JournalHead(manifest.link, manifest.hash, None)
    key_apart, channels = (office.data / KEY_FILE).exists(), any(Path(name).name == CHANNELS for name in names)
    return BackedUp(file, file.stat().st_size, rows, len(names), head, key_apart, channels)


def _put_files(office: Office, archive: zipfile.ZipFile) -> list[str]:
    # After the book: whatever a fact of it speaks of was on disk before that fact.
    names = []
    for path, name in _files(office):
        archive.write(path, name)
        names.append(name)
    return names


def _files(office: Office) -> Iterator[tuple[Path, str]]:
    for kept in KEPT:
        for path in sorted((office.data / kept).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, f"data/{path.relative_to(office.data).as_posix()}"
    own = [f for f in office.definitions if f != SHIPPED and not f.resolve().is_relative_to(office.data.resolve())]
    for number, folder in enumerate(own):
        for path in sorted(folder.rglob("*.yaml")):
            yield path, f"definitions/{number}/{path.relative_to(folder).as_posix()}"
    if SHIPPED in office.definitions:
        yield from ((SHIPPED / name, f"definitions/{OF_CHECKOUT}/{name}") for name in _people_of(SHIPPED))


def _people_of(folder: Path) -> list[str]:
    """The office's own people and ways out where they lie beside the shipped plans: no other copy holds them."""
    found = [name for name in PEOPLE if (folder / name).is_file()]
    return found if {"contacts.yaml", CHANNELS} & set(found) else []
