"""Opening what no calendar opens: a case by an event, an ad-hoc obligation by an incoming document."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from definitions.canonical import canonical, digest
from dondoc.core.directory import Directory
from dondoc.core.due import due_decided
from dondoc.core.facts import Fact
from dondoc.core.occurrence import Birth, Round
from dondoc.core.period import Period
from dondoc.core.plan import Basis, Citation, Ladder, Obligation, Plan, Step
from dondoc.core.schedule import birth_of
from dondoc.core.timing import SingleDate, Timing
from dondoc.register.book import Book, digest_of
from dondoc.use_cases.act import Act, Document, Recorded
from dondoc.use_cases.apply import check_in
from dondoc.use_cases.discretion import read_reference, refuse_words
from dondoc.use_cases.editions import in_force
from dondoc.use_cases.excluded import sealed
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.sealing import ready_to_seal
from dondoc.words import _

AD_HOC_LADDER = Ladder("dot-xuat", (3, 1, 0))


class CaseOpening(NamedTuple):
    """`reference` is the number people will read ("" numbers it).

    `accused` leaves every chain: persons, or roles by whoever holds them. There is no field for who complains, nor for
    what about: those stay in the paper file that bears the reference.
    """

    obligation: str
    event_on: date
    party: str = ""
    reference: str = ""
    accused: tuple[str, ...] = ()


def open_case(office: Office, plan_id: str, case: CaseOpening, act: Act, at: datetime) -> Recorded:
    """Open a case. Refused for an obligation that no event opens, an unknown party or accused, or a day ahead."""
    with office.register.reading() as book:
        plan = in_force(book, office, plan_id)  # an amendment that nobody applied yet opens no case
    obligation = _event_opened(plan, case.obligation)
    if case.event_on > office.moments(plan).day_of(at):
        raise Refused(_("Ngày phát sinh ở sau hôm nay."), _("Hãy ghi ngày nhận đơn hoặc ngày ban hành văn bản."))
    party = case.party or obligation.parties[0]
    if party not in obligation.parties and party not in office.directory.units:
        raise Refused(
            _("Không có đơn vị «{party}».").format(party=party),
            _("Các bên của nghĩa vụ này: {parties}.").format(parties=", ".join(obligation.parties)),
        )
    accused = _persons(office.directory, case.accused, case.event_on, office.moments(plan).day_of(at))
    given = read_reference(plan, obligation, case.reference)
    with office.register.writing() as book:
        if book.seen(act.request_key):
            return Recorded("", True, "đã ghi trước đó")
        reference = given or _number(book, plan, obligation, case.event_on)
        period = Period(case.event_on.isoformat(), f"{reference}", case.event_on, case.event_on)
        birth = birth_of(plan, obligation, period, party, office.calendar, event_on=case.event_on, since_at=at)
        key = f"{plan.id}/{obligation.id}/{reference.replace('/', '-')}/{party}"
        left_out = _sealed(office, book, accused) if accused or obligation.excludes else ()
        birth = birth._replace(key=key, reference=reference, excluded=left_out)
        return _open(office, book, birth, obligation, act, at)


def _sealed(office: Office, book: Book, accused: Sequence[str]) -> tuple[str, ...]:
    ready_to_seal(office, book)
    return sealed(office, accused)


def _persons(directory: Directory, named: Iterable[str], *days: date) -> tuple[str, ...]:
    """Refused for a name nobody bears: left out by a slip of the pen, the accused would be told."""
    found: dict[str, None] = {}
    for name in named:
        holders = [person for day in days if (person := directory.holder(name, day))]
        if name not in directory.persons and not holders:
            raise Refused(
                _("Không có người hoặc vai «{name}» để loại trừ.").format(name=name),
                _("Xem mã trong tệp tổ chức (organisation.yaml)."),
            )
        found |= dict.fromkeys([name] if name in directory.persons else holders)
    return tuple(found)


def _event_opened(plan: Plan, obligation_id: str) -> Obligation:
    known = {o.id: o for o in plan.obligations if o.kind == "event"}
    if obligation_id not in known:
        raise Refused(
            _("«{obligation_id}» không phải nghĩa vụ mở theo sự kiện.").format(obligation_id=obligation_id),
            _("Có thể mở: {known}.").format(known=", ".join(sorted(known))),
        )
    return known[obligation_id]


def _number(book: Book, plan: Plan, obligation: Obligation, event_on: date) -> str:
    taken = {b.reference for b in book.births(plan=plan.id, obligation=obligation.id)}
    stem = "".join(word[0] for word in obligation.id.split("-")).upper()
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}-{event_on.year}-{n:02}") not in taken)


def open_ad_hoc(
    office: Office,
    plan_id: str,
    title: str,
    document: Document,
    sender: str,
    last_on: date,
    by: str,
    act: Act,
    at: datetime,
) -> Recorded:
    """A duty that an incoming document imposes: number, date, sender and due, without a definition file."""
    plan = office.plan(plan_id)
    if by not in office.directory.roles and by not in office.directory.units:
        raise Refused(
            _("Không có vai hoặc đơn vị «{by}».").format(by=by), _("Xem các vai trong tệp tổ chức (organisation.yaml).")
        )
    obligation = _ad_hoc(title, document, sender, last_on, by)
    slug = "".join(c if c.isalnum() else "-" for c in document.number).strip("-").lower()
    due = due_decided(last_on, office.calendar, (f"decided-by {document}",))
    round_ = Round(1, "opened", at, due.last_on, due.target_on, due.unrolled_on, "external", str(document), due.why)
    with office.register.writing() as book:
        if book.seen(act.request_key):
            return Recorded("", True, "đã ghi trước đó")
        version = digest(canonical(obligation))
        book.put_versions({version: canonical(obligation)})
        birth = Birth(
            key=f"{plan.id}/viec-dot-xuat/{slug}/{by}",
            plan=plan.id,
            obligation=obligation.id,
            version=version,
            period=document.on.isoformat(),
            label=f"theo {document}",
            party=by,
            opens_at=at,
            reference=document.number,
            title=title,
            due_on=last_on,
            rounds=((obligation.steps[0].id, round_),),
        )
        return _open(office, book, birth, obligation, act, at, sender=sender)


def _ad_hoc(title: str, document: Document, sender: str, last_on: date, by: str) -> Obligation:
    step = Step(
        id="thuc-hien",
        title=title,
        by="unit.focal" if "." not in by else by,
        ask=f"Đề nghị thực hiện: {title}, theo văn bản số {document} của {sender}.",
        timing=Timing(f"chậm nhất ngày {last_on:%d/%m/%Y}", SingleDate(last_on, strict=False)),
        ladder=AD_HOC_LADDER,
        basis=Basis("external", str(document)),
        evidence=("document-number",),
    )
    cited = (Citation(f"Văn bản số {document}", title),)
    return Obligation("viec-dot-xuat", title, "đột xuất", "ad-hoc", cited, (step,), (by,))


def _open(
    office: Office, book: Book, birth: Birth, obligation: Obligation, act: Act, at: datetime, **payload: Any
) -> Recorded:
    book.put_versions({birth.version: canonical(obligation)})
    if not book.add_births([birth]):
        raise Refused(
            _("Đã có «{key}» trong sổ.").format(key=birth.key), _("Chọn số khác, hoặc ghi tiếp vào vụ việc đã có.")
        )
    opened = {name: value for name, value in payload.items() if value}
    opened["digest"] = digest_of([birth])
    entry = Fact("opened", birth.key, "", at, act.act_on, act.actor, act.via, opened)
    refuse_words(office.directory, office.plan(birth.plan), obligation, [entry])
    book.append([entry], request_key=act.request_key)
    applied = check_in(office, book, [birth.key], at, act.via)
    return Recorded(birth.key, False, "đã mở", tuple(n for one in applied for n in one.notices))
