"""The `dondoc` program: its list of commands."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from dondoc.cli import click_words
from dondoc.cli.failures import run
from dondoc.cli.lazy_group import Entry, LazyGroup
from dondoc.words import _

click_words.install()


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"Đôn Đốc {version('dondoc')}")
        ctx.exit()


COMMANDS = {
    "up": Entry("dondoc.cli.up:command", _("Khởi động toàn bộ: sổ, Prefect, hộp thư thử, lịch nhắc.")),
    "check": Entry("dondoc.cli.check:command", _("Soát các tệp khai báo; đối chiếu với bản kế hoạch đã ký.")),
    "read": Entry("dondoc.cli.read:command", _("Đọc văn bản kế hoạch (.docx, .txt) thành bản nháp khai báo.")),
    "explain": Entry("dondoc.cli.explain:command", _("Giải thích một cụm từ thời gian: hiểu thế nào, ra hạn nào.")),
    "calendar": Entry("dondoc.cli.calendar:command", _("Lịch của một kế hoạch: từng kỳ, ai làm, hạn nào.")),
    "who": Entry("dondoc.cli.who:command", _("Ai nhận thư của một vai trò trong ngày, và vì sao là người ấy.")),
    "status": Entry("dondoc.cli.status:command", _("Bảng theo dõi: việc nào xong, sắp đến hạn, quá hạn.")),
    "call-list": Entry("dondoc.cli.call_list:command", _("Danh sách cần gọi điện: ai không nhận được thư, vì sao.")),
    "bounces": Entry("dondoc.cli.bounces:command", _("Đọc các thư bị trả lại, để chuyển kênh hoặc gọi điện.")),
    "record": Entry("dondoc.cli.record:command", _("Ghi sổ: nộp, xác nhận, trả lại, gia hạn, mở vụ việc…")),
    "paper": Entry("dondoc.cli.paper:command", _("Soạn văn bản: công văn đôn đốc, sổ theo dõi…")),
    "rehearse": Entry("dondoc.cli.rehearse:command", _("Diễn thử cả năm của một kế hoạch, không gửi thật.")),
    "mailbox": Entry("dondoc.cli.mailbox:command", _("Xem các thư mà hộp thư thử đã nhận.")),
    "zalo": Entry("dondoc.cli.zalo:command", _("Kết nối Zalo, xem mã truy cập và hạn mức; bản giả lập để thử.")),
    "token": Entry("dondoc.cli.token:command", _("Khoá để chương trình khác dùng /api: cấp, xem, thu hồi.")),
    "go-live": Entry("dondoc.cli.go_live:command", _("Kết thúc chạy thử, bắt đầu gửi thật từ một ngày.")),
    "hold": Entry("dondoc.cli.hold:command", _("Xem, cho gửi hoặc bỏ các thông báo đang bị giữ lại.")),
    "roll": Entry("dondoc.cli.roll:command", _("Lập bản dự thảo của kế hoạch cho một năm khác.")),
    "diff": Entry("dondoc.cli.diff:command", _("So hai bản kế hoạch, xem từng kỳ đang mở sẽ ra sao.")),
    "apply": Entry("dondoc.cli.apply:command", _("Áp dụng bản kế hoạch sửa đổi, theo văn bản quyết định.")),
    "journal": Entry("dondoc.cli.journal:command", _("Kiểm tra nhật ký: chuỗi băm có còn nguyên vẹn không.")),
    "doctor": Entry("dondoc.cli.doctor:command", _("Khám toàn bộ: cấu hình, đồng hồ, lịch, danh bạ, thư, đĩa, sổ.")),
    "backup": Entry("dondoc.cli.backup:command", _("Sao lưu sổ và các tệp của cơ quan vào một tệp.")),
    "restore": Entry("dondoc.cli.restore:command", _("Khôi phục từ một bản sao lưu; thư được giữ lại.")),
}


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    help=_("Đôn Đốc: biến một kế hoạch đã ký thành những nghĩa vụ được theo dõi, nhắc việc và báo cáo cấp trên.")
    + "\n\n"
    + _("Mã kết thúc: 0 xong; 1 dữ liệu hoặc kế hoạch sai; 2 gõ lệnh sai; 3 lỗi của phần mềm."),
    epilog=_("Xem từng lệnh: dondoc LỆNH --help. English: DONDOC_LANG=en."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help=_("Cho biết phiên bản.")
)
def program() -> None:
    """The group itself does nothing."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit code: 0 done, 1 input or plan wrong, 2 usage, 3 our bug."""
    code = run(program, sys.argv[1:] if arguments is None else arguments)
    if sys.modules.keys().isdisjoint({"dondoc.up", "prefect"}):
        _leave_at_once(code)
    sys.exit(code)


def _leave_at_once(code: int) -> NoReturn:
    """Skip taking the interpreter apart, a sixth of a short command; only where nothing waits to be closed."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # the reader has seen enough
    os._exit(code)
