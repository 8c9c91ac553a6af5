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
from tests.store.words import QUERIES, TEXTS

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
def holdings(draw: st.DrawFn) -> list[Held]:
    def held(number: int) -> Held:
        title, abstract, author = draw(TEXTS), draw(TEXTS), draw(TEXTS)
        return Held(
            paper=factories.paper(number, title=title, abstract=abstract, authors=(author,)),
            hour=draw(st.integers(0, 2)),
            status=draw(st.sampled_from(Status)),
            savers=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))),
            tags=frozenset(draw(st.lists(st.sampled_from(TAGS), max_size=3))),
            notes=tuple(draw(st.lists(TEXTS, max_size=2))),
        )

    return [held(number) for number in range(1, draw(st.integers(1, 6)) + 1)]


FILTERS = st.builds(
    ListFilter,
    status=st.none() | st.sampled_from(Status),
    tags=st.lists(st.sampled_from(TAGS).map(Tag), max_size=2, unique=True).map(tuple),
    person=st.just("")
    | st.sampled_from([name[:3].upper() for name in NAMES])
    | st.sampled_from(NAMES)
    | st.text(max_size=2),
    text=st.just("") | QUERIES,
)


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
@given(holdings(), st.lists(FILTERS, min_size=1, max_size=8), st.integers(1, 4))
async def test_pages_and_counts_are_those_of_the_model(
    store: SqlStore, everything: list[Held], filters: list[ListFilter], limit: int
) -> None:
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
