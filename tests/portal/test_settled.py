"""What stays loaded is out of the garbage collector's rounds, and what was replaced is not kept for ever."""

import gc
import weakref

from dondoc.portal.door import settle


class Knot:
    def __init__(self) -> None:
        self.itself = self


def test_what_was_settled_and_then_replaced_is_collected_by_the_next_settling() -> None:
    try:
        knot = Knot()
        gone = weakref.ref(knot)
        settle()
        assert gc.get_freeze_count() > 0
        del knot
        gc.collect()
        assert gone() is not None  # frozen: the rounds pass it by
        settle()
        assert gone() is None
    finally:
        gc.unfreeze()
