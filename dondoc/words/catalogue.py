"""gettext's .po files, read as they are: no compiled twin to keep in step."""

import ast
from pathlib import Path


def read_catalogue(file: Path) -> dict[str, str]:
    """msgid → msgstr of a UTF-8 .po file, header and untranslated entries left out. ValueError where it is broken."""
    entries: dict[str, str] = {}
    current, parts = "", {"msgid": "", "msgstr": ""}
    for number, line in enumerate([*file.read_text(encoding="utf-8").splitlines(), 'msgid ""'], 1):
        keyword, _space, rest = line.partition(" ")
        if keyword == "msgid":
            if parts["msgid"] and parts["msgstr"]:
                entries[parts["msgid"]] = parts["msgstr"]
            parts = {"msgid": "", "msgstr": ""}
        if keyword in parts:
            current = keyword
        elif line.startswith('"') and current:
            rest = line
        elif not line.strip() or line.startswith("#"):
            continue
        else:
            raise ValueError(f"{file.name}:{number}: not a line of a .po file")
        parts[current] += ast.literal_eval(rest)
    return entries
