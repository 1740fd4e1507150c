"""Click's own phrases in Vietnamese."""

import sys

import click

from dondoc import words

# Click looks its phrases up in a compiled catalogue of the system; ours are few, so they are put in directly.
PHRASES = {
    "Usage:": "Cách dùng:",
    "Options": "Tuỳ chọn",
    "Commands": "Các lệnh",
    "Arguments": "Đối số",
    "Show this message and exit.": "Hiện hướng dẫn này rồi thoát.",
    "default: {default}": "mặc định: {default}",
    "env var: {var}": "biến môi trường: {var}",
    "required": "bắt buộc",
    "Error: {message}": "Lỗi: {message}",
    "Try '{command} {option}' for help.": "Xem hướng dẫn: {command} {option}",
    "Missing argument": "Thiếu đối số",
    "Missing option": "Thiếu tuỳ chọn",
    "Missing parameter": "Thiếu tham số",
    "Missing command.": "Thiếu tên lệnh.",
    "Missing {param_type}": "Thiếu {param_type}",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "No such command {name!r}": "Không có lệnh {name!r}",
    "No such option: {name}": "Không có tuỳ chọn {name}",
    "No such option {name!r}.": "Không có tuỳ chọn {name!r}.",
    "Did you mean {possibility}?": "Có phải là {possibility}?",
    "Invalid value: {message}": "Giá trị sai: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị sai ở {param_hint}: {message}",
    "Option {name!r} does not take a value.": "Tuỳ chọn {name!r} không nhận giá trị.",
    "Option {name!r} requires an argument.": "Tuỳ chọn {name!r} cần một giá trị.",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là số hợp lệ.",
    "{value} is not in the range {range}.": "{value} không nằm trong khoảng {range}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} không tồn tại.",
    "{name} {filename!r} is a file.": "{name} {filename!r} là tệp, không phải thư mục.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} là thư mục, không phải tệp.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} không đọc được.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} không ghi được.",
    "File": "Tệp",
    "Directory": "Thư mục",
    "Path": "Đường dẫn",
    "file": "tệp",
    "directory": "thư mục",
    "path": "đường dẫn",
    "Aborted!": "Đã dừng!",
}
USAGE = {"[OPTIONS]": "[TUỲ_CHỌN]", "COMMAND [ARGS]...": "LỆNH …"}
PLURALS = {
    "Got unexpected extra argument ({args})": "Thừa đối số: {args}",
    "Got unexpected extra arguments ({args})": "Thừa đối số: {args}",
    "{value!r} is not {choice}.": "{value!r} không phải là {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} không thuộc: {choices}.",
    "(Possible options: {possibilities})": "(Có thể là: {possibilities})",
    "Did you mean {possibility}?": "Có phải là {possibility}?",
    "(Did you mean one of: {possibilities})": "(Có phải là một trong: {possibilities})",
}


def _single(message: str) -> str:
    return PHRASES.get(message, message)


def _counted(one: str, many: str, count: int) -> str:
    return PLURALS.get(one if count == 1 else many, one if count == 1 else many)


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, vietnamese in USAGE.items():
            args = args.replace(english, vietnamese)
        super().write_usage(prog, args, prefix)


def install() -> None:
    """Put the phrases into click's modules, unless English is asked for."""
    if words.language() != "vi":
        return
    click.Context.formatter_class = _Formatter
    for name, module in list(sys.modules.items()):
        if name.startswith("click.") and hasattr(module, "_"):
            setattr(module, "_", _single)  # noqa: B010 -- the name is click's own, not a constant of ours
        if name.startswith("click.") and hasattr(module, "ngettext"):
            setattr(module, "ngettext", _counted)  # noqa: B010 -- the same
