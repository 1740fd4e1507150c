"""The shape of letterhead.yaml."""

from datetime import time

from pydantic import Field

from definitions.schema_base import Clock, Id, Model, Text
from definitions.schema_office import Number


class SignatureModel(Model):
    capacity: str = Field("", description="Thay mặt, thừa lệnh | on whose behalf: TL. GIÁM ĐỐC")
    title: Text = Field(description="Chức vụ người ký | the signer's title")
    role: Id = Field(description="Vai trò có người ký | the role whose holder signs")


class LetterheadFile(Model):
    parent: Text = Field(description="Cơ quan chủ quản | the body above")
    agency: Text = Field(description="Cơ quan ban hành | the issuing agency")
    short: Text = Field(description="Tên gọi tắt | short name")
    place: Text = Field(description="Địa danh | place")
    sign: Text = Field(description="Ký hiệu cơ quan | the agency's sign in numbers")
    drafter: Text = Field(description="Ký hiệu đơn vị soạn thảo | the drafting unit's sign")
    signatures: dict[Id, SignatureModel] = Field(min_length=1, description="Người ký | who signs which paper")
    copies: dict[Id, list[Text]] = Field(default_factory=dict, description="Nơi nhận | who gets copies")
    urging_days: Number = Field(2, description="Công văn đôn đốc: hạn mới, số ngày làm việc | days until the new term")
    urging_hour: Clock = Field(time(16), description="Công văn đôn đốc: đến mấy giờ | until what hour")
