"""What every paper of an office begins and ends with: its letterhead, its own templates, who signs, a day left open."""

from datetime import date
from pathlib import Path

from definitions.letterhead import FILE, load_letterhead
from dondoc.core.letterhead import Letterhead
from dondoc.papers.fill import SHIPPED as SHIPPED_TEMPLATES
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_folder import SHIPPED, people_folder

TEMPLATES = "papers"  # below a folder of definitions: templates of the office's own


def letterhead_of(office: Office) -> Letterhead:
    """The office's own, or the sample. DefinitionError names every line that cannot stand."""
    own = people_folder(office.definitions)
    return load_letterhead(own if (own / FILE).is_file() else SHIPPED, office.directory.roles.keys())


def template_of(office: Office, paper: str) -> Path:
    """The office's own template where one of its folders has it, else the one that ships."""
    name = f"{paper}.docx"
    own = (folder / TEMPLATES / name for folder in office.definitions)
    return next((file for file in own if file.is_file()), SHIPPED_TEMPLATES / name)


def signer_of(office: Office, letterhead: Letterhead, paper: str, on: date) -> str:
    """The name of who holds the signing role that day; "" where nobody does."""
    holder = office.directory.holder(letterhead.signature(paper).role, on)
    known = office.directory.persons.get(holder)
    return known.name if known else holder


def blank_day(on: date) -> str:
    """ "ngày      tháng 6 năm 2022": the day is written by hand when the paper is signed."""
    return (
        f"ngày {' ' * 6} tháng {on.month:02d} năm {on.year}"
        if on.month < 3
        else f"ngày {' ' * 6} tháng {on.month} năm {on.year}"
    )
