"""What every part of the book stands on: the transaction's session and the agency's name."""

from dondoc.register.connection import Session


class Page:
    def __init__(self, session: Session, agency: str) -> None:
        self.session, self.agency = session, agency
