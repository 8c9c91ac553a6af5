"""The scene that most tests of the store begin with."""

from collections.abc import AsyncIterator

import pytest

from adapters.store import SqlStore
from tests import factories
from tests.store.scene import Scene


@pytest.fixture
async def scene(store: SqlStore) -> AsyncIterator[Scene]:
    """An open unit of work, rolled back at the end."""
    async with store() as tx:
        ada, channel = await tx.teams.identify(factories.sender("ada"))
        yield Scene(tx, ada, channel)
