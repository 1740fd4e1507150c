"""From facts to a letter: subject, text and HTML of one message or digest."""

import functools
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from notifications.clean import clean, one_line
from notifications.message import MessageContext, MessageItem, Rendered
from notifications.wording import FILTERS, Fact, acting_words, facts_of

TEMPLATES = Path(__file__).parent / "templates"
PART = "\x1e"  # between the parts of a kind's template; no cleaned text holds it
SUBJECT_LIMIT = 220  # characters; mail programs show far fewer, no server refuses this many


class Entry(NamedTuple):
    """One item in words."""

    item: MessageItem
    subject: str
    lead: list[str]  # paragraphs
    todo: list[str]
    facts: list[Fact]
    acting: str


def render(message: MessageContext) -> Rendered:
    """The letter in all its forms. ValueError without items; jinja2.UndefinedError where a template asks too much."""
    if not message.items:
        raise ValueError("a message tells at least one thing")
    message = clean(message)
    entries = [_entry(message, item) for item in _in_order(message.items)]
    subject, opening = _heading(message, entries)
    context = {
        **message._asdict(),
        "entries": entries,
        "opening": opening,
        "subject": subject,
        "alarm": any(e.item.days_overdue and not e.item.proposed for e in entries),
        "acting": _common_acting(entries),
    }
    text = template("letter.txt").render(context)
    return Rendered(subject, tidy(text), template("letter.html").render(context))


def render_subject(message: MessageContext) -> str:
    """The subject that render() would give, without the letter: a rehearsed year asks for thousands."""
    if not message.items:
        raise ValueError("a message tells at least one thing")
    message = clean(message)
    return _heading(message, [_entry(message, item) for item in _in_order(message.items)])[0]


def _in_order(items: tuple[MessageItem, ...]) -> list[MessageItem]:
    """The most pressing first; what has no due last."""
    return sorted(items, key=lambda item: (item.target_on or date.max, item.key, item.step_id))


def _entry(message: MessageContext, item: MessageItem) -> Entry:
    context = {"item": item, "on": message.on, "office": message.office, "command": _command(item)}
    subject, lead, todo = template(f"kinds/{item.kind}.j2").render(context).split(PART)
    return Entry(item, _subject(subject), _paragraphs(lead), _paragraphs(todo), facts_of(item), acting_words(item))


def _heading(message: MessageContext, entries: list[Entry]) -> tuple[str, str]:
    if len(entries) == 1:
        return _trial(message, entries[0].subject), ""
    context = {**message._asdict(), "entries": entries}
    subject, opening = template("digest.j2").render(context).split(PART)
    return _trial(message, _subject(subject)), one_line(opening)


def _trial(message: MessageContext, subject: str) -> str:
    return f"[Chạy thử] {subject}" if message.trial_for else subject


def _common_acting(entries: list[Entry]) -> str:
    said = {entry.acting for entry in entries}
    return said.pop() if len(said) == 1 else ""


def _subject(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SUBJECT_LIMIT else f"{line[: SUBJECT_LIMIT - 1].rstrip()}…"


def _paragraphs(text: str) -> list[str]:
    return [line for part in text.split("\n\n") if (line := one_line(part))]


def tidy(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    lines: list[str] = []
    for line in (raw.rstrip() for raw in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"


def _command(item: MessageItem) -> Callable[..., str]:
    """The command line that enters an act on this very step."""
    step = f" --step {shlex.quote(item.step_id)}" if item.step_id else ""

    def command(verb: str, rest: str = "") -> str:
        return f"dondoc record {verb} {shlex.quote(item.key)}{step}{' ' + rest if rest else ''}"

    return command


@functools.cache
def _environment() -> SandboxedEnvironment:
    """Compiled templates are kept; HTML is escaped, text is not."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


@functools.cache
def _prose() -> SandboxedEnvironment:
    """The same for templates whose empty lines part paragraphs: none is trimmed away."""
    return _environment().overlay(trim_blocks=False, lstrip_blocks=False)


def template(name: str) -> Template:
    """One of ours by its file name, compiled once."""
    return (_prose() if name.endswith(".j2") else _environment()).get_template(name)
