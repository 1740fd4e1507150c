"""The shape of every definition file, as pydantic models; descriptions are Vietnamese | English.

Keys are kebab-case in YAML. Unknown keys are refused. What a key means beyond its shape is checked in load_plan.
"""

from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from definitions.schema_base import Clock, Day, Id, Model, Pattern, RoleRef, Text
from dondoc.core.plan import CASE_NUMBER, CASE_PLACE, BasisKind, DecidingDate, Voice
from dondoc.core.timing import Roll

SCHEMA = 1


class Span(Model):
    from_: Day = Field(description="Từ ngày (kể cả) | first day, inclusive")
    to: Day = Field(description="Đến hết ngày | last day, inclusive")


class Document(Model):
    number: str = Field("", description="Số, ký hiệu văn bản | document number")
    date: Day = Field(description="Ngày ban hành | day of issue")
    agency: str = Field("", description="Cơ quan ban hành | issuing agency")


class WorkingHours(Model):
    send: Clock = Field(time(8, 0), description="Giờ gửi nhắc | sending hour")
    opens: Clock = Field(time(7, 30), description="Giờ bắt đầu làm việc | opening hour")
    closes: Clock = Field(time(17, 0), description="Giờ hết làm việc | closing hour")


class LegalBasisModel(Model):
    id: Id = Field(description="Mã văn bản | document id")
    title: Text = Field(description="Tên văn bản | title")
    number: str = Field("", description="Số, ký hiệu | number")
    from_: Day | None = Field(None, description="Có hiệu lực từ | in force from")
    to: Day | None = Field(None, description="Hết hiệu lực sau ngày | in force until")
    replaced_by: str = Field("", description="Văn bản thay thế | replaced by")
    note: str = Field("", description="Ghi chú | note")


class Rung(Model):
    after: int = Field(ge=1, le=250, description="Số ngày làm việc sau hạn | working days after the last day")
    to: RoleRef = Field(description="Báo ai | role told")
    mode: Literal["send", "approve"] | None = Field(None, description="Gửi ngay hay chờ duyệt | send or ask first")
    draft: str = Field("", description="Văn bản dự thảo kèm theo | paper drafted at this rung")
    every: int = Field(0, ge=0, le=250, description="Lặp lại sau mỗi n ngày làm việc | repeat every n working days")


class LadderModel(Model):
    remind: list[Annotated[int, Field(ge=0, le=250)]] = Field(
        default_factory=list,
        description="Nhắc trước ngày phải xong, tính bằng ngày làm việc | working days before target",
    )
    escalate: list[Rung] = Field(default_factory=list, description="Báo lên sau hạn | escalations after the due")


class OfficeStep(Model):
    within: str = Field("", description="Thời hạn (ngày làm việc) | period, as a phrase")
    ladder: str = Field("", description="Thang nhắc | ladder name")
    by: str = Field("", description="Ai làm, mặc định Văn phòng | role, the office by default")
    from_: str = Field("", description="Mở từ ngày tháng-ngày | opens on month-day")
    due: str = Field("", description="Hạn | due phrase")
    title: str = Field("", description="Tên việc | title")
    ask: str = Field("", description="Câu đề nghị | what is asked")


class OfficeSteps(Model):
    bind_due: OfficeStep = Field(
        default_factory=lambda: OfficeStep.model_validate({}), description="Tìm và nhập hạn | find and bind unset dues"
    )
    decide_proposed: OfficeStep = Field(
        default_factory=lambda: OfficeStep.model_validate({}), description="Quyết định đề xuất | decide proposals"
    )
    checklist: OfficeStep = Field(
        default_factory=lambda: OfficeStep.model_validate({}), description="Phiếu phát sinh tháng | monthly checklist"
    )
    next_plan: OfficeStep = Field(
        default_factory=lambda: OfficeStep.model_validate({}),
        description="Ban hành kế hoạch năm sau | next year's plan",
    )


