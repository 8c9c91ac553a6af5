"""What a workspace holds: its people, channels, messages and views."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from tests.fakes.slack.mrkdwn import labels, links, pings, texts

Json: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["public", "private", "im"]

APP_ID = "A0PAPERS00"
"""The one app that this Slack knows."""


@dataclass(eq=False)
class User:
    """Somebody of a workspace. `tz` is an IANA name."""

    id: str
    name: str
    real_name: str = ""
    tz: str = "Europe/London"
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False
    ephemerals: "list[Message]" = field(default_factory=list)
    """What only this user sees, in every channel, oldest first."""
    modals: "list[View]" = field(default_factory=list)
    """The stack of open modals; the last one is on top."""
    home: "View | None" = None

    @property
    def modal(self) -> "View | None":
        """The modal in front, if one is open."""
        return self.modals[-1] if self.modals else None

    def __repr__(self) -> str:
        return f"@{self.name}"


@dataclass(eq=False)
class Channel:
    """A channel, or the direct messages of one user with the app. `members` are users' ids."""

    id: str
    name: str
    kind: Kind
    creator: User
    members: list[str] = field(default_factory=list)
    archived: bool = False
    history: "list[Message]" = field(default_factory=list)
    """Every message ever written here, replies and deleted ones included, in order."""

    @property
    def messages(self) -> "list[Message]":
        """What the channel shows, oldest first: no replies, nothing deleted."""
        return [message for message in self.history if not message.deleted and not message.is_reply]

    def find(self, ts: str) -> "Message | None":
        """The message of this `ts`, unless it was deleted."""
        return next((message for message in self.history if message.ts == ts and not message.deleted), None)

    def thread(self, ts: str) -> "list[Message]":
        """The replies under `ts`, oldest first."""
        return [message for message in self.history if message.thread_ts == ts != message.ts and not message.deleted]

    def __repr__(self) -> str:
        return f"#{self.name}"


@dataclass(eq=False)
class Message:
    """A message in `channel`, ephemeral ones included."""

    ts: str
    channel: Channel
    author: User
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Emoji, skin tone included, to the ids of the users who reacted with it."""
    files: list["File"] = field(default_factory=list)
    unfurls: bool = True
    ephemeral: bool = False
    edited: int = 0
    """How many times it was changed."""
    deleted: bool = False

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def replies(self) -> "list[Message]":
        """The thread under this message."""
        return self.channel.thread(self.ts)

    @property
    def shown(self) -> str:
        """What a reader sees: the blocks' texts, a line each, or the text where there are no blocks."""
        return "\n".join(texts(self.blocks)) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return labels(self.blocks)

    @property
    def pings(self) -> list[str]:
        """Whom this message would notify, such as `<!channel>`, in its text or its blocks."""
        return pings(self.text, self.blocks)

    @property
    def links(self) -> list[str]:
        """The addresses this message links to, in order."""
        return links(self.text if not self.blocks else "", self.blocks)

    def __repr__(self) -> str:
        return f"<{self.author} in {self.channel} at {self.ts}: {self.shown[:80]!r}>"


@dataclass(eq=False)
class View:
    """A modal or a Home tab as the app gave it in `content`."""

    id: str
    user: User
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    """What the app said was wrong with the last submission: block_id to sentence."""
    answers: dict[str, Json] = field(default_factory=dict)
    """What the user entered without submitting yet: action_id to state."""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def title(self) -> str:
        return str(self.content.get("title", {}).get("text", ""))

    @property
    def shown(self) -> str:
        """The texts of its blocks, a line each."""
        return "\n".join(texts(self.blocks))

    @property
    def buttons(self) -> list[str]:
        return labels(self.blocks)

    @property
    def pings(self) -> list[str]:
        return pings("", self.blocks)

    @property
    def links(self) -> list[str]:
        return links("", self.blocks)

    def __repr__(self) -> str:
        return f"<{self.content['type']} of {self.user}: {self.title!r} {self.shown[:80]!r}>"


@dataclass(eq=False)
class File:
    """A file; its `content` is empty until it was uploaded."""

    id: str
    name: str
    length: int
    title: str = ""
    alt: str = ""
    content: bytes = b""


@dataclass(eq=False)
class Token:
    """A bot token of a workspace, and what it is good for."""

    value: str = field(repr=False)
    team: "Team" = field(repr=False)
    scopes: frozenset[str]
    refusal: str = ""
    """Why it is good for nothing any more: `token_revoked` or `account_inactive`."""


@dataclass(eq=False)
class Team:
    """A workspace and what it holds. `bot` is the app's user there."""

    id: str
    name: str
    bot: User
    bot_id: str
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    token: Token | None = None

    @property
    def installed(self) -> bool:
        """Whether the app is in this workspace: its events go to the app."""
        return self.token is not None and not self.token.refusal

    def direct(self, user: User) -> Channel | None:
        """The direct messages of `user` and the app, if they ever were opened."""
        return next((c for c in self.channels.values() if c.kind == "im" and user.id in c.members), None)

    def __repr__(self) -> str:
        return f"workspace {self.name}"


@dataclass(frozen=True)
class ApiCall:
    """A call of the Web API, or of a response_url (then `method` is `response_url`), without its token."""

    method: str
    team: str | None
    at: datetime
    args: Json
    error: str | None
    """The error it was answered with; for a call that was not answered as it should be, the fault."""
