"""What is sealed: is its key there."""

from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.excluded import is_sealed, leaving_out
from dondoc.words import _


def secret_key(patient: Patient) -> list[Finding]:
    """Where something is sealed its key must be there: without it nobody excluded can be told from anybody else."""
    office = patient.office
    with office.register.reading() as book:
        sealed = any(map(is_sealed, leaving_out(office, book))) or bool(book.zalo_accounts())
    if sealed and not office.sealer.has_key:
        said = _("có dữ liệu đã niêm phong mà không có khoá")
        return [Finding("secret-key", "error", said, _("Trả lại tệp secret.key hoặc biến DONDOC_SECRET_KEY."))]
    return [Finding("secret-key", "ok", _("khoá niêm phong có đủ") if sealed else _("chưa có gì niêm phong"))]
