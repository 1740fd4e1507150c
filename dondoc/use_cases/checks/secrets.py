"""What is sealed: does the key at hand open it."""

from dondoc.use_cases.checks.finding import Finding, Patient
from dondoc.use_cases.sealing import sealed_things, unopened
from dondoc.words import _


def secret_key(patient: Patient) -> list[Finding]:
    """Proven by opening: without its key nobody excluded can be told from anybody else."""
    office = patient.office
    with office.register.reading() as book:
        lost, count = unopened(office, book), sealed_things(office, book)
    if lost:
        said = (
            _("có {count} mục niêm phong mà khoá hiện có không mở được")
            if office.sealer.has_key
            else _("có {count} mục niêm phong mà không có khoá")
        ).format(count=lost)
        return [Finding("secret-key", "error", said, _("Trả lại tệp secret.key hoặc biến DONDOC_SECRET_KEY."))]
    opened = _("khoá niêm phong mở được cả {count} mục").format(count=count)
    return [Finding("secret-key", "ok", opened if count else _("chưa có gì niêm phong"))]
