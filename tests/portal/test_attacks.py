"""What somebody might try on the portal, one by one: nothing gets in, nothing leads away, nothing says too much.

Elsewhere: forms without their session's word (test_roles_matrix), fixed sessions, planted cookies, cookie flags and
ways back (test_signing_in), guessing and forged proxies (test_limits), lies of a provider (test_single_sign_on).
"""

import io
import zipfile

import pytest
from answering_office import DOER, HEAD, PLAN, PORTAL, REPORT, Portal, june
from portal_routes import SIGNED_IN
from test_answer_by_link import GIVEN, PDF
from test_signing_in import ADDRESS, ask, newest

from dondoc.portal.cookie import COOKIE
from dondoc.use_cases.credentials import issue

ONE, STRANGER, CLERK = f"/ky/{REPORT}", "cv-dau-moi-qlkh", "cv-theo-doi-qcdc"
EVIL = "evil.example"


def entries(portal: Portal) -> int:
    with portal.office.register.reading() as book:
        return book.head().link


# Links


def test_a_link_made_of_two_others_opens_nothing(portal: Portal) -> None:
    portal.run(june(6))
    mine, heads = portal.link(DOER).rpartition("/")[2], portal.link(HEAD).rpartition("/")[2]
    (id_a, rest_a), (id_b, rest_b) = (token.split("-", 1) for token in (mine, heads))
    mark_a, sign_a = rest_a.split(".", 1)
    mark_b, sign_b = rest_b.split(".", 1)
    for token in (
        f"{id_a}-{mark_b}.{sign_b}",
        f"{id_b}-{mark_b}.{sign_a}",
        f"{id_a}-{mark_a}.{sign_b}",
        f"{id_a}-{mark_a}",
    ):
        assert portal.get(f"/viec/{token}").status_code == 404


def test_a_key_of_one_kind_opens_nothing_of_another(portal: Portal) -> None:
    kinds = {kind: issue(portal.office, kind, DOER, portal.at) for kind in ("session", "sign-in", "feed", "api")}
    for kind, secret in kinds.items():
        browser = portal.another_browser()
        assert browser.get(f"/viec/{secret}").status_code == 404
        if kind != "sign-in":
            assert browser.post(f"/vao/{secret}").status_code == 404
        if kind != "session":
            assert browser.get("/phien", headers={"cookie": f"{COOKIE}={secret}"}).status_code == 303
        if kind != "api":
            answer = browser.get("/api/board", headers={"authorization": f"Bearer dondoc_{secret}"})
            assert answer.status_code == 401
        if kind != "feed":
            assert browser.get(f"/lich/{secret}.ics").status_code == 404


def test_a_form_of_one_link_sent_to_another_duty_enters_nothing_there(portal: Portal) -> None:
    mine = portal.link()
    form = {**portal.form(f"{mine}/nop"), **GIVEN, "occurrence": "another", "key": "another", "step": "another"}
    assert portal.browser.post(f"{mine}/nop", data=form).status_code == 303
    written = entries(portal)
    assert portal.browser.post(f"{mine}/nop", data=form).status_code == 303  # replayed: the same request key
    assert entries(portal) == written and len(portal.step().submissions) == 1
    assert portal.browser.post(f"{mine}x/nop", data=form).status_code == 404
    confirmed = portal.browser.post(f"{mine}/xac-nhan", data={"request_key": "new"})  # only the office may
    assert confirmed.status_code == 422 and entries(portal) == written


def test_a_link_lets_nobody_into_the_rest_of_the_portal(portal: Portal) -> None:
    portal.get(portal.link())
    for path in ("/phien", "/so", ONE):
        assert portal.get(path).status_code == 303


# What is another's


def test_another_units_occurrence_is_not_there_in_any_way(portal: Portal) -> None:
    portal.sign_in(STRANGER)
    word, written = portal.csrf(), entries(portal)
    nothing = portal.get(f"/ky/{PLAN}/bao-cao-dinh-ky/2022-H1/khong-co")
    for path in (ONE, f"{ONE}/nop", f"{ONE}/da-ghi", f"{ONE}/tep/{'0' * 64}", f"{ONE}/tra-lai"):
        answer = portal.get(path)
        assert (answer.status_code, answer.text) == (404, nothing.text)
    for deed in ("nop", "xac-nhan", "tra-lai", "gia-han", "mien"):
        sent = portal.browser.post(f"{ONE}/{deed}", data={"csrf": word, "request_key": "abcdefgh", **GIVEN})
        assert sent.status_code in (403, 404)
    assert entries(portal) == written


