"""How a command ends: known mistakes in words, unknown ones as a short report; never a traceback on the screen."""

import sys
from collections.abc import Sequence

import click

from dondoc.words import _

DONE, WRONG, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def run(program: click.Command, arguments: Sequence[str]) -> int:
    """Run `program` and answer its exit code."""
    out = sys.stdout
    try:
        answer = program.main(list(arguments), prog_name="dondoc", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return WRONG
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Đã dừng theo yêu cầu."), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as left:
        # click makes a closed pipe into this, and muffles stdout; its own exception is gone by then.
        return _code(left) if sys.stdout is out else _reader_left()
    except Exception as error:
        return _told(error)
    return answer if isinstance(answer, int) else DONE


def _code(left: SystemExit) -> int:
    return left.code if isinstance(left.code, int) else WRONG if left.code else DONE


def _reader_left() -> int:
    """`dondoc … | head`: the reader has seen enough, which is no failure."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return DONE


def _told(error: Exception) -> int:
    from dondoc.cli.known_errors import words_for

    words = words_for(error)
    if words:
        click.echo(words, err=True)
        return WRONG
    from dondoc.cli.bug_report import write

    click.echo(
        _("Phần mềm gặp lỗi ngoài dự kiến ({kind}); đây không phải lỗi của người dùng.").format(
            kind=type(error).__name__
        )
        + "\n"
        + _("Chi tiết đã ghi ở {file}. Hãy gửi tệp này cho người phụ trách phần mềm.").format(file=write(error)),
        err=True,
    )
    return BUG
