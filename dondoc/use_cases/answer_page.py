"""What the page behind a link shows, and what its reader may do there."""

from datetime import date, datetime, tzinfo
from typing import NamedTuple

from dondoc.core.phase import stand
from dondoc.use_cases.given import Given, given
from dondoc.use_cases.journal_shown import EntryShown, last_act
from dondoc.use_cases.link_deeds import deeds, person_now, role_now
from dondoc.use_cases.links import Link, open_link
from dondoc.use_cases.message_of import item_of
from dondoc.use_cases.names import role_title
from dondoc.use_cases.office import Office
from dondoc.use_cases.post import Deed, Post
from dondoc.use_cases.scene import gather_one
from dondoc.words.labels import evidence_words, status_words
from notifications.message import MessageItem


class AnswerPage(NamedTuple):
    """`may` are the deeds open to the reader now; none where the work is somebody else's, done or confidential."""

    link: Link
    reader: str  # the person's name as the organisation file writes it
    item: MessageItem
    status: str
    asks: tuple[str, ...]  # the evidence asked for, in words
    kinds: tuple[str, ...]  # the same by its names in the definition
    may: tuple[Deed, ...]
    entered: tuple[EntryShown, ...]  # what the reader entered last through a link
    with_whom: str  # the role whose work it is, where it is not the reader's
    recorded: tuple[Given, ...]
    extension_asked: str  # reason of a request that waits for the office
    acknowledged: bool
    confidential: bool
    no_files: bool  # a paper of the Party or a secret one: number, day and place alone
    today: date
    zone: tzinfo

    @property
    def post(self) -> Post:
        """Where the reader acts."""
        notice = self.link.notice
        return Post(
            key=notice.occurrence,
            step=notice.step,
            person=self.link.person,
            via="link",
            seal=self.link.delivery,
            may=self.may,
            today=self.today,
            rung=notice.rung,
            no_files=self.no_files,
            confidential=self.confidential,
        )


def answer_page(office: Office, token: str, at: datetime) -> AnswerPage:
    """The page as of `at`; reads only. DeadLink where the link leads nowhere."""
    link = open_link(office, token, at)
    with office.register.reading() as book:
        scene = gather_one(office, book, link.notice.occurrence)
    step, state = scene.step(link.notice.step), scene.occurrence.step(link.notice.step)
    moments = scene.world.moments
    standing = stand(scene.obligation, scene.occurrence, moments, at)
    today = moments.day_of(at)
    role = role_now(office, scene, link.notice)
    mine = link.person == person_now(office, scene, link.notice, today)
    discreet = scene.obligation.confidential
    return AnswerPage(
        link=link,
        reader=office.directory.persons[link.person].name if link.person in office.directory.persons else link.person,
        item=item_of(office, scene, link.notice, at),
        status=status_words(standing.phase, standing.timeliness, standing.basis),
        asks=tuple(evidence_words(kind) for kind in step.evidence),
        kinds=step.evidence,
        may=deeds(office, scene, link, today),
        entered=last_act(office, scene, link.person, "link"),
        with_whom="" if mine else role_title(office.directory, role),
        recorded=() if discreet else given(scene.occurrence.step(step.confirms or step.id)),
        extension_asked="" if discreet else state.asked_extension,
        acknowledged=any(m.person == link.person and m.status == "acknowledged" for m in scene.occurrence.members),
        confidential=discreet,
        no_files=step.no_files or discreet,
        today=today,
        zone=moments.zone,
    )
