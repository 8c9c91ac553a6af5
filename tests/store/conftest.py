"""The scene that most tests of the store begin with."""

from collections.abc import AsyncIterator

import pytest

from adapters.store import SqlStore
from tests import factories
from tests.store.scene import Scene
from tests.store.sides import Side


@pytest.fixture
async def scene(store: SqlStore) -> AsyncIterator[Scene]:
    """An open unit of work, rolled back at the end."""
    async with store() as tx:
        ada, channel = await tx.teams.identify(factories.sender("ada"))
        yield Scene(tx, ada, channel)


@pytest.fixture
async def sides(scene: Scene) -> tuple[Side, Side, Side]:
    """Three workspaces that have nothing to do with one another."""
    sides = Side(scene.tx, "grace", "slack"), Side(scene.tx, "lin", "discord"), Side(scene.tx, "tom", "discord")
    for side in sides:
        await side.who()
    return sides