def test_a_file_is_shown_only_beside_the_duty_it_was_given_for(portal: Portal) -> None:
    link = portal.link()
    files = [("files", ("a.pdf", PDF, "application/pdf"))]
    portal.browser.post(f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN}, files=files)
    sha = portal.step().submissions[0].files[0].partition("/")[0]
    portal.sign_in(CLERK)
    assert portal.get(f"{ONE}/tep/{sha}").status_code == 200
    other = REPORT.rpartition("/")[0] + "/trung-tam-khcn"
    assert portal.get(f"/ky/{other}/tep/{sha}").status_code == 404
    portal.sign_in(STRANGER)
    assert portal.get(f"{ONE}/tep/{sha}").status_code == 404


# Addresses


@pytest.mark.parametrize(
    "path",
    [
        "/tinh/../app.py",
        "/tinh/%2e%2e/app.py",
        "/tinh/..%2fapp.py",
        "/tinh/....//app.py",
        "/tinh/%00",
        "/tinh//etc/passwd",
        "/ky/../../etc/passwd",
        "/ky/%2e%2e/%2e%2e/%2e%2e/%2e%2e",
        f"{ONE}/tep/..%2f..%2fdondoc.db",
        f"{ONE}/tep/%2e%2e",
        f"{ONE}/tep/%00",
        "/hop-thu/../../secret.key",
        "/hop-thu/-1",
        "/hop-thu/99999999999999999999",
        "/ke-hoach/..%2f..%2fsecret.key",
        "/lich/..%2f..%2fdondoc.db.ics",
        "/quan-triet/xem/..%2f..%2fx",
        "/tiep-dan/ghi/%0a",
        "/nhan-su/vang/%00",
        "/cho-duyet/%ff%fe",
        f"//{EVIL}/..",
        f"//{EVIL}/%2e%2e/so/",
        "/so/",
        "/dang-nhap/",
        "/\\" + EVIL,
    ],
)
def test_an_address_full_of_tricks_leads_nowhere(portal: Portal, path: str) -> None:
    portal.sign_in(CLERK)
    answer = portal.browser.get(f"{PORTAL}{path}")
    assert answer.status_code in (404, 403, 422) or answer.headers["location"] == "/viec-cua-toi"
    assert "root:" not in answer.text and "SQLite" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "NONSENSE"])
def test_no_other_method_does_anything(portal: Portal, method: str) -> None:
    portal.sign_in(CLERK)
    for path in ("/phien", ONE, "/dang-nhap", "/so"):
        assert portal.browser.request(method, path).status_code in (404, 405, 403)


def test_looking_at_every_page_changes_nothing(portal: Portal) -> None:
    written = entries(portal)
    for person in (CLERK, HEAD, "giam-doc-so", "cv-kiem-soat-tthc"):
        portal.sign_in(person)
        for (method, _path), asks in SIGNED_IN.items():
            if method == "GET":
                assert portal.get(asks.example).status_code < 500
    assert entries(portal) == written


# Headers


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-forwarded-server", "forwarded", "x-original-url"])
def test_no_host_but_the_offices_own_gets_into_a_page_or_a_letter(portal: Portal, header: str) -> None:
    value = f"host={EVIL}" if header == "forwarded" else EVIL
    portal.browser.headers[header] = value
    portal.letters.clear()
    ask(portal)
    assert EVIL not in portal.letters[-1].text + portal.letters[-1].html and newest(portal)
    for path in ("/", "/dang-nhap", "/so", "/so/", "/phien", "/nothing", "/viec/x", "/suc-khoe"):
        answer = portal.get(path)
        assert EVIL not in answer.text + answer.headers.get("location", "")


@pytest.mark.parametrize("evil", ["a\r\nSet-Cookie: b=c", "a\nX: y", "a%0d%0aX:%20y", "a\x00b"])
def test_no_header_is_made_of_what_somebody_sends(portal: Portal, evil: str) -> None:
    for path, asked in (("/dang-nhap", {"tiep": f"/{evil}"}), ("/so", {"lang": evil}), ("/so", {"thang": evil})):
        answer = portal.browser.get(path, params=asked)
        assert "b=c" not in str(answer.headers) and "x" not in answer.headers
        assert answer.status_code < 500


