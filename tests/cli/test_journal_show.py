"""`dondoc journal show`: the book as a person reads it before putting an entry right."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest

from dondoc.cli.failures import DONE, WRONG
from dondoc.core.facts import Fact, FactKind
from dondoc.use_cases.act import Act
from dondoc.use_cases.correct import correct
from dondoc.use_cases.office import SHIPPED, open_office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.submit import Evidence, submit
from dondoc.words.catalogue import read_catalogue
from dondoc.words.journal import DECISIONS, FIELDS, KINDS

PLAN = "qcdc-2022"
KEY = f"{PLAN}/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"
AT = datetime(2022, 6, 2, 3, tzinfo=UTC)
ACT = Act("nguoi-ghi-so", "cli", date(2022, 6, 2))
EVIDENCE = Evidence(number="12/BC", signed_on=date(2022, 6, 1), kept_at="tủ A", note="Nguyễn Ai Đó")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A report handed in and corrected, and the key of a confidential case."""
    data = tmp_path_factory.mktemp("journal") / "data"
    data.mkdir()
    office = open_office(data, definitions=(SHIPPED,), editions=False)
    office.register.migrate()
    open_plan(office, PLAN, datetime(2022, 2, 18, 1, tzinfo=UTC), date(2022, 2, 18))
    submit(office, KEY, EVIDENCE, ACT, AT)
    with office.register.reading() as opened:
        seq = next(fact.seq for fact in opened.facts([KEY])[KEY] if fact.kind == "submitted")
    correct(office, KEY, seq, {"signed_on": "2022-05-31", "note": "Lê Ai Khác"}, "ghi nhầm", ACT, AT)
    secret = next(o for o in office.plan(PLAN).obligations if o.confidential and o.kind == "event")
    key = open_case(office, PLAN, CaseOpening(secret.id, date(2022, 6, 1)), ACT._replace(actor="van-phong"), AT).key
    # What an earlier version took, this one would refuse; it is not shown either.
    payload = {"number": "12/BC", "signed_on": "2022-06-01", "kept_at": "tủ A", "note": "Trần Bí Mật"}
    wrong = Fact("submitted", key, secret.steps[0].id, AT, ACT.act_on, ACT.actor, ACT.via, payload)
    with office.register.writing() as opened:
        (entered,) = opened.append([wrong])
        values = {"signed_on": "2022-05-31", "note": "Lê Ai Khác"}
        right = {"values": values, "old": {"signed_on": "2022-06-01"}, "reason": "Phạm Bị Cáo"}
        opened.append([wrong._replace(kind="corrected", payload=right, corrects=entered.seq)])
    office.register.close()
    return data, key


def _show(dondoc, book: tuple[Path, str], *arguments: str, **environment: str) -> str:
    place = ("--data", str(book[0]), "--definitions", str(SHIPPED))
    said = dondoc("journal", "show", *arguments, *place, **environment)
    assert said.code == DONE, said.err
    return said.out


def test_an_occurrences_entries_say_who_did_what_and_a_correction_shows_old_and_new(dondoc, book) -> None:
    entries = json.loads(_show(dondoc, book, KEY, "--json"))
    handed_in = next(e for e in entries if e["kind"] == "submitted")
    fix = next(e for e in entries if e["kind"] == "corrected")
    assert (handed_in["label"], handed_in["actor"], handed_in["via"]) == ("nộp", "nguoi-ghi-so", "cli")
    assert "số văn bản: 12/BC" in handed_in["summary"]
    assert handed_in["corrected_by"] == [fix["seq"]] and fix["corrects"] == handed_in["seq"]
    assert "ngày ký: 01/6/2022 → 31/5/2022" in fix["summary"] and "ghi nhầm" in fix["summary"]


def test_the_table_shows_the_number_that_record_correct_asks_for(dondoc, book) -> None:
    out = _show(dondoc, book, KEY)
    fix = re.search(r"^(\d+) .*đính chính mục (\d+)", out, re.MULTILINE)
    assert fix and f"(đã đính chính: mục {fix[1]})" in out
    assert re.search(rf"^{fix[2]} .*nộp", out, re.MULTILINE)


def test_a_confidential_case_shows_kinds_and_days_alone(dondoc, book) -> None:
    for out in (_show(dondoc, book, book[1]), _show(dondoc, book, book[1], "--json")):
        assert "nộp" in out and "01/6/2022" in out and "31/5/2022" in out
        for personal in ("Trần", "Nguyễn", "Lê Ai", "Phạm", "12/BC", "tủ A", "nguoi-ghi-so"):
            assert personal not in out


def test_without_a_key_the_installations_own_entries_are_shown(dondoc, book) -> None:
    assert [e["kind"] for e in json.loads(_show(dondoc, book, "--json"))] == ["plan-opened"]
    assert "mở kế hoạch" in _show(dondoc, book)


def test_english_shows_no_vietnamese_label(dondoc, book) -> None:
    out = _show(dondoc, book, KEY, DONDOC_LANG="en")
    assert "handed in" in out and "signed: 01/6/2022 → 31/5/2022" in out


def test_an_unknown_key_is_refused_in_words(dondoc, book) -> None:
    said = dondoc("journal", "show", "khong/co", "--data", str(book[0]))
    assert said.code == WRONG and "khong/co" in said.err


def test_a_correction_of_no_entry_says_where_to_find_them(dondoc, book) -> None:
    place = ("--data", str(book[0]), "--definitions", str(SHIPPED))
    said = dondoc("record", "correct", KEY, "999999", "--set", "note=x", "--reason", "x", *place)
    assert said.code == WRONG
    assert f"dondoc journal show {KEY}" in said.err


def test_every_kind_of_entry_has_its_words_in_both_languages() -> None:
    assert set(KINDS) == set(get_args(FactKind))
    folder = Path(__file__).parents[2] / "dondoc" / "words" / "locale" / "en"
    known = {text for file in folder.glob("*.po") for text in read_catalogue(file)}
    assert {*KINDS.values(), *FIELDS.values(), *DECISIONS.values()} <= known


def test_the_head_is_printed_and_given_back_it_verifies(dondoc, book) -> None:
    place = ("--data", str(book[0]), "--definitions", str(SHIPPED))
    printed = dondoc("journal", "head", *place)
    told = json.loads(dondoc("journal", "head", "--json", *place).out)
    assert printed.code == DONE and printed.out.splitlines()[-1] == told["anchor"] == f"{told['hash']}@{told['link']}"
    assert dondoc("journal", "verify", "--head", told["anchor"], "--head", told["hash"], *place).code == DONE
    forged = dondoc("journal", "verify", "--json", "--head", "0" * 64, *place)
    assert forged.code == WRONG and len(json.loads(forged.out)["problems"]) == 1
    unreadable = dondoc("journal", "verify", "--head", "abc", *place)
    assert unreadable.code == WRONG and "không phải đầu nhật ký" in unreadable.err
