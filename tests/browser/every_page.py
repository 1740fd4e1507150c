"""One real address for every route that answers GET, with who opens it. A new page without one fails a test."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from browsed_house import CLERK, DOER, House, june
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Client

Address = str | Callable[[House], str]  # a path, or the whole address that letters link to


class Visited(NamedTuple):
    """One page; `person` is who is signed in, "" for nobody; `lands` the path it redirects to, "" for none."""

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


PAGES = (
    Visited("viec", "/viec/{token}", answer()),
    Visited("viec-van-phong", "/viec/{token}", answer(person=CLERK)),
    Visited("viec-khong-co", "/viec/{token}", "/viec/khong-co", status=404),
    Visited("viec-da-ghi", "/viec/{token}/da-ghi", answer("da-ghi", person=CLERK)),
    Visited("viec-nop", "/viec/{token}/{slug}", answer("nop", person=CLERK), lands="/viec/"),
    Visited("viec-xac-nhan", "/viec/{token}/{slug}", answer("xac-nhan", person=CLERK)),
    Visited("viec-tra-lai", "/viec/{token}/{slug}", answer("tra-lai", person=CLERK)),
)
NO_PAGE = {"/suc-khoe", "/health", "/metrics"}  # they answer programs


def busy(house: House) -> None:
    """What makes pages full: the report handed in, the office told of it."""
    link = house.link(DOER)
    with Client() as browser:
        form = browser.get(f"{link}/nop").text
        key = form.partition('name="request_key" value="')[2].partition('"')[0]
        given = {"number": "45/BC-TĐC", "signed_on": "02/6/2022", "kept_at": "Văn thư đơn vị", "request_key": key}
        assert browser.post(f"{link}/nop", data=given).status_code == 303
    house.run(june(6))


def routes(app: FastAPI) -> Iterator[str]:
    """Paths of all routes that a person's browser can open."""
    for route in iter_route_contexts(app.routes):
        if "GET" in (route.methods or ()) and route.path not in NO_PAGE:
            yield str(route.path)
