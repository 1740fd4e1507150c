"""What the page of one occurrence shows: everything the book knows of it that its viewer may see."""

from datetime import date, datetime, tzinfo
from typing import NamedTuple

from dondoc.core.phase import stand
from dondoc.core.plan import Citation
from dondoc.core.rights import Subject, Viewer, may
from dondoc.use_cases.journal_shown import EntryShown, journal_shown, last_act
from dondoc.use_cases.ladder_ahead import RungAhead, ladder_ahead
from dondoc.use_cases.message_of import plan_words
from dondoc.use_cases.messages_shown import MessageShown, messages_shown
from dondoc.use_cases.names import party_name, title_of
from dondoc.use_cases.office import Office
from dondoc.use_cases.post import Post
from dondoc.use_cases.posts import posts
from dondoc.use_cases.process_picture import PictureWords, picture_words
from dondoc.use_cases.scene import Scene, gather_one
from dondoc.use_cases.see_occurrence import see
from dondoc.use_cases.steps_shown import StepShown, mark_of, steps_shown
from dondoc.words.labels import status_words


class OccurrencePage(NamedTuple):
    """`current` is the id of the step that is up. Of a confidential case no party, no plan and no clause is named."""

    key: str
    title: str
    period: str
    party: str
    plan: str
    plan_id: str
    section: str
    status: str
    mark: str
    current: str
    steps: tuple[StepShown, ...]
    citations: tuple[Citation, ...]
    waived: str
    event_on: date | None
    acknowledged: tuple[int, int] | None  # of how many
    ahead: tuple[RungAhead, ...]
    messages: tuple[MessageShown, ...]
    journal: tuple[EntryShown, ...]
    recorded: tuple[EntryShown, ...]  # what the viewer entered last
    picture: PictureWords
    confidential: bool
    subject: Subject
    posts: tuple[Post, ...]  # one a step
    today: date
    zone: tzinfo

    @property
    def name(self) -> str:
        """Title and period, as a heading names it."""
        return self.title if not self.period or self.period in self.title else f"{self.title} – {self.period}"

    @property
    def step(self) -> StepShown:
        """The step that is up."""
        return next(step for step in self.steps if step.id == self.current)


def occurrence_page(office: Office, key: str, viewer: Viewer, at: datetime) -> OccurrencePage:
    """As of `at`; reads only. Unseen where there is nothing this viewer may see."""
    with office.register.reading() as book:
        scene, subject = see(office, book, key, viewer, at)
        whose = "" if may(viewer, "see-messages", subject) else viewer.person
        messages = messages_shown(office, book, scene, whose)
    return _page(office, scene, subject, viewer, messages, at)


def _page(
    office: Office, scene: Scene, subject: Subject, viewer: Viewer, messages: tuple[MessageShown, ...], at: datetime
) -> OccurrencePage:
    birth, obligation, hidden = scene.birth, scene.obligation, scene.obligation.confidential
    standing = stand(obligation, scene.occurrence, scene.world.moments, at)
    return OccurrencePage(
        key=birth.key,
        title=title_of(obligation, birth),
        period="" if hidden else birth.label,
        party="" if hidden else party_name(office.directory, birth.party),
        plan="" if hidden else plan_words(scene.plan),
        plan_id="" if hidden else birth.plan,
        section="" if hidden else obligation.section,
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        mark=mark_of(standing),
        current=standing.step,
        steps=steps_shown(office, scene, at),
        citations=() if hidden else obligation.citations,
        waived="" if hidden else scene.occurrence.waived,
        event_on=birth.event_on,
        acknowledged=_acknowledged(scene),
        ahead=ladder_ahead(office, scene, at),
        messages=messages,
        journal=journal_shown(office, scene),
        recorded=last_act(office, scene, viewer.person, "portal"),
        picture=picture_words(scene.plan, obligation, office.directory),
        confidential=hidden,
        subject=subject,
        posts=posts(office, scene, subject, viewer, scene.world.moments.day_of(at)),
        today=scene.world.moments.day_of(at),
        zone=scene.world.moments.zone,
    )


def _acknowledged(scene: Scene) -> tuple[int, int] | None:
    counted = [member for member in scene.occurrence.members if member.status in ("pending", "acknowledged")]
    return (sum(member.status == "acknowledged" for member in counted), len(counted)) if counted else None


def last_entered(office: Office, key: str, person: str) -> tuple[tuple[EntryShown, ...], tzinfo]:
    """What this person entered last on an occurrence through the portal, and the zone of its moments."""
    with office.register.reading() as book:
        scene = gather_one(office, book, key)
    return last_act(office, scene, person, "portal"), scene.world.moments.zone
