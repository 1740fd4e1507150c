"""What somebody typed: read, or kept as typed with a word on what is wrong, so that nothing is typed twice."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from dondoc.words import _
from dondoc.words.dates import read_day, short_date


class Form:
    """Fields of one posted form; `errors` by field, in the order in which they were found."""

    def __init__(self, typed: Mapping[str, str] | None = None) -> None:
        # No keyboard writes a NUL, and PostgreSQL keeps none.
        self.typed = {name: value.replace("\0", "").strip() for name, value in (typed or {}).items()}
        self.errors: dict[str, str] = {}

    def text(self, name: str, *, longest: int = 200, needed: str = "") -> str:
        """What was typed; `needed` is the error where nothing was."""
        value = self.typed.get(name, "")
        if needed and not value:
            self.errors[name] = needed
        if len(value) > longest:
            self.errors[name] = _("Dài quá {n} ký tự.").format(n=longest)
        return value

    def day(self, name: str, today: date, *, needed: str = "", ahead: bool = False) -> date | None:
        """A local day as people write it; never a day that is still to come, unless `ahead`."""
        value = self.text(name, needed=needed)
        if not value:
            return None
        try:
            day = read_day(value)
        except ValueError:
            self.errors[name] = _("“{value}” không phải một ngày. Ghi như 03/6/2022.").format(value=value)
            return None
        if day > today and not ahead:
            self.errors[name] = _("Ngày {day} ở sau hôm nay.").format(day=short_date(day))
        return day


class Field(NamedTuple):
    """One field of a page."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"  # text · day · number · area · file · choice · check
    choices: tuple[tuple[str, str], ...] = ()  # of a choice: value, label
