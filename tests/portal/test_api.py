"""The JSON side: who may ask, what they get, and that a deed by a program is a deed like any other."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from answering_office import DOER, PLAN, REPORT, Portal
from httpx import Response

from dondoc.core.rights import MATRIX
from dondoc.use_cases.act import Act
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.tokens import SCOPES, issue_token, revoke_tokens, tokens
from dondoc.words.journal import via_words

ONE = f"/api/occurrences/{REPORT}"
GIVEN = {
    "request_key": "abcdefgh-1",
    "by": DOER,
    "number": "45/BC-TĐC",
    "signed_on": "2022-06-02",
    "kept_at": "Văn thư",
}

READS = {
    "/api/board": "see-board",
    ONE: "see-occurrence",
    "/api/statistics": "see-statistics",
    "/api/coming": "see-coming",
}
DEEDS = {f"{ONE}/submissions": "submit", f"{ONE}/confirmations": "confirm", "/api/ad-hoc": "open-ad-hoc"}


def key(portal: Portal, *scopes: str, name: str = "van-phong-dien-tu") -> dict[str, str]:
    """The header of a program with these scopes, or with all."""
    return {"authorization": f"Bearer {issue_token(portal.office, name, scopes or SCOPES, portal.at, 'quan-tri')}"}


def get(portal: Portal, path: str, *scopes: str, **asked: Any) -> Response:
    return portal.browser.get(path, params=asked, headers=key(portal, *scopes))


def post(portal: Portal, path: str, body: dict[str, Any], *scopes: str) -> Response:
    return portal.browser.post(path, json=body, headers=key(portal, *scopes))


def complaint(portal: Portal) -> str:
    act = Act("van-phong", "cli", date(2022, 6, 3))
    return open_case(portal.office, PLAN, CaseOpening("khieu-nai", date(2022, 6, 2)), act, portal.at).key


@pytest.mark.parametrize("path", ["/api/board", ONE, "/api/statistics", "/api/coming", "/api/openapi.json"])
@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer dondoc_nonsense", "Basic YTpi", "Bearer nonsense"])
def test_without_a_key_there_is_nothing(portal: Portal, path: str, header: str) -> None:
    answer = portal.browser.get(path, headers={"authorization": header} if header else {})
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"].startswith("Bearer") and answer.json()["status"] == 401


def test_a_session_is_no_key_and_a_key_no_session(portal: Portal) -> None:
    portal.sign_in("cv-theo-doi-qcdc")
    assert portal.get("/api/board").status_code == 401
    assert portal.browser.get("/phien", headers=key(portal) | {"cookie": ""}).status_code in (200, 303)
    assert portal.another_browser().get("/phien", headers=key(portal)).status_code == 303


@pytest.mark.parametrize(("path", "scope"), READS.items())
def test_a_key_opens_what_it_is_for_and_nothing_else(portal: Portal, path: str, scope: str) -> None:
    assert get(portal, path, scope).status_code == 200
    refused = get(portal, path, *(other for other in SCOPES if other != scope))
    assert refused.status_code == 403 and scope in refused.json()["detail"]


@pytest.mark.parametrize(("path", "scope"), DEEDS.items())
def test_a_deed_needs_its_scope(portal: Portal, path: str, scope: str) -> None:
    body = {"request_key": "abcdefgh", "by": DOER}
    if scope == "open-ad-hoc":
        body |= {"plan": PLAN, "title": "Báo cáo", "number": "1", "document_on": "2022-06-01", "sender": "a",
                 "last_on": "2022-06-30", "party": "chi-cuc-tdc"}  # fmt: skip
    assert post(portal, path, body, *(other for other in SCOPES if other != scope)).status_code == 403
    assert post(portal, path, body, scope).status_code != 403


def test_the_board_is_read_in_pages_and_holds_no_confidential_case(portal: Portal) -> None:
    hidden = complaint(portal)
    found: list[str] = []
    after = ""
    while True:
        read = get(portal, "/api/board", after=after, limit=7).json()
        found += [row["key"] for row in read["rows"]]
        after = read["next"]
        if not after:
            break
    assert found == sorted(set(found)) and REPORT in found and hidden not in found
    assert read["hidden"] == 1
    assert {row["key"] for row in get(portal, "/api/board", late=True).json()["rows"]} <= set(found)
    ours = get(portal, "/api/board", party="chi-cuc-tdc", obligation="bao-cao-dinh-ky").json()["rows"]
    assert REPORT in {row["key"] for row in ours} and all(row["key"].endswith("/chi-cuc-tdc") for row in ours)


def test_one_occurrence_shows_its_steps_and_dues(portal: Portal) -> None:
    read = get(portal, ONE).json()
    assert (read["key"], read["last_on"], read["target_on"]) == (REPORT, "2022-06-04", "2022-06-03")
    assert read["steps"][0]["id"] == "nop"


def test_a_confidential_case_is_not_there_whatever_the_key_may(portal: Portal) -> None:
    hidden = complaint(portal)
    assert get(portal, f"/api/occurrences/{hidden}").status_code == 404
    body = {"request_key": "abcdefgh", "by": DOER, "number": "1"}
    assert post(portal, f"/api/occurrences/{hidden}/submissions", body).status_code == 404
    assert hidden not in get(portal, "/api/coming", days=100).text


def test_what_a_program_hands_in_and_confirms_stands_in_the_book(portal: Portal) -> None:
    assert post(portal, f"{ONE}/submissions", GIVEN).json()["already"] is False
    (answer,) = portal.step().submissions
    assert (answer.number, answer.actor, answer.sent_on) == ("45/BC-TĐC", DOER, None)
    word = {"request_key": "abcdefgh-2", "by": "cv-theo-doi-qcdc", "sent_on": "2022-06-02", "received_on": "2022-06-03"}
    assert post(portal, f"{ONE}/confirmations", word).status_code == 200
    (answer,) = portal.step().submissions
    assert (answer.sent_on, answer.received_on) == (date(2022, 6, 2), date(2022, 6, 3))
    assert answer.confirmed_on == date(2022, 6, 3)
    with portal.office.register.reading() as book:
        ways = {fact.via for fact in book.facts([REPORT])[REPORT] if fact.kind in ("submitted", "confirmed")}
    assert ways == {"api:van-phong-dien-tu"} and "van-phong-dien-tu" in via_words(*ways)


def test_the_same_request_key_is_one_deed(portal: Portal) -> None:
    first, second = (post(portal, f"{ONE}/submissions", GIVEN).json() for _time in range(2))
    assert (first["already"], second["already"]) == (False, True)
    assert len(portal.step().submissions) == 1


def test_a_doer_cannot_state_what_only_the_office_may(portal: Portal) -> None:
    answer = post(portal, f"{ONE}/submissions", GIVEN | {"sent_on": "2022-06-02"})
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "body.sent_on"


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "nobody"},
        {"signed_on": "2022-06-04"},
        {"number": "", "kept_at": "", "signed_on": None},
        {"step": "khong-co"},
        {"act_on": "2022-06-04"},
    ],
)
def test_what_the_register_refuses_is_told_in_words(portal: Portal, wrong: dict[str, Any]) -> None:
    answer = post(portal, f"{ONE}/submissions", GIVEN | wrong)
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json()["detail"] and portal.step().submissions == ()


def test_an_incoming_document_opens_a_duty(portal: Portal) -> None:
    body = {
        "request_key": "abcdefgh", "by": "cv-theo-doi-qcdc", "plan": PLAN, "title": "Báo cáo nhanh về chuyển đổi số",
        "number": "88/UBND-KSTT", "document_on": "2022-06-02", "sender": "UBND tỉnh", "last_on": "2022-06-15",
        "party": "chi-cuc-tdc",
    }  # fmt: skip
    opened = post(portal, "/api/ad-hoc", body).json()
    assert get(portal, f"/api/occurrences/{opened['key']}").json()["last_on"] == "2022-06-15"
    assert post(portal, "/api/ad-hoc", body).json()["already"] is True
    again = post(portal, "/api/ad-hoc", body | {"request_key": "abcdefgh-3"})
    assert again.status_code == 409 and "Đã có" in again.json()["detail"]


def test_figures_count_each_party(portal: Portal) -> None:
    rows = get(portal, "/api/statistics", plan=PLAN).json()
    assert sum(row["total"] for row in rows) == len(get(portal, "/api/board", limit=500).json()["rows"])


def test_what_is_coming_lies_within_the_days_asked_for(portal: Portal) -> None:
    shown = get(portal, "/api/coming", days=7).json()
    assert shown and all(datetime.fromisoformat(one["at"]) <= portal.at + timedelta(days=7) for one in shown)


def test_a_revoked_or_old_key_opens_nothing(portal: Portal) -> None:
    header = key(portal)
    assert portal.browser.get("/api/board", headers=header).status_code == 200
    assert [one.name for one in tokens(portal.office, portal.at)] == ["van-phong-dien-tu"]
    assert revoke_tokens(portal.office, "van-phong-dien-tu", portal.at, "quan-tri") == 1
    assert portal.browser.get("/api/board", headers=header).status_code == 401
    header = key(portal)
    portal.at += timedelta(days=366)
    assert portal.browser.get("/api/board", headers=header).status_code == 401
    with pytest.raises(Refused):
        revoke_tokens(portal.office, "van-phong-dien-tu", portal.at, "quan-tri")


def test_keys_are_journaled_without_the_key(portal: Portal) -> None:
    issued = issue_token(portal.office, "e-office", ["see-board"], portal.at, "quan-tri")
    with portal.office.register.reading() as book:
        last = book.facts()[""][-1]
    assert (last.kind, last.payload["name"], last.payload["scopes"]) == ("token-issued", "e-office", ["see-board"])
    assert issued.startswith("dondoc_") and issued[8:] not in str(last)


@pytest.mark.parametrize(("name", "scopes"), [("a b", ["see-board"]), ("", ["see-board"]), ("a", []), ("a", ["grant"])])
def test_no_key_is_made_for_what_no_program_may(portal: Portal, name: str, scopes: list[str]) -> None:
    with pytest.raises(Refused):
        issue_token(portal.office, name, scopes, portal.at, "quan-tri")
    assert set(SCOPES) == set(MATRIX["program"])


def test_a_program_in_a_hurry_is_told_to_wait(portal: Portal) -> None:
    header = key(portal, "see-coming")
    for _n in range(600):
        portal.door.paces.api.count("van-phong-dien-tu", portal.at)
    answer = portal.browser.get("/api/coming", headers=header)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "61")


def test_errors_speak_english_when_asked(portal: Portal) -> None:
    assert portal.browser.get("/api/board?lang=en").json()["title"] == "No access"


def test_the_description_names_every_call_in_both_languages(portal: Portal) -> None:
    described = get(portal, "/api/openapi.json").json()
    assert described["servers"] == [{"url": "/api"}]
    calls = [call for path in described["paths"].values() for call in path.values()]
    assert len(calls) == 7 and all(" / " in call["summary"] for call in calls)
    assert "Authorization: Bearer" in described["info"]["description"]


def test_what_is_no_call_is_a_problem_too(portal: Portal) -> None:
    for path in ("/api/nothing", "/api/%0A", "/api/", "/api/occurrences/a/b/c/%0Ad", "/api/%00"):
        assert get(portal, path).json()["status"] == 404
    assert portal.browser.get("/api/board?plan=%00", headers=key(portal)).json()["status"] == 404
    answer = portal.browser.delete("/api/board", headers=key(portal))
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


def test_guessing_keys_is_slowed_down(portal: Portal) -> None:
    for _n in range(60):
        assert portal.browser.get("/api/board", headers={"authorization": "Bearer dondoc_x"}).status_code == 401
    answer = portal.browser.get("/api/board", headers={"authorization": "Bearer dondoc_x"})
    assert (answer.status_code, answer.headers["content-type"]) == (429, "application/problem+json")
