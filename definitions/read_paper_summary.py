"""The page beside a draft: what was found, what is ambiguous, what has no date, what was not understood."""

from collections.abc import Iterable, Iterator

from definitions.read_paper import CLOCKS, Coverage, DraftObligation, PaperReading
from definitions.read_paper_citations import CitedDocument
from definitions.read_paper_timing import TimeWord
from dondoc.words.dates import short_date


def coverage_line(coverage: Coverage) -> str:
    """The figures in one line, as the command prints them too."""
    return (
        f"Độ phủ: {_share(coverage.clauses, coverage.of_clauses)} đoạn thành nghĩa vụ; "
        f"{_share(coverage.times, coverage.of_times)} chỗ nói thời gian hiểu được; "
        f"{_share(coverage.ready, coverage.of_obligations)} nghĩa vụ không còn gì phải quyết định."
    )


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part // whole if whole else 100}%)"


def summary(reading: PaperReading, plan: str) -> str:
    """The page as Markdown."""
    return "\n".join(_parts(reading, plan)) + "\n"


def _parts(reading: PaperReading, plan: str) -> Iterator[str]:
    yield f"# Bản nháp `{plan}` đọc từ {reading.file}"
    yield ""
    yield f"{reading.title or 'Không thấy tên văn bản.'} Số: {reading.number or 'không thấy'}; ngày: {_day(reading)}."
    yield ""
    yield f"**{coverage_line(reading.coverage)}**"
    yield ""
    yield "Mỗi dấu `?` trong các tệp là một điều văn bản không nói. Điền hết thì bản nháp nạp được (`dondoc check`)."
    yield from _timed(reading)
    yield from _listed(
        "Chưa rõ: phải chọn một cách hiểu",
        (f"{_place(o)}: “{w.words}” – {w.expected or 'chưa có cách hiểu'}" for o, w in reading.found("ambiguous")),
    )
    yield from _listed(
        "Hạn nằm ở văn bản khác: phải tìm rồi gắn",
        (f"{_place(o)}: “{w.words}” – {o.quote}" for o, w in reading.found("pointer")),
    )
    yield from _listed("Không có ngày", (f"{_place(o)}: {_quoted(o)}" for o in undated(reading)))
    yield from _listed("Từ không đo được", (f"{_place(o)}: “{w.words}”{_eased(o)}" for o, w in reading.found("vague")))
    yield from _listed("Mở khi có việc", (f"{_place(o)}: “{w.words}”" for o, w in reading.found("event")))
    yield from _listed(
        "Có vẻ là thời gian nhưng chưa hiểu",
        (f"{_place(o)}: “{w.words}” – {o.quote}" for o, w in reading.found("unknown")),
    )
    yield from _listed("Văn bản được dẫn", map(_document, reading.documents))
    yield from _listed(
        "Các bên", (f"{words}{f' → `{id_}`' if id_ else ''} ({n} lần)" for words, id_, n in reading.parties)
    )
    yield from _listed("Nơi nhận", reading.recipients)
    yield from _listed(
        "Mục đích, yêu cầu: đọc nhưng không lập nghĩa vụ", (f"{goal.label}: {goal.text}" for goal in reading.goals)
    )


def _day(reading: PaperReading) -> str:
    return short_date(reading.issued_on) if reading.issued_on else "không thấy"


def undated(reading: PaperReading) -> list[DraftObligation]:
    """Obligations in whose words no date, and no pointer to one, stands."""
    return [o for o in reading.obligations if not (o.clock and o.clock.sort in (*CLOCKS, "event"))]


def _timed(reading: PaperReading) -> Iterator[str]:
    dated = [o for o in reading.obligations if o.clock and o.clock.sort in CLOCKS]
    yield ""
    yield f"## Có thời gian ({len(dated)})"
    yield ""
    yield "| Mục | Nghĩa vụ | Lời văn bản | Còn phải quyết định |"
    yield "|---|---|---|---|"
    for o in dated:
        words = o.clock.words if o.clock else ""
        yield f"| {o.at} | `{o.id}` | {_cell(words)} | {', '.join(o.decisions) or 'không'} |"
    if reading.year:
        yield ""
        yield f'Xem ngày của từng cụm: `dondoc explain "…" --year {reading.year}`.'


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = list(items)
    if lines:
        yield ""
        yield f"## {title} ({len(lines)})"
        yield ""
        yield from (f"- {' '.join(line.split())}" for line in lines)


def _place(obligation: DraftObligation) -> str:
    return f"{obligation.at} (`{obligation.id}`)"


def _quoted(obligation: DraftObligation) -> str:
    return obligation.quote if len(obligation.quote) < 160 else f"{obligation.quote[:159]}…"


def _eased(obligation: DraftObligation) -> str:
    """A vague word beside a date does no harm."""
    clock: TimeWord | None = obligation.clock
    return f" – cùng câu đã ghi “{clock.words}”" if clock and clock.sort == "dated" else ""


def _document(document: CitedDocument) -> str:
    day = f" ngày {short_date(document.issued_on)}" if document.issued_on else ""
    body = f" của {document.body}" if document.body else ""
    number = f" số {document.number}" if document.number else ""
    about = f": {document.about}" if document.about else ""
    return f"{document.kind}{number}{day}{body}{about} (dẫn tại {'; '.join(document.places)})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
