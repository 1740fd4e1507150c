"""How changes of a plan are said: what differs, in which particular, and what becomes of an open occurrence."""

from dondoc.words import _


def change_words(kind: str) -> str:
    """What happened to an obligation."""
    return _(CHANGES.get(kind, kind))


def fate_words(fate: str) -> str:
    """What adopting would do to an occurrence."""
    return _(FATES.get(fate, fate))


def choice_words(choice: str) -> str:
    """What was decided about an occurrence."""
    return _(CHOICES.get(choice, choice))


def field_words(field: str) -> str:
    """A particular of a plan, an obligation or a step; an unknown one by its own name."""
    return _(FIELDS.get(field, field))


CHANGES: dict[str, str] = {
    "added": "thêm mới",
    "removed": "không còn",
    "moved": "đổi hạn",
    "changed": "đổi người làm, cách làm",
    "reworded": "sửa câu chữ",
}
FATES: dict[str, str] = {
    "kept": "giữ nguyên",
    "updated": "đổi nội dung, hạn giữ nguyên",
    "re-dated": "đổi hạn",
    "withdrawn": "không còn trong bản mới, chỉ miễn khi có quyết định",
    "restored": "có lại trong bản mới",
    "new": "mở mới",
}
CHOICES: dict[str, str] = {
    "kept": "giữ theo bản cũ",
    "adopted": "theo bản mới",
    "waived": "miễn thực hiện",
}
FIELDS: dict[str, str] = {
    "title": "tên",
    "document": "văn bản ban hành",
    "year": "năm",
    "valid_from": "có hiệu lực từ",
    "valid_to": "có hiệu lực đến",
    "zone": "múi giờ",
    "office": "vai trò theo dõi",
    "office_head": "người đứng đầu Văn phòng",
    "hours": "giờ làm việc",
    "draft": "dự thảo",
    "section": "mục",
    "kind": "loại",
    "citations": "câu trích",
    "parties": "đơn vị thực hiện",
    "periods": "các kỳ",
    "event": "sự kiện",
    "event_title": "tên sự kiện",
    "checklist_role": "vai trò được hỏi hằng tháng",
    "confidential": "bảo mật",
    "excludes": "người không được báo",
    "population": "người phải xác nhận",
    "documents": "văn bản phổ biến",
    "covers": "dòng kiểm kê",
    "collision": "khi trùng ngày nghỉ",
    "note": "ghi chú",
    "goes_on": "thực hiện tiếp sau năm kế hoạch",
    "by": "người làm",
    "ask": "câu đề nghị",
    "timing": "hạn",
    "ladder": "thang nhắc",
    "basis": "căn cứ của hạn",
    "voice": "giọng văn",
    "evidence": "minh chứng",
    "after": "sau bước",
    "confirms": "xác nhận bước",
    "joins": "chờ các nghĩa vụ",
    "times": "số lần phải làm",
    "min_days_after": "sớm nhất sau bước trước",
    "complex_timing": "hạn khi phức tạp",
    "max_extensions": "số lần gia hạn",
    "law": "điều luật",
    "nothing_allowed": "cho phép không phát sinh",
    "deciding_date": "ngày quyết định đúng hạn",
    "return_within": "thời hạn nộp lại",
    "step": "bước",
    "order": "thứ tự các bước",
}
