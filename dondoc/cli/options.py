"""Options that many commands share."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from dondoc.cli.day import INSTANT
from dondoc.words import _

Command = Callable[..., Any]


class Place(NamedTuple):
    """Where an office keeps its things; () and "" are what the office itself falls back on."""

    data: Path
    definitions: tuple[Path, ...]
    register: str


def _paths(_ctx: click.Context, _param: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    named = os.environ.get("DONDOC_DEFINITIONS", "")
    return value or tuple(Path(part) for part in named.split(os.pathsep) if part)


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".dondoc"),
    show_default=True,
    envvar="DONDOC_DATA",
    metavar=_("THƯ_MỤC"),
    help=_("Nơi để sổ theo dõi, thư và báo cáo."),
)
definitions_option = click.option(
    "--definitions",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    callback=_paths,
    metavar=_("THƯ_MỤC"),
    help=_("Thư mục khai báo kế hoạch của cơ quan, có thể nằm ngoài phần mềm; ghi được nhiều lần."),
)
register_option = click.option(
    "--register",
    default="",
    envvar="DONDOC_REGISTER_URL",
    metavar="URL",
    help=_("Cơ sở dữ liệu của sổ (SQLite hoặc PostgreSQL); không ghi thì là SQLite trong --data."),
)
json_option = click.option("--json", "as_json", is_flag=True, help=_("In dạng JSON cho máy đọc."))
at_option = click.option(
    "--at", type=INSTANT, metavar=_("LÚC"), help=_("Tính tại thời điểm này, thay cho bây giờ: 03/6/2022.")
)


def place_options(command: Command) -> Command:
    """--data, --definitions and --register, handed to the command as one `place`."""

    @data_option
    @definitions_option
    @register_option
    @functools.wraps(command)
    def with_place(data: Path, definitions: tuple[Path, ...], register: str, **rest: Any) -> Any:
        return command(place=Place(data, definitions, register), **rest)

    return with_place
