"""A workspace as a test sets it up."""

import secrets
from collections.abc import Sequence
from typing import Any

from tests.fakes.slack.installing import revoke
from tests.fakes.slack.model import Channel, Kind, Message, Team, Token, User
from tests.fakes.slack.person import Person
from tests.fakes.slack.service import Service


class Workspace:
    """One workspace; made by `FakeSlack.workspace`."""

    def __init__(self, slack: Service, name: str) -> None:
        self._slack = slack
        bot = User(slack.new_id("U"), "paper_round", "Paper Round", is_bot=True)
        self.team = Team(slack.new_id("T"), name, bot, slack.new_id("B"))
        self.team.users[bot.id] = bot
        slack.teams[self.team.id] = self.team
        self._people: dict[str, Person] = {}

    @property
    def id(self) -> str:
        return self.team.id

    @property
    def bot(self) -> User:
        """The app's own user here."""
        return self.team.bot

    @property
    def bot_token(self) -> str:
        """The app's token for this workspace. The app must be installed."""
        if self.team.token is None:
            raise LookupError(f"the app is not installed in {self.team}")
        return self.team.token.value

    def install(self, scopes: frozenset[str] | None = None) -> str:
        """Installs the app without a browser; a new token, with the manifest's scopes unless told otherwise."""
        token = Token(f"xoxb-{secrets.token_hex(16)}", self.team, scopes or self._slack.manifest.scopes)
        self._slack.tokens[token.value] = self.team.token = token
        return token.value

    def user(self, name: str, **profile: Any) -> Person:
        """The person of this name, made when first asked for; `profile` are fields of `User`."""
        if name not in self._people:
            profile = {"real_name": name.capitalize(), **profile}
            self._people[name] = Person(self._slack, self.team, self._slack.new_id("U"), name, **profile)
            self.team.users[self._people[name].id] = self._people[name]
        elif profile:
            raise ValueError(f"{name} is there already; change the attributes")
        return self._people[name]

    def channel(
        self, name: str, *, creator: User | None = None, members: Sequence[User] = (), bot: bool = True,
        kind: Kind = "public",
    ) -> Channel:  # fmt: skip
        """A new channel; `bot` is whether the app is in it. Its creator is a member; `admin`, if nobody is named."""
        creator = creator or self.user("admin")
        within = dict.fromkeys((creator.id, *(member.id for member in members), *([self.bot.id] if bot else [])))
        channel = Channel(self._slack.new_id("C"), name, kind, creator, list(within))
        self.team.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """The direct messages of `user` and the app, opened if they were not."""
        return self._slack.direct(self.team, user)

    def revoke(self) -> None:
        """The token is good for nothing from now on, and the app is told."""
        revoke(self._slack, self.team)

    def posted(self) -> list[Message]:
        """Everything the app wrote in this workspace's channels and nobody deleted, oldest first."""
        written = [message for channel in self.team.channels.values() for message in channel.history]
        mine = [message for message in written if message.author is self.bot and not message.deleted]
        return sorted(mine, key=lambda message: message.ts)

    def __repr__(self) -> str:
        return repr(self.team)
