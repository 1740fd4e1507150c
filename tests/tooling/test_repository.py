"""What must not stand in the repository, and what must."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Put together from pieces, so that this file does not find itself.
INDEX = re.compile("--(extra-)?" + "index-url|--find" + "-links|pypi" + r"\.org/simple|files\.python" + "hosted")
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/" + "(work|farm|root|opt/wheels|opt/pypi|home/[a-z]+|Users/[A-Za-z]+)/")


def _texts() -> list[tuple[str, str]]:
    listed = (
        subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .split("\0")
    )
    texts = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file() and b"\0" not in (raw := path.read_bytes())[:4096]:
            texts.append((name, raw.decode("utf-8")))
    return texts


def _hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in _texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_holds_the_address_of_a_package_index() -> None:
    assert _hits(INDEX) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert _hits(MACHINE) == []


def test_there_is_one_lock_format() -> None:
    assert not any((ROOT / name).exists() for name in ("uv.lock", "poetry.lock", "Pipfile.lock"))


def test_every_make_target_the_readme_names_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named, "the README names no make target"
    assert named <= targets


def test_the_ci_runs_the_check_and_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check" in script
    assert "DONDOC_TEST_REQUIRE=all" in script
    assert "make test" in script


def test_every_lint_ignore_carries_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("[tool.ruff.lint.per-file-ignores]")[1].split("\n[")[0]
    lines = [line for line in block.splitlines() if "=" in line]
    assert lines
    assert [line for line in lines if "# " not in line] == []


def test_every_file_the_pages_link_to_exists() -> None:
    pages = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
    links = {link for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))}
    assert links
    assert sorted(link for link in links if not (ROOT / link).exists()) == []
