"""Counts for whoever watches the house: numbers alone, no name and no title."""

from collections.abc import Mapping

from dondoc.register.connection import Sql
from dondoc.register.page import Page

DELIVERIES = Sql("SELECT channel, status, COUNT(*) FROM delivery GROUP BY channel, status ORDER BY channel, status")
ATTEMPTS = Sql("SELECT outcome, COUNT(*) FROM attempt GROUP BY outcome ORDER BY outcome")


class Counts(Page):
    """Made of a book's session."""

    def deliveries(self) -> Mapping[tuple[str, str], int]:
        """(channel, status) → number."""
        return {(row[0], row[1]): row[2] for row in self.session.rows(DELIVERIES)}

    def attempts(self) -> Mapping[str, int]:
        """Outcome → number of tries."""
        return {row[0]: row[1] for row in self.session.rows(ATTEMPTS)}
