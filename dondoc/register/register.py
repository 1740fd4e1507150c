"""One agency's book in one database: migrated, read, and written one transaction at a time."""

import os
import sqlite3
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from dondoc.register.book import Book
from dondoc.register.connection import Session, Sql, is_sqlite, open_session, sqlite_path
from dondoc.register.errors import RegisterError, in_words
from dondoc.register.migrate import HEAD, refuse_newer, refuse_other, standing, stands_at, upgrade
from dondoc.words import _

AGENCY = Sql("SELECT agency FROM chain")


def _driver_errors() -> tuple[type[Exception], ...]:
    # psycopg is only looked at where somebody imported it: SQLite users never pay for it.
    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error, psycopg.Error) if psycopg else (sqlite3.Error,)


class Register:
    """`url` is sqlite:///FILE or postgresql://…; `patience` is how many seconds a writer waits for its turn.

    `schema` is the version whose tables are read and written; another one is refused when a session opens.
    """

    def __init__(self, url: str, agency: str = "so-khcn", *, patience: float = 30.0, schema: str = HEAD) -> None:
        self.url, self.agency, self.patience, self.schema = url, agency, patience, schema
        self._idle: deque[Session] = deque()
        self._owner = os.getpid()

    def migrate(self) -> None:
        """Bring the schema up to date, making the database's tables where there are none.

        Safe when several processes start at once: one migrates, the others wait and find it done.
        RegisterError: no room, no right, no server, or another agency's book.
        """
        with self._errors():
            upgrade(self.url, self.agency, self.patience)
        self.check_owner()

    def check_owner(self) -> None:
        """RegisterError when the database holds another agency's book."""
        with self.reading() as book:
            found = [row[0] for row in book.session.rows(AGENCY)]
        if found != [self.agency]:
            said = _("Cơ sở dữ liệu này là sổ của cơ quan {found!r}, không phải {wanted!r}.")
            raise RegisterError("foreign", said.format(found=", ".join(found), wanted=self.agency))

    @contextmanager
    def writing(self) -> Iterator[Book]:
        """One transaction: committed at the end, nothing kept after any error. RegisterError for the database's own."""
        with self._session(writing=True) as session:
            book = Book(session, self.agency)
            yield book
            book.seal()
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """The book as it stands at one moment; writers go on meanwhile."""
        with self._session(writing=False) as session:
            yield Book(session, self.agency)
            session.commit()

    def as_it_stands(self) -> "Register":
        """The same database, read in the schema it has: what an older program left, before it is brought up to date."""
        with self._errors():
            found = stands_at(self.url, self.patience)
            refuse_newer(found)
        return (
            self
            if found in ("", self.schema)
            else Register(self.url, self.agency, patience=self.patience, schema=found)
        )

    def close(self) -> None:
        """Give back the idle connections."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            cause = getattr(error, "orig", error)  # SQLAlchemy keeps the driver's error there
            if isinstance(cause, _driver_errors()) and (told := in_words(cause)):
                raise told from error
            raise

    @contextmanager
    def _session(self, *, writing: bool) -> Iterator[Session]:
        with self._errors():
            session = self._begun(writing)
            try:
                yield session
            except BaseException:
                self._give_up(session)
                raise
            self._idle.append(session)

    def _begun(self, writing: bool) -> Session:
        if self._owner != os.getpid():  # a forked child must not use its parent's connections
            self._idle, self._owner = deque(), os.getpid()
        while self._idle:
            session = self._idle.pop()
            try:
                session.begin(writing=writing)
            except _driver_errors():
                session.close()
                if is_sqlite(self.url):
                    raise
                # A kept connection may be older than the server's last restart: open a new one.
            else:
                return session
        session = open_session(self.url, self.patience)
        try:
            refuse_other(standing(session), self.schema)
            session.begin(writing=writing)
        except BaseException:
            session.close()
            raise
        return session

    @staticmethod
    def _give_up(session: Session) -> None:
        try:
            session.rollback()
        except _driver_errors():
            pass  # the connection is gone, and the transaction with it
        finally:
            session.close()

    def describe(self) -> str:
        """Where the book lies, without a password."""
        if is_sqlite(self.url):
            return sqlite_path(self.url)
        scheme, _slashes, rest = self.url.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"
