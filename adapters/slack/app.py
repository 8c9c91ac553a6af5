"""The bolt app: what is listened to, and how it is acknowledged."""

import asyncio
import re
from collections.abc import Callable, Mapping
from time import perf_counter

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.api import Json, WebApi
from adapters.slack.conversation import Conversation
from adapters.slack.events import Events
from adapters.slack.ids import NAME
from adapters.slack.interactions import Interactions
from adapters.slack.logs import sdk_logger
from adapters.slack.people import People
from adapters.slack.platform import SlackPlatform
from adapters.slack.work import Work
from adapters.slack.workspaces import Slack
from bot.ports import UNMEASURED, Clock, Dispatch, Measures, Store

PATIENCE = 2.5
"""Seconds that an event is held back from its acknowledgement: handled by then, it is not lost with this process. Slack
waits three."""

_ANY = re.compile("")


class _AfterwardsAuthorize(AsyncAuthorize):
    """Lets everything in that Slack signed. Whose token answers it is found out after the acknowledgement, which thus
    waits for nothing."""

    def __init__(self) -> None:
        """The SDK's own does nothing, and has no types."""

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_: object
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


class _TimedApp(AsyncApp):
    """What it returns is what Slack is told, through Socket Mode and HTTP alike."""

    measures: Measures

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        begun = perf_counter()
        told = await super().async_dispatch(req)
        self.measures.acknowledged(NAME, perf_counter() - begun)
        return told


class SlackApp:
    """Listens to Slack. Which way what happens there comes in is for `socket` and `http`."""

    def __init__(
        self,
        api: WebApi,
        slack: Slack,
        platform: SlackPlatform,
        dispatch: Dispatch,
        *,
        store: Store,
        clock: Clock,
        emoji: Mapping[str, str],
        signing_secret: str = "",
        patience: float = PATIENCE,
        measures: Measures = UNMEASURED,
    ) -> None:
        self.work = Work()
        self.reached: Callable[[], bool] = lambda: False
        """Whether what happens in Slack comes in at this moment, as `socket` or `http` knows it."""
        self._patience = patience
        people = People(slack, clock)
        conversation = Conversation(slack, people, dispatch)
        self._events = Events(slack, platform, people, conversation, store=store, clock=clock, emoji=emoji)
        self.bolt = _TimedApp(
            name="paper-round",
            logger=sdk_logger(),
            client=api.client,
            authorize=_AfterwardsAuthorize(),
            signing_secret=signing_secret,
            process_before_response=True,  # what is awaited by a listener is awaited by its acknowledgement
            ignoring_self_events_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        self.bolt.measures = measures
        listeners = Interactions(conversation, self.work)
        self.bolt.command(_ANY)(listeners.command)
        self.bolt.action(_ANY)(listeners.action)
        self.bolt.view(_ANY)(listeners.view)
        self.bolt.shortcut(_ANY)(listeners.shortcut)
        self.bolt.event(_ANY)(self._event)

    async def _event(self, body: Json, event: Json, context: AsyncBoltContext) -> None:
        handling = self.work.begin(self._events.handle(context.team_id or body["team_id"], event, body["event_id"]))
        await asyncio.wait({handling}, timeout=self._patience)
        if handling.done():
            handling.result()  # what broke is not acknowledged: Slack sends it again
