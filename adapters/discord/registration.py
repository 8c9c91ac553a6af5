"""The commands that Discord shows people: told to it where they are not those that it was told last."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord.app_commands import CommandTree

from adapters.discord.api import meaning
from bot.errors import PlatformError
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

_TOLD = "discord commands"
"""Under which the store has a hash of them: for each server, and for all."""
_EVERYWHERE = "everywhere"


async def register(tree: CommandTree[Any], guild: str, *, store: Store, clock: Clock) -> None:
    """The tree's commands for every server; where `guild` is given, for that one alone, which sees them at once.

    Where Discord refuses them for good it keeps those that it has. Raises PlatformError where it may take them later.
    """
    where = discord.Object(int(guild)) if guild else None
    if where:
        tree.copy_global_to(guild=where)
    hashed, scope = _hash(tree), guild or _EVERYWHERE
    async with store() as tx:
        if await tx.installations.get(_TOLD, scope) == hashed:
            return
    try:
        async with meaning("register the commands"):
            await tree.sync(guild=where)
    except PlatformError as error:
        if not error.permanent:
            raise
        log.error("%s", error)  # noqa: TRY400 - it says all there is to say
        return
    async with store() as tx:
        await tx.installations.put(_TOLD, scope, hashed, at=clock.now())
        await tx.commit()
    log.info("Discord: the commands are registered")


def _hash(tree: CommandTree[Any]) -> bytes:
    """Of the commands, and of whose they are."""
    told = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps([tree.client.application_id, told], sort_keys=True).encode()).digest()
