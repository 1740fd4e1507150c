"""Proving the book: every link, every commitment, every digest; and folds against facts."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from dondoc.core.facts import Fact
from dondoc.core.occurrence import Birth
from dondoc.register.births import OF_OPENING, OPENINGS, digest_of, read_birth
from dondoc.register.book import Book
from dondoc.register.chain import Entry, Head, commitment, link_hash
from dondoc.register.connection import Sql
from dondoc.register.values import StepFold
from dondoc.words import _

ENTRIES = Sql(
    "SELECT agency, seq, kind, occurrence, step, recorded_at, act_on, actor, via, payload, personal, corrects, link, "
    "hash FROM fact WHERE agency = :agency AND link > :after ORDER BY link LIMIT 2000"
)
OTHERS = Sql("SELECT COUNT(*) FROM fact WHERE agency <> :agency")
PERSONAL = Sql(
    "SELECT fact.seq, fact.personal, personal.salt, personal.payload, personal.erased_at FROM fact "
    "LEFT JOIN personal ON personal.seq = fact.seq WHERE fact.personal <> ''"
)
LOOSE_PERSONAL = Sql(
    "SELECT personal.seq FROM personal LEFT JOIN fact ON fact.seq = personal.seq "
    "WHERE fact.seq IS NULL OR fact.personal = ''"
)

ERASED = Sql("SELECT seq FROM personal WHERE erased_at IS NOT NULL ORDER BY seq")
TELLING_OF_ERASURES = Sql("SELECT payload FROM fact WHERE kind = 'erased'")
WITHOUT_OPENING = Sql(
    "SELECT birth.key FROM birth LEFT JOIN opening ON opening.id = birth.opening WHERE opening.id IS NULL ORDER BY 1"
)
VERSIONS = Sql("SELECT sha, body FROM version ORDER BY sha")
WITHOUT_VERSION = Sql(
    "SELECT DISTINCT birth.version FROM birth LEFT JOIN version ON sha = birth.version WHERE sha IS NULL ORDER BY 1"
)
END_OF = Sql("SELECT hash, recorded_at FROM fact WHERE agency = :agency AND link = :link")
LINKS_OF_HASH = Sql("SELECT link FROM fact WHERE agency = :agency AND hash = :hash")
TELLING_OF_BIRTHS = Sql("SELECT payload FROM fact WHERE kind IN ('plan-opened', 'opened')")

GENESIS = Head(0, "", "")
FoldFn = Callable[[Birth, list[Fact]], tuple[Sequence[StepFold], datetime | None]]


def verify_chain(book: Book) -> list[str]:
    """What is wrong with the book, in words for people; [] is intact.

    Finds every changed, removed, inserted or reordered fact, personal parts changed or emptied without an entry that
    says so, births that no fact vouches for, and definitions that are not what they were. Cutting off the newest facts
    together with the head's row leaves a shorter intact chain, and whoever rewrites everything another intact one:
    `find_head` compares with a head written down elsewhere.
    """
    return [*_links(book), *_personal(book), *_erasures(book), *_openings(book), *_versions(book)]


def verify_end(book: Book, links: int = 2000) -> list[str]:
    """As verify_chain, of the newest links alone: what an hourly look can afford."""
    end = book.head().link
    first = max(end - links, 0)
    before = book.session.rows(END_OF, agency=book.agency, link=first)
    start = Head(first, before[0][0], before[0][1]) if before else GENESIS
    return list(_links(book, start))


def find_head(book: Book, hash_: str, link: int = 0) -> list[str]:
    """What is wrong with the chain as seen from a head written down elsewhere; [] where it was once its end.

    With an intact chain the whole book up to there is what it was then: only a book rewritten from the first fact on
    has another hash at that link. `link` 0 is any.
    """
    found = [row[0] for row in book.session.rows(LINKS_OF_HASH, agency=book.agency, hash=hash_)]
    if found and link in (0, *found):
        return []
    if found:
        return [_("Mã băm đã ghi là của mắt xích {found}, không phải {link}.").format(found=found[0], link=link)]
    if link > book.head().link:
        return [
            _("Sổ chỉ có {count} mắt xích, đầu đã ghi ở mắt xích {link}: cuối sổ đã bị cắt.").format(
                count=book.head().link, link=link
            )
        ]
    return [_("Không mắt xích nào mang mã băm đã ghi: sổ này đã bị viết lại, hoặc là sổ khác.")]


def _links(book: Book, head: Head = GENESIS) -> Iterator[str]:
    at = head.link
    while rows := book.session.rows(ENTRIES, agency=book.agency, after=at):
        for row in rows:
            entry, at, written = Entry(*row[:12]), row[12], row[13]
            yield from _link(head, entry, at, written)
            head = Head(at, written, entry.recorded_at)
    if (kept := book.head()) != head:
        yield _("Đầu chuỗi ghi {kept} mắt xích, sổ có {found} hoặc cuối sổ khác: có bản ghi bị bỏ hay sửa.").format(
            kept=kept.link, found=head.link
        )
    if strangers := book.session.rows(OTHERS, agency=book.agency)[0][0]:
        yield _("Có {strangers} bản ghi mang tên cơ quan khác.").format(strangers=strangers)


def _link(head: Head, entry: Entry, link: int, written: str) -> Iterator[str]:
    if link != head.link + 1:
        yield _("Thiếu mắt xích {first} đến {last}.").format(first=head.link + 1, last=link - 1)
    if link_hash(head.hash, link, entry) != written:
        yield _("Mắt xích {link} (bản ghi {seq}): nội dung không khớp mã băm.").format(link=link, seq=entry.seq)
    if entry.recorded_at < head.recorded_at:
        yield _("Mắt xích {link} (bản ghi {seq}): ghi lúc {at}, trước mắt xích liền trước.").format(
            link=link, seq=entry.seq, at=entry.recorded_at
        )


def _personal(book: Book) -> Iterator[str]:
    for seq, promised, salt, payload, erased_at in book.session.rows(PERSONAL):
        erased = erased_at is not None and salt is None and payload is None
        if not erased and (salt is None or payload is None or commitment(salt, payload) != promised):
            yield _("Bản ghi {seq}: phần thông tin cá nhân không khớp cam kết trong sổ.").format(seq=seq)
    for (seq,) in book.session.rows(LOOSE_PERSONAL):
        yield _("Phần thông tin cá nhân {seq} không thuộc bản ghi nào.").format(seq=seq)


def _erasures(book: Book) -> Iterator[str]:
    told = {seq for row in book.session.rows(TELLING_OF_ERASURES) for seq in _listed(row[0], "facts")}
    for (seq,) in book.session.rows(ERASED):
        if seq not in told:
            said = _("Bản ghi {seq}: phần thông tin cá nhân bị xoá mà không có mục nào ghi việc xoá.")
            yield said.format(seq=seq)


def _versions(book: Book) -> Iterator[str]:
    for sha, body in book.session.rows(VERSIONS):
        if hashlib.sha256(body.encode()).hexdigest() != sha:
            yield _("Định nghĩa {sha}: lời văn đã lưu không khớp mã băm.").format(sha=sha[:12])
    for (sha,) in book.session.rows(WITHOUT_VERSION):
        yield _("Định nghĩa {sha}: có kỳ thực hiện theo định nghĩa này mà sổ không còn giữ.").format(sha=sha[:12])


def _openings(book: Book) -> Iterator[str]:
    for (key,) in book.session.rows(WITHOUT_OPENING):
        yield _("{key}: kỳ thực hiện không thuộc lần mở nào.").format(key=key)
    vouched = {_digest(row[0]) for row in book.session.rows(TELLING_OF_BIRTHS)} - {""}
    seen = set()
    for opening, count, digest in book.session.rows(OPENINGS):
        seen.add(digest)
        if _found_digest(book, opening, count) != digest:
            yield _("Lần mở {opening}: các kỳ thực hiện không còn như lúc mở.").format(opening=opening)
        if digest not in vouched:
            yield _("Lần mở {opening}: không có bản ghi nào trong sổ chứng cho {count} kỳ thực hiện.").format(
                opening=opening, count=count
            )
    if missing := len(vouched - seen):
        yield _("{missing} bản ghi mở kỳ không còn kỳ thực hiện tương ứng.").format(missing=missing)


def _digest(payload: str) -> str:
    try:
        return str(json.loads(payload).get("digest", ""))
    except (ValueError, AttributeError):
        return ""  # tampered with: the links have said so


def _listed(payload: str, name: str) -> list[int]:
    try:
        return list(json.loads(payload).get(name, ()))
    except (ValueError, TypeError, AttributeError):
        return []  # tampered with: the links have said so


def _found_digest(book: Book, opening: int, count: int) -> str:
    rows = book.session.rows(OF_OPENING, opening=opening)
    try:
        return digest_of(map(read_birth, rows)) if len(rows) == count else ""
    except (ValueError, TypeError, KeyError, AttributeError):
        return ""  # no longer a birth at all


def compare_folds(book: Book, fold_fn: FoldFn) -> list[str]:
    """Fold every occurrence's facts anew and say where steps or agenda differ; [] is the same."""
    facts, agenda = book.facts(), book.agenda()
    kept: dict[str, list[StepFold]] = {}
    for fold in book.steps():
        kept.setdefault(fold.key, []).append(fold)
    problems = []
    for birth in book.births():
        steps, next_at = fold_fn(birth, facts.get(birth.key, []))
        if list(steps) != kept.get(birth.key, []):
            problems.append(_("{key}: các bước đã lưu khác với các bước dựng lại từ sổ.").format(key=birth.key))
        if (next_at and next_at.replace(microsecond=0)) != agenda.get(birth.key):
            problems.append(_("{key}: lịch xem lại đã lưu khác với lịch dựng lại từ sổ.").format(key=birth.key))
    return problems
