"""The office's own ways out besides e-mail: channels.yaml beside the contacts, a name and an Apprise URL each."""

import re
from collections.abc import Mapping
from pathlib import Path

from definitions.problem import DefinitionError, Problem
from definitions.yaml_source import Source, need_mapping, read_yaml
from dondoc.core.secret_url import SecretUrl
from dondoc.words import _

FILE = "channels.yaml"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = {"email": "Thư điện tử đặt ở DONDOC_SMTP_URL.", "call": "", "phone": "", "prefer": ""}


def load_channels(folder: Path) -> Mapping[str, SecretUrl]:
    """Channel name → URL; {} where the office has no such file. DefinitionError names the line and never the URL."""
    file = folder / FILE
    if not file.is_file():
        return {}
    source = read_yaml(file)
    given = need_mapping(source)
    if problems := [found for name, url in given.items() if (found := _problem(source, name, url))]:
        raise DefinitionError(problems)
    return {name: SecretUrl(url) for name, url in given.items()}


def _problem(source: Source, name: str, url: object) -> Problem | None:
    if name in RESERVED:
        return source.problem(
            (name,), _("“{name}” không đặt làm tên kênh được").format(name=name), _("một tên khác"), RESERVED[name]
        )
    if not NAME.fullmatch(name):
        return source.problem(
            (name,), _("tên kênh “{name}”").format(name=name), _("chữ thường không dấu, nối bằng gạch ngang")
        )
    if not isinstance(url, str) or not SecretUrl(url).schema:
        return source.problem((name,), _("không phải một URL"), _("URL của Apprise, như tgram://KHOÁ/{address}"))
    return None
