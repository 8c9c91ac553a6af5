"""A morning's posts, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from bot.editions import HEADER_SLOT, Edition, Pick, Post, PostState
from bot.ports import Clock, Store, UnitOfWork
from bot.teams import EditionKind, Interests, Layout, Sender, Subscription
from jobs.curate import KEY_BYTES
from tests.chaos.chats import Chat
from tests.factories import paper

SLOTS = 5
"""A header and four papers for each channel."""
_LAYOUTS = (Layout.MESSAGES, Layout.COMPACT)


@dataclass
class Scene:
    """The editions that wait to be posted, one a channel."""

    store: Store
    clock: Clock
    rooms: dict[tuple[str, str], tuple[Chat, Edition]] = field(default_factory=dict)

    async def plan(self, chats: Sequence[Chat], posts: int) -> None:
        """Plans so many posts, in channels of all the chats by turns."""
        async with self.store() as tx:
            for number in range(posts // SLOTS):
                chat = chats[number % len(chats)]
                room = chat.room(f"papers-{number}")
                layout = _LAYOUTS[number // len(chats) % len(_LAYOUTS)]
                ada = Sender(chat.name, chat.workspace, "U1", "ada", room, "#papers")
                self.rooms[chat.name, room] = chat, await plan_edition(tx, ada, layout, self.clock.now())
            await tx.commit()

    async def unsent(self) -> Mapping[PostState, int]:
        """How many posts stand otherwise than sent."""
        async with self.store() as tx:
            counts = await tx.ledger.counts()
        return {state: count for state, count in counts.items() if state is not PostState.SENT}

    @property
    def accepted(self) -> int:
        """How many messages the chats hold."""
        return sum(len(chat.held(room)) for (_, room), (chat, _) in self.rooms.items())

    async def lost_and_doubled(self) -> tuple[list[str], list[str]]:
        """Posts that the ledger has, and messages beyond them. Fails where the ledger names a message that is none, or
        where a channel's messages are not in the order of their slots."""
        lost, doubled = [], []
        for (_, room), (chat, edition) in self.rooms.items():
            held = chat.held(room)
            async with self.store() as tx:
                posts = await tx.posts.of(edition.id)
            named = [post.message.message for post in posts if post.message]
            lost += [f"{room} {post.slot}" for post in posts if not post.message]
            doubled += [f"{room}: {shown[:60]}" for address, shown in held if address not in named]
            assert [address for address, _ in held if address in named] == named
            for slot, post in enumerate(posts):
                shown = [text for address, text in held if post.message and post.message.message == address]
                assert slot == HEADER_SLOT or all(f"Paper {slot} for {room}" in text for text in shown)
        return lost, doubled


async def plan_edition(
    tx: UnitOfWork, reader: Sender, layout: Layout, now: datetime, *, slots: int = SLOTS, due: datetime | None = None
) -> Edition:
    """Today's edition for the channel of `reader`, with `slots` posts that are due now, or at `due`. Its papers are
    called "Paper 1 for" and the channel's address, and so on."""
    _, channel = await tx.teams.identify(reader)
    order = Subscription(
        0, channel.team_id, channel.id, Interests(("cs.CL",)), kinds=frozenset({EditionKind.DAILY}), layout=layout
    )
    subscription = await tx.teams.subscribe(order)
    papers = [paper(title=f"Paper {slot} for {reader.channel}") for slot in range(1, slots)]
    await tx.papers.add(papers, seen_at=now)
    picks = tuple(Pick(one.id, slot, "reasoning", (), 1.0) for slot, one in enumerate(papers, 1))
    made = Edition(
        0, subscription.id, channel.id, EditionKind.DAILY, now.date(), now, len(papers), picks, layout=layout
    )
    posts = [
        Post(token_hex(KEY_BYTES), 0, channel.id, slot, PostState.PLANNED, now, retry_at=due)
        for slot in range(HEADER_SLOT, slots)
    ]
    stored = await tx.editions.add(made, posts)
    assert stored
    return stored
