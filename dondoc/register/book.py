"""The book within one transaction: everything a use case may read or write."""

from dondoc.register.agenda import Agenda
from dondoc.register.births import Births, digest_of
from dondoc.register.credentials import Credentials
from dondoc.register.facts import Facts
from dondoc.register.notices import Notices
from dondoc.register.outbox import Outbox
from dondoc.register.steps import Steps
from dondoc.register.undelivered import Failures
from dondoc.register.zalo import Zalo

__all__ = ["Book", "digest_of"]


class Book(Births, Facts, Steps, Agenda, Notices, Outbox, Failures, Zalo, Credentials):
    """Made by Register.writing() and Register.reading(); of no use after its transaction."""
