"""organisation.yaml and contacts.yaml changed from the portal (docs/decisions/0021-people-in-files.md).

The files stay the truth: read, changed and written again with every comment kept, loaded whole before one replaces
the old one, and the change written down in the journal. What an address is never comes into the journal.
"""

import fcntl
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory, mkstemp
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from definitions.organisation import load_organisation
from definitions.problem import DefinitionError
from dondoc.core.facts import Fact
from dondoc.use_cases.act import Act
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_folder import CONTACTS, ORGANISATION, SHIPPED, people_folder
from dondoc.use_cases.refused import Refused
from dondoc.words import _

CONTACTS_FILE = CONTACTS[0]
MOVED_ALONG = ("channels.yaml", "zalo-templates.yaml")  # what else a people folder may hold

Change = Callable[[CommentedMap], None]


def change_people(office: Office, file: str, change: Change, entry: Mapping[str, Any], act: Act, at: datetime) -> bool:
    """Whether the file was changed: not for a request already entered, nor where nothing differs.

    Refused by `change`, where the result would not load, or where the folder cannot be written.
    """
    with _alone(office):
        with office.register.reading() as book:
            if book.seen(act.request_key):
                return False
        home = _home(office)
        before = _text(home, file)
        document = _load(before)
        change(document)
        after = _dump(document, before)
        if after == before:
            return False
        _check(home, file, after)
        told = Fact("people-changed", "", "", at, act.act_on, act.actor, act.via, {"file": file, **entry})
        with office.register.writing() as book:
            book.append([told], request_key=act.request_key)
            _write(home / file, after)  # last: what fails before it leaves both as they were
    return True


def row(like: CommentedSeq, values: Mapping[str, Any]) -> CommentedMap:
    """A new item in its neighbours' style; empty values are left out."""
    made = CommentedMap((name, value) for name, value in values.items() if value not in ("", None, False))
    if all(item.fa.flow_style() for item in like if isinstance(item, CommentedMap)):
        made.fa.set_flow_style()
    return made


def item(document: CommentedMap, part: str, id_: str, what: str) -> CommentedMap:
    """One unit, role or person of the file; Refused where there is none of that id."""
    for one in document.get(part) or ():
        if one.get("id") == id_:
            return one  # type: ignore[no-any-return]
    raise Refused(_("Không có {what} «{id}» trong tệp tổ chức.").format(what=what, id=id_), _("Tải lại trang."))


def part(document: CommentedMap, name: str) -> CommentedSeq:
    """A list of the file, made where it is missing or written on one line and empty."""
    if not document.get(name):
        document[name] = CommentedSeq()
    return document[name]  # type: ignore[no-any-return]


@contextmanager
def _alone(office: Office) -> Iterator[None]:
    """One change at a time, whichever process makes it."""
    with open(office.data / "people.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _home(office: Office) -> Path:
    """The office's own people folder; made in the data folder where the people are the shipped example's."""
    found = people_folder(office.definitions)
    if found == SHIPPED:
        found = office.data / "definitions"
        if found not in office.definitions:
            raise Refused(_("Cơ quan chưa có tệp tổ chức của mình."), _("Sao chép definitions/organisation.yaml."))
        _found(found)
    if not os.access(found, os.W_OK):
        raise Refused(_("Không ghi được vào thư mục {folder}.").format(folder=found), _("Báo quản trị hệ thống."))
    return found


def _found(home: Path) -> None:
    """Addresses first: the organisation's file is what makes a folder the people's."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (*MOVED_ALONG, CONTACTS_FILE, ORGANISATION):
        if (text := _text(SHIPPED, name)) and not (home / name).exists():
            _write(home / name, text)


def _text(home: Path, file: str) -> str:
    names = CONTACTS if file == CONTACTS_FILE else (file,)
    return next(((home / n).read_text(encoding="utf-8") for n in names if (home / n).is_file()), "")


def _yaml(text: str) -> YAML:
    """Writes as people do here; the indent of lists is the file's own."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes, yaml.width = True, 1 << 20
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    dash = next((line for line in text.splitlines() if line.lstrip(" ").startswith("- ")), "  - ")
    offset = len(dash) - len(dash.lstrip(" "))
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _load(text: str) -> CommentedMap:
    return _yaml(text).load(text) or CommentedMap()  # type: ignore[no-any-return]


def _dump(document: CommentedMap, before: str) -> str:
    out = io.StringIO()
    _yaml(before).dump(document, out)
    return out.getvalue()


def _check(home: Path, file: str, text: str) -> None:
    """Refused with every problem, where the folder would not load with this text in it."""
    with TemporaryDirectory(prefix="dondoc-people-") as draft:
        for name in (ORGANISATION, *CONTACTS):
            if (home / name).is_file():
                copyfile(home / name, Path(draft) / name)
        (Path(draft) / file).write_text(text, encoding="utf-8")
        try:
            load_organisation(Path(draft))
        except DefinitionError as wrong:
            said = "; ".join(f"{p.path}: {p.found}. {p.hint or p.expected}" for p in wrong.problems)
            raise Refused(said, _("Chưa ghi gì.")) from None


def _write(file: Path, text: str) -> None:
    """Whole or not at all, for the office's account alone where it is new."""
    handle, draft = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            os.chmod(draft, file.stat().st_mode & 0o777)
        os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
