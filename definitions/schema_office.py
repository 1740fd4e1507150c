"""The shape of organisation, contacts and calendar files; descriptions are Vietnamese | English."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from definitions.schema_base import Day, Id, Model, Text
from dondoc.core.plan import Voice
from dondoc.core.zalo_template import LONGEST, Fact, Use


class UnitModel(Model):
    id: Id = Field(description="Mã đơn vị | unit id")
    name: Text = Field(description="Tên đơn vị | name")
    short: str = Field("", description="Tên tắt | short name")
    head: str = Field("", description="Vai trò đứng đầu | head role")
    focal: str = Field("", description="Vai trò đầu mối | focal role")
    to: Day | None = Field(None, description="Kết thúc | until")
    note: str = Field("", description="Ghi chú | note")


class HoldingModel(Model):
    person: Id = Field(description="Người | person")
    from_: Day | None = Field(None, description="Từ ngày | from")
    to: Day | None = Field(None, description="Đến hết ngày | until")


class RoleModel(Model):
    id: Id = Field(description="Mã vai trò | role id")
    title: Text = Field(description="Chức danh | title")
    unit: str = Field("", description="Đơn vị | unit")
    holders: list[HoldingModel] = Field(default_factory=list, description="Người giữ | holders")
    deputy: str = Field("", description="Vai trò thay khi vắng | deputy role")
    up: str = Field("", description="Vai trò cấp trên | next level")
    secretary: str = Field("", description="Vai trò thư ký | secretary role")
    leadership: bool = Field(False, description="Trên người đứng đầu Văn phòng | above the office's head")
    tone: Literal[Voice] = Field("urge", description="Giọng với vai trò này | tone")
    optional: bool = Field(False, description="Có thể không có | may be absent")
    to: Day | None = Field(None, description="Kết thúc | until")
    portal: Literal["", "office", "inspector", "admin"] = Field(
        "", description="Quyền ở cổng: theo dõi, thanh tra (chỉ đọc), quản trị | rights in the portal"
    )
    note: str = Field("", description="Ghi chú | note")


class PersonModel(Model):
    id: Id = Field(description="Mã người | person id")
    name: Text = Field(description="Tên | name")
    unit: str = Field("", description="Đơn vị | unit")
    from_: Day | None = Field(None, description="Từ ngày | from")
    to: Day | None = Field(None, description="Đến hết ngày | until")


class AbsenceModel(Model):
    person: Id = Field(description="Người | person")
    from_: Day = Field(description="Từ ngày | from")
    to: Day = Field(description="Đến hết ngày | until")
    long: bool = Field(False, description="Nghỉ dài ngày | long leave")


class OrganisationFile(Model):
    units: list[UnitModel] = Field(default_factory=list, description="Đơn vị | units")
    roles: list[RoleModel] = Field(default_factory=list, description="Vai trò | roles")
    persons: list[PersonModel] = Field(default_factory=list, description="Người | persons")
    absences: list[AbsenceModel] = Field(default_factory=list, description="Vắng mặt | absences")


class ContactModel(Model):
    """Further keys are names of the office's own channels (channels.yaml), each with the person's address there."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Text]

    email: str = Field("", pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$", description="Thư điện tử | email")
    zalo: str = Field("", description="Số điện thoại dùng Zalo | phone number used with Zalo")
    phone: str = Field("", description="Điện thoại, để Văn phòng gọi | phone, for the office to call")
    zalo_opt_in: Day | None = Field(None, description="Ngày đồng ý nhận qua Zalo | agreed to Zalo on this day")
    prefer: list[Id] = Field(default_factory=list, description="Kênh theo thứ tự ưu tiên | channels preferred")


ChannelUrl = Annotated[
    str, Field(pattern="^[A-Za-z0-9]+://", description="URL của Apprise; {address} là chỗ của địa chỉ | an Apprise URL")
]


class ZaloParameterModel(Model):
    fact: Literal[Fact] = Field(description="Điều được điền vào | what goes in")
    max: int = Field(ge=1, le=LONGEST, description="Số ký tự tối đa Zalo đã duyệt | longest, as approved")


class ZaloTemplateModel(Model):
    id: Text = Field(description="Mã mẫu tin Zalo cấp | template id")
    uses: list[Literal[Use]] = Field(min_length=1, description="Dùng cho loại thông báo nào | notice kinds")
    parameters: dict[str, ZaloParameterModel] = Field(min_length=1, description="Tham số của mẫu tin | parameters")
    note: str = Field("", description="Ghi chú | note")


Number = Annotated[int, Field(gt=0, lt=1_000_000)]


class LimitsFile(Model):
    """Keys are those of core's Limits; a test compares."""

    personal_years: Number = Field(15, description="Giữ thông tin cá nhân của vụ việc đã đóng (năm) | years kept")
    messages_years: Number = Field(2, description="Giữ địa chỉ, nội dung thư đã xong (năm) | years messages are kept")
    disk_free_mb: Number = Field(500, description="Ổ đĩa còn trống ít nhất (MB) | least room on the disk")
    sweep_hours: Number = Field(2, description="Không rà soát quá (giờ) | hours without a sweep")
    backup_days: Number = Field(8, description="Không sao lưu quá (ngày) | days without a backup")
    calendar_days: Number = Field(180, description="Lịch chính thức biết trước (ngày) | days of official calendar")
    waiting_hours: Number = Field(24, description="Thư chờ quá (giờ) | hours a message may wait")
    clock_seconds: Number = Field(60, description="Đồng hồ lệch quá (giây) | seconds clocks may differ")


class OverlayDay(Model):
    day: Day = Field(description="Ngày | day")
    kind: Literal["off", "work"] = Field(description="Nghỉ hay làm | off or work")
    status: Literal["official", "forecast"] = Field("official", description="Chính thức hay dự kiến | status")
    reason: Text = Field(description="Lý do | reason")
    legal_basis: str = Field("", description="Căn cứ | legal basis")
    note: str = Field("", description="Ghi chú | note")
