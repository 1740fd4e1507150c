"""A deed's page and what becomes of its form: the same for who came by a link and for who is signed in."""

from datetime import datetime
from typing import NamedTuple

from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dondoc.portal.deed_words import Asked, asked
from dondoc.portal.deeds import EVENT, Asking, do
from dondoc.portal.forms import Field, Form
from dondoc.portal.pages import page
from dondoc.portal.troubles import AGAIN
from dondoc.portal.visit import Visit
from dondoc.use_cases import deed_choices
from dondoc.use_cases.deed_choices import Choices
from dondoc.use_cases.office import Office
from dondoc.use_cases.post import Deed, Post
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.troubles import RegisterError
from dondoc.words import _

OPEN_FIELDS = ("files", "note")  # what a paper of the Party, or a secret one, has no room for
PICK: Choices = (("", "—"),)


class Desk(NamedTuple):
    """Where a deed is done: the post, what it is about in words, and the address of the page it belongs to."""

    office: Office
    at: datetime
    post: Post
    address: str
    name: str
    party: str
    asks: tuple[str, ...] = ()  # the evidence asked for
    visit: Visit | None = None

    def action(self, slug: str) -> str:
        """Where the form is sent to."""
        return f"{self.address}/{slug}" + (f"?buoc={self.post.step}" if self.visit else "")


def deed_of(slug: str) -> Deed | None:
    """The deed of an address."""
    return next((deed for deed, one in asked().items() if one.slug == slug), None)


def form_page(desk: Desk, deed: Deed, form: Form, status: int = 200) -> HTMLResponse:
    """One deed, one page; what was typed is still there."""
    return page("tra-loi.html", status, desk=desk, asked=tailored(desk, deed), form=form, visit=desk.visit)


def entered(desk: Desk, deed: Deed, form: Form, files: list[tuple[str, bytes]]) -> Response:
    """The deed, once however often the form is sent; what was typed comes back with what is wrong."""
    wanted = tailored(desk, deed)
    try:
        do(Asking(desk.office, desk.post, wanted, form, files, desk.at), deed)
    except Refused as refused:
        form.errors.setdefault(wanted.fields[0].name if wanted.fields else "request_key", str(refused))
    except RegisterError as trouble:
        if trouble.problem != "busy":
            raise
        form.errors["request_key"] = _("Sổ theo dõi đang bận, chưa ghi được. Bấm gửi lại sau ít phút.")
        told = form_page(desk, deed, form, 503)
        told.headers["Retry-After"] = AGAIN
        return told
    if form.errors:
        if files and deed == "submit" and not desk.post.no_files:  # no browser shows them again
            form.errors.setdefault("files", _("Chọn lại tệp rồi gửi: tệp vừa chọn chưa được lưu."))
        return form_page(desk, deed, form, 422)
    return RedirectResponse(f"{desk.address}/da-ghi", 303)


def tailored(desk: Desk, deed: Deed) -> Asked:
    """The deed's form at this post: its choices filled in, without fields that this step has no room for."""
    wanted, post = asked()[deed], desk.post
    fields = tuple(one for one in wanted.fields if not (post.no_files and one.name in OPEN_FIELDS))
    if deed == "checklist":
        hint = _("Ngày phát sinh, như 03/6/2022; nhiều ngày cách nhau bằng dấu phẩy. Để trống là không phát sinh.")
        fields = tuple(Field(f"{EVENT}{o}", said, hint) for o, said in deed_choices.events(desk.office, post))
    return wanted._replace(fields=tuple(_chosen(desk, deed, field) for field in fields))


def _chosen(desk: Desk, deed: Deed, field: Field) -> Field:
    choices = _choices(desk, deed, field.name)
    return field._replace(kind="choice", choices=PICK + choices) if choices else field


def _choices(desk: Desk, deed: Deed, name: str) -> Choices:
    office, post = desk.office, desk.post
    match name:
        case "who":
            return deed_choices.colleagues(office, post)
        case "to" if deed == "assign":
            return deed_choices.specialists(office, post, desk.at)
        case "to":
            return deed_choices.hands(office, post)
        case "entry":
            return deed_choices.entries(office, post)
        case "field":
            return deed_choices.fields()
        case "reason" if post.confidential:
            return deed_choices.reasons()
    return ()
