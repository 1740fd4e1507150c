"""`dondoc journal`: what the append-only history holds, and whether it is still what was written."""

from datetime import date
from typing import TYPE_CHECKING

import click

from dondoc.cli.clock import now
from dondoc.cli.day import DAY, shown, shown_at
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _
from dondoc.words.journal import via_words

if TYPE_CHECKING:
    from dondoc.use_cases.read_journal import JournalEntry


@click.group("journal", help=_("Nhật ký của sổ: chỉ ghi thêm, mỗi dòng mang dấu của dòng trước."))
def command() -> None:
    """The group itself does nothing."""


@command.command(
    "head", help=_("In đầu nhật ký: số mắt xích, mã băm, lúc ghi. Chép ra ngoài máy chủ để đối chiếu sau này.")
)
@json_option
@place_options
def head_command(as_json: bool, place: Place) -> None:
    """Print the end of the chain."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.verify_journal import journal_head

    head = journal_head(office_at(place))
    if as_json:
        print_json(head._asdict() | {"anchor": head.anchor if head.link else ""})
    elif not head.link or head.at is None:
        click.echo(_("Chưa có mục nào."))
    else:
        click.echo(_("Mắt xích {link}, ghi lúc {at}").format(link=head.link, at=shown_at(head.at)))
        click.echo(head.anchor)


@command.command("verify", help=_("Kiểm tra chuỗi băm từ dòng đầu đến dòng cuối."))
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar=_("MÃ_BĂM[@SỐ]"),
    help=_("Đầu nhật ký đã chép ra ngoài trước đây: nhận ra cả sổ bị viết lại từ đầu; ghi được nhiều lần."),
)
@json_option
@place_options
def verify_command(heads: tuple[str, ...], as_json: bool, place: Place) -> None:
    """Print what is broken; exit 1 when anything is."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.verify_journal import verify_journal

    problems = verify_journal(office_at(place), heads)
    if as_json:
        print_json({"intact": not problems, "problems": problems})
    elif problems:
        for problem in problems:
            click.echo(problem, err=True)
        click.echo(_("Nhật ký có {count} chỗ không khớp.").format(count=len(problems)), err=True)
    else:
        click.echo(_("Nhật ký nguyên vẹn."))
    if problems:
        click.get_current_context().exit(1)


@command.command("show", help=_("Đọc các mục của một kỳ; không ghi MÃ thì các mục chung của sổ."))
@click.argument("key", metavar=_("[MÃ]"), default="")
@json_option
@place_options
def show_command(key: str, as_json: bool, place: Place) -> None:
    """Print the entries, oldest first."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.read_journal import read_journal

    entries = read_journal(office_at(place), key)
    if as_json:
        print_json(entries)
    else:
        _print(entries)


@command.command(
    "erase", help=_("Xoá phần thông tin cá nhân quá thời hạn giữ, hoặc của các kỳ được nêu, theo văn bản.")
)
@click.argument("keys", metavar=_("[MÃ]…"), nargs=-1)
@click.option("--reason", required=True, metavar=_("LÝ_DO"), help=_("Vì sao xoá; ghi vào nhật ký."))
@click.option("--document", required=True, metavar=_("SỐ"), help=_("Số văn bản quyết định."))
@click.option("--document-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày của văn bản."))
@click.option(
    "--by", "actor", default="chanh-van-phong", show_default=True, metavar=_("AI"), help=_("Người quyết định.")
)
@click.option("--dry-run", is_flag=True, help=_("Chỉ đếm những gì sẽ bị xoá."))
@json_option
@place_options
def erase_command(
    keys: tuple[str, ...],
    reason: str,
    document: str,
    document_on: date,
    actor: str,
    dry_run: bool,
    as_json: bool,
    place: Place,
) -> None:
    """Erase, or count what would be."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.act import Document
    from dondoc.use_cases.erase import erasable, erase

    office, at = office_at(place), now()
    paper = Document(document, document_on)
    done = erasable(office, at, keys) if dry_run else erase(office, at, actor, reason=reason, document=paper, keys=keys)
    if as_json:
        print_json(done)
        return
    said = (
        _("Sẽ xoá: {facts} mục, {deliveries} thư, {files} tệp minh chứng.")
        if dry_run
        else _("Đã xoá: {facts} mục, {deliveries} thư, {files} tệp minh chứng.")
    )
    click.echo(said.format(facts=done.facts, deliveries=done.deliveries, files=done.files))
    if not dry_run and not done.gone:
        click.echo(_("Tệp sổ đang có chương trình khác đọc: chạy lại dondoc journal purge khi đã dừng dondoc up."))


@command.command("purge", help=_("Viết lại tệp sổ để không còn sót dữ liệu cũ đã xoá."))
@place_options
def purge_command(place: Place) -> None:
    """Rewrite; exit 1 while somebody else reads."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.erase import purge_register

    if not purge_register(office_at(place)):
        click.echo(_("Chưa viết lại hết: còn chương trình đang đọc sổ. Hãy dừng dondoc up rồi chạy lại."), err=True)
        click.get_current_context().exit(1)
    click.echo(_("Tệp sổ không còn dữ liệu cũ."))


def _print(entries: list["JournalEntry"]) -> None:
    from dondoc.cli.table import print_table

    if not entries:
        click.echo(_("Chưa có mục nào."))
        return
    heads = (_("Số"), _("Ghi lúc"), _("Ngày việc"), _("Mục"), _("Bước"), _("Người ghi"), _("Qua"), _("Nội dung"))
    print_table(heads, [_cells(entry) for entry in entries])


def _cells(entry: "JournalEntry") -> tuple[str, ...]:
    label = _("{label} mục {seq}").format(label=entry.label, seq=entry.corrects) if entry.corrects else entry.label
    seqs = ", ".join(map(str, entry.corrected_by))
    fixed = _("(đã đính chính: mục {seqs})").format(seqs=seqs) if seqs else ""
    summary = " ".join(filter(None, (entry.summary, fixed)))
    when = shown_at(entry.recorded_at), shown(entry.act_on)
    return str(entry.seq), *when, label, entry.step, entry.actor or "—", via_words(entry.via), summary
