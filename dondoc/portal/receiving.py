"""/tiep-dan: the register of reception sessions; one held, one to which nobody came, one moved by a document."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from dondoc.portal.door import Door
from dondoc.portal.forms import Field, Form
from dondoc.portal.posting import blank, entered, key_of, posted, proven
from dondoc.portal.visit import Visit, visiting
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.extend import reset_due
from dondoc.use_cases.office import local_day
from dondoc.use_cases.receptions import HOST, Session, session, sessions
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred
from dondoc.words import _
from dondoc.words.dates import short_date

HERE = "/tiep-dan"
# Kept in the book under these very names, whatever the reader's language.
FIGURES = (("turns", "Số lượt"), ("people", "Số người"), ("matters", "Số vụ việc"), ("papers", "Số đơn nhận"))


def router(door: Door) -> APIRouter:
    """The register of one year, one session, and its three deeds."""
    found = APIRouter(prefix=HERE)
    Visited = Annotated[Visit, Depends(visiting(door))]

    @found.get("")
    def _list(visit: Visited, nam: str = "", ghi: str = "") -> Response:
        visit.demand("see-receptions")
        year = int(nam) if nam.isdecimal() and len(nam) == 4 else local_day(visit.office, visit.at).year
        listed = sessions(visit.office, visit.viewer, visit.at, year)
        heads = [label for _name, label in FIGURES]
        return visit.page(
            "tiep-dan.html", sessions=listed, year=year, heads=heads, done=bool(ghi), wide=True, here=HERE
        )

    @found.get("/{deed}/{key:path}")
    def _ask(visit: Visited, deed: str, key: str) -> Response:
        shown = _open(visit, deed, key)
        return _form(visit, shown, deed, blank(day=_suggested(visit, shown) if deed != "doi-ngay" else ""))

    @found.post("/{deed}/{key:path}")
    def _do(visit: Visited, deed: str, key: str, sent: Annotated[FormData, Depends(posted)]) -> Response:
        form, before = proven(visit, sent), session(visit.office, visit.viewer, key, visit.at)
        if before is None or deed not in DEEDS:
            raise HTTPException(404)
        visit.demand("reset-due" if deed == "doi-ngay" else "see-receptions")
        if before.closed and not before.may_record:  # sent twice, or somebody was quicker
            return RedirectResponse(HERE, 303)
        shown = _open(visit, deed, key)
        if DEEDS[deed](visit, shown, form):
            year = (shown.on or local_day(visit.office, visit.at)).year
            return RedirectResponse(f"{HERE}?nam={year}&ghi=1", 303)
        return _form(visit, shown, deed, form, 422)

    return found


def _open(visit: Visit, deed: str, key: str) -> Session:
    """The session of a deed that is open to the viewer; 404 for any other."""
    visit.demand("see-receptions")
    shown = session(visit.office, visit.viewer, key, visit.at)
    if shown is None or deed not in DEEDS or not (shown.may_postpone if deed == "doi-ngay" else shown.may_record):
        raise HTTPException(404)
    return shown


def _suggested(visit: Visit, shown: Session) -> str:
    today = local_day(visit.office, visit.at)
    return short_date(min(shown.on, today) if shown.on else today)


def _held(visit: Visit, shown: Session, form: Form) -> bool:
    act = _act(visit, form)
    host = form.text("host", needed=_("Ghi người tiếp."))
    given = [(label, form.text(name, longest=6)) for name, label in FIGURES]
    for (name, _label), (_same, value) in zip(FIGURES, given, strict=True):
        if value and not value.isdecimal():
            form.errors[name] = _("“{value}” không phải một số. Ghi chữ số, như 3.").format(value=value)
    kept_at = form.text("kept_at", needed=_("Ghi nơi lưu sổ, biên bản."))
    figures = ((HOST, host), *((label, value) for label, value in given if value))
    evidence = Evidence(done_on=act.act_on, kept_at=kept_at, note=form.text("note", longest=1000), figures=figures)
    return entered(form, "day", lambda: submit(visit.office, shown.key, evidence, act, visit.at))


def _nobody(visit: Visit, shown: Session, form: Form) -> bool:
    act, note = _act(visit, form), form.text("note", longest=500)
    return entered(form, "day", lambda: nothing_occurred(visit.office, shown.key, act, visit.at, note))


def _moved(visit: Visit, shown: Session, form: Form) -> bool:
    key, today = key_of(form), local_day(visit.office, visit.at)
    day = form.day("day", today, needed=_("Ghi ngày tiếp mới."), ahead=True)
    number = form.text("number", needed=_("Ghi số, ký hiệu văn bản."))
    signed_on = form.day("signed_on", today, needed=_("Ghi ngày ký văn bản."))
    if day and day < today:
        form.errors["day"] = _("Ngày {day} đã qua.").format(day=short_date(day))
    act = Act(visit.viewer.person, "portal", today, key)
    return entered(
        form,
        "day",
        lambda: reset_due(visit.office, shown.key, day or today, Document(number, signed_on or today), act, visit.at),
    )


DEEDS = {"da-tiep": _held, "khong-co-cong-dan": _nobody, "doi-ngay": _moved}


def _act(visit: Visit, form: Form) -> Act:
    today = local_day(visit.office, visit.at)
    day: date | None = form.day("day", today, needed=_("Ghi ngày tiếp."))
    return Act(visit.viewer.person, "portal", day or today, key_of(form))


def _form(visit: Visit, shown: Session, deed: str, form: Form, status: int = 200) -> Response:
    day, note = Field("day", _("Ngày tiếp"), _("Ghi như 03/6/2022."), "day"), Field("note", _("Ghi chú"), "", "area")
    titles = {
        "da-tiep": _("Ghi buổi tiếp công dân"),
        "khong-co-cong-dan": _("Không có công dân đến"),
        "doi-ngay": _("Đổi ngày tiếp theo văn bản"),
    }
    fields = {
        "da-tiep": (
            day,
            Field("host", _("Người tiếp"), _("Chức vụ, như: Giám đốc Sở.")),
            *(Field(name, _(label), "", "number") for name, label in FIGURES),
            Field("kept_at", _("Nơi lưu sổ, biên bản"), _("Ví dụ: Sổ tiếp công dân 2022, trang 12.")),
            note._replace(hint=_("Không ghi tên, nội dung của công dân.")),
        ),
        "khong-co-cong-dan": (day, note._replace(hint=_("Không bắt buộc."))),
        "doi-ngay": (
            day._replace(label=_("Ngày tiếp mới"), hint=_("Mỗi tháng phải có ít nhất một ngày tiếp công dân.")),
            Field("number", _("Số, ký hiệu văn bản"), _("Ví dụ: 210/TB-SKHCN.")),
            Field("signed_on", _("Ngày ký văn bản"), _("Ghi như 03/6/2022."), "day"),
        ),
    }
    return visit.page(
        "tiep-dan-ghi.html",
        status,
        one=shown,
        deed=deed,
        title=titles[deed],
        fields=fields[deed],
        form=form,
        here=HERE,
    )
