"""The list's filters on both engines equal a plain model in memory."""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.store import SqlStore
from bot.papers import Paper
from bot.reading_list import Field, ListFilter, Status, Tag
from bot.search import matches, terms
from bot.teams import Sender
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene
from tests.store.words import TEXTS, questions

NAMES = ("Ada Okafor", "ada", "Ádám Żak", "Zoë", "Ωμέγα", "李明", "O'Neil", "🙂")
TAGS = ("rlhf", "agents", "größe", "日本", "re", "reward-model", "c++")


@dataclass
class Held:
    """What a team holds about a paper."""

    paper: Paper
    hour: int
    status: Status
    savers: tuple[str, ...]
    tags: frozenset[str]
    notes: tuple[str, ...]
    texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        names = [author.name for author in self.paper.authors]
        self.texts = [self.paper.title, self.paper.abstract, *names, *self.tags, *self.notes]

    def passes(self, wanted: ListFilter) -> bool:
        start = " ".join(terms(wanted.person))
        return bool(
            self.savers
            and wanted.status in (None, self.status)
            and {tag.name for tag in wanted.tags} <= self.tags
            and any(" ".join(terms(name)).startswith(start) for name in self.savers)
            and matches(wanted.text, self.texts)
        )


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[Held], list[ListFilter]]:
    """A team's list, and filters."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=4))
    text, names = (
        st.sampled_from(texts),
        st.sampled_from(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))),
    )
    tags = st.sampled_from(draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=3)))

    def held(number: int) -> Held:
        return Held(
            paper=factories.paper(number, title=draw(text), abstract=draw(text), authors=(draw(text),)),
            hour=draw(st.integers(0, 2)),
            status=draw(st.sampled_from(Status)),
            savers=tuple(draw(st.lists(names, max_size=2, unique=True))),
            tags=frozenset(draw(st.lists(tags, max_size=3))),
            notes=tuple(draw(st.lists(st.one_of(text, TEXTS), max_size=2))),
        )

    everything = [held(number) for number in range(1, draw(st.integers(2, 7)) + 1)]
    words = [text for held in everything for text in held.texts]
    starts = st.builds(
        lambda name, length: name[:length].swapcase(),
        st.one_of(names, names.map(lambda name: name.split()[-1])),
        st.integers(1, 12),
    )
    filters = st.builds(
        ListFilter,
        status=st.sampled_from([None, None, *Status]),
        tags=st.sampled_from([0, 0, 1, 2])
        .flatmap(lambda most: st.lists(tags.map(Tag), max_size=most, unique=True))
        .map(tuple),
        person=st.one_of(st.just(""), st.just(""), starts, st.sampled_from(NAMES)),
        text=st.one_of(st.just(""), questions(words)),
    )
    return everything, draw(st.lists(filters, min_size=1, max_size=8))


async def put(scene: Scene, held: Held) -> None:
    async def set_(fact: Field, value: str = "yes", name: str = "", by: str = "ada") -> None:
        sender = Sender("terminal", "lab", by, by, "papers", "#papers")
        member, _ = await scene.tx.teams.identify(sender)
        at = NOON + timedelta(hours=held.hour)
        await scene.set(held.paper.id, fact, value, name=name, by=member, at=at)

    await set_(Field.STATUS, held.status)
    for name in held.savers:
        await set_(Field.SAVED, by=name)
    for tag in held.tags:
        await set_(Field.TAG, name=tag)
    for number, note in enumerate(held.notes):
        await set_(Field.NOTE, note, name=str(number))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked(), st.integers(1, 4))
async def test_pages_and_counts_are_those_of_the_model(
    store: SqlStore, drawn: tuple[list[Held], list[ListFilter]], limit: int
) -> None:
    everything, filters = drawn
    async with store() as tx:
        ada, channel = await tx.teams.identify(factories.sender())
        scene = Scene(tx, ada, channel)
        await scene.stored(*(held.paper for held in everything))
        for held in everything:
            await put(scene, held)

        for wanted in filters:
            passing = [held for held in everything if held.passes(wanted)]
            passing.sort(key=lambda held: (held.hour, held.paper.id), reverse=True)
            expected = [held.paper.id for held in passing]
            for offset in range(0, len(expected) + 1, limit):
                page = await tx.lists.page(ada.team_id, wanted, limit=limit, offset=offset)
                assert [entry.paper.id for entry in page] == expected[offset : offset + limit]
            counts = await tx.lists.counts(ada.team_id, wanted)
            assert counts == {status: sum(held.status is status for held in passing) for status in Status}
