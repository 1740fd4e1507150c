"""What may be written down about a confidential case: numbers, days and where the paper lies, and no words.

A field that takes words will one day take a name. What a case is about, and who complains, stays in the paper file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from dondoc.core.directory import Directory
from dondoc.core.facts import Fact
from dondoc.core.plan import Obligation, Plan
from dondoc.use_cases.refused import Refused
from dondoc.words import _

# A paper's number: figures first, then up to four signs of an agency or a kind of paper (45/KL-TTr, 12/2022/QĐ-SKHCN).
_SIGN = r"[A-ZĐÂĂÊÔƠƯ&]{1,6}[a-zđ]?"
NUMBER = re.compile(rf"\d{{1,6}}(?:/\d{{4}})?(?:[/-]{_SIGN}){{0,4}}(?: ngày \d{{1,2}}/\d{{1,2}}/\d{{4}})?")
REASONS = (
    "ghi nhầm",
    "ghi thiếu",
    "thiếu hồ sơ",
    "chưa đủ điều kiện",
    "chờ kết quả của cơ quan khác",
    "người xử lý vắng",
    "đổi người xử lý",
    "không thuộc thẩm quyền",
    "trùng vụ việc",
    "đã rút đơn",
    "đã trao đổi trực tiếp",
)
_NUMBERS, _WORDS = ("number", "document"), ("note", "minutes", "figures", "files")


def read_reference(plan: Plan, obligation: Obligation, reference: str) -> str:
    """As typed, spaces and spelling of accents made one; a confidential case bears a register's number and no words."""
    tidy = " ".join(normalize("NFC", reference).split())
    if tidy and obligation.confidential and not re.fullmatch(plan.case_number, tidy):
        raise Refused(
            _("Số hiệu của vụ việc này chỉ được là số thứ tự trong sổ, không chứa tên hay lời văn."),
            _(
                "Ghi như TC-01, 12/2022, TC-01/2022, hoặc bỏ trống để tự đánh số. "
                "Cơ quan đánh số kiểu khác thì khai case-number trong plan.yaml."
            ),
        )
    return tidy


def refuse_words(directory: Directory, plan: Plan, obligation: Obligation, facts: Sequence[Fact]) -> None:
    """Refused where a fact of a confidential case holds what may name or describe somebody."""
    if not obligation.confidential:
        return
    for fact in facts:
        _refuse_actor(directory, fact.actor)
        for name, value in _fields(fact.payload):
            _refuse_field(plan, name, value)


def _fields(payload: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A fact's fields, those a correction sets anew included."""
    for name, value in payload.items():
        if name == "values":
            yield from _fields(value)
        elif value not in (None, "", [], {}):
            yield name, value


def _refuse_field(plan: Plan, name: str, value: Any) -> None:
    if name in _WORDS:
        raise Refused(
            _("Vụ việc này không nhận ghi chú, biên bản, số liệu hay tệp: lời văn có thể làm lộ người hoặc nội dung."),
            _("Chỉ ghi số (--number), ngày (--signed-on, --done-on) và nơi lưu (--kept-at)."),
        )
    if name in _NUMBERS and not NUMBER.fullmatch(str(value)):
        raise Refused(
            _("Số văn bản của vụ việc này chưa đúng dạng."), _("Chỉ ghi số, ký hiệu như 45/KL-TTr, 12/2022/QĐ-SKHCN.")
        )
    if name == "reason" and str(value).strip() not in REASONS and not NUMBER.fullmatch(str(value).strip()):
        raise Refused(
            _("Lý do của vụ việc này không được là lời tự viết."),
            _("Ghi số văn bản nêu lý do (như 45/KL-TTr), hoặc một trong: {reasons}.").format(
                reasons="; ".join(REASONS)
            ),
        )
    if name == "kept_at":
        _refuse_place(plan, str(value))


def _refuse_place(plan: Plan, place: str) -> None:
    if not re.fullmatch(plan.case_place, " ".join(normalize("NFC", place).split())):
        raise Refused(
            _("Nơi lưu của vụ việc này chỉ được là kho, tủ, hộp, hồ sơ và số của chúng, không có lời nào khác."),
            _(
                "Ghi như: Thanh tra Sở, tủ 3, hồ sơ số 12. "
                "Cơ quan ghi nơi lưu kiểu khác thì khai case-place trong plan.yaml."
            ),
        )


def _refuse_actor(directory: Directory, actor: str) -> None:
    known = directory.persons.keys() | directory.roles.keys() | directory.units.keys()
    strangers = [part for part in actor.split(" thay ") if part not in known]
    if strangers:
        raise Refused(
            _("Người ghi sổ của vụ việc này phải là mã một người hoặc vai trò trong tệp tổ chức."),
            _("Ghi --by và --on-behalf bằng mã trong organisation.yaml."),
        )
