"""Personal data goes when its time is over or a document says so; the chain stays whole and tells of it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from office_samples import CENTRE, PLAN, TDC, Desk, acting, day, key, moment, report

from dondoc.core.facts import Fact
from dondoc.core.limits import Limits
from dondoc.register import verify_chain
from dondoc.register.connection import Sql
from dondoc.use_cases import erase as erasing
from dondoc.use_cases.act import Document
from dondoc.use_cases.checks import book
from dondoc.use_cases.checks.finding import Patient
from dondoc.use_cases.correct import correct
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.erase import Erased, erasable, erase, purge_register
from dondoc.use_cases.keep_file import keep_file, path_of
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.people_acts import acknowledge, reassign
from dondoc.use_cases.read_journal import read_journal
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.submit import submit
from dondoc.use_cases.waive import waive
from notifications.outcome import Outcome

PAPER = Document("77/QĐ-KHCN", date(2037, 7, 1))
NAME = "Nguyễn Thị Người Gửi"
LATER = datetime(2037, 7, 1, 2, tzinfo=UTC)
WHY = {"reason": "hết thời hạn lưu", "document": PAPER}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True)


def case_of(desk: Desk, *, closed: bool) -> str:
    if not desk.office.register.url.startswith("sqlite") or not desk.board("01/3"):
        open_plan(desk.office, PLAN, moment("18/2"))
    key = open_case(
        desk.office, PLAN, CaseOpening("ck-chuong-trinh-ke-hoach", day("01/3")), acting("01/3"), moment("01/3")
    ).key
    reassign(desk.office, key, "chanh-van-phong", f"{NAME} nghỉ ốm", acting("01/3"), moment("01/3"))
    if closed:
        waive(desk.office, key, f"{NAME} xin rút", acting("02/3"), moment("02/3"), Document("1/QĐ", day("02/3")))
    return key


def kept(desk: Desk, key: str) -> list[object]:
    return [f.payload["reason"] for f in desk.facts(key) if NAME in f.payload.get("reason", "")]


def intact(desk: Desk) -> bool:
    with desk.office.register.reading() as book:
        return verify_chain(book) == []


def test_past_its_time_a_closed_cases_personal_part_goes_and_the_book_says_so(either: Desk) -> None:
    key = case_of(either, closed=True)
    assert kept(either, key)
    assert erasable(either.office, LATER).facts == 2 and kept(either, key)
    done = erase(either.office, LATER, "chanh-van-phong-so", **WHY)
    assert done == Erased(2, 0, True) and not kept(either, key) and intact(either)
    fact = either.facts("")[-1]
    assert (fact.kind, fact.payload["document"], fact.payload["reason"]) == ("erased", "77/QĐ-KHCN", WHY["reason"])
    assert len(fact.payload["facts"]) == 2
    with pytest.raises(Refused, match="Không có gì"):
        erase(either.office, LATER, "chanh-van-phong-so", **WHY)


def test_no_byte_of_it_is_left_in_the_files(desk: Desk) -> None:
    key = case_of(desk, closed=True)
    files = [desk.office.data / name for name in ("dondoc.db", "dondoc.db-wal")]
    assert any(NAME.encode() in file.read_bytes() for file in files if file.exists())
    desk.office.register.close()
    assert erase(desk.office, LATER, "chanh-van-phong-so", **WHY).gone
    assert not any(NAME.encode() in file.read_bytes() for file in files if file.exists())
    assert desk.facts(key)


def test_a_reader_who_holds_the_file_is_told_of(desk: Desk) -> None:
    case_of(desk, closed=True)
    with desk.office.register.reading() as book:
        book.births()
        reading = erase(
            desk.office._replace(register=type(desk.office.register)(desk.office.register.url, patience=0.2)),
            LATER,
            "chanh-van-phong-so",
            **WHY,
        )
    assert not reading.gone


@pytest.mark.parametrize(("years", "erased"), [(15, 2), (16, 0)])
def test_the_offices_own_number_of_years_decides(desk: Desk, years: int, erased: int) -> None:
    case_of(desk, closed=True)
    office = desk.office._replace(limits=Limits(personal_years=years))
    assert erasable(office, LATER).facts == erased


def test_an_open_case_keeps_its_own_whatever_its_age_unless_it_is_named(desk: Desk) -> None:
    key = case_of(desk, closed=False)
    assert erasable(desk.office, LATER).facts == 0
    assert erase(desk.office, moment("03/3"), "x", keys=[key], **WHY).facts == 1  # the handover
    assert not kept(desk, key) and intact(desk)
    with pytest.raises(Refused, match="khong/co"):
        erase(desk.office, LATER, "x", keys=["khong/co"], **WHY)


def test_old_messages_lose_their_words_and_addresses_and_waiting_ones_do_not(either: Desk) -> None:
    open_plan(either.office, PLAN, moment("18/2"))
    either.office = either.office._replace(mail=BOX)
    either.sweep("24/5")
    outcomes = iter(["sent"] * 3)

    def send(delivery: object) -> Outcome:
        kind = next(outcomes, "temporary")
        return Outcome(kind, f"550 {delivery.address}")  # type: ignore[attr-defined, arg-type]

    at = moment("24/5")
    deliver(either.office, at, clock=lambda: at, send=send)
    submit(either.office, CENTRE, report("30/5"), acting("30/5"), moment("30/5", 9), "nop")
    assert erasable(either.office, moment("30/5")).deliveries == 0
    assert erase(either.office, datetime(2024, 6, 1, tzinfo=UTC), "x", **WHY).deliveries == 4  # one was withdrawn
    with either.office.register.reading() as book:
        for record in book.deliveries():
            d = record.delivery
            assert bool(d.address and d.subject and d.text and d.html) == (d.status not in ("sent", "withdrawn"))
            assert d.person and d.message_id
        sent = {r.delivery.id for r in book.deliveries() if r.delivery.status == "sent"}
        assert {bool(a.detail) for a in book.attempts() if a.delivery in sent} == {False}
    assert intact(either)


# --- what is erasable of each entry, and what stays as it was ---


def folded(desk: Desk) -> list[str]:
    """What does not follow from the facts."""
    return [f.said for check in (book.folds, book.agenda) for f in check(patient(desk)) if f.level != "ok"]


def patient(desk: Desk) -> Patient:
    return Patient(desk.office, moment("30/12"), moment("30/12"), {})


def everything_written(desk: Desk) -> str:
    with desk.office.register.reading() as read:
        return "\n".join(
            str(row) for name in ("fact", "personal") for row in read.session.rows(Sql(f"SELECT * FROM {name}"))
        )


def test_words_are_away_afterwards_and_all_else_stands_as_it_stood(either: Desk) -> None:
    open_plan(either.office, PLAN, moment("18/2"))
    either.sweep("24/5")
    act, at = acting("30/5"), moment("30/5", 9)
    submit(either.office, TDC, report("30/5", note=f"theo lời {NAME}", files=(f"{NAME}.pdf",)), act, at, "nop")
    return_step(either.office, TDC, f"{NAME} chưa ký", act, at, "nop")
    submit(either.office, TDC, report("31/5", note="x"), acting("31/5"), moment("31/5"), "nop")
    seq = next(f.seq for f in either.facts(TDC) if f.kind == "submitted")
    correct(either.office, TDC, seq, {"note": f"{NAME} (2)", "number": "13/BC"}, NAME, acting("31/5"), moment("31/5"))
    shown = read_journal(either.office, TDC)
    assert sum(NAME in entry.summary for entry in shown) == 3  # of files only their number is shown
    before = either.state(TDC)
    assert NAME in everything_written(either)
    assert erase(either.office, moment("31/5"), "x", keys=[TDC], **WHY).facts == 4
    assert NAME not in everything_written(either) and intact(either)
    after = either.state(TDC)
    assert [(s.status, s.done_on, s.epoch, s.rounds) for s in after.steps] == [
        (s.status, s.done_on, s.epoch, s.rounds) for s in before.steps
    ]
    first = after.step("nop").submissions[0]
    assert (first.number, first.note, first.files) == ("13/BC", "", ())
    assert not any(NAME in entry.summary for entry in read_journal(either.office, TDC))
    either.sweep("31/5", 10)
    assert folded(either) == []


CAMPAIGN = key("quan-triet-ke-hoach", "2022-02-18", "chi-cuc-tdc")


def test_of_a_campaign_the_people_are_forgotten_and_it_stays_finished(either: Desk) -> None:
    open_plan(either.office, PLAN, moment("18/2"))
    either.sweep("01/3")
    before = either.state(CAMPAIGN)
    people = [member.person for member in before.members]
    assert len(people) > 2
    acknowledge(either.office, CAMPAIGN, acting("02/3"), moment("02/3"), person=people[0])
    acknowledge(either.office, CAMPAIGN, acting("02/3"), moment("02/3"), all_but=people[1:2], minutes=f"do {NAME} ghi")
    with pytest.raises(Refused, match="chưa xoá được danh sách"):
        erase(either.office, moment("03/3"), "x", keys=[CAMPAIGN], **WHY)
    acknowledge(either.office, CAMPAIGN, acting("03/3"), moment("03/3"), person=people[1])
    done = either.state(CAMPAIGN)
    assert [m.person for m in done.members] == people and done.closed
    with pytest.raises(Refused, match="hết hiệu lực"):
        erase(either.office, moment("04/3"), "x", keys=[CAMPAIGN], **WHY)
    with either.office.register.reading() as read:
        chained = [
            row[0] for row in read.session.rows(Sql("SELECT payload FROM fact WHERE kind = 'population-changed'"))
        ]
    assert not any(person in text for text in chained for person in people)
    assert erase(either.office, LATER, "x", keys=[CAMPAIGN], **WHY).facts == 4
    after = either.state(CAMPAIGN)
    assert after.closed and len(after.members) == len(people) and not {m.person for m in after.members} & set(people)
    assert {m.status for m in after.members} == {"acknowledged"} and intact(either)
    assert either.sweep("04/3").notices == () or CAMPAIGN not in {n.occurrence for n in either.sweep("05/3").notices}


def test_half_a_campaign_is_never_forgotten(desk: Desk) -> None:
    """By rule an occurrence's parts go together, once the newest of them is past its time."""
    key_ = case_of(desk, closed=True)
    with desk.office.register.writing() as book_:
        on = date(2030, 1, 2)
        late = Fact("returned", key_, "", datetime(2030, 1, 2, 2, tzinfo=UTC), on, "x", "cli", {"reason": NAME})
        book_.append([late])
    assert erasable(desk.office, LATER).facts == 0
    assert erasable(desk.office, datetime(2046, 1, 1, tzinfo=UTC)).facts == 3