class PlanFile(Model):
    plan: Id = Field(description="Mã kế hoạch | plan id")
    title: Text = Field(description="Tên kế hoạch | title")
    document: Document = Field(description="Văn bản ban hành | the signed paper")
    year: int = Field(ge=2000, le=2100, description="Năm | year")
    valid: Span = Field(description="Hiệu lực | validity")
    draft: bool = Field(False, description="Bản dự thảo chưa ký | an edition not signed yet")
    calendar: Id = Field("vn", description="Lịch làm việc | working calendar")
    zone: str = Field("Asia/Ho_Chi_Minh", description="Múi giờ | time zone")
    office: Id = Field(description="Vai trò theo dõi, đôn đốc | role that watches")
    office_head: Id | Literal[""] = Field("", description="Vai trò đứng đầu Văn phòng | role that approves")
    hours: WorkingHours = Field(
        default_factory=lambda: WorkingHours.model_validate({}), description="Giờ gửi, giờ làm việc | hours"
    )
    before: Literal["strict", "inclusive"] = Field("strict", description="Cách hiểu “trước ngày” | reading of before")
    legal_bases: list[LegalBasisModel] = Field(default_factory=list, description="Văn bản căn cứ | legal bases")
    clauses: list[str] = Field(default_factory=list, description="Các mục phải được dẫn | clauses to be cited")
    office_steps: OfficeSteps = Field(
        default_factory=lambda: OfficeSteps.model_validate({}), description="Việc của Văn phòng | office steps"
    )
    ladders: dict[str, LadderModel] = Field(default_factory=dict, description="Các thang nhắc | ladders")
    case_number: Pattern = Field(
        CASE_NUMBER, description="Số hiệu vụ việc bảo mật, biểu thức chính quy | a confidential case's number, a regex"
    )
    case_place: Pattern = Field(
        CASE_PLACE, description="Nơi lưu hồ sơ vụ việc bảo mật, biểu thức chính quy | where its papers lie, a regex"
    )
    named_days: dict[str, list[Day]] = Field(
        default_factory=dict, description="Ngày do lịch khác định, như năm học | days set by other calendars"
    )
    note: str = Field("", description="Ghi chú | note")


class Cite(Model):
    at: Text = Field(description="Vị trí trong kế hoạch | place in the plan")
    quote: Text = Field(description="Trích nguyên văn, “…” là phần lược | verbatim words, … marks a gap")


class BasisModel(Model):
    kind: Literal[BasisKind] = Field(description="Căn cứ của hạn | what the due rests on")
    source: str = Field("", description="Điều khoản, số ngày văn bản | clause or document")
    decided_by: str = Field("", description="Ai quyết định | who decided")
    decided_on: Day | None = Field(None, description="Ngày quyết định | decided on")


