"""One occurrence, for whoever may see it; for everybody else it is not there."""

from datetime import datetime

from dondoc.core.rights import Subject, Viewer, may
from dondoc.register.book import Book
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene, gather_one
from dondoc.use_cases.viewer import subject_of


class Unseen(LookupError):
    """No such occurrence, or not for this viewer: the two are never told apart."""


def see(office: Office, book: Book, key: str, viewer: Viewer, at: datetime) -> tuple[Scene, Subject]:
    """The scene and whose it is. Unseen where the viewer may not look, as where there is nothing."""
    try:
        scene = gather_one(office, book, key)
    except Refused:
        raise Unseen(key) from None
    subject = subject_of(office, scene, local_day(office, at))
    if not may(viewer, "see-occurrence", subject):
        raise Unseen(key)
    return scene, subject
