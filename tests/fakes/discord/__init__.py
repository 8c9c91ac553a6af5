"""A Discord of our own: guilds, people who act, the REST API v10, the gateway, rate limits, faults on order.

Inside a test, with the real discord.py on the other side:

    discord = FakeDiscord(clock)                        # `clock` is optional; ids, nonces and tokens' lives follow it
    async with discord.serving() as url:                # "http://127.0.0.1:PORT"
        lab = discord.guild("lab")                      # the bot is in it; `bot_permissions`: what it may
        ada, ben = lab.user("ada", manages=True), lab.user("ben", locale="de")
        papers = lab.channel("papers")                  # members=[ada, discord.bot] makes it a private one
        reading = lab.forum("reading", tags=["rl"], tag_required=True)
        with pointed_at(discord):
            async with running(discord, client): ...    # a discord.Client, once it is ready

        said = await ada.uses("/papers save", in_=papers, paper="2")   # an Interaction, once answered or given up
        said.delay, said.response, said.ephemeral, said.failure        # seconds; type; …; "did not respond"
        reply = await said.reply()                      # the first Message, no longer loading
        changed = await said.edit()                     # the message that the app changed through the interaction
        await ada.autocompletes("/papers save", "paper", "attent", in_=papers)       # Choices: name, value
        clicked = await ada.clicks(message, "Save")     # by label, custom_id or emoji; ephemeral messages too
        await ada.selects(message, "Tags", "rl")        # by placeholder or custom_id: options by label or value
        done = await ada.submits(ada.modal, {"Note": "…"})                           # by label or custom_id
        await ada.uses_context_menu("Save paper", message)
        ada.reacts(message, "🔖"); ada.unreacts(message, "🔖")
        ada.writes(f"<@{discord.bot.id}> today", in_=papers); ada.edits(message, "…"); ada.deletes(message)
        ada.forbids(papers, Permission.SEND_MESSAGES); ada.allows(papers, Permission.SEND_MESSAGES)
        ada.deletes_channel(papers); ada.renames(papers, "p"); ada.archives(thread)
        lab.owner.kicks_bot(lab); lab.owner.invites_bot(lab)

What a person sees: `papers.messages`, `papers.threads`, `message.thread`, `.replies`, `.shown`, `.buttons`, `.links`,
`.pings`, `.reactions`, `.attachments`; `ada.ephemerals`, `ada.direct_messages`, `ada.modal`; `lab.posted()`.
What the app did: `discord.calls` (ApiCall: route, path, body, status, code), `discord.calls_to("GET /gateway/bot")`,
`discord.commands`, `discord.gateway.identified`, `.resumed`, `.connected`; `discord.refusals` (how near a ban).
`await discord.until(lambda: papers.messages)` returns what the lambda does, once that is true.

A client of discord.py 2.7 finds its server through two class attributes, `discord.http.Route.BASE` (`discord.api_url`)
and `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` (a yarl.URL of `discord.gateway_url`): `client.pointed_at` sets
both and puts them back. discord.py waits by the machine's clock, and so do the rates here; it judges whether an
interaction is expired by the machine's clock too.

Faults, for the next `times` calls: `discord.fail("POST /channels/{channel}/messages", "drop_after")`; kinds in
`tests.fakes.discord.faults`, routes in `tests.fakes.discord.rest`. `discord.rates = OBSERVED` holds the app to rates,
which are off otherwise. `discord.response_timeout` is how long Discord waits for a first response.
The gateway: `await discord.gateway.drop()`, `.ask_to_reconnect()`, `.invalidate(resumable=True)`,
`.forget_sessions()`; `.buffer` events may be missed and resumed; `discord.privileged_intents` are granted.
What Discord's own client would not let a person do raises `forms.CannotDo`.

As a process, which prints its addresses and token as a line of JSON: `python -m tests.fakes.discord --port 0`;
people act in it by the orders of `tests.fakes.discord.control`.
"""

from tests.fakes.discord.client import pointed_at, running
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rates import OBSERVED
from tests.fakes.discord.server import FakeDiscord

__all__ = ["OBSERVED", "FakeDiscord", "Permission", "pointed_at", "running"]
