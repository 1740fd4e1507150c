"""A file that is broken, locked, huge or no paper at all is refused in words, soon, and nothing is written."""

import random
import time
import zipfile
from pathlib import Path

import pytest
from read_paper_samples import SMALL, docx_of, spoiled

from definitions.problem import DefinitionError
from definitions.read_paper import read_paper
from definitions.read_paper_draft import write_draft

BODY = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return docx_of(SMALL, tmp_path / "tot.docx")


def refused(file: Path) -> str:
    begun = time.monotonic()
    with pytest.raises(DefinitionError) as caught:
        read_paper(file)
    assert time.monotonic() - begun < 10
    return str(caught.value)


def test_an_old_or_locked_word_file_says_what_to_do(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "bỏ mật khẩu, lưu lại thành .docx" in refused(file)


def test_a_zip_that_is_no_word_file_is_refused(tmp_path):
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "abc")
    assert "không phải .docx" in refused(file)


@pytest.mark.parametrize("kept", [0, 4, 100, 5000])
def test_a_cut_word_file_is_refused(good, tmp_path, kept):
    file = tmp_path / "a.docx"
    file.write_bytes(good.read_bytes()[:kept])
    assert "a.docx" in refused(file)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(good, tmp_path):
    assert "bung ra quá lớn" in refused(spoiled(good, tmp_path / "a.docx", "word/x.bin", bytes(90_000_000)))


def test_entities_are_refused(good, tmp_path):
    body = f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {W}><w:body/></w:document>'.encode()
    assert "DOCTYPE" in refused(spoiled(good, tmp_path / "a.docx", BODY, body))


@pytest.mark.parametrize("body", [b"", b"<a>", b"\xff\xfe<", f"<w:document {W}/>".encode()], ids=range(4))
def test_broken_xml_is_refused(good, tmp_path, body):
    refused(spoiled(good, tmp_path / "a.docx", BODY, body))


def test_deep_nesting_is_refused_or_read_but_never_hangs(good, tmp_path):
    deep = f"<w:document {W}><w:body>{'<w:sdt>' * 100_000}</w:body></w:document>".encode()
    refused(spoiled(good, tmp_path / "a.docx", BODY, deep))


def test_a_text_that_is_not_utf_8_says_how_to_save_it(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("II. Nội dung".encode("cp1258", errors="ignore") + b"\xfd\xfe")
    assert "UTF-8" in refused(file)


def test_a_binary_an_empty_and_a_meaningless_file_are_refused(tmp_path):
    for name, content in (("a.txt", b"ab\0cd"), ("b.txt", b""), ("c.txt", "Xin chào.".encode())):
        (tmp_path / name).write_bytes(content)
        refused(tmp_path / name)


def test_a_paper_too_long_or_too_heavy_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("II. VIỆC\n\n" + "- Làm việc.\n" * 5_001, encoding="utf-8")
    assert "quá dài" in refused(tmp_path / "a.txt")
    with (tmp_path / "b.txt").open("wb") as heavy:
        heavy.truncate(20_000_001)
    assert "20 MB" in refused(tmp_path / "b.txt")


def test_a_hundred_mutations_of_a_paper_are_read_or_refused_never_a_crash(tmp_path):
    chance = random.Random(20221118)
    marks = "-+.;:()“”\"'{}[]#&*!|>%@`\\\t \u00a0\u2028\x85?0123456789/IVXđƠ"
    pool = [*marks, "trước ngày 31/02", "số 1/A", "II."]
    for round_ in range(100):
        letters = list(SMALL)
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randint(0, 3)] = [chance.choice(pool)]
        file = tmp_path / "a.txt"
        file.write_text("".join(letters), encoding="utf-8")
        try:
            reading = read_paper(file)
        except DefinitionError:
            continue
        if round_ % 10 == 0:
            write_draft(reading, tmp_path / f"nhap-{round_}")
