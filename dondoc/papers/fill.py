"""A template filled: docx with Jinja2 tags, rendered where a template can reach nothing but what it is given."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dondoc.words import _

SHIPPED = Path(__file__).parent / "templates"
_TAG = re.compile(r"<[^>]+>")


class TemplateProblem(Exception):
    """`file`, `where` (the words around the fault), and what is wrong, in the reader's language."""

    def __init__(self, file: Path, where: str, found: str) -> None:
        super().__init__(f"{file.name}{': ' if where else ''}{where}: {found}")
        self.file, self.where, self.found = file, where, found


def fill(template: Path, values: Mapping[str, Any]) -> bytes:
    """The docx with its tags replaced. TemplateProblem where the file is no docx or one of its tags cannot stand."""
    try:
        paper = DocxTemplate(template)
        paper.render(dict(values), jinja_env=_sandbox(), autoescape=True)
    except OverflowError as error:  # a loop longer than the sandbox allows
        raise TemplateProblem(template, "", _("không điền được: {why}").format(why=error)) from None
    except TemplateError as error:
        raise TemplateProblem(template, _place(error), _fault(error)) from None
    except (
        KeyError,
        ValueError,
        OSError,
        BadZipFile,
        PackageNotFoundError,
    ) as error:  # what python-docx says of a file that is no Word document
        raise TemplateProblem(
            template, "", _("không đọc được tệp Word: {why}").format(why=type(error).__name__)
        ) from None
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _sandbox() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _place(error: TemplateError) -> str:
    """The words around the fault, as they stand in the paper; "" where they are not known."""
    lines = getattr(error, "docx_context", None) or ()
    words = " ".join(_TAG.sub("", str(one)) for one in lines).split()
    return "“" + " ".join(words)[:120] + "”" if words else ""


def _fault(error: TemplateError) -> str:
    if isinstance(error, SecurityError):
        return _("thẻ này dùng điều không được phép trong mẫu: {why}").format(why=error.message)
    if isinstance(error, UndefinedError):
        return _("thẻ này hỏi điều không có: {why}").format(why=error.message)
    if isinstance(error, TemplateSyntaxError):
        return _("thẻ viết sai: {why}").format(why=error.message)
    return _("không điền được: {why}").format(why=error.message)
