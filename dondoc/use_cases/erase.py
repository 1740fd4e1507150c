"""Erase personal data by rule or by decision; the chain stays whole and tells that it was done, by which document."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from dondoc.core.facts import Fact
from dondoc.register.book import Book
from dondoc.register.erasing import Erasing, purge
from dondoc.use_cases.act import Document
from dondoc.use_cases.discretion import refuse_words
from dondoc.use_cases.erase_files import forget_files, only_of
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather
from dondoc.words import _
from dondoc.words.dates import short_date

EVER = datetime(9999, 1, 1, tzinfo=UTC)


class Erased(NamedTuple):
    """Entries and messages emptied, files removed. `gone`: no old bytes are left in the database's files."""

    facts: int
    deliveries: int
    gone: bool = True
    files: int = 0


class _Found(NamedTuple):
    seqs: tuple[int, ...]
    deliveries: tuple[str, ...]
    files: tuple[str, ...] = ()  # SHA-256
    keys: tuple[str, ...] = ()  # occurrences


def erasable(office: Office, at: datetime, keys: Sequence[str] = ()) -> Erased:
    """What `erase` would empty; reads only."""
    with office.register.reading() as book:
        found = _find(office, book, at, keys)
    return Erased(len(found.seqs), len(found.deliveries), False, len(found.files))


def erase(
    office: Office, at: datetime, actor: str, *, reason: str, document: Document, keys: Sequence[str] = ()
) -> Erased:
    """Empty what is past the office's limits, or all that is personal of the occurrences `keys`, whatever its age.

    By rule an open case keeps its own. Refused for an unknown key, and where there is nothing to erase.
    """
    with office.register.writing() as book:
        found = _find(office, book, at, keys)
        if not found.seqs and not found.deliveries:
            raise Refused(_("Không có gì phải xoá."), _("Thời hạn giữ đặt trong limits.yaml."))
        said = Fact(
            "erased", "", "", at, local_day(office, at), actor, "cli", {"reason": reason, "document": document.number}
        )
        for scene in gather(office, book, keys):
            refuse_words(office.directory, scene.plan, scene.obligation, [said])
        book.erase_personal(found.seqs, at)
        erasing = Erasing(book.session, book.agency)
        erasing.empty_deliveries(found.deliveries)
        erasing.empty_withdrawn(found.keys)
        if not keys:
            erasing.forget_writers(_years_before(at, office.limits.messages_years))
            book.forget_credentials(_years_before(at, office.limits.messages_years))  # places and browsers of sessions
        payload = {
            "facts": list(found.seqs),
            "deliveries": len(found.deliveries),
            **({"files": list(found.files)} if found.files else {}),
            "reason": reason,
            "document": document.number,
            "on": document.on.isoformat(),
        }
        book.append([Fact("erased", "", "", at, local_day(office, at), actor, "cli", payload)])
    forget_files(office)
    return Erased(len(found.seqs), len(found.deliveries), purge(office.register), len(found.files))


def purge_register(office: Office) -> bool:
    """No old bytes of what was erased are left in the database's files; False while somebody else reads."""
    forget_files(office)
    return purge(office.register)


def _find(office: Office, book: Book, at: datetime, keys: Sequence[str]) -> _Found:
    erasing = Erasing(book.session, book.agency)
    if keys:
        return _of_keys(office, book, erasing, at, keys)
    old = erasing.personal_before(_years_before(at, office.limits.personal_years))
    still_open = {
        scene.birth.key
        for scene in gather(office, book, sorted({key for _seq, key in old if key}))
        if not scene.occurrence.closed
    }
    seqs = tuple(seq for seq, key in old if key not in still_open)
    settled = erasing.settled_before(_years_before(at, office.limits.messages_years))
    gone = sorted({key for seq, key in old if key and key not in still_open})
    return _Found(seqs, tuple(settled), tuple(only_of(book, set(seqs))), tuple(gone))


def _of_keys(office: Office, book: Book, erasing: Erasing, at: datetime, keys: Sequence[str]) -> _Found:
    known = {birth.key for birth in book.births(keys=list(keys))}
    if unknown := sorted(set(keys) - known):
        raise Refused(
            _("Sổ theo dõi không có kỳ thực hiện «{key}».").format(key=unknown[0]),
            _("Xem danh sách bằng: dondoc status"),
        )
    for scene in gather(office, book, sorted(known)):
        _refuse_running_campaign(office, scene, at)
    seqs = tuple(seq for seq, key in erasing.personal_before(EVER) if key in known)
    deliveries, files = erasing.settled_of(sorted(known)), only_of(book, set(seqs))
    return _Found(seqs, tuple(deliveries), tuple(files), tuple(sorted(known)))


def _refuse_running_campaign(office: Office, scene: Scene, at: datetime) -> None:
    """Without its list of people a campaign would ask all of them again."""
    on = scene.world.moments.day_of(at)
    if scene.obligation.population and (not scene.occurrence.closed or on <= scene.plan.valid_to):
        raise Refused(
            _("«{key}» còn theo dõi ai đã đọc, ai mới đến: chưa xoá được danh sách ấy.").format(key=scene.birth.key),
            _("Xoá sau khi mọi người đã xác nhận và kế hoạch hết hiệu lực ({day}).").format(
                day=short_date(scene.plan.valid_to)
            ),
        )


def _years_before(at: datetime, years: int) -> datetime:
    """The same day so many years ago; 29 February becomes the 28th."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)
