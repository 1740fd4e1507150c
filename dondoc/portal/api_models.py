"""What the JSON side takes and gives: days are ISO 8601 (2022-06-03), instants UTC."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# Words without control characters: no line end gets into a number, no NUL into a database.
Words = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
Short = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9.-]*$")]
RequestKey = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Row(_Model):
    """Một kỳ thực hiện như đang đứng / one occurrence as it stands."""

    key: str
    plan: str
    section: str
    obligation: str
    title: str
    period: str
    party: str
    step: str
    step_title: str
    responsible: str
    phase: str
    timeliness: str
    late: bool
    last_on: date | None
    target_on: date | None
    first_last_on: date | None = Field(description="Hạn ban đầu, trước khi gia hạn / the due before any extension")
    label: str
    basis: str


class Board(_Model):
    rows: list[Row]
    next: str = Field(description="Khoá để xem trang sau (after), rỗng là hết / key for the next page")
    hidden: int = Field(description="Số vụ việc bảo mật không hiện / confidential cases not shown")


class Submission(_Model):
    """Một lần nộp / one answer."""

    number: str
    signed_on: date | None
    done_on: date | None
    sent_on: date | None
    received_on: date | None
    confirmed_on: date | None
    submitted_on: date
    kept_at: str
    files: int = Field(description="Số tệp / number of files")


class Step(_Model):
    id: str
    title: str
    status: str
    last_on: date | None
    target_on: date | None
    submissions: list[Submission]


class Occurrence(Row):
    steps: list[Step]


class Count(_Model):
    """Số liệu của một đơn vị / figures of one party."""

    party: str
    total: int
    done: int
    open: int
    late: int
    original_late: int = Field(description="Trễ so với hạn ban đầu / late by the first due")
    average_delay: float = Field(description="Số ngày trễ trung bình / average delay in days")


class Coming(_Model):
    """Một lần báo sắp tới / one message to come."""

    key: str
    occurrence: str
    name: str
    at: datetime


class Submit(_Model):
    """Ngày gửi và ngày đến do Văn phòng xác nhận / sent and received are set by confirming."""

    request_key: RequestKey = Field(description="Gửi lại cùng khoá thì chỉ ghi một lần / the same key is one deed")
    by: Name = Field(description="Mã người hoặc vai trò đã làm / person or role that did it")
    act_on: date | None = Field(None, description="Ngày thực hiện, mặc định hôm nay / day of the act")
    step: Name | None = None
    number: Short = ""
    signed_on: date | None = None
    done_on: date | None = None
    kept_at: Short = ""
    note: Words = ""


class Confirm(_Model):
    request_key: RequestKey
    by: Name
    act_on: date | None = None
    step: Name | None = None
    sent_on: date | None = Field(None, description="Ngày gửi trên Văn phòng điện tử / sent on the e-office")
    received_on: date | None = Field(None, description="Ngày đến, dấu đến / arrival stamp")


class AdHoc(_Model):
    """Việc đột xuất theo văn bản đến / a duty that an incoming document imposes."""

    request_key: RequestKey
    by: Name
    plan: Name
    title: Annotated[str, StringConstraints(min_length=3, max_length=300, pattern=r"^[^\x00-\x1f\x7f]+$")]
    number: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
    document_on: date = Field(description="Ngày văn bản / date of the document")
    sender: Short = Field(description="Nơi gửi / who sent it")
    last_on: date = Field(description="Hạn cuối / the last lawful day")
    party: Name = Field(description="Đơn vị hoặc vai trò phải làm / unit or role that must do it")


class Done(_Model):
    """Đã ghi vào sổ / what stands in the book now."""

    key: str
    already: bool = Field(description="Yêu cầu này đã ghi trước đó / this very request was entered before")
    label: str


class Wrong(_Model):
    field: str
    problem: str


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    hint: str | None = None
    errors: list[Wrong] | None = None


def fields_of(value: Any, model: type[BaseModel]) -> dict[str, Any]:
    """The members of a NamedTuple that a model has too."""
    return {name: member for name, member in value._asdict().items() if name in model.model_fields}