def test_a_downloads_name_makes_no_header(portal: Portal) -> None:
    link = portal.link()
    files = [("files", ('x";\r\nX-Evil: 1\r\n<script>.html', PDF, "text/html"))]
    portal.browser.post(f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN}, files=files)
    sha = portal.step().submissions[0].files[0].partition("/")[0]
    portal.sign_in(CLERK)
    answer = portal.get(f"{ONE}/tep/{sha}")
    assert answer.headers["content-disposition"].startswith("attachment") and "x-evil" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "html" not in answer.headers["content-type"]


def test_every_answer_forbids_scripts_and_framing_and_is_kept_by_nobody(portal: Portal) -> None:
    portal.sign_in(CLERK)
    for path in ("/phien", "/so", ONE, "/nothing", "/viec/x", "/suc-khoe", "/api/board", "/dang-nhap"):
        headers = portal.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


# What is sent


MARK = '"><script>alert(1)</script>7*7={{7*7}}'


@pytest.mark.parametrize("path", ["/so", "/thong-ke", "/lich", "/thu", "/viec-cua-toi", "/vu-viec", "/nhan-su"])
def test_what_is_asked_for_comes_back_as_text_or_not_at_all(portal: Portal, path: str) -> None:
    portal.sign_in(CLERK)
    names = (
        "don_vi",
        "muc",
        "tinh_trang",
        "thang",
        "ngay",
        "sau",
        "ket_qua",
        "nguoi",
        "nam",
        "ghi",
        "xong",
        "cua",
        "q",
    )
    for value in (MARK, "' OR 1=1 --", "\u202e", "9" * 400):
        answer = portal.get(path, **dict.fromkeys(names, value))
        assert answer.status_code < 500
        assert "<script>" not in answer.text and "7*7=49" not in answer.text


def test_what_was_typed_comes_back_escaped(portal: Portal) -> None:
    link = portal.link()
    answer = portal.browser.post(
        f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN, "note": MARK, "signed_on": "x"}
    )
    assert answer.status_code == 422 and "<script>" not in answer.text and "&lt;script&gt;" in answer.text
    signing_in = portal.browser.post("/dang-nhap", data={"who": MARK * 9})
    assert signing_in.status_code == 422 and "<script>" not in signing_in.text


def _docx(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "html": b"<!doctype html><script>alert(1)</script>",
    "html-after-space": b"\n\n  <html><body onload=alert(1)>",
    "exe": b"MZ\x90\x00" + b"\x00" * 64,
    "plain-zip": _docx(readme=b"x"),
    "bomb": _docx(word__document=b"0" * (210 * 1024 * 1024)),
    "empty": b"",
    "php": b"<?php system($_GET['c']); ?>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_in_neither_by_link_nor_signed_in(portal: Portal, kind: str) -> None:
    portal.sign_in(DOER)
    word = {"csrf": portal.csrf(f"{ONE}/nop"), **portal.form(f"{ONE}/nop"), **GIVEN}
    for name in ("a.pdf", "a.docx"):
        files = [("files", (name, HOSTILE[kind], "application/pdf"))]
        assert portal.browser.post(f"{ONE}/nop", data=word, files=files).status_code == 422
    assert portal.step().submissions == () and not (portal.office.data / "evidence").exists()


def test_a_body_without_end_is_not_read_to_it(portal: Portal) -> None:
    many = {f"f{n}": "x" for n in range(3000)}
    assert portal.browser.post("/dang-nhap", data=many).status_code in (400, 413)
    assert portal.browser.post("/dang-nhap", data={"who": "x" * (3 << 20)}).status_code == 413
    upload = [("files", ("a.pdf", PDF, "application/pdf"))]
    assert portal.browser.post("/dang-nhap", data={"who": ADDRESS}, files=upload).status_code == 400
    assert (
        portal.browser.post(
            "/dang-nhap", content=b"\xff\xfe{", headers={"content-type": "application/json"}
        ).status_code
        == 422
    )
    nonsense = {"content-type": "multipart/form-data; boundary="}
    assert portal.browser.post("/dang-nhap", content=b"--\r\n", headers=nonsense).status_code in (400, 422)


def test_two_cookies_of_one_name_and_broken_ones_let_nobody_in_or_out(portal: Portal) -> None:
    portal.sign_in(CLERK)
    mine = portal.browser.cookies[COOKIE]
    stranger = portal.another_browser()
    for cookie in (f"{COOKIE}=x; {COOKIE}=y", f"{COOKIE}=", f"{COOKIE}={'a' * 9000}", f"{COOKIE}=\x01", "=;;=;"):
        assert stranger.get("/phien", headers={"cookie": cookie}).status_code == 303
    assert stranger.get("/phien", headers={"cookie": f"a/b=1; {COOKIE}={mine}"}).status_code == 200
