"""Deliveries that no longer say the truth: one of their notices was answered before they left."""

from collections.abc import Sequence
from datetime import datetime

from dondoc.register.connection import Sql
from dondoc.register.page import Page
from dondoc.register.text import instant

# Only what was touched is looked at: with 25,000 messages waiting nobody wants to look at all for each one settled.
FIND = Sql(
    "SELECT id FROM delivery WHERE id {among ids} AND status IN ('ready', 'retry') AND EXISTS "
    "(SELECT 1 FROM notice WHERE notice.delivery = delivery.id AND notice.withdrawn_at IS NOT NULL) ORDER BY id {lock}"
)
WITHDRAW = Sql("UPDATE delivery SET status = 'withdrawn', settled_at = :at, detail = 'withdrawn' WHERE id {among ids}")
OPEN_AGAIN = Sql("UPDATE notice SET delivery = NULL WHERE delivery {among ids} AND withdrawn_at IS NULL")


class Stale(Page):
    def retire(self, ids: Sequence[str], at: datetime) -> None:
        """Withdraw which of these wait although a notice of theirs was taken back; their others are open again."""
        if ids and (stale := [row[0] for row in self.session.rows(FIND, ids=list(ids))]):
            self.session.change(WITHDRAW, ids=stale, at=instant(at))
            self.session.change(OPEN_AGAIN, ids=stale)