class Act(Model):
    """What an obligation with one step, and a step, have in common."""

    ask: str = Field("", description="Câu nói với người làm | what the doer is asked")
    by: RoleRef | Literal[""] = Field("", description="Ai làm | responsible role")
    due: str | dict[str, Any] | None = Field(None, description="Hạn: lời của kế hoạch, hoặc rule | due")
    within: str = Field("", description="Thời hạn kể từ bước trước hoặc sự kiện | period from an act")
    after: str = Field("", description="Sau bước nào | which step comes first")
    complex: str = Field("", description="Thời hạn khi phức tạp | longer clock by decision")
    max_extensions: int = Field(-1, ge=-1, description="Số lần gia hạn tối đa | extensions allowed")
    roll: Literal[Roll] | None = Field(None, description="Dời khi trùng ngày nghỉ | roll off a day off")
    stay_in_month: bool = Field(False, description="Không ra khỏi tháng | stay in the month")
    reading: dict[str, str] = Field(
        default_factory=dict, description="Cách hiểu từ mơ hồ | readings of ambiguous words"
    )
    basis: Literal[BasisKind] | BasisModel | None = Field(None, description="Căn cứ | basis")
    evidence: list[str] = Field(default_factory=list, description="Minh chứng | evidence")
    nothing_occurred: Literal["allowed"] | bool | None = Field(None, description="Cho phép “không phát sinh” | allowed")
    deciding_date: Literal[DecidingDate] | None = Field(None, description="Ngày quyết định đúng hạn | deciding date")
    ladder: str = Field("", description="Thang nhắc | ladder")
    voice: Literal[Voice] | None = Field(None, description="Giọng: đôn đốc, đề nghị, báo cáo | voice")
    law: str = Field("", description="Điều luật | law")
    joins: list[Id] = Field(default_factory=list, description="Chờ các nghĩa vụ khác | obligations waited for")
    min_days_after: int = Field(0, ge=0, description="Ít nhất n ngày sau bước trước | earliest day after")
    no_files: bool = Field(
        False, description="Văn bản Đảng, văn bản mật: chỉ ghi số, ngày, nơi lưu | number, date and place only, no file"
    )
    return_within: int = Field(2, ge=1, description="Hạn nộp lại (ngày làm việc) | resubmission due")


class StepModel(Act):
    id: Id = Field(description="Mã bước | step id")
    title: Text = Field(description="Tên bước | title")
    confirms: str = Field("", description="Xác nhận bước nào | step it confirms")
    note: str = Field("", description="Ghi chú | note")


class Expect(Model):
    targets: list[Day] = Field(default_factory=list, description="Các ngày phải xong đầu tiên | first targets")
    last: list[Day] = Field(default_factory=list, description="Các ngày cuối cùng hợp lệ | first last lawful days")


def _collision(value: Any) -> Any:
    said = {"next working day in the month, else the previous one": "next-in-month-else-previous"}
    return said.get(value, value) if isinstance(value, str) else value


Collision = Annotated[
    Literal["", "next-in-month-else-previous", "next", "previous", "skip"], BeforeValidator(_collision)
]


class ObligationModel(Act):
    id: Id = Field(description="Mã nghĩa vụ | obligation id")
    title: Text = Field(description="Tên nghĩa vụ | title")
    kind: Literal["calendar", "once", "standing", "event", "acknowledgement"] | None = Field(
        None, description="Loại | kind"
    )
    section: str = Field("", description="Mục, mặc định theo trích dẫn | section")
    covers: list[str] = Field(default_factory=list, description="Dòng kiểm kê | inventory rows")
    cites: list[Cite] = Field(default_factory=list, description="Trích dẫn | citations")
    collision: Collision = Field("", description="Khi trùng ngày nghỉ | on a day off")
    periods: list[str] = Field(default_factory=list, description="Tên kỳ | period labels")
    each: str | list[str] = Field(default_factory=list, description="Mỗi đơn vị, vai trò | one a unit or role")
    opens: str = Field("", description="Sự kiện mở vụ việc | event that opens a case")
    event_title: str = Field("", description="Tên sự kiện | event in words")
    asked_monthly: str = Field("", description="Vai trò được hỏi hằng tháng | role asked monthly")
    confidential: bool = Field(False, description="Bảo mật | confidential")
    excludes: list[str] = Field(default_factory=list, description="Loại khỏi chuỗi báo | left out of chains")
    population: str = Field("", description="Người phải xác nhận | who acknowledges")
    documents: list[Id] = Field(default_factory=list, description="Văn bản phổ biến | documents spread")
    goes_on: bool = Field(False, description="Theo luật, không hết theo năm | goes on past the year")
    valid: Span | None = Field(None, description="Hiệu lực riêng | its own validity")
    note: str = Field("", description="Ghi chú | note")
    expect: Expect | None = Field(None, description="Ngày mong đợi | expected days")
    steps: list[StepModel] = Field(default_factory=list, description="Các bước | steps")
