"""What an event or an incoming document opens."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.office import office_at
from dondoc.cli.options import Place
from dondoc.cli.record.act import Act, act_options, told
from dondoc.words import _


@click.command("open-case", help=_("Mở vụ việc cho một nghĩa vụ mở theo sự kiện. Không ghi tên người vào số hiệu."))
@click.argument("obligation", metavar=_("KẾ_HOẠCH/NGHĨA_VỤ"))
@click.option(
    "--reference", required=True, metavar=_("SỐ_HIỆU"), help=_("Số hiệu công khai của vụ việc, không có tên người.")
)
@click.option("--event-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày sự kiện, ngày thụ lý."))
@click.option("--party", default="", metavar=_("MÃ"), help=_("Đơn vị hoặc vai trò giải quyết."))
@click.option("--exclude", "excluded", multiple=True, metavar=_("MÃ"), help=_("Người không được nhận thông báo nào."))
@act_options
def case_command(
    obligation: str, reference: str, event_on: date, party: str, excluded: tuple[str, ...], act: Act, place: Place
) -> None:
    """Record the opening of a case."""
    from dondoc.use_cases.open_case import open_case

    plan_id, _slash, obligation_id = obligation.partition("/")
    if not obligation_id:
        raise click.UsageError(_("Ghi cả kế hoạch và nghĩa vụ: qcdc-2022/khieu-nai"))
    told(
        act,
        open_case(
            office_at(place), plan_id, obligation_id, reference, event_on, act.by(), party=party, excluded=excluded
        ),
    )


@click.command("open-ad-hoc", help=_("Mở việc theo một văn bản đến: số, ngày, nơi gửi, hạn."))
@click.argument("title", metavar=_("TÊN_VIỆC"))
@click.option("--party", required=True, metavar=_("MÃ"), help=_("Đơn vị hoặc vai trò phải làm."))
@click.option("--number", required=True, metavar=_("SỐ"), help=_("Số, ký hiệu văn bản đến."))
@click.option("--document-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày của văn bản đến."))
@click.option("--sender", required=True, metavar=_("NƠI_GỬI"), help=_("Cơ quan gửi."))
@click.option("--last-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày cuối cùng còn đúng hạn."))
@click.option("--plan", "plan_id", default="", metavar=_("KẾ_HOẠCH"), help=_("Theo dõi cùng kế hoạch nào."))
@act_options
def ad_hoc_command(
    title: str,
    party: str,
    number: str,
    document_on: date,
    sender: str,
    last_on: date,
    plan_id: str,
    act: Act,
    place: Place,
) -> None:
    """Record an obligation that stands in no plan."""
    from dondoc.use_cases.open_ad_hoc import Incoming, open_ad_hoc

    incoming = Incoming(number, document_on, sender, title, last_on)
    told(act, open_ad_hoc(office_at(place), party, incoming, act.by(), plan_id=plan_id))
