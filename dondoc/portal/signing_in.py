"""Signing in and out: a name, a link that works once, a session. Nobody learns here who is known and who is not."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dondoc.portal.cookie import forget_cookie, put_cookie
from dondoc.portal.door import Door
from dondoc.portal.forms import Form
from dondoc.portal.pace import place_of
from dondoc.portal.pages import page
from dondoc.portal.posting import Posted
from dondoc.portal.program import program_words
from dondoc.portal.visit import SignInNeeded, Visit, cookie_of, visiting
from dondoc.portal.way_back import way_back
from dondoc.use_cases.credentials import LIVES
from dondoc.use_cases.sessions import end_session, enter_by_link, who_may_enter
from dondoc.use_cases.sign_in import send_sign_in
from dondoc.words import _

LONGEST = 200
MINUTES = int(LIVES["sign-in"].total_seconds() // 60)


def router(door: Door) -> APIRouter:
    """The pages before and after a session."""
    pages, found = SigningIn(door), APIRouter()
    visit = visiting(door)
    found.get("/dang-nhap")(pages.ask)
    found.post("/dang-nhap")(pages.send)
    found.get("/dang-nhap/da-gui")(pages.sent)
    found.get("/vao/{secret}")(pages.show)
    found.post("/vao/{secret}")(pages.enter)

    @found.post("/dang-xuat")
    def sign_out(request: Request, form: Posted, now: Annotated[Visit, Depends(visit)]) -> Response:
        now.proven(form)
        end_session(now.office, cookie_of(request, now.office), now.at)
        return forget_cookie(RedirectResponse("/dang-nhap?ra=1", 303), now.office)

    return found


class SigningIn:
    """Pages over one office; the clock is read once a request."""

    def __init__(self, door: Door) -> None:
        self.door, self._visit = door, visiting(door)

    def ask(self, request: Request, tiep: str = "", ra: str = "") -> Response:
        """One field. Whoever is signed in already goes on."""
        back = way_back(tiep)
        if self._is_in(request):
            return RedirectResponse(back, 303)
        return self._form(Form({"tiep": back if tiep else ""}), left=bool(ra))

    def _is_in(self, request: Request) -> bool:
        try:
            return bool(self._visit(request))
        except SignInNeeded:
            return False

    def _form(self, form: Form, status: int = 200, *, left: bool = False) -> HTMLResponse:
        ready = bool(self.door.office().mail.portal_url)
        sso = self.door.provider.settings if self.door.provider else None
        return page("dang-nhap.html", status, form=form, left=left, ready=ready, sso=sso)

    def send(self, request: Request, posted: Posted, later: BackgroundTasks) -> Response:
        """The same answer in the same time for everybody: who it is, is looked up after it has been given."""
        form, at = Form({name: str(value) for name, value in posted.items()}), self.door.clock()
        who = form.text("who", longest=LONGEST, needed=_("Ghi địa chỉ thư điện tử, số điện thoại hoặc mã của bạn."))
        if form.errors:
            return self._form(form, 422)
        paces = self.door.paces
        paces.sign_in_by_place.demand(place_of(request), at)
        paces.sign_in_by_name.demand(who.casefold(), at)
        back = way_back(form.typed.get("tiep", ""))
        later.add_task(send_sign_in, self.door.office(), who, back, self.door.clock, self.door.send)
        return RedirectResponse("/dang-nhap/da-gui", 303)

    def sent(self) -> HTMLResponse:
        """What to do now."""
        return page("da-gui.html", minutes=MINUTES)

    def show(self, secret: str) -> HTMLResponse:
        """One button: programs that look through mail open every link, and press nothing."""
        name = who_may_enter(self.door.office(), secret, self.door.clock())
        return page("vao.html", name=name, secret=secret) if name else _dead()

    def enter(self, request: Request, secret: str) -> Response:
        """Uses the link up; a cookie that somebody planted before is worth nothing afterwards."""
        office, at = self.door.office(), self.door.clock()
        seen = seen_from(request)
        arrival = enter_by_link(office, secret, at, former=cookie_of(request, office), seen=seen)
        if arrival is None:
            return _dead()
        return put_cookie(RedirectResponse(way_back(arrival.back), 303), office, arrival.secret)


def seen_from(request: Request) -> dict[str, str]:
    """Where a session begins, for the page on which its owner looks through them."""
    return {"place": place_of(request), "program": program_words(request.headers.get("user-agent", ""))}


def _dead() -> HTMLResponse:
    return page("khong-vao-duoc.html", 404)
