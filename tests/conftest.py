"""What every room's tests share: a missing tool is a failure where everything is required."""

import os
import shutil

import pytest

pytest_plugins = ["postgres_server"]


def _everything_required() -> bool:
    return os.environ.get("DONDOC_TEST_REQUIRE", "") == "all"


@pytest.fixture(scope="session")
def need_tool():
    """A function that gives a tool's path; without the tool the test is skipped, or fails when all is required."""

    def need(name: str, *places: str) -> str:
        found = shutil.which(name) or next((place for place in places if os.access(place, os.X_OK)), "")
        if found:
            return found
        told = f"{name} is not on this machine"
        if _everything_required():
            pytest.fail(f"{told}, and DONDOC_TEST_REQUIRE=all asks for everything")
        pytest.skip(told)

    return need


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skip hides nothing: where everything is required it is said as what it is."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and _everything_required():
        terminalreporter.write_line(f"DONDOC_TEST_REQUIRE=all, yet {len(skipped)} test(s) were skipped", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With DONDOC_TEST_REQUIRE=all a skipped test makes the run red."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == 0 and _everything_required() and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
