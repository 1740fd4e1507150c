"""Deliveries that no longer say the truth: one of their notices was answered before they left."""

from datetime import datetime

from dondoc.register.connection import Sql
from dondoc.register.page import Page
from dondoc.register.text import instant

STALE = (
    "status IN ('ready', 'retry') AND EXISTS "
    "(SELECT 1 FROM notice WHERE notice.delivery = delivery.id AND notice.withdrawn_at IS NOT NULL)"
)
FIND_STALE = Sql(f"SELECT id FROM delivery WHERE {STALE} ORDER BY id {{skip}}")
WITHDRAW = Sql("UPDATE delivery SET status = 'withdrawn', settled_at = :at, detail = 'withdrawn' WHERE id {among ids}")
OPEN_AGAIN = Sql("UPDATE notice SET delivery = NULL WHERE delivery {among ids} AND withdrawn_at IS NULL")


class Stale(Page):
    def retire(self, at: datetime) -> None:
        """Withdraw what waits although one of its notices was taken back; its other notices are open again."""
        if ids := [row[0] for row in self.session.rows(FIND_STALE)]:
            self.session.change(WITHDRAW, ids=ids, at=instant(at))
            self.session.change(OPEN_AGAIN, ids=ids)
