"""The days after: mornings that are late, empty or missed, news of papers, and a channel that is closed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from adapters.sample.source import SampleSource
from bot.commands import Mention
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Reply
from bot.papers import ArxivId, Paper
from docs.gallery.lab import Lab
from docs.gallery.page import section
from docs.gallery.sequel import Sequel

ZONE = ZoneInfo("Europe/Berlin")
WANTED = "size:2 days:mon-sat at:08:00 zone:Europe/Berlin offers:note on_nothing:line digests:none"

THURSDAY = datetime(2026, 1, 15, 7, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 1, 16, 9, 20, tzinfo=UTC)
SATURDAY = datetime(2026, 1, 17, 7, 0, tzinfo=UTC)
SILENT, ASKED = datetime(2026, 1, 19, 5, 12, tzinfo=UTC), datetime(2026, 1, 19, 7, 40, tzinfo=UTC)
BACK = datetime(2026, 1, 21, 7, 0, tzinfo=UTC)
TOLD = datetime(2026, 1, 22, 7, 5, tzinfo=UTC)
CLOSED = datetime(2026, 1, 23, 7, 0, tzinfo=UTC)


async def days_after(lab: Lab, closed: PlatformError) -> AsyncIterator[str]:
    """`closed` is what the platform says where nothing can be posted any more."""
    private = lab.drawing.private
    thursday = lab.at(THURSDAY, Sequel())
    await thursday.says(f"subscribe topics:reasoning,agents {WANTED}")
    await thursday.says(f"subscribe topics:protein folding {WANTED}", channel="proteins")
    await thursday.hour()
    pasted = Mention(MessageRef(lab.room.name, "papers", "Ben's"), "Seen? https://arxiv.org/abs/9912.00031")
    yield section("Somebody pastes a link to a paper that is new", private(await thursday.does(pasted, name="Ben")))
    yield section("A morning with nothing on the topics", thursday.post("proteins", 0))
    for number in (1, 2):
        await thursday.says(f"save {number}")

    friday = lab.at(FRIDAY, Sequel())
    await friday.hour()
    yield section("An edition that comes late", _since(friday, 3, _clock(FRIDAY)))
    saturday = lab.at(SATURDAY, Sequel())
    await saturday.hour()
    yield section("A day without announcements, in a channel that wants a line on it", saturday.post("papers", -1))

    await lab.at(SILENT, Sequel(answers=False)).hour()
    monday = lab.at(ASKED, Sequel(answers=False))
    yield section("Asked for papers while arXiv does not answer", private(await monday.says("today")))

    before = len(lab.room.channel("papers"))
    back = lab.at(BACK, Sequel())
    await back.hour()
    yield section("The first edition after days without one", _since(back, before, _clock(BACK)))
    await lab.at(TOLD, Sequel(await _revised(lab))).hour()
    yield section(
        "News of saved papers, in the threads of their posts", *(lab.post("papers", number) for number in (1, 2))
    )

    lab.room.closed = {"papers": closed}
    gone = lab.at(CLOSED, Sequel())
    await gone.hour()
    told = [private(Reply((notice,))) for notice in lab.room.told]
    yield section("Whoever subscribed a channel hears, in private, that it is closed to the bot", *told)
    yield section("Asked in that channel", private(await gone.says("status")))


def _since(lab: Lab, first: int, at: time) -> str:
    return "\n".join(lab.post("papers", number, at=at) for number in range(first, len(lab.room.channel("papers"))))


def _clock(moment: datetime) -> time:
    return moment.astimezone(ZONE).time()


async def _revised(lab: Lab) -> dict[ArxivId, Paper]:
    """The first edition's papers as they are a week later: accepted with code, and withdrawn."""
    posted = (lab.room.posted[message].paper_id for message in lab.room.channel("papers")[1:3])
    accepted, withdrawn = await SampleSource().fetch([paper_id for paper_id in posted if paper_id])
    return {
        accepted.id: replace(
            accepted,
            version=2,
            updated=datetime(2026, 1, 19, 9, 0, tzinfo=UTC),
            comment="Accepted at a workshop on reasoning. Code: https://github.com/example/verifiers",
        ),
        withdrawn.id: replace(withdrawn, version=2, updated=datetime(2026, 1, 20, tzinfo=UTC), withdrawn=True),
    }
