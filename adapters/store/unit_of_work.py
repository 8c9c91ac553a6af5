"""The database as the product sees it: units of work, each with all the repositories."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.store.changes import SqlChanges
from adapters.store.collections import SqlCollections
from adapters.store.connections import SqlInbox, SqlInstallations, SqlMentions, SqlReactions, SqlTickets
from adapters.store.digests import SqlDigests
from adapters.store.editions import SqlEditions
from adapters.store.engine import async_engine, parsed, require_file, translated
from adapters.store.holds import SqlHolds
from adapters.store.interruptions import SqlInterruptions
from adapters.store.ledger import SqlLedger
from adapters.store.links import SqlLinks
from adapters.store.lists import SqlReadingLists
from adapters.store.papers import SqlPapers
from adapters.store.posts import SqlPosts
from adapters.store.restoration import SqlRestoration
from adapters.store.revisions import SqlRevisions
from adapters.store.shortlists import SqlShortlists
from adapters.store.spending import SqlSpending
from adapters.store.summaries import SqlSummaries
from adapters.store.teams import SqlTeams
from bot import ports


class SqlUnitOfWork:
    """Satisfies `bot.ports.UnitOfWork`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.teams: ports.Teams = SqlTeams(connection)
        self.papers: ports.Papers = SqlPapers(connection)
        self.collections: ports.Collections = SqlCollections(connection)
        self.editions: ports.Editions = SqlEditions(connection)
        self.digests: ports.Digests = SqlDigests(connection)
        self.posts: ports.Posts = SqlPosts(connection)
        self.lists: ports.ReadingLists = SqlReadingLists(connection)
        self.changes: ports.Changes = SqlChanges(connection)
        self.revisions: ports.Revisions = SqlRevisions(connection)
        self.summaries: ports.Summaries = SqlSummaries(connection)
        self.shortlists: ports.Shortlists = SqlShortlists(connection)
        self.spending: ports.Spending = SqlSpending(connection)
        self.inbox: ports.Inbox = SqlInbox(connection)
        self.installations: ports.Installations = SqlInstallations(connection)
        self.tickets: ports.Tickets = SqlTickets(connection)
        self.mentions: ports.Mentions = SqlMentions(connection)
        self.reactions: ports.Reactions = SqlReactions(connection)
        self.links: ports.Links = SqlLinks(connection)
        self.interruptions: ports.Interruptions = SqlInterruptions(connection)
        self.ledger: ports.Ledger = SqlLedger(connection)
        self.holds: ports.Holds = SqlHolds(connection)
        self.restoration: ports.Restoration = SqlRestoration(connection)

    async def commit(self) -> None:
        await self.connection.commit()


class SqlStore:
    """Satisfies `bot.ports.Store`. Whatever goes wrong with the database inside a unit of work leaves it as StoreError.

    On SQLite a process has one unit of work at a time and the others wait: never open one inside another.
    """

    def __init__(self, address: URL, engine: AsyncEngine) -> None:
        self._address = address
        self._engine = engine

    def __call__(self) -> AbstractAsyncContextManager[SqlUnitOfWork]:
        return self._begin()

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[SqlUnitOfWork]:
        with translated(self._address):
            async with self._engine.connect() as connection:
                yield SqlUnitOfWork(connection)


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[SqlStore]:
    """The database that `url` names, as it is: `upgrade` makes its tables. Raises StoreError if it is out of reach."""
    address = parsed(url)
    require_file(address)
    engine = async_engine(address)
    try:
        with translated(address):
            async with engine.connect():
                pass
        yield SqlStore(address, engine)
    finally:
        await engine.dispose()
