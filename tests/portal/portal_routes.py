"""Every address of the portal, and which right of the one table it asks for: a page without its line fails a test."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from answering_office import REPORT
from fastapi import FastAPI

from dondoc.core.rights import Action

NOBODY = "0" * 64


class Asks(NamedTuple):
    """An example of an address, and what it takes. `about` is the occurrence whose it is.

    `there`: who may sees something; without it there is nothing yet, which a viewer is told as 404. `refused` is how
    others are turned away.
    """

    example: str
    action: Action | None = None  # None: being signed in
    about: str = ""
    there: bool = True
    refused: tuple[int, ...] = (403, 404)


Key = tuple[str, str]
# Whoever comes: watching programs, the way in, and pages whose address is the key.
OPEN: set[Key] = {
    ("GET", "/health"),
    ("GET", "/suc-khoe"),
    ("GET", "/metrics"),
    ("GET", "/"),
    ("GET", "/dang-nhap"),
    ("POST", "/dang-nhap"),
    ("GET", "/dang-nhap/da-gui"),
    ("GET", "/vao/{secret}"),
    ("POST", "/vao/{secret}"),
    ("GET", "/viec/{token}"),
    ("GET", "/viec/{token}/da-ghi"),
    ("GET", "/viec/{token}/tep/{sha256}"),
    ("GET", "/viec/{token}/{slug}"),
    ("POST", "/viec/{token}/{slug}"),
    ("GET", "/lich/{name}.ics"),
    ("POST", "/zalo/webhook"),
}
KY, ONE = "/ky/{plan}/{obligation}/{period}/{party}", f"/ky/{REPORT}"
SIGNED_IN: dict[Key, Asks] = {
    ("GET", "/viec/{token}/mo"): Asks("/viec/nothing/mo", there=False),
    ("POST", "/dang-xuat"): Asks("/dang-xuat"),
    ("GET", "/phien"): Asks("/phien"),
    ("POST", "/phien/ket-thuc"): Asks("/phien/ket-thuc"),
    ("GET", "/phien/nguoi/{person}"): Asks("/phien/nguoi/nv-lai-xe", "revoke-sessions"),
    ("POST", "/phien/nguoi/{person}/ket-thuc"): Asks("/phien/nguoi/nv-lai-xe/ket-thuc", "revoke-sessions"),
    ("GET", "/quyen-xem"): Asks("/quyen-xem", "see-grants"),
    ("POST", "/quyen-xem"): Asks("/quyen-xem", "grant"),
    ("POST", "/quyen-xem/ket-thuc"): Asks("/quyen-xem/ket-thuc", "grant"),
    ("GET", "/viec-cua-toi"): Asks("/viec-cua-toi"),
    ("GET", "/so"): Asks("/so", "see-board"),
    ("GET", "/lich"): Asks("/lich", "see-calendar"),
    ("POST", "/lich/nguon"): Asks("/lich/nguon", "see-calendar"),
    ("POST", "/lich/nguon/thu-hoi"): Asks("/lich/nguon/thu-hoi"),
    ("GET", "/sap-toi"): Asks("/sap-toi", "see-coming"),
    ("GET", "/ke-hoach"): Asks("/ke-hoach", "see-plan"),
    ("GET", "/ke-hoach/{plan_id}"): Asks("/ke-hoach/qcdc-2022", "see-plan"),
    ("GET", "/thong-ke"): Asks("/thong-ke", "see-statistics"),
    ("GET", "/goi-dien"): Asks("/goi-dien", "see-calls"),
    ("GET", "/goi-dien/{person}"): Asks("/goi-dien/nv-lai-xe", "record-call", there=False),
    ("POST", "/goi-dien/{person}"): Asks("/goi-dien/nv-lai-xe", "record-call", there=False),
    ("GET", "/quan-triet"): Asks("/quan-triet", "see-campaigns"),
    ("GET", "/quan-triet/xem/{key:path}"): Asks("/quan-triet/xem/nothing", "see-campaigns", there=False),
    ("POST", "/quan-triet/da-doc/{key:path}"): Asks("/quan-triet/da-doc/nothing", "see-campaigns", there=False),
    ("GET", "/quan-triet/bien-ban/{key:path}"): Asks("/quan-triet/bien-ban/nothing", "see-campaigns", there=False),
    ("POST", "/quan-triet/bien-ban/{key:path}"): Asks("/quan-triet/bien-ban/nothing", "see-campaigns", there=False),
    ("GET", "/tiep-dan"): Asks("/tiep-dan", "see-receptions"),
    ("GET", "/tiep-dan/{deed}/{key:path}"): Asks("/tiep-dan/ghi/nothing", "see-receptions", there=False),
    ("POST", "/tiep-dan/{deed}/{key:path}"): Asks("/tiep-dan/ghi/nothing", "see-receptions", there=False),
    ("GET", "/nhan-su"): Asks("/nhan-su", "see-people"),
    ("GET", "/nhan-su/{what}/{subject}"): Asks("/nhan-su/vang/nv-lai-xe", "edit-people"),
    ("POST", "/nhan-su/{what}/{subject}"): Asks("/nhan-su/vang/nv-lai-xe", "edit-people"),
    ("POST", "/nhan-su/vang/{subject}/bo"): Asks("/nhan-su/vang/nv-lai-xe/bo", "edit-people"),
    ("GET", "/danh-ba"): Asks("/danh-ba", "edit-contacts"),
    ("GET", "/danh-ba/mau.xlsx"): Asks("/danh-ba/mau.xlsx", "see-contacts"),
    ("POST", "/danh-ba"): Asks("/danh-ba", "edit-contacts"),
    ("POST", "/danh-ba/ghi"): Asks("/danh-ba/ghi", "edit-contacts"),
    ("GET", "/thu"): Asks("/thu", "see-messages"),
    ("POST", "/thu/dang-giu"): Asks("/thu/dang-giu", "hold", there=False),
    ("GET", "/hop-thu"): Asks("/hop-thu", "see-mailbox"),
    ("GET", "/hop-thu/{number}"): Asks("/hop-thu/999", "see-mailbox", there=False),
    ("GET", "/nhap-so-den"): Asks("/nhap-so-den", "import"),
    ("POST", "/nhap-so-den"): Asks("/nhap-so-den", "import"),
    ("POST", "/nhap-so-den/ghi"): Asks("/nhap-so-den/ghi", "import"),
    ("GET", KY): Asks(ONE, "see-occurrence", REPORT),
    ("GET", f"{KY}/da-ghi"): Asks(f"{ONE}/da-ghi", "see-occurrence", REPORT),
    ("GET", f"{KY}/tep/{{sha256}}"): Asks(f"{ONE}/tep/{NOBODY}", "see-occurrence", REPORT, there=False),
    # Who sees the occurrence and may not do this is led back to it, or told so above the form.
    ("GET", f"{KY}/{{slug}}"): Asks(f"{ONE}/nop", "submit", REPORT, refused=(303, 404)),
    ("POST", f"{KY}/{{slug}}"): Asks(f"{ONE}/nop", "submit", REPORT, refused=(403, 404, 422)),
    ("GET", "/cho-duyet"): Asks("/cho-duyet", "approve"),
    ("GET", "/cho-duyet/{mark}"): Asks("/cho-duyet/nothing", "approve", there=False),
    ("GET", "/cho-duyet/{mark}/da-ghi"): Asks("/cho-duyet/nothing/da-ghi", "approve", there=False),
    ("GET", "/cho-duyet/{mark}/{slug}"): Asks("/cho-duyet/nothing/dong-y", "approve", there=False),
    ("POST", "/cho-duyet/{mark}/{slug}"): Asks("/cho-duyet/nothing/dong-y", "approve", there=False),
    ("GET", "/vu-viec"): Asks("/vu-viec", "see-cases"),
    ("GET", "/vu-viec/mo"): Asks("/vu-viec/mo", "open-case"),
    ("GET", "/vu-viec/mo/{plan}/{obligation}"): Asks("/vu-viec/mo/qcdc-2022/nothing", "open-case", there=False),
    ("POST", "/vu-viec/mo/{plan}/{obligation}"): Asks("/vu-viec/mo/qcdc-2022/nothing", "open-case", there=False),
    ("GET", "/dot-xuat"): Asks("/dot-xuat", "open-ad-hoc"),
    ("POST", "/dot-xuat"): Asks("/dot-xuat", "open-ad-hoc"),
}


def addresses(app: FastAPI) -> set[Key]:
    """Method and path of every route but those below /api and /tinh."""
    return set(_walked(app.routes, ""))


def _walked(routes: Any, prefix: str) -> Iterator[Key]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _walked(route.original_router.routes, prefix + route.include_context.prefix)
        elif getattr(route, "methods", None):
            yield from ((method, prefix + route.path) for method in route.methods - {"HEAD"})
        elif route.path not in ("/api", "/tinh"):
            yield "MOUNT", prefix + route.path
