"""A portal asked without a network, with a clock that the test turns."""

from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient

from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.use_cases.office import Office

PLAN = "qcdc-2022"
SWEPT = datetime(2022, 6, 3, 1, 0, tzinfo=UTC)


class Asked:
    """One client of one office's portal."""

    def __init__(self, office: Office, at: datetime) -> None:
        self.at = at
        self.client = TestClient(make_app(Door(lambda: office, lambda: self.at)))

    def get(self, path: str) -> Any:
        return self.client.get(path)
