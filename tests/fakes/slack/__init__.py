"""A Slack of our own: workspaces, people who act, the Web API, Socket Mode, signed HTTP, OAuth, faults on order.

Inside a test, with the real slack-bolt and slack-sdk on the other side:

    slack = FakeSlack(clock=clock)                      # `clock` is optional; ts, pacing and expiry follow it
    async with slack.serving() as url:                  # "http://127.0.0.1:PORT"
        lab = slack.workspace("lab")                    # the app is installed: lab.bot_token, lab.bot, lab.team.id
        ada, ben = lab.user("ada", is_admin=True), lab.user("ben", tz="Europe/Berlin")
        papers = lab.channel("papers", creator=ada, members=[ben], bot=True)
        client = AsyncWebClient(token=lab.bot_token, base_url=slack.api_url)
        handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client); await handler.connect_async()

        said = await ada.says("/papers save 2", in_=papers)      # an Interaction, once acknowledged or given up
        said.delay, said.ack, said.failure                       # seconds; the body with it; "operation_timeout"…
        reply = await said.reply()                               # the first Message by response_url or with the ack
        await ada.reacts(message, "bookmark::skin-tone-2")       # a Delivery
        await ada.unreacts(message, "bookmark::skin-tone-2")
        clicked = await ada.clicks(message, "Save")              # by action_id, label or value; in a View too
        await ada.selects(message, "more", "Tag")                # in menus: an option by its text or value
        modal = await slack.until(lambda: ada.modal)             # what it returns, once that is true
        done = await ada.submits(modal, {"Tag": "rl"})           # by block_id, action_id or label; done.errors
        await ada.closes(ada.modal); await ada.opens_home(); ada.home.shown
        await ada.uses_shortcut("save_paper", message)              # without a message: a global shortcut
        await ada.writes("see https://arxiv.org/abs/2601.00001", in_=papers, thread=message)
        await ada.edits(message, "…"); await ada.deletes(message)
        await ada.invites_bot(papers); await ada.removes_bot(papers); await ada.archives(papers)
        await ada.installs(f"{app_url}/slack/install"); await ada.uninstalls_app(); await ben.is_deactivated()

What a person sees: `papers.messages`, `message.replies`, `message.shown`, `.buttons`, `.links`, `.pings`, `.reactions`;
`ada.ephemerals`, `ada.direct_messages`, `ada.home`, `ada.modal`; `lab.posted()`. What the app did: `slack.calls`
(ApiCall: method, team, at, args, error), `slack.calls_to("chat.postMessage")`; what it was told: `slack.deliveries`
(attempts, ack, delay).

Faults, for the next `times` calls: `slack.fail("chat.postMessage", "drop_after")`; kinds in `tests.fakes.slack.faults`.
`slack.pacing = DOCUMENTED` holds the app to Slack's rates, which are off otherwise; `slack.ack_timeout` and
`slack.retry_delays` say how long Slack waits for an acknowledgement and before it tells of an event again.
`slack.configure(manifest)` leaves people only the commands, shortcuts and Home that the app's manifest has, and the
app its events and scopes. What Slack's own client would not let a person do raises `forms.CannotDo`.
Socket Mode: `slack.sockets.ask_to_leave("refresh_requested")`, `slack.sockets.drop()`, `slack.sockets.connected`.
Signed HTTP instead: `slack.request_url = "http://…/slack/events"`, then `await slack.verifies_request_url()`.
OAuth: `slack.workspace("lab", installed=False)`, `slack.client_id`, `.client_secret`, `.signing_secret`,
`.authorize_url`, `.redirect_url`; `lab.revoke()`.

As a process, which prints its address and tokens as a line of JSON: `python -m tests.fakes.slack --port 0`.
"""

from tests.fakes.slack.pacing import DOCUMENTED
from tests.fakes.slack.server import FakeSlack

__all__ = ["DOCUMENTED", "FakeSlack"]
