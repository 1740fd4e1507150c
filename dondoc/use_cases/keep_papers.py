"""Papers made for an occurrence are kept with it: as drafts, and with number and day once they are signed."""

from collections.abc import Sequence
from datetime import date, datetime

from dondoc.use_cases.act import Act, Recorded, enter, fact
from dondoc.use_cases.keep_file import KeptFile, keep_file
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.scene import Scene
from dondoc.words import _


def keep_draft(
    office: Office, paper: str, name: str, content: bytes, keys: Sequence[str], act: Act, at: datetime
) -> KeptFile:
    """Keep one draft and say so in the book of every occurrence it is about."""
    kept = keep_file(office.data, name, content)
    for n, key in enumerate(keys):
        mine = act._replace(request_key=f"{act.request_key}/{n}" if act.request_key else "")
        enter(
            office, key, mine, at, lambda scene: [fact("drafted", scene, "", act, at, paper=paper, files=[str(kept)])]
        )
    return kept


def record_issued(office: Office, key: str, paper: str, number: str, on: date, act: Act, at: datetime) -> Recorded:
    """The draft was signed and sent out under a number, on a local day; Refused where there is no draft of it."""

    def build(scene: Scene) -> list:
        if not any(f.kind == "drafted" and f.payload.get("paper") == paper for f in scene.facts):
            raise Refused(
                _("«{key}» chưa có dự thảo văn bản này.").format(key=key), _("Soạn trước: dondoc paper urging")
            )
        if not number.strip():
            raise Refused(_("Văn bản đã ban hành phải có số."), _("Thêm --number."))
        return [fact("issued", scene, "", act, at, paper=paper, number=number.strip(), on=on)]

    return enter(office, key, act, at, build)
