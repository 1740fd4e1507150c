"""`dondoc record`: what people did, written into the book. One file a family of acts."""

import click

from dondoc.cli.lazy_group import Entry, LazyGroup
from dondoc.words import _

_WORK, _DUE, _OPEN, _OFFICE = (f"dondoc.cli.record.{name}:" for name in ("work", "due", "opening", "ruling"))

COMMANDS = {
    "submit": Entry(_WORK + "submit_command", _("Nộp: kết quả của một bước, kèm số và ngày của văn bản.")),
    "confirm": Entry(_WORK + "confirm_command", _("Văn phòng xác nhận đã nhận, kèm ngày gửi và ngày đến.")),
    "receive": Entry(_WORK + "receive_command", _("Ghi ngày gửi, ngày đến của văn bản.")),
    "return": Entry(_WORK + "return_command", _("Trả lại để bổ sung, có nêu lý do.")),
    "nothing-occurred": Entry(_WORK + "nothing_command", _("Ghi «không phát sinh» trong kỳ.")),
    "acknowledge": Entry(_WORK + "acknowledge_command", _("Ghi người đã đọc, hoặc biên bản quán triệt của đơn vị.")),
    "checklist": Entry(_OPEN + "checklist_command", _("Trả lời phiếu phát sinh / không phát sinh trong tháng.")),
    "open-case": Entry(_OPEN + "case_command", _("Mở vụ việc khi sự kiện phát sinh (đơn thư, quyết định…).")),
    "open-ad-hoc": Entry(_OPEN + "ad_hoc_command", _("Mở việc từ một văn bản đến, không có trong kế hoạch.")),
    "ask-extension": Entry(_DUE + "ask_command", _("Ghi đề nghị gia hạn; hạn chưa đổi.")),
    "extend": Entry(_DUE + "extend_command", _("Gia hạn theo quyết định có số và ngày.")),
    "bind-due": Entry(_DUE + "bind_command", _("Xác định hạn còn để ngỏ, theo văn bản nào.")),
    "reset": Entry(_DUE + "reset_command", _("Đặt lại hạn sớm hơn hoặc muộn hơn, theo văn bản.")),
    "suspend": Entry(_DUE + "suspend_command", _("Tạm đình chỉ, có lý do và văn bản.")),
    "resume": Entry(_DUE + "resume_command", _("Tiếp tục sau khi tạm đình chỉ.")),
    "decide": Entry(_OFFICE + "decide_command", _("Quyết định điều đang đề xuất: căn cứ, độ phức tạp, nộp thiếu.")),
    "waive": Entry(_OFFICE + "waive_command", _("Miễn thực hiện, có lý do và văn bản.")),
    "reassign": Entry(_OFFICE + "reassign_command", _("Giao lại cho vai trò khác.")),
    "approve": Entry(_OFFICE + "approve_command", _("Đồng ý gửi một bậc báo cáo cấp trên đang chờ duyệt.")),
    "withhold": Entry(_OFFICE + "withhold_command", _("Không gửi một bậc đang chờ duyệt, có lý do.")),
    "issued": Entry("dondoc.cli.record.issue:issued_command", _("Ghi số, ngày của văn bản đã ký ban hành.")),
    "called": Entry("dondoc.cli.record.call:called_command", _("Ghi đã gọi điện cho người không nhận được thư.")),
    "correct": Entry(_OFFICE + "correct_command", _("Đính chính một dòng đã ghi; giá trị cũ vẫn được giữ.")),
}


@click.group(
    "record",
    cls=LazyGroup,
    entries=COMMANDS,
    help=_("Ghi sổ những gì đã làm, kể cả thay cho một đơn vị theo văn bản giấy.")
    + "\n\n"
    + _("MÃ là mã kỳ thực hiện, như trong dondoc status: kế-hoạch/nghĩa-vụ/kỳ/đơn-vị."),
)
def command() -> None:
    """The group itself does nothing."""
