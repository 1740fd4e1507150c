"""axe-core in a page: what keeps people from reading or using it, by the rules of WCAG 2.2 AA."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".tools" / "node_modules" / "axe-core" / "axe.min.js"
INSTALL = "npm install --no-save --ignore-scripts --prefix .tools yaml-language-server@1.25.0 axe-core@4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # of 4.14.1's axe.min.js
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = ("serious", "critical")


def script() -> str:
    """The pinned script; ValueError where another one lies in its place."""
    content = PLACE.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ValueError(f"{PLACE} is not axe-core 4.14.1; run: {INSTALL}")
    return content.decode()


def findings(page: Page, axe: str) -> list[str]:
    """Every grave finding in words: which rule, why, where."""
    page.evaluate(f"{axe}; null")
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return list(_in_words(found["violations"]))


def _in_words(violations: list[dict]) -> Iterator[str]:
    for one in violations:
        if one["impact"] in GRAVE:
            for node in one["nodes"]:
                why = node["failureSummary"][:300]
                yield f"{one['impact']} {one['id']}: {one['help']}: {node['html'][:200]} ({why})"
