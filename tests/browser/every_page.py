"""One real address for every route that answers GET, with who opens it. A new page without one fails a test."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from browsed_house import CLERK, DOER, HEAD, PLAN, REPORT, House, june
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Client

from dondoc.use_cases.act import Act
from dondoc.use_cases.calls_page import calls_page
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.viewer import viewer_of
from dondoc.use_cases.waiting_decisions import waiting_decisions
from notifications.outcome import Outcome

Address = str | Callable[[House], str]  # a path, or the whole address that letters link to


class Visited(NamedTuple):
    """One page, the fullest of its route first.

    `person` is who is signed in, "" for nobody; `lands` the path it redirects to, "" for none.
    """

    name: str
    route: str
    address: Address
    person: str = ""
    status: int = 200
    lands: str = ""

    def url(self, house: House) -> str:
        return house.url + self.address if isinstance(self.address, str) else self.address(house)


def answer(*rest: str, person: str = DOER) -> Address:
    return lambda house: "/".join((house.link(person), *rest))


def report(*rest: str) -> Address:
    """The first report that waits for the word of the head of the office."""

    def address(house: House) -> str:
        viewer = viewer_of(house.office, OFFICE_HEAD, house.at)
        assert viewer
        return "/".join(
            (house.url, "cho-duyet", waiting_decisions(house.office, viewer, house.at).reports[0].mark, *rest)
        )

    return address


def call(house: House) -> str:
    """The form for the first call that somebody must make."""
    viewer = viewer_of(house.office, CLERK, house.at)
    assert viewer
    first = calls_page(house.office, viewer, house.at).calls[0]
    return f"{house.url}/goi-dien/{first.person}?viec={first.key}"


KY = "/ky/{plan}/{obligation}/{period}/{party}"
DIRECTOR, OFFICE_HEAD, HOST, READER = "giam-doc-so", "chanh-van-phong-so", "thanh-tra-vien", "cv-tieu-chuan"
RECEPTION = f"{PLAN}/tiep-cong-dan-dinh-ky/2022-06/thanh-tra"
CAMPAIGN = f"{PLAN}/pho-bien-van-ban-qcdc/2022-05-31/chi-cuc-tdc"
OTHER = f"{PLAN}/bao-cao-dinh-ky/2022-H1/trung-tam-khcn"
CHECKLIST = f"{PLAN}/phieu-phat-sinh-van-phong/2022-06/van-phong"
CASE = f"{PLAN}/to-cao/TC-01/thanh-tra"
STRANGER = "cb-dau-moi-trung-tam"
DEEDS = (
    ("nop", OTHER, STRANGER),
    ("khong-phai-viec-toi", OTHER, STRANGER),
    ("phan-cong", OTHER, "gd-trung-tam"),
    ("phieu", CHECKLIST, CLERK),
    ("gia-han", OTHER, CLERK),
    ("tam-dung", OTHER, CLERK),
    ("dinh-chinh", REPORT, CLERK),
    ("giao-lai", REPORT, OFFICE_HEAD),
)
FORM = "/nhan-su/{what}/{subject}"
PEOPLE_FORMS = (
    "vai-tro/dau-moi-tdc",
    "nguoi-thay/dau-moi-tdc",
    "vang/cb-dau-moi-tdc",
    "dia-chi/cb-dau-moi-tdc",
    "ban-giao/cb-dau-moi-tdc",
    "them/nguoi",
)
PAGES = (
    Visited("viec-van-phong", "/viec/{token}", answer(person=CLERK)),
    Visited("viec", "/viec/{token}", answer()),
    Visited("viec-khong-co", "/viec/{token}", "/viec/khong-co", status=404),
    Visited("viec-da-ghi", "/viec/{token}/da-ghi", answer("da-ghi")),
    Visited("viec-nop", "/viec/{token}/{slug}", answer("nop", person=CLERK), lands="/viec/"),
    Visited("viec-xac-nhan", "/viec/{token}/{slug}", answer("xac-nhan", person=CLERK)),
    Visited("viec-tra-lai", "/viec/{token}/{slug}", answer("tra-lai", person=CLERK)),
    Visited("dang-nhap", "/dang-nhap", "/dang-nhap"),
    Visited("dang-nhap-da-gui", "/dang-nhap/da-gui", "/dang-nhap/da-gui"),
    Visited("vao", "/vao/{secret}", lambda house: house.sign_in_link(DOER)),
    Visited("vao-khong-duoc", "/vao/{secret}", "/vao/khong-co", status=404),
    Visited("phien", "/phien", "/phien", DOER),
    Visited("phien-nguoi", "/phien/nguoi/{person}", f"/phien/nguoi/{DOER}", "cv-kiem-soat-tthc"),
    Visited("chua-dang-nhap", "/viec-cua-toi", "/viec-cua-toi", lands="/dang-nhap?tiep="),
    Visited("trang-dau", "/", "/", DOER, lands="/viec-cua-toi"),
    Visited("viec-cua-toi", "/viec-cua-toi", "/viec-cua-toi", DOER),
    Visited("viec-cua-toi-truong", "/viec-cua-toi", "/viec-cua-toi", HEAD),
    Visited("viec-cua-toi-van-phong", "/viec-cua-toi", "/viec-cua-toi", CLERK),
    Visited("viec-cua-toi-lanh-dao", "/viec-cua-toi", "/viec-cua-toi", DIRECTOR),
    Visited("quan-triet", "/quan-triet", "/quan-triet", CLERK),
    Visited("quan-triet-trong", "/quan-triet", "/quan-triet", STRANGER),
    Visited("quan-triet-dot", "/quan-triet/xem/{key:path}", f"/quan-triet/xem/{CAMPAIGN}", HEAD),
    Visited("quan-triet-toi", "/quan-triet/xem/{key:path}", f"/quan-triet/xem/{CAMPAIGN}", READER),
    Visited("quan-triet-bien-ban", "/quan-triet/bien-ban/{key:path}", f"/quan-triet/bien-ban/{CAMPAIGN}", HEAD),
    Visited("tiep-dan", "/tiep-dan", "/tiep-dan", HOST),
    Visited("tiep-dan-da-tiep", "/tiep-dan/{deed}/{key:path}", f"/tiep-dan/da-tiep/{RECEPTION}", HOST),
    Visited("tiep-dan-khong", "/tiep-dan/{deed}/{key:path}", f"/tiep-dan/khong-co-cong-dan/{RECEPTION}", HOST),
    Visited("tiep-dan-doi-ngay", "/tiep-dan/{deed}/{key:path}", f"/tiep-dan/doi-ngay/{RECEPTION}", CLERK),
    Visited("so", "/so", "/so", CLERK),
    Visited("so-ngay-truoc", "/so", "/so?ngay=04/6/2022&nhin=nay", DIRECTOR),
    Visited("so-sai-ngay", "/so", "/so?ngay=31/6/2022", CLERK, status=422),
    Visited("so-trong", "/so", "/so?tim=khong-co-viec-nay", CLERK),
    Visited("so-don-vi", "/so", "/so?thang=2022-06", HEAD),
    Visited("quyen-xem", "/quyen-xem", "/quyen-xem", OFFICE_HEAD),
    Visited("viec-mo", "/viec/{token}/mo", answer("mo", person=CLERK), CLERK, lands=f"/ky/{REPORT}"),
    Visited("ky-van-phong", KY, f"/ky/{REPORT}", CLERK),
    Visited("ky-qua-han", KY, f"/ky/{OTHER}", STRANGER),
    Visited("ky-da-ghi", KY + "/da-ghi", f"/ky/{OTHER}/da-ghi", STRANGER, lands=f"/ky/{OTHER}"),
    *(Visited(f"ky-{deed}", KY + "/{slug}", f"/ky/{key}/{deed}", who) for deed, key, who in DEEDS),
    Visited("nhan-su", "/nhan-su", "/nhan-su", CLERK),
    Visited("nhan-su-truong", "/nhan-su", "/nhan-su", HEAD),
    *(Visited(f"nhan-su-{form.split('/')[0]}", FORM, f"/nhan-su/{form}", CLERK) for form in PEOPLE_FORMS),
    Visited("danh-ba", "/danh-ba", "/danh-ba", CLERK),
    Visited("vu-viec", "/vu-viec", "/vu-viec", CLERK),
    Visited("vu-viec-trong", "/vu-viec", "/vu-viec", DOER),
    Visited("vu-viec-loai", "/vu-viec/mo", "/vu-viec/mo", CLERK),
    Visited("vu-viec-mo", "/vu-viec/mo/{plan}/{obligation}", f"/vu-viec/mo/{PLAN}/to-cao", HOST),
    Visited("ky-vu-viec", KY, f"/ky/{CASE}", HOST),
    Visited("dot-xuat", "/dot-xuat", "/dot-xuat", CLERK),
    Visited("cho-duyet", "/cho-duyet", "/cho-duyet", OFFICE_HEAD),
    Visited("cho-duyet-trong", "/cho-duyet", "/cho-duyet", DIRECTOR),
    Visited("cho-duyet-mot", "/cho-duyet/{mark}", report(), OFFICE_HEAD, lands="/cho-duyet"),
    Visited("cho-duyet-dong-y", "/cho-duyet/{mark}/{slug}", report("dong-y"), OFFICE_HEAD),
    Visited("cho-duyet-khong", "/cho-duyet/{mark}/{slug}", report("khong-bao-cao"), OFFICE_HEAD),
    Visited("cho-duyet-da-ghi", "/cho-duyet/{mark}/da-ghi", report("da-ghi"), OFFICE_HEAD, lands="/cho-duyet"),
    Visited("thong-ke", "/thong-ke", "/thong-ke", CLERK),
    Visited("thong-ke-truong", "/thong-ke", "/thong-ke", HEAD),
    Visited("khong-duoc-phep", "/goi-dien", "/goi-dien", DOER, status=403),
    Visited("goi-dien", "/goi-dien", "/goi-dien", CLERK),
    Visited("goi-dien-ghi", "/goi-dien/{person}", call, CLERK),
    Visited("thu", "/thu", "/thu", CLERK),
    Visited("hop-thu", "/hop-thu", "/hop-thu", CLERK),
    Visited("hop-thu-thu", "/hop-thu/{number}", "/hop-thu/1", CLERK),
    Visited("nhap-so-den", "/nhap-so-den", "/nhap-so-den", CLERK),
    Visited("ky-don-vi", KY, f"/ky/{REPORT}", DOER),
    Visited("ky-xac-nhan", KY + "/{slug}", f"/ky/{REPORT}/xac-nhan?buoc=tiep-nhan", CLERK),
    Visited("cho-duyet-khong-co", "/cho-duyet/{mark}", "/cho-duyet/khong-co", OFFICE_HEAD, status=404),
    Visited("lich", "/lich", "/lich", CLERK),
    Visited("lich-toi", "/lich", "/lich?thang=2022-06&cua=toi", DOER),
    Visited("sap-toi", "/sap-toi", "/sap-toi", CLERK),
    Visited("ke-hoach-moi", "/ke-hoach", "/ke-hoach", CLERK, lands=f"/ke-hoach/{PLAN}"),
    Visited("ke-hoach", "/ke-hoach/{plan_id}", f"/ke-hoach/{PLAN}", CLERK),
    Visited("ke-hoach-don-vi", "/ke-hoach/{plan_id}", f"/ke-hoach/{PLAN}", DOER),
    Visited("ky-nguoi-khac", KY, f"/ky/{REPORT}", STRANGER, status=404),
)
FIRST = {one.route: one.name for one in reversed(PAGES)}
NO_PAGE = {  # they answer programs, or give a file to keep
    "/suc-khoe",
    "/health",
    "/metrics",
    "/danh-ba/mau.xlsx",
    "/lich/{name}.ics",
    "/viec/{token}/tep/{sha256}",
    KY + "/tep/{sha256}",
}


def busy(house: House) -> None:
    """What makes pages full: a report handed in, the office told of it; later nobody reached, a case opened."""
    link = house.link(DOER)
    with Client() as browser:
        form = browser.get(f"{link}/nop").text
        key = form.partition('name="request_key" value="')[2].partition('"')[0]
        given = {"number": "45/BC-TĐC", "signed_on": "02/6/2022", "kept_at": "Văn thư đơn vị", "request_key": key}
        assert browser.post(f"{link}/nop", data=given).status_code == 303
    house.run(june(6))
    house.at = june(7)
    sweep(house.office, house.at)
    deliver(house.office, house.at, clock=lambda: house.at, send=lambda _letter: Outcome("permanent", "hết hộp thư"))
    case, act = CaseOpening("to-cao", june(6).date(), reference="TC-01"), Act(HOST, "portal", june(7).date())
    open_case(house.office, PLAN, case, act, house.at)
    house.run(june(14))  # by now a report may go up to the leadership, if somebody says so


def routes(app: FastAPI) -> Iterator[str]:
    """Paths of all routes that a person's browser can open."""
    for route in iter_route_contexts(app.routes):
        if "GET" in (route.methods or ()) and route.path not in NO_PAGE:
            yield str(route.path)
