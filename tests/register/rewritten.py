"""A forger with every right: the whole chain written anew, each link in order, so that it proves itself."""

import json

from dondoc.register import Register
from dondoc.register.chain import Entry, Head, chained
from dondoc.register.connection import Sql
from dondoc.register.guards import unguarded
from dondoc.register.verify import ENTRIES


def rewrite(register: Register, old: str, new: str) -> None:
    """Every payload with `new` in the place of `old`, hashes and head computed anew."""
    with register.writing() as book:
        entries = [Entry(*row[:12]) for row in book.session.rows(ENTRIES, agency=book.agency, after=0)]
        with unguarded(book.session):
            head = Head(0, "", "")
            for entry in entries:
                forged, head = chained(head, entry._replace(payload=entry.payload.replace(old, new)))
                json.loads(forged.payload)
                book.session.change(
                    Sql("UPDATE fact SET payload = :payload, hash = :hash WHERE seq = :seq"),
                    payload=forged.payload,
                    hash=head.hash,
                    seq=entry.seq,
                )
            book.session.change(Sql("UPDATE chain SET hash = :hash"), hash=head.hash)
