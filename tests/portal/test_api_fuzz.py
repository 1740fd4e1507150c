"""Everything that the description of the JSON side allows, and much that it does not: never an error of ours."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
import schemathesis
from answering_office import Portal, another_portal
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dondoc.use_cases.tokens import SCOPES, issue_token

EXAMPLES = 100 if os.environ.get("DONDOC_TEST_FULL") else 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def fuzzed(morning: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    made = another_portal(morning, tmp_path_factory.mktemp("fuzzed"))
    yield made
    made.office.register.close()


@pytest.fixture(scope="module")
def bearer(fuzzed: Portal) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_token(fuzzed.office, 'fuzz', SCOPES, fuzzed.at, 'quan-tri')}"}


@pytest.fixture(scope="module")
def described(fuzzed: Portal, bearer: dict[str, str]):
    return schemathesis.openapi.from_asgi("/api/openapi.json", fuzzed.app, headers=bearer)


CALLS = [
    ("GET", "/board"),
    ("GET", "/occurrences/{plan}/{obligation}/{period}/{party}"),
    ("GET", "/statistics"),
    ("GET", "/coming"),
    ("POST", "/occurrences/{plan}/{obligation}/{period}/{party}/submissions"),
    ("POST", "/occurrences/{plan}/{obligation}/{period}/{party}/confirmations"),
    ("POST", "/ad-hoc"),
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not-allowed"])
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_no_call_breaks_what_its_description_promises(
    fuzzed: Portal, bearer: dict[str, str], described, method: str, path: str, mode: GenerationMode
) -> None:
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def run(case) -> None:
        fuzzed.at += timedelta(seconds=1)  # or its pace would be too fast
        case.call_and_validate(headers=bearer, checks=CHECKS)

    run()


def test_every_call_that_is_described_is_tried(described) -> None:
    assert {(found.ok().method.upper(), found.ok().path) for found in described.get_all_operations()} == set(CALLS)
