"""`dondoc read FILE --to FOLDER`: a Word or text file of a signed plan becomes a draft of its definition."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dondoc.cli.options import definitions_option, json_option
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.read_paper import ReadReport


@click.command(
    "read",
    help=_("Đọc TỆP kế hoạch (.docx, .txt) và lập bản nháp khai báo: mỗi gạch đầu dòng một nghĩa vụ, kèm lời trích.")
    + "\n\n"
    + _("Không đặt thêm ngày nào: điều văn bản không nói ghi dấu ?, điền hết thì bản nháp nạp được."),
)
@click.argument("file", metavar=_("TỆP"), type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar=_("THƯ_MỤC"),
    help=_("Nơi ghi bản nháp; thư mục chưa có, không ghi đè."),
)
@json_option
@definitions_option
def command(file: Path, folder: Path, as_json: bool, definitions: tuple[Path, ...]) -> None:
    """Write the draft and print what was found."""
    from dondoc.cli.table import print_json
    from dondoc.use_cases.read_paper import draft_from_paper

    report = draft_from_paper(file, folder, definitions)
    print_json(report) if as_json else _print_report(report)


def _print_report(report: "ReadReport") -> None:
    click.echo(_("Đã lập bản nháp ở {folder}: {title}").format(folder=report.folder, title=report.title or "?"))
    _print_findings(report, "dated", _("Có ngày"))
    _print_findings(report, "ambiguous", _("Nhiều cách hiểu, phải chọn"))
    _print_findings(report, "pointer", _("Hạn nằm ở văn bản khác, phải tìm"))
    _print_findings(report, "event", _("Mở khi có việc"))
    _print_findings(report, "unknown", _("Có vẻ là thời gian nhưng chưa hiểu"))
    vague = sorted({finding.words.lower() for finding in report.findings if finding.sort == "vague"})
    if vague:
        click.echo(_("Từ không đo được: {words}").format(words=", ".join(vague)))
    click.echo(_("Không có ngày: {count} nghĩa vụ.").format(count=len(report.undated)))
    click.echo(
        _("Dẫn {documents} văn bản, nhắc đến {parties} bên.").format(
            documents=len(report.documents), parties=len(report.parties)
        )
    )
    _print_coverage(report)
    click.echo(_("Xem {summary}; điền các dấu ? rồi chạy dondoc check.").format(summary=report.summary))


def _print_findings(report: "ReadReport", sort: str, title: str) -> None:
    found = [finding for finding in report.findings if finding.sort == sort]
    if found:
        click.echo(f"{title} ({len(found)}):")
    for finding in found:
        click.echo(f"  - {finding.at}: “{finding.words}”")


def _print_coverage(report: "ReadReport") -> None:
    c = report.coverage
    click.echo(
        _(
            "Độ phủ: {clauses}/{of_clauses} đoạn thành nghĩa vụ ({share}%); "
            "{times}/{of_times} chỗ nói thời gian hiểu được ({time_share}%); "
            "{ready}/{of_obligations} nghĩa vụ không còn gì phải quyết định."
        ).format(share=_share(c.clauses, c.of_clauses), time_share=_share(c.times, c.of_times), **c._asdict())
    )


def _share(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 100
