"""Đính chính: put a fact right; the old value stays in the book."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from dondoc.core.book_entries import ENGINE
from dondoc.core.facts import Fact
from dondoc.use_cases.act import Act, Recorded, enter
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _
from dondoc.words.journal import fact_words

CORRECTABLE = frozenset(
    {"act_on", "signed_on", "done_on", "sent_on", "received_on", "number", "kept_at", "note", "reason"}
)
DAYS = frozenset(name for name in CORRECTABLE if name.endswith("_on"))


def correct(
    office: Office, key: str, seq: int, values: Mapping[str, str], reason: str, act: Act, at: datetime
) -> Recorded:
    """`seq` names the fact. Refused without a reason, for another occurrence's fact, or for a value that cannot be."""

    def build(scene: Scene) -> Sequence[Fact]:
        _refuse_bad(values, reason)
        _refuse_ahead(values, scene.world.moments.day_of(at))
        theirs = [f for f in scene.facts if f.actor != ENGINE and f.kind != "corrected"]
        wrong = next((f for f in theirs if f.seq == seq), None)
        if wrong is None:
            known = ", ".join(f"{f.seq} ({fact_words(f.kind)})" for f in theirs)
            raise Refused(
                _("«{key}» không có mục {seq} để đính chính.").format(key=key, seq=seq),
                _("Các mục: {known}. Xem từng mục: dondoc journal show {key}").format(
                    known=known or _("chưa có"), key=key
                ),
            )
        old = {name: wrong.act_on.isoformat() if name == "act_on" else wrong.payload.get(name) for name in values}
        payload = {"values": dict(values), "old": old, "reason": reason}
        return [Fact("corrected", key, wrong.step, at, act.act_on, act.actor, act.via, payload, corrects=seq)]

    return enter(office, key, act, at, build)


def _refuse_ahead(values: Mapping[str, str], today: date) -> None:
    for name in sorted(DAYS & values.keys()):
        if date.fromisoformat(values[name]) > today:
            raise Refused(
                _("{name}={value} ở sau hôm nay.").format(name=name, value=values[name]),
                _("Hãy kiểm tra lại ngày ghi trên văn bản."),
            )


def _refuse_bad(values: Mapping[str, str], reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Đính chính phải có lý do."), _("Thêm --reason."))
    unknown = sorted(set(values) - CORRECTABLE)
    if unknown or not values:
        raise Refused(
            _("Không đính chính được: {unknown}.").format(unknown=", ".join(unknown) or _("chưa có giá trị nào")),
            _("Được: {correctable}.").format(correctable=", ".join(sorted(CORRECTABLE))),
        )
    for name in DAYS & values.keys():
        try:
            date.fromisoformat(values[name])
        except ValueError as error:
            raise Refused(
                _("{name}={value!r} không phải một ngày.").format(name=name, value=values[name]),
                _("Viết theo dạng 2022-06-03."),
            ) from error
