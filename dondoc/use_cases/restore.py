"""Restore a backup: proven first, then put in place in one transaction, and sending held until somebody has looked.

What was sent between the backup and now is waiting in it as if it had not been: only a person can say what still holds.
"""

import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.register.archive import Manifest, read_book, read_manifest
from dondoc.register.book import Book
from dondoc.register.copying import replace_book
from dondoc.register.new_file import make_own_folder
from dondoc.register.outbox import SENDING
from dondoc.register.register import Register
from dondoc.register.zalo import ZaloAccount
from dondoc.use_cases.backup import KEPT
from dondoc.use_cases.ended_ways_in import end_again, ended_in
from dondoc.use_cases.hold import CLOCK, what_waits
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.watch_clock import STARTED
from dondoc.words import _
from dondoc.words.dates import office_moment

OWN = "restored-definitions"  # where definitions that lay outside the data folder are put for the office to look at


class Restored(NamedTuple):
    """`waiting` messages and notices are held. `definitions`: where folders from outside were laid, None for none."""

    made_at: str
    link: int
    waiting: int
    files: int
    definitions: Path | None


def restore(office: Office, file: Path, at: datetime, actor: str, *, replace: bool = False) -> Restored:
    """Refused over a register that holds anything unless `replace`. Whatever fails, the old book stays as it was."""
    office.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _opened(file) as archive, TemporaryDirectory(prefix=".restore-", dir=office.data) as scratch:
        manifest = read_manifest(archive)
        if manifest.agency != office.agency:
            raise Refused(
                _("Bản sao lưu này của cơ quan «{agency}».").format(agency=manifest.agency),
                _("Sổ ở đây của «{agency}».").format(agency=office.agency),
            )
        found = read_book(archive, manifest, Path(scratch) / "dondoc.db")
        files = _unpacked(archive, Path(scratch) / "files")
        office.register.migrate()
        try:
            waiting = _switch(office, found, manifest, at, actor, replace)
        finally:
            found.close()
        placed = [_place(office.data, Path(scratch) / "files", path) for path in files]
        own = any(path.parts[0] == "definitions" for path in files)
        return Restored(manifest.made_at, manifest.link, waiting, len(placed), office.data / OWN if own else None)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise Refused(
            _("{file} không phải bản sao lưu của Đôn Đốc.").format(file=file), _("Bản sao lưu do dondoc backup ghi ra.")
        ) from None
    with archive:
        yield archive


def _switch(office: Office, found: Register, manifest: Manifest, at: datetime, actor: str, replace: bool) -> int:
    with found.reading() as source, office.register.writing() as book:
        if not replace and (book.head().link or book.births()):
            raise Refused(
                _("Sổ ở {register} không trống.").format(register=office.register.describe()),
                _("Thêm --replace để thay toàn bộ sổ ấy bằng bản sao lưu (nên sao lưu sổ hiện có trước)."),
            )
        present, ended = book.zalo_accounts(), ended_in(book)
        replace_book(book, source.session)
        _keep_newer_tokens(book, present)
        end_again(book, ended, at)
        return _hold(office, book, manifest, at, actor)


def _keep_newer_tokens(book: Book, present: Sequence[ZaloAccount]) -> None:
    """A refresh token works once: the backup's was used up when the present one was made."""
    restored = {account.oa_id: account.generation for account in book.zalo_accounts()}
    for account in present:
        if account.generation > restored.get(account.oa_id, account.generation):
            book.put_zalo_account(account)


def _hold(office: Office, book: Book, manifest: Manifest, at: datetime, actor: str) -> int:
    book.put_setting(SENDING, "held")
    made_at = _local(office, datetime.fromisoformat(manifest.made_at))
    book.put_setting("held-reason", f"khôi phục từ bản sao lưu lúc {office_moment(made_at, made_at.tzinfo or UTC)}")
    # The clock of the backup's last sweep says nothing about this machine's.
    book.put_setting("last-sweep-at", None)
    book.put_setting(STARTED, None)
    book.put_setting(CLOCK, None)
    _end_what_was_under_way(book, at)
    payload = {"made_at": made_at.isoformat(), "link": manifest.link, "hash": manifest.hash}
    book.append([Fact("restored", "", "", at, local_day(office, at), actor, "cli", payload)])
    return what_waits(book, at)


def _local(office: Office, at: datetime) -> datetime:
    plan = next(iter(office.plans.values()), None)
    return at.astimezone(office.moments(plan).zone) if plan else at


def _end_what_was_under_way(book: Book, at: datetime) -> None:
    """The worker that sent it died with the old book, or settled it there: nobody here can say whether it arrived."""
    for record in book.deliveries(statuses=["sending"]):
        book.settle(record.delivery.id, "unknown", at, detail="lease")


def _unpacked(archive: zipfile.ZipFile, folder: Path) -> list[PurePosixPath]:
    """The office's files laid out below `folder`; a name that leads anywhere else is passed over."""
    paths = [PurePosixPath(name) for name in archive.namelist()]
    wanted = [path for path in paths if ".." not in path.parts and not path.is_absolute() and _ours(path)]
    for path in wanted:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)  # below a folder nobody else enters
        with archive.open(str(path)) as source, open(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            shutil.copyfileobj(source, out)
    return wanted


def _ours(path: PurePosixPath) -> bool:
    inside = len(path.parts) > 2 and path.parts[0] == "data" and path.parts[1] in KEPT
    return inside or (len(path.parts) > 2 and path.parts[0] == "definitions")


def _place(data: Path, unpacked: Path, path: PurePosixPath) -> Path:
    """Into the data folder, in one step each."""
    inside = path.parts[0] == "data"
    target = data.joinpath(*path.parts[1:]) if inside else data.joinpath(OWN, *path.parts[1:])
    make_own_folder(target.parent)
    os.replace(unpacked / path, target)
    return target
