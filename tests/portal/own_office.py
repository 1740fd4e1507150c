"""An office with people files of its own in its data folder, read anew as its door does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any

from answering_office import PORTAL, Portal, june
from starlette.testclient import TestClient

from definitions.organisation import load_organisation
from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.register import Register
from dondoc.register.sealed import Sealer
from dondoc.use_cases.office import SHIPPED, Office
from dondoc.use_cases.people_folder import people_folder


def people_of(data: Path) -> tuple[str, str]:
    """The two files as they stand."""
    folder = data / "definitions"
    return (folder / "organisation.yaml").read_text("utf-8"), (folder / "contacts.yaml").read_text("utf-8")


@contextmanager
def own_office(opened: Office, data: Path, *, shipped: bool = False) -> Iterator[Portal]:
    """The portal of an office whose people are its own, or still the shipped example's; its door reads them anew."""
    copyfile(opened.data / "dondoc.db", data / "dondoc.db")
    (data / "definitions").mkdir(exist_ok=True)
    if not shipped:
        copyfile(SHIPPED / "organisation.yaml", data / "definitions" / "organisation.yaml")
        copyfile(SHIPPED / "contacts.example.yaml", data / "definitions" / "contacts.yaml")
    folders = (data / "definitions", SHIPPED)
    register = Register(f"sqlite:///{data / 'dondoc.db'}", opened.agency)

    def open_() -> Office:
        found = load_organisation(people_folder(folders))
        office = opened._replace(register=register, data=data, sealer=Sealer(data), definitions=folders)
        return office._replace(directory=found.directory, contacts=found.contacts)

    portal = OwnPortal(open_(), june(3))
    portal.door = Door(open_, lambda: portal.at)
    portal.browser = TestClient(make_app(portal.door), base_url=PORTAL, follow_redirects=False)
    yield portal
    register.close()


class OwnPortal(Portal):
    """Its office is what the door hands out now."""

    door: Door | None = None

    def __getattribute__(self, name: str) -> Any:
        door = object.__getattribute__(self, "door")
        return door.office() if name == "office" and door else object.__getattribute__(self, name)
