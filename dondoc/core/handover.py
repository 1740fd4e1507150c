"""A handover: the person last told of a step no longer answers for it, and the one who does has not heard."""

from dondoc.core.directory import Directory
from dondoc.core.ladder import Rung
from dondoc.core.notice import Notice
from dondoc.core.telling import Scene, tell

DOER_KINDS = frozenset({"opened", "reminder", "due-today", "overdue", "moved", "returned", "handover"})


def doer_ref(scene: Scene) -> str:
    """The role reference of whoever does the step now."""
    return scene.state.assigned or scene.step.by


def doer_told(notices: tuple[Notice, ...]) -> str:
    """The person who hears as the doer among these, or ""."""
    return next((n.recipient for n in reversed(notices) if n.kind in DOER_KINDS), "")


def is_handed_over(scene: Scene) -> bool:
    """Absence is no handover: the deputy answers and the holder stays told. A new holder is one."""
    directory, on = scene.world.directory, scene.world.moments.day_of(scene.at)
    told_to, birth = scene.state.told_to, scene.occurrence.birth
    if not told_to:
        return False
    found = directory.resolve(doer_ref(scene), birth.party, on, frozenset(birth.excluded))
    return bool(found.person) and found.person != told_to and told_to not in answering(directory, found.role, scene)


def answering(directory: Directory, role_id: str, scene: Scene) -> frozenset[str]:
    """Persons who answer for a role that day: its holder, its deputy's, its secretary's."""
    role, on = directory.role(role_id), scene.world.moments.day_of(scene.at)
    if role is None:
        return frozenset()
    roles = filter(None, (role_id, role.deputy, role.secretary))
    return frozenset(filter(None, (directory.holder(one, on) for one in roles)))


def handover(scene: Scene) -> list[Notice]:
    """The one word to the new holder, spoken between the rungs."""
    spoken = Rung(max(scene.round.cursor - 1, 0), "handover", "handover", scene.at)
    return tell(scene, spoken, doer_ref(scene), {})
