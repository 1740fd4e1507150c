"""A stand-in of one's own for every test, and its URLs."""

from collections.abc import Iterator

import pytest

from notifications.zalo.http import forget
from notifications.zalo.register import register
from notifications.zalo.stand_in.server import StandIn


@pytest.fixture
def zalo() -> Iterator[StandIn]:
    register()
    with StandIn() as stand_in:
        yield stand_in
    forget()
