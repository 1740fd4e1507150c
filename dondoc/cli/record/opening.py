"""What an event or an incoming document opens."""

import sys
from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.record.act import Deed, act_options, brief, key_argument, paper, told
from dondoc.cli.table import print_json
from dondoc.words import _
from dondoc.words.dates import read_day


@click.command("open-case", help=_("Mở vụ việc cho một nghĩa vụ mở theo sự kiện. Không ghi tên người vào số hiệu."))
@click.argument("obligation", metavar=_("KẾ_HOẠCH/NGHĨA_VỤ"))
@click.option(
    "--reference", default="", metavar=_("SỐ_HIỆU"), help=_("Số hiệu công khai của vụ việc, không có tên người.")
)
@click.option("--event-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày sự kiện, ngày thụ lý."))
@click.option("--party", default="", metavar=_("MÃ"), help=_("Đơn vị hoặc vai trò giải quyết."))
@click.option(
    "--exclude",
    "excluded",
    multiple=True,
    metavar=_("MÃ"),
    help=_("Người không được nhận thông báo nào; - đọc từ đầu vào, mỗi dòng một mã, để không lưu vào lịch sử lệnh."),
)
@act_options
def case_command(
    obligation: str, reference: str, event_on: date, party: str, excluded: tuple[str, ...], deed: Deed
) -> None:
    """Record the opening of a case."""
    from dondoc.use_cases.open_case import CaseOpening, open_case

    plan_id, _slash, obligation_id = obligation.partition("/")
    if not obligation_id:
        raise click.UsageError(_("Ghi cả kế hoạch và nghĩa vụ, như qcdc-2022/khieu-nai."))
    case = CaseOpening(obligation_id, event_on, party, reference, _read(excluded))
    told(deed, open_case(deed.office, plan_id, case, deed.act, deed.at))


def _read(excluded: tuple[str, ...]) -> tuple[str, ...]:
    """What stands on the command line is seen by other users of the machine and kept in its history."""
    if "-" not in excluded:
        return excluded
    lines = sys.stdin.read().split()
    return (*(one for one in excluded if one != "-"), *lines)


@click.command("open-ad-hoc", help=_("Mở việc theo một văn bản đến: số, ngày, nơi gửi, hạn."))
@click.argument("title", metavar=_("TÊN_VIỆC"))
@click.option("--party", required=True, metavar=_("MÃ"), help=_("Đơn vị hoặc vai trò phải làm."))
@click.option("--number", required=True, metavar=_("SỐ"), help=_("Số, ký hiệu văn bản đến."))
@click.option("--document-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày của văn bản đến."))
@click.option("--sender", required=True, metavar=_("NƠI_GỬI"), help=_("Cơ quan gửi."))
@click.option("--last-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày cuối cùng còn đúng hạn."))
@click.option("--plan", "plan_id", required=True, metavar=_("KẾ_HOẠCH"), help=_("Theo dõi cùng kế hoạch nào."))
@act_options
def ad_hoc_command(
    title: str,
    party: str,
    number: str,
    document_on: date,
    sender: str,
    last_on: date,
    plan_id: str,
    deed: Deed,
) -> None:
    """Record an obligation that stands in no plan."""
    from dondoc.use_cases.open_case import open_ad_hoc

    document = paper(number, document_on)
    told(deed, open_ad_hoc(deed.office, plan_id, title, document, sender, last_on, party, deed.act, deed.at))


@click.command(
    "checklist", help=_("Trả lời phiếu tháng: ghi dòng nào phát sinh; không ghi dòng nào là không phát sinh.")
)
@key_argument
@click.option(
    "--occurred",
    multiple=True,
    metavar=_("NGHĨA_VỤ=NGÀY"),
    help=_("Một dòng phát sinh và ngày phát sinh, mở một vụ việc; ghi được nhiều lần."),
)
@act_options
def checklist_command(key: str, occurred: tuple[str, ...], deed: Deed) -> None:
    """Record the answer to a month's checklist, and open what occurred."""
    from dondoc.use_cases.answer_checklist import answer_checklist

    days: dict[str, list[date]] = {}
    for obligation, day in map(_line, occurred):
        days.setdefault(obligation, []).append(day)
    answered = answer_checklist(deed.office, key, days, deed.act, deed.at)
    if deed.as_json:
        print_json({"checklist": brief(answered.checklist), "opened": [brief(one) for one in answered.opened]})
        return
    for recorded in (*answered.opened, answered.checklist):
        told(deed, recorded)


def _line(text: str) -> tuple[str, date]:
    obligation, _equals, day = text.partition("=")
    try:
        return obligation, read_day(day)
    except ValueError:
        raise click.UsageError(_("{text!r} chưa đúng dạng NGHĨA_VỤ=NGÀY.").format(text=text)) from None
