"""Write docs/commands.md from the commands' own help: `make docs`. A test says whether it is up to date."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["DONDOC_LANG"] = "vi"  # before the commands are imported: their help is chosen then

import click

from dondoc.cli.program import program

PAGE = Path(__file__).parent / "commands.md"
HEAD = """# Các lệnh của `dondoc`

Trang này do `make docs` viết ra từ chính lời hướng dẫn của các lệnh; không sửa tay.
Mã kết thúc: 0 xong · 1 dữ liệu hoặc kế hoạch sai · 2 gõ lệnh sai · 3 lỗi của phần mềm.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(path, command) for path, command in every_command())


def every_command() -> Iterator[tuple[str, click.Command]]:
    """All commands with their full names, groups before their members."""
    yield from _under("dondoc", program)


def _under(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for member in command.list_commands(context):
            found = command.get_command(context, member)
            assert found is not None
            yield from _under(f"{name} {member}", found)


def _section(path: str, command: click.Command) -> str:
    *parents, name = path.split(" ")
    context = click.Context(command, info_name=name, parent=_parent(parents), max_content_width=100, terminal_width=100)
    return f"\n## {path}\n\n```\n{command.get_help(context)}\n```\n"


def _parent(names: list[str]) -> click.Context | None:
    context: click.Context | None = None
    for name in names:
        context = click.Context(click.Group(name), info_name=name, parent=context)
    return context


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