def test_a_file_goes_with_the_last_entry_that_names_it(desk: Desk) -> None:
    desk.sweep("24/5")
    shared, own = (keep_file(desk.office.data, f"{n}.pdf", PDF + n.encode()) for n in ("chung", "rieng"))
    act, at = acting("30/5"), moment("30/5", 9)
    submit(desk.office, TDC, report("30/5", files=(str(shared), str(own))), act, at, "nop")
    submit(desk.office, CENTRE, report("30/5", files=(str(shared),)), act, at, "nop")
    assert erasable(desk.office, at, [TDC]).files == 1
    assert erase(desk.office, at, "x", keys=[TDC], **WHY).files == 1
    assert not path_of(desk.office.data, own.sha256).exists() and path_of(desk.office.data, shared.sha256).exists()
    assert desk.facts("")[-1].payload["files"] == [own.sha256] and intact(desk)
    assert erase(desk.office, at, "x", keys=[CENTRE], **WHY).files == 1
    assert not path_of(desk.office.data, shared.sha256).exists()


def test_a_file_that_a_crash_left_lying_goes_with_the_next_purge(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sweep("24/5")
    kept_file = keep_file(desk.office.data, "a.pdf", PDF)
    submit(desk.office, TDC, report("30/5", files=(str(kept_file),)), acting("30/5"), moment("30/5", 9), "nop")

    def die(_office: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(erasing, "forget_files", die)
        erase(desk.office, moment("30/5", 10), "x", keys=[TDC], **WHY)
    assert path_of(desk.office.data, kept_file.sha256).exists()
    purge_register(desk.office)
    assert not path_of(desk.office.data, kept_file.sha256).exists()


def test_a_message_that_another_channel_took_over_loses_its_words_too(desk: Desk) -> None:
    desk.office = desk.office._replace(mail=BOX)
    desk.sweep("24/5")
    at = moment("24/5")
    deliver(desk.office, at, clock=lambda: at, send=lambda _d: Outcome("permanent", "550"))
    with desk.office.register.writing() as book_:
        dead = [n.delivery for n in book_.notices(occurrences=[TDC]) if n.delivery]
        # As outbox.take_over leaves it: the notices wait again, the failed message is remembered apart.
        raw = book_.session.raw  # type: ignore[attr-defined]
        raw.execute("INSERT INTO passed_on SELECT key, 'email', delivery FROM notice WHERE delivery = ?", dead[:1])
        raw.execute("UPDATE notice SET delivery = NULL WHERE delivery = ?", dead[:1])
        raw.execute("UPDATE delivery SET status = 'replaced' WHERE id = ?", dead[:1])
    erase(desk.office, at, "x", keys=[TDC], **WHY)
    with desk.office.register.reading() as read:
        (left,) = read.deliveries(ids=dead[:1])
    assert left.delivery.text == "" and left.delivery.address == ""


def test_what_messages_quote_of_people_goes_with_them(either: Desk) -> None:
    """A request's reason, who has not read yet: beside its facts a notice keeps what it was to say."""
    either.office = either.office._replace(mail=BOX)
    open_plan(either.office, PLAN, moment("18/2"))
    either.sweep("24/5")
    at = moment("24/5")
    deliver(either.office, at, clock=lambda: at, send=lambda _d: Outcome("sent"))
    with either.office.register.writing() as book_:
        (sent,) = [n for n in book_.notices(occurrences=[TDC]) if n.delivery]
        quoting = Sql("UPDATE notice SET details = :details WHERE key = :key")
        book_.session.change(quoting, details=f'{{"reason": "{NAME}"}}', key=sent.notice.key)
    assert erase(either.office, at, "x", keys=[TDC], **WHY).deliveries == 1
    with either.office.register.reading() as read:
        assert {repr(n.notice.details) for n in read.notices(occurrences=[TDC])} == {"{}"}
    assert either.office.register.url.startswith("postgres") or purge_register(either.office)


def test_erasing_a_confidential_case_is_explained_by_a_papers_number(desk: Desk) -> None:
    case = open_case(desk.office, PLAN, CaseOpening("to-cao", day("01/3")), acting("01/3"), moment("01/3")).key
    with desk.office.register.writing() as book_:
        on = day("01/3")
        book_.append([Fact("looked", case, "", moment("01/3"), on, "giam-doc-so", "portal", {"place": "10.1.2.3"})])
    with pytest.raises(Refused, match="không được là lời tự viết"):
        erase(desk.office, moment("02/3"), "van-phong", keys=[case], reason=f"bà {NAME} xin xoá", document=PAPER)
    assert "10.1.2.3" in everything_written(desk)
    done = erase(desk.office, moment("02/3"), "van-phong", keys=[case], reason="77/QĐ-KHCN", document=PAPER)
    assert done.facts == 1 and "10.1.2.3" not in everything_written(desk) and intact(desk)


def test_the_limits_that_ship_are_those_the_program_falls_back_on(desk: Desk, tmp_path: Path) -> None:
    from definitions.limits import load_limits
    from definitions.problem import DefinitionError
    from definitions.schema_office import LimitsFile
    from dondoc.use_cases.office import SHIPPED

    assert Limits(**LimitsFile().model_dump()) == Limits()
    assert load_limits([tmp_path]) == load_limits([tmp_path, SHIPPED]) == desk.office.limits == Limits()
    (tmp_path / "limits.yaml").write_text("personal-years: 20\n", encoding="utf-8")
    assert load_limits([tmp_path, SHIPPED]) == Limits(personal_years=20)
    (tmp_path / "limits.yaml").write_text("personal-year: 20\nmessages-years: 0\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as wrong:
        load_limits([tmp_path])
    assert "limits.yaml:1" in str(wrong.value) and "limits.yaml:2" in str(wrong.value)
