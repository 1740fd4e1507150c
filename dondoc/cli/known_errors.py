"""Errors a person can put right, told as words. Asking for one must not import the room it comes from."""

KNOWN = {
    ("definitions.problem", "DefinitionError"),
    ("definitions.timing_words", "PhraseError"),
    ("dondoc.papers.fill", "TemplateProblem"),
    ("dondoc.register.errors", "RegisterError"),
    ("dondoc.register.sealed", "SealError"),
    ("dondoc.use_cases.refused", "Refused"),
    ("dondoc.settings", "SettingsError"),
    ("dondoc.up.trouble", "StartError"),
    ("dondoc.core.calendar", "CalendarHorizonError"),
}


def words_for(error: BaseException) -> str:
    """What to tell the person, or "" for an error nobody foresaw."""
    if any((kind.__module__, kind.__name__) in KNOWN for kind in type(error).__mro__):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return _file_trouble(error)
    return ""


def _file_trouble(error: OSError) -> str:
    from dondoc.words import _

    reasons = {
        FileNotFoundError: _("không có"),
        PermissionError: _("không có quyền"),
        IsADirectoryError: _("là thư mục, không phải tệp"),
        NotADirectoryError: _("là tệp, không phải thư mục"),
    }
    reason = next((text for kind, text in reasons.items() if isinstance(error, kind)), error.strerror or "")
    return _("Không đọc hoặc ghi được {file}: {reason}.").format(file=error.filename, reason=reason)
