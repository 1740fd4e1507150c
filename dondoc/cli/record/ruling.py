"""Decisions of those who may: readings, waivers, assignments, approvals, corrections."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.record.act import (
    Deed,
    act_options,
    document_on_option,
    document_option,
    key_argument,
    paper,
    reason_option,
    step_option,
    told,
)
from dondoc.words import _


@click.command("decide", help=_("Ghi quyết định của người có thẩm quyền về điều còn đang đề xuất."))
@key_argument
@step_option
@click.option(
    "--what",
    type=click.Choice(["basis", "complex", "close-without-missing"]),
    required=True,
    help=_("Căn cứ của hạn; vụ việc phức tạp; chấp nhận nộp không đủ."),
)
@document_option
@document_on_option
@act_options
def decide_command(key: str, step: str, what: str, document: str, document_on: date, deed: Deed) -> None:
    """Record a decision."""
    from dondoc.use_cases.people_acts import decide

    told(deed, decide(deed.office, key, what, paper(document, document_on), deed.act, deed.at, step))


@click.command("waive", help=_("Miễn thực hiện một kỳ."))
@key_argument
@reason_option
@document_option
@document_on_option
@act_options
def waive_command(key: str, reason: str, document: str, document_on: date, deed: Deed) -> None:
    """Record a waiver."""
    from dondoc.use_cases.waive import waive

    told(deed, waive(deed.office, key, reason, deed.act, deed.at, paper(document, document_on)))


@click.command("reassign", help=_("Giao lại một bước cho vai trò khác; người mới được báo một lần."))
@key_argument
@step_option
@click.option("--to", required=True, metavar=_("VAI_TRÒ"), help=_("Vai trò nhận việc."))
@reason_option
@act_options
def reassign_command(key: str, step: str, to: str, reason: str, deed: Deed) -> None:
    """Record a handover."""
    from dondoc.use_cases.people_acts import reassign

    told(deed, reassign(deed.office, key, to, reason, deed.act, deed.at, step))


@click.command("approve", help=_("Đồng ý gửi một bậc báo cáo cấp trên."))
@key_argument
@step_option
@act_options
def approve_command(key: str, step: str, deed: Deed) -> None:
    """Record the approval of a rung."""
    from dondoc.use_cases.people_acts import approve

    told(deed, approve(deed.office, key, deed.act, deed.at, step))


@click.command("withhold", help=_("Không gửi một bậc đang chờ duyệt; lý do được ghi sổ."))
@key_argument
@step_option
@reason_option
@act_options
def withhold_command(key: str, step: str, reason: str, deed: Deed) -> None:
    """Record the withholding of a rung."""
    from dondoc.use_cases.people_acts import withhold

    told(deed, withhold(deed.office, key, reason, deed.act, deed.at, step))


@click.command("correct", help=_("Đính chính dòng SỐ của nhật ký: dòng cũ còn nguyên, dòng mới nêu giá trị đúng."))
@key_argument
@click.argument("seq", type=int, metavar=_("SỐ"))
@click.option("--set", "values", multiple=True, required=True, metavar=_("TRƯỜNG=GIÁ_TRỊ"), help=_("Giá trị đúng."))
@reason_option
@act_options
def correct_command(key: str, seq: int, values: tuple[str, ...], reason: str, deed: Deed) -> None:
    """Record a correction."""
    from dondoc.use_cases.correct import correct

    told(deed, correct(deed.office, key, seq, dict(map(_pair, values)), reason, deed.act, deed.at))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(
            _("{text!r} chưa đúng dạng TRƯỜNG=GIÁ_TRỊ, ví dụ signed_on=2022-06-02.").format(text=text)
        )
    if not name.endswith("_on"):
        return name, value
    try:
        return name, DAY.convert(value, None, None).isoformat()
    except click.BadParameter as error:
        raise click.UsageError(error.message) from error
