"""Personal data goes when its time is over or a document says so; the chain stays whole and tells of it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from office_samples import CENTRE, PLAN, Desk, acting, day, moment, report

from dondoc.core.facts import Fact
from dondoc.core.limits import Limits
from dondoc.register import verify_chain
from dondoc.use_cases.act import Document
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.erase import Erased, erasable, erase
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import submit
from dondoc.use_cases.waive import waive
from notifications.outcome import Outcome

PAPER = Document("77/QĐ-KHCN", date(2037, 7, 1))
NAME = "Nguyễn Thị Người Gửi"
LATER = datetime(2037, 7, 1, 2, tzinfo=UTC)
WHY = {"reason": "hết thời hạn lưu", "document": PAPER}
BOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True)


def case_of(desk: Desk, *, closed: bool) -> str:
    if not desk.office.register.url.startswith("sqlite") or not desk.board("01/3"):
        open_plan(desk.office, PLAN, moment("18/2"))
    key = open_case(desk.office, PLAN, CaseOpening("to-cao", day("01/3")), acting("01/3"), moment("01/3")).key
    with desk.office.register.writing() as book:
        entry = Fact("decided", key, "", moment("01/3"), day("01/3"), "x", "test", {"personal": {"name": NAME}})
        book.append([entry])
    if closed:
        waive(desk.office, key, "đã rút đơn", acting("02/3"), moment("02/3"), Document("1/QĐ", day("02/3")))
    return key


def kept(desk: Desk, key: str) -> list[object]:
    return [f.payload["personal"] for f in desk.facts(key) if "personal" in f.payload]


def intact(desk: Desk) -> bool:
    with desk.office.register.reading() as book:
        return verify_chain(book) == []


def test_past_its_time_a_closed_cases_personal_part_goes_and_the_book_says_so(either: Desk) -> None:
    key = case_of(either, closed=True)
    assert kept(either, key)
    assert erasable(either.office, LATER).facts == 1 and kept(either, key)
    done = erase(either.office, LATER, "chanh-van-phong-so", **WHY)
    assert done == Erased(1, 0, True) and not kept(either, key) and intact(either)
    fact = either.facts("")[-1]
    assert (fact.kind, fact.payload["document"], fact.payload["reason"]) == ("erased", "77/QĐ-KHCN", WHY["reason"])
    assert len(fact.payload["facts"]) == 1
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


@pytest.mark.parametrize(("years", "erased"), [(15, 1), (16, 0)])
def test_the_offices_own_number_of_years_decides(desk: Desk, years: int, erased: int) -> None:
    case_of(desk, closed=True)
    office = desk.office._replace(limits=Limits(personal_years=years))
    assert erasable(office, LATER).facts == erased


def test_an_open_case_keeps_its_own_whatever_its_age_unless_it_is_named(desk: Desk) -> None:
    key = case_of(desk, closed=False)
    assert erasable(desk.office, LATER).facts == 0
    assert erase(desk.office, moment("03/3"), "x", keys=[key], **WHY).facts == 1
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
