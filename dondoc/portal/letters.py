"""/thu: messages and their outcomes; /hop-thu: the embedded mailbox while the office is on trial."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from dondoc.portal.door import Door
from dondoc.portal.posting import blank, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.hold import discard, release
from dondoc.use_cases.letters_page import letters_page
from dondoc.use_cases.mailbox_page import is_on_trial, mail_list, mail_view, pieces
from dondoc.words import _

HERE, BOX = "/thu", "/hop-thu"


def router(door: Door) -> APIRouter:
    """The list with its filters, the office's word on what is held, and the mailbox."""
    found = APIRouter()
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get(HERE)
    def _list(visit: Visited, ket_qua: str = "", nguoi: str = "", sau: str = "") -> Response:
        visit.demand("see-messages")
        shown = letters_page(visit.office, visit.viewer, visit.at, outcome=ket_qua, person=nguoi, after=sau)
        kept = {name: value for name, value in (("ket_qua", ket_qua), ("nguoi", nguoi)) if value}
        return visit.page(
            "thu.html",
            page=shown,
            older=f"{HERE}?{urlencode({**kept, 'sau': shown.after})}" if shown.after else "",
            outcomes=_outcomes(),
            people=[(one.id, one.name) for one in visit.office.directory.persons.values()],
            asked=(ket_qua, nguoi),
            form=blank(),
            wide=True,
            here=HERE,
        )

    @found.post(f"{HERE}/dang-giu")
    def _word(visit: Visited, sent: Annotated[FormData, Depends(posted)]) -> Response:
        form = proven(visit, sent)
        visit.demand("hold")
        word = {"gui": release, "bo": discard}.get(form.text("word"))
        if word is None:
            raise HTTPException(404)
        word(visit.office, visit.at, visit.viewer.person, "portal")
        return RedirectResponse(HERE, 303)

    @found.get(BOX)
    def _mailbox(visit: Visited, truoc: int = 0) -> Response:
        _demand_trial(visit)
        return visit.page("hop-thu.html", page=mail_list(visit.office, truoc), wide=True, here=BOX)

    @found.get(f"{BOX}/{{number}}")
    def _mail(visit: Visited, number: int) -> Response:
        _demand_trial(visit)
        mail = mail_view(visit.office, number)
        if mail is None:
            raise HTTPException(404)
        return visit.page("hop-thu-thu.html", mail=mail, pieces=list(pieces(visit.office, mail.text)), here=BOX)

    return found


def _demand_trial(visit: Visit) -> None:
    """404 once messages are real: what the trial said is nobody's mail."""
    visit.demand("see-mailbox")
    if not is_on_trial(visit.office, visit.at):
        raise HTTPException(404)


def _outcomes() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("mọi kết quả")),
        ("cho", _("đang chờ")),
        ("da-gui", _("đã chuyển đi")),
        ("loi", _("không chuyển được")),
        ("thu-hoi", _("đã thu hồi")),
    )
