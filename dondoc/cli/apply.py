"""`dondoc apply PLAN`: put an amended plan in force; each open occurrence keeps its version or adopts the new one."""

from datetime import date
from typing import TYPE_CHECKING

import click

from dondoc.cli.day import DAY
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.apply_plan import AppliedPlan


@click.command(
    "apply",
    help=_("Áp dụng bản sửa đổi của KẾ_HOẠCH theo văn bản quyết định; xem trước bằng dondoc diff.")
    + "\n\n"
    + _("Kỳ đang mở giữ theo bản cũ, trừ những kỳ nêu ở --adopt. Chạy lại không ghi hai lần."),
)
@click.argument("plan_id", metavar=_("KẾ_HOẠCH"))
@click.option("--adopt", multiple=True, metavar=_("MÃ"), help=_("Kỳ này chuyển sang bản mới; ghi được nhiều lần."))
@click.option("--adopt-all", is_flag=True, help=_("Mọi kỳ đang mở chuyển sang bản mới."))
@click.option("--keep-all", is_flag=True, help=_("Mọi kỳ đang mở giữ theo bản cũ (mặc định)."))
@click.option("--document", required=True, metavar=_("SỐ_VĂN_BẢN"), help=_("Số, ký hiệu của văn bản quyết định."))
@click.option("--document-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày của văn bản quyết định."))
@click.option("--by", "actor", default="van-phong", show_default=True, metavar=_("AI"), help=_("Người ghi sổ."))
@json_option
@place_options
def command(
    plan_id: str,
    adopt: tuple[str, ...],
    adopt_all: bool,
    keep_all: bool,
    document: str,
    document_on: date,
    actor: str,
    as_json: bool,
    place: Place,
) -> None:
    """Write the decision and say what came of it."""
    from dondoc.cli.clock import now
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.act import Act, Document
    from dondoc.use_cases.apply_plan import apply_plan

    if bool(adopt) + adopt_all + keep_all > 1:
        raise click.UsageError(_("Chỉ chọn một trong --adopt, --adopt-all, --keep-all."))
    at = now()
    act = Act(actor, "cli", at.date())
    paper = Document(document, document_on)
    done = apply_plan(office_at(place), plan_id, paper, act, at, adopt=adopt, adopt_all=adopt_all)
    print_json(done) if as_json else _print(done)


def _print(done: "AppliedPlan") -> None:
    from dondoc.words.changes import choice_words

    for choice in done.decided:
        click.echo(f"- {choice.key}: {choice_words(choice.choice)}")
    if done.already:
        click.echo(_("Đã quyết định từ trước: {count} kỳ.").format(count=done.already))
    click.echo(
        _("Sổ theo dõi nay theo bản trên đĩa của {plan}; mở mới {count} kỳ.").format(plan=done.plan, count=done.opened)
    )
