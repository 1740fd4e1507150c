"""What the tests of papers speak of, and how a paper is looked at: its words, and the page as LibreOffice draws it."""

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from docx import Document

from dondoc.use_cases.act import Act
from dondoc.use_cases.office import Office
from dondoc.use_cases.submit import Evidence, submit

PLAN = "qcdc-2022"
FIRST, SECOND = (f"{PLAN}/bao-cao-dinh-ky/2022-H1/{unit}" for unit in ("chi-cuc-tdc", "trung-tam-khcn"))
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE).astimezone(UTC)


MONDAY = at(2022, 6, 6, 9)


def act(key: str = "") -> Act:
    return Act("van-phong", "cli", MONDAY.date(), key)


def hand_in(office: Office, key: str) -> None:
    day = MONDAY.date().replace(day=3)
    submit(office, key, Evidence(number="12/BC-TT", signed_on=day, done_on=day), Act("van-phong", "cli", day), MONDAY)


def words(content: bytes) -> str:
    """Every paragraph of a docx, those in tables included, a line each."""
    paper = Document(io.BytesIO(content))
    cells = (cell for table in paper.tables for row in table.rows for cell in row.cells)
    inside = [paragraph.text for cell in cells for paragraph in cell.paragraphs]
    return "\n".join([*inside, *(paragraph.text for paragraph in paper.paragraphs)])


def converted(soffice: str, file: Path, to: str) -> Path:
    """What LibreOffice makes of a file, beside it."""
    home = file.parent / "libreoffice"
    asked = [soffice, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", to, "--outdir"]
    subprocess.run([*asked, str(file.parent), str(file)], check=True, capture_output=True, timeout=120)
    return file.with_suffix(f".{to.partition(':')[0]}")
