"""How each deed's form is read and entered; what it asks is in deed_words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from dondoc.portal.deed_words import Asked
from dondoc.portal.forms import Form
from dondoc.use_cases.act import Act, Document
from dondoc.use_cases.answer_checklist import answer_checklist
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.correct import DAYS, correct
from dondoc.use_cases.extend import ask_extension, bind_due, extend, reset_due
from dondoc.use_cases.keep_file import keep_file
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_acts import acknowledge, approve, decide, reassign, resume, suspend, withhold
from dondoc.use_cases.post import Deed, Post, entering
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.requests import not_mine
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred, waive
from dondoc.words import _
from dondoc.words.dates import read_day

EVENT = "phat-sinh."  # before an obligation's id: the field of a checklist's line


class Asking(NamedTuple):
    """A posted form, at the post it was posted from; `asked` is the form as it was shown."""

    office: Office
    post: Post
    asked: Asked
    form: Form
    files: list[tuple[str, bytes]]
    at: datetime

    def choice(self, name: str) -> str:
        """One of what was offered."""
        value = self.form.text(name, needed=_("Chọn một dòng."))
        offered = next(field.choices for field in self.asked.fields if field.name == name)
        if value and value not in dict(offered):
            self.form.errors[name] = _("Chọn một dòng.")
        return value

    @property
    def reason(self) -> str:
        needed = _("Ghi lý do.")
        return self.choice("reason") if self.post.confidential else self.form.text("reason", longest=500, needed=needed)

    @property
    def paper(self) -> Document:
        number = self.form.text("document", needed=_("Ghi số văn bản."))
        on = self.form.day("document_on", self.post.today, needed=_("Ghi ngày của văn bản."))
        return Document(number, on or self.post.today)

    @property
    def due(self) -> date:
        return self.form.day("last_on", self.post.today, needed=_("Ghi hạn mới."), ahead=True) or self.post.today


Entry = Callable[[Act], object]  # enters it, once everything was read


def do(asking: Asking, deed: Deed) -> None:
    """Read the form and enter the deed; nothing is entered or kept where a field is wrong. Refused as the deed is."""
    key = asking.form.text("request_key", longest=64, needed=_("Biểu mẫu đã cũ. Tải lại trang rồi gửi lại."))
    entry = DEEDS[deed](asking)
    if not asking.form.errors:
        act = entering(asking.office, asking.post, deed, key)
        entry(act)


def _submit(asking: Asking) -> Entry:
    form, post, today = asking.form, asking.post, asking.post.today
    evidence = Evidence(
        number=form.text("number"),
        signed_on=form.day("signed_on", today),
        done_on=form.day("done_on", today),
        kept_at=form.text("kept_at"),
        note=form.text("note", longest=1000),
    )
    # Whoever may not hand in leaves no file behind either.
    files = _kept(asking) if "submit" in post.may and not form.errors else ()
    given = evidence._replace(files=files)
    return lambda act: submit(asking.office, post.key, given, act, asking.at, post.step)


def _kept(asking: Asking) -> tuple[str, ...]:
    kept = []
    if asking.post.no_files and asking.files:  # not even kept until the register refuses it
        asking.form.errors["number"] = _("Việc này không nhận tệp: chỉ ghi số, ngày và nơi lưu văn bản.")
        return ()
    for name, content in asking.files:
        try:
            kept.append(str(keep_file(asking.office.data, name, content)))
        except Refused as refused:
            asking.form.errors["files"] = f"{name}: {refused}"
    return tuple(kept)


def _checklist(asking: Asking) -> Entry:
    lines = {
        field.name.removeprefix(EVENT): days
        for field in asking.asked.fields
        if field.name.startswith(EVENT) and (days := _days(asking, field.name))
    }
    return lambda act: answer_checklist(asking.office, asking.post.key, lines, act, asking.at)


def _days(asking: Asking, name: str) -> list[date]:
    """Days written one after another."""
    days = []
    for text in asking.form.text(name).replace(";", ",").split(","):
        if text.strip():
            try:
                days.append(read_day(text))
            except ValueError:
                asking.form.errors[name] = _("“{value}” không phải một ngày. Ghi như 03/6/2022.").format(
                    value=text.strip()
                )
    return days


def _nothing(asking: Asking) -> Entry:
    note = asking.form.text("note", longest=500)
    return lambda act: nothing_occurred(asking.office, asking.post.key, act, asking.at, note)


def _extension(asking: Asking) -> Entry:
    post = asking.post
    until = asking.form.day("until", post.today, needed=_("Ghi ngày xin gia hạn đến."), ahead=True) or post.today
    needed = _("Ghi lý do xin gia hạn.")
    reason = asking.reason if post.confidential else asking.form.text("reason", longest=500, needed=needed)
    return lambda act: ask_extension(asking.office, post.key, until, reason, act, asking.at, post.step)


def _not_mine(asking: Asking) -> Entry:
    who, reason, post = asking.choice("who"), asking.form.text("reason", longest=500), asking.post
    return lambda act: not_mine(asking.office, post.key, who, reason, act, asking.at, post.step)


def _acknowledge(asking: Asking) -> Entry:
    return lambda act: acknowledge(asking.office, asking.post.key, act, asking.at, person=asking.post.person)


def _confirm(asking: Asking) -> Entry:
    form, post = asking.form, asking.post
    sent_on, received_on = form.day("sent_on", post.today), form.day("received_on", post.today)
    return lambda act: confirm(
        asking.office, post.key, act, asking.at, post.step, sent_on=sent_on, received_on=received_on
    )


def _return(asking: Asking) -> Entry:
    reason, post = asking.reason, asking.post
    return lambda act: return_step(asking.office, post.key, reason, act, asking.at, post.step)


def _due(verb: Callable[..., object]) -> Callable[[Asking], Entry]:
    """A due set by a paper."""

    def read(asking: Asking) -> Entry:
        due, paper, post = asking.due, asking.paper, asking.post
        return lambda act: verb(asking.office, post.key, due, paper, act, asking.at, post.step)

    return read


def _decision(what: str) -> Callable[[Asking], Entry]:
    def read(asking: Asking) -> Entry:
        paper, post = asking.paper, asking.post
        return lambda act: decide(asking.office, post.key, what, paper, act, asking.at, post.step)

    return read


def _reassign(asking: Asking) -> Entry:
    to, post = asking.choice("to"), asking.post
    reason = asking.choice("reason") if post.confidential else asking.form.text("reason", longest=500)
    return lambda act: reassign(asking.office, post.key, to, reason, act, asking.at, post.step)


def _suspend(asking: Asking) -> Entry:
    reason, paper, post = asking.reason, asking.paper, asking.post
    return lambda act: suspend(asking.office, post.key, reason, paper, act, asking.at, post.step)


def _resume(asking: Asking) -> Entry:
    return lambda act: resume(asking.office, asking.post.key, act, asking.at, asking.post.step)


def _waive(asking: Asking) -> Entry:
    reason, paper, post = asking.reason, asking.paper, asking.post
    return lambda act: waive(asking.office, post.key, reason, act, asking.at, paper)


def _correct(asking: Asking) -> Entry:
    entry, field, value = asking.choice("entry"), asking.choice("field"), asking.form.text("value", longest=500)
    if field in DAYS:
        day = asking.form.day("value", asking.post.today, needed=_("Ghi giá trị đúng."))
        value = day.isoformat() if day else ""
    reason, post = asking.reason, asking.post
    return lambda act: correct(asking.office, post.key, int(entry), {field: value}, reason, act, asking.at)


def _approve(asking: Asking) -> Entry:
    post = asking.post
    return lambda act: approve(asking.office, post.key, act, asking.at, post.step, rung=post.rung)


def _withhold(asking: Asking) -> Entry:
    reason, post = asking.reason, asking.post
    return lambda act: withhold(asking.office, post.key, reason, act, asking.at, post.step, rung=post.rung)


DEEDS: Mapping[Deed, Callable[[Asking], Entry]] = {
    "submit": _submit,
    "checklist": _checklist,
    "nothing": _nothing,
    "extension": _extension,
    "not-mine": _not_mine,
    "acknowledge": _acknowledge,
    "confirm": _confirm,
    "return": _return,
    "extend": _due(extend),
    "bind": _due(bind_due),
    "reset": _due(reset_due),
    "basis": _decision("basis"),
    "complex": _decision("complex"),
    "missing": _decision("close-without-missing"),
    "assign": _reassign,
    "reassign": _reassign,
    "suspend": _suspend,
    "resume": _resume,
    "waive": _waive,
    "close": _waive,
    "correct": _correct,
    "approve": _approve,
    "withhold": _withhold,
}
