"""On a server that speaks English everything that leaves the office, and all its book keeps, is as on any other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from test_bounces import letter_to, report
from watched_office import CLERK, Post, at, delivered

from definitions.contacts import Contact
from dondoc.register import Register
from dondoc.use_cases.anchor_journal import anchor_journal
from dondoc.use_cases.message_of import rendered_notices
from dondoc.use_cases.office import Office
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.take_bounces import take_bounce
from dondoc.words import language

DAY, LATER = date(2022, 5, 25), date(2022, 6, 6)


@pytest.fixture
def twice(live: Office, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """The same office with the same book, one of them for a server that speaks English."""
    live = live._replace(contacts={**live.contacts, CLERK: Contact("dau-moi@so.example", phone="024 1")})
    live.register.close()
    copyfile(tmp_path / "dondoc.db", tmp_path / "english.db")
    other = live._replace(register=Register(f"sqlite:///{tmp_path / 'english.db'}", live.agency))
    yield live, other
    other.register.close()


def lived(office: Office) -> list[object]:
    """Letters of two mornings, one that comes back, the alarm about it, the weekly anchor: all that was written."""
    post = Post()
    delivered(office, at(DAY), post)
    assert anchor_journal(office, at(DAY, 9)) > 0
    assert take_bounce(office, report(letter_to(office), said="không có ai"), at(DAY, 9)).bounced == 1
    delivered(office, at(DAY, 10), post)
    notices = sweep(office, at(LATER)).notices
    delivered(office, at(LATER), post)
    previews = list(rendered_notices(office, notices, at(LATER)))
    with office.register.reading() as book:
        kept = [record._replace(worker="") for record in book.deliveries()]
        tries = [attempt._replace(worker="") for attempt in book.attempts()]
        return [post.letters, previews, kept, tries, book.facts()]


def test_letters_written_under_english_are_the_same_to_the_byte(
    twice: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    vietnamese = lived(twice[0])
    monkeypatch.setenv("DONDOC_LANG", "en")
    assert language() == "en"
    english = lived(twice[1])
    for mine, theirs in zip(vietnamese, english, strict=True):
        assert mine == theirs
    letters = vietnamese[0]
    assert isinstance(letters, list) and any(x.subject.startswith("[Cần gọi điện]") for x in letters)
    assert any("5.1.1: hộp thư không tồn tại" in x.text for x in letters)
