"""/api: the JSON side, for the e-office and other programs. A key for each program, the same rights, the same deeds."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from dondoc.core.rights import Action, Subject
from dondoc.portal import api_models as models
from dondoc.portal.api_errors import NoToken, OutOfScope, tell_errors
from dondoc.portal.door import Door
from dondoc.use_cases.act import Act, Document, Recorded
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.open_case import open_ad_hoc
from dondoc.use_cases.read_for_programs import (
    BoardAsked,
    OccurrenceSeen,
    StepSeen,
    board_page_for,
    coming_for,
    counts_for,
    occurrence_for,
)
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.tokens import Program, program_of
from dondoc.words import _

KEY = "/occurrences/{plan}/{obligation}/{period}/{party}"
TEXT = """Sổ theo dõi của Đôn Đốc cho chương trình khác: đọc bảng theo dõi, số liệu, việc sắp tới; ghi kết quả, xác nhận
theo ngày gửi và ngày đến, mở việc đột xuất. Mỗi chương trình một khoá (`dondoc token issue`), gửi bằng
`Authorization: Bearer dondoc_…`; quyền của khoá ghi ở từng lệnh gọi. Vụ việc bảo mật không bao giờ hiện. Lỗi theo
RFC 9457.

The register of Đôn Đốc for other programs: read the board, figures and what is coming; hand in, confirm by the days of
sending and arrival, open ad-hoc duties. One key a program; its scopes are named at each call. Confidential cases never
show. Errors follow RFC 9457."""
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": models.Problem, "content": {"application/problem+json": {}}, "description": text}
    for status, text in {
        400: "Không đọc được / cannot be read",
        401: "Thiếu khoá, hoặc khoá không dùng được / no key, or one that opens nothing",
        403: "Khoá không có quyền này / the key lacks the scope",
        404: "Không có, hoặc không được thấy / nothing there, or not to be seen",
        422: "Dữ liệu gửi đến chưa đúng / what was sent is not valid",
        429: "Quá nhiều lần / too many requests",
    }.items()
}
REFUSED: dict[int | str, dict[str, Any]] = {
    409: {
        "model": models.Problem,
        "content": {"application/problem+json": {}},
        "description": "Không ghi được, kèm lý do / refused, and why",
    }
}


class Call(NamedTuple):
    """One call of one program. `at` is the instant it came."""

    office: Office
    at: datetime
    program: Program

    def demand(self, action: Action, subject: Subject | None = None) -> None:
        """OutOfScope where the key is not for this."""
        if not self.program.may(action, subject):
            raise OutOfScope(action)

    def act(self, by: str, act_on: date | None, request_key: str) -> Act:
        """In the name of a person or role of the office, through this program. Refused for a stranger."""
        directory = self.office.directory
        if by not in directory.persons and by not in directory.roles:
            raise Refused(_("Không có người hoặc vai trò «{by}».").format(by=by), _("Xem mã trong tệp tổ chức."))
        today = local_day(self.office, self.at)
        return Act(by, f"api:{self.program.name}", act_on or today, f"api/{self.program.name}/{request_key}")


def make_api(door: Door) -> FastAPI:
    """An application of its own below /api; its description needs a key as everything else does."""
    app = FastAPI(
        title="Đôn Đốc", version="1", description=TEXT, docs_url=None, redoc_url=None, openapi_url=None,
        responses=PROBLEMS, redirect_slashes=False,
    )  # fmt: skip
    tell_errors(app)
    called = Annotated[Call, Depends(_calling(door))]
    _describe(app, called)
    _reading(app, called)
    _writing(app, called)
    return app


def _calling(door: Door) -> Callable[..., Call]:
    bearer = HTTPBearer(auto_error=False, description="dondoc token issue")

    def call(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Call:
        office, at = door.office(), door.clock()
        program = program_of(office, given.credentials, at) if given else None
        if program is None:
            raise NoToken
        door.paces.api.demand(program.name, at)
        return Call(office, at, program)

    return call


def _describe(app: FastAPI, called: Any) -> None:
    @app.get("/openapi.json", include_in_schema=False)
    def describe(request: Request, call: called) -> JSONResponse:
        found = app.openapi()
        return JSONResponse({**found, "servers": [{"url": request.scope.get("root_path", "") or "/"}]})


def _reading(app: FastAPI, called: Any) -> None:
    @app.get("/board", summary="Bảng theo dõi / the board (see-board)")
    def board(
        call: called,
        plan: models.Short = "",
        obligation: models.Short = "",
        party: models.Short = "",
        phase: models.Short = "",
        late: bool | None = None,
        after: models.Words = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> models.Board:
        call.demand("see-board")
        asked = BoardAsked(plan, obligation, party, phase, late, after, limit)
        found = board_page_for(call.office, asked, call.at)
        rows = [models.Row(**models.fields_of(row, models.Row)) for row in found.rows]
        return models.Board(rows=rows, next=found.next, hidden=found.hidden)

    @app.get(KEY, summary="Một kỳ thực hiện / one occurrence (see-occurrence)")
    def occurrence(call: called, plan: str, obligation: str, period: str, party: str) -> models.Occurrence:
        call.demand("see-occurrence")
        key = "/".join((plan, obligation, period, party))
        return _occurrence(occurrence_for(call.office, key, call.program.viewer, call.at))

    @app.get("/statistics", summary="Số liệu theo đơn vị / figures by party (see-statistics)")
    def statistics(call: called, plan: models.Short = "") -> list[models.Count]:
        call.demand("see-statistics")
        return [models.Count(**one._asdict()) for one in counts_for(call.office, plan, call.at)]

    @app.get("/coming", summary="Những lần báo sắp tới / messages to come (see-coming)")
    def coming(call: called, days: Annotated[int, Query(ge=1, le=100)] = 30) -> list[models.Coming]:
        call.demand("see-coming")
        return [models.Coming(**models.fields_of(one, models.Coming)) for one in coming_for(call.office, days, call.at)]


def _occurrence(seen: OccurrenceSeen) -> models.Occurrence:
    return models.Occurrence(**models.fields_of(seen.row, models.Row), steps=[_step(step) for step in seen.steps])


def _step(step: StepSeen) -> models.Step:
    given = [
        models.Submission(**models.fields_of(one, models.Submission) | {"files": len(one.files)})
        for one in step.submissions
    ]
    return models.Step(**models.fields_of(step, models.Step) | {"submissions": given})


def _writing(app: FastAPI, called: Any) -> None:
    @app.post(f"{KEY}/submissions", summary="Nộp kết quả / hand in (submit)", responses=REFUSED)
    def hand_in(call: called, plan: str, obligation: str, period: str, party: str, sent: models.Submit) -> models.Done:
        call.demand("submit")
        key = _seen(call, plan, obligation, period, party)
        evidence = Evidence(
            number=sent.number, signed_on=sent.signed_on, done_on=sent.done_on, kept_at=sent.kept_at, note=sent.note
        )
        act = call.act(sent.by, sent.act_on, sent.request_key)
        return _done(submit(call.office, key, evidence, act, call.at, sent.step or ""))

    @app.post(f"{KEY}/confirmations", summary="Xác nhận đã nhận / confirm (confirm)", responses=REFUSED)
    def take(call: called, plan: str, obligation: str, period: str, party: str, sent: models.Confirm) -> models.Done:
        call.demand("confirm")
        key = _seen(call, plan, obligation, period, party)
        act = call.act(sent.by, sent.act_on, sent.request_key)
        days = {"sent_on": sent.sent_on, "received_on": sent.received_on}
        return _done(confirm(call.office, key, act, call.at, sent.step or "", **days))

    @app.post("/ad-hoc", summary="Mở việc đột xuất / open an ad-hoc duty (open-ad-hoc)", responses=REFUSED)
    def open_one(call: called, sent: models.AdHoc) -> models.Done:
        call.demand("open-ad-hoc")
        act = call.act(sent.by, None, sent.request_key)
        paper = Document(sent.number, sent.document_on)
        done = open_ad_hoc(
            call.office, sent.plan, sent.title, paper, sent.sender, sent.last_on, sent.party, act, call.at
        )
        return _done(done)


def _seen(call: Call, *parts: str) -> str:
    """The key of an occurrence that programs may see; Unseen where there is none, or a confidential one."""
    key = "/".join(parts)
    occurrence_for(call.office, key, call.program.viewer, call.at)
    return key


def _done(recorded: Recorded) -> models.Done:
    return models.Done(key=recorded.key, already=recorded.already, label=recorded.label)
