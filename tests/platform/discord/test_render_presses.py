"""What was rendered, in the hands of the real client: posted, found again, pressed, filled in."""

import discord
from discord.ui import LayoutView

from adapters.discord.components_actions import CommandButton, CommandMenu
from adapters.discord.render import carries, message
from adapters.discord.render_forms import FormButton, Submission, modals, panel, submitted
from bot.messages import Action, Card, Choice, Form, Input, InputKind
from tests.fakes.discord import FakeDiscord, running
from tests.fakes.discord.model import Channel, Message
from tests.fakes.discord.person import Person

DAYS = tuple(Choice(name, name[:3].lower()) for name in ("Monday", "Tuesday", "Wednesday"))
TEXTS = tuple(Input(f"i{number}", f"Question {number}", values=(f"a{number}",)) for number in range(5))
ASKED = Form("Settings", "settings in:3", "Change", (*TEXTS, Input("days", "Days", InputKind.ANY_OF, ("mon",), DAYS)))
LONG = "search " + "consistency checks " * 10 + "page:2"
CARD = Card(
    title="Small Consistency Checks",
    actions=(
        Action("Save", "save 2601.00001"),
        Action("Abstract", "show 2601.00001", more=True),
        Action("Related", 'related "a: b"', more=True),
        Action("Next", LONG),
    ),
)


class Listener(discord.Client):
    """Keeps what is asked of it, and answers every form with ASKED."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
        self.add_dynamic_items(CommandButton, CommandMenu, FormButton)
        self.lines: list[str] = []
        self.submissions: list[Submission | None] = []

    async def pressed(self, interaction: discord.Interaction, line: str) -> None:
        self.lines.append(line)
        await interaction.response.defer()

    async def opens(self, interaction: discord.Interaction, line: str, page: int) -> None:
        self.lines.append(line)
        await interaction.response.send_modal(modals(ASKED)[page])

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            self.submissions.append(submitted(dict(interaction.data or {})))
            await interaction.response.defer()


async def posted(fake: FakeDiscord, papers: Channel, view: LayoutView) -> Message:
    """A message by a client that is gone since."""
    async with running(fake, Listener()) as client:
        await client.get_partial_messageable(int(papers.id)).send(view=view)
    return papers.messages[-1]


async def test_what_is_pressed_gives_its_command_to_a_client_that_never_saw_the_message(
    fake: FakeDiscord, papers: Channel, ada: Person
) -> None:
    shown = await posted(fake, papers, message(CARD))
    client = Listener()
    async with running(fake, client):
        await ada.clicks(shown, "Save")
        await ada.selects(shown, "More", "Related")
        await ada.clicks(shown, "Next")
    assert client.lines == ["save 2601.00001", 'related "a: b"', LONG]


async def test_a_post_is_found_in_the_channels_history_by_its_key(fake: FakeDiscord, papers: Channel) -> None:
    for key in ("a", "b", ""):
        await posted(fake, papers, message(Card(title=f"Papers {key}"), key))
    async with running(fake, Listener()) as client:
        history = [each async for each in client.get_partial_messageable(int(papers.id)).history()]
    assert [carries(each.components, "b") for each in history] == [False, True, False]


async def test_a_long_form_is_filled_in_modal_by_modal(fake: FakeDiscord, papers: Channel, ada: Person) -> None:
    shown = await posted(fake, papers, panel(ASKED))
    client = Listener()
    async with running(fake, client):
        await ada.clicks(shown, "page:0:ask settings in:3")
        assert ada.modal
        await ada.submits(ada.modal, {"Question 1": "changed"})
        await ada.clicks(shown, "page:1:ask settings in:3")
        await ada.submits(ada.modal, {"Days": ["Tuesday", "Wednesday"]})
    assert client.lines == ["ask settings in:3"] * 2
    assert client.submissions == [
        Submission("settings in:3", 0, {"i0": "a0", "i1": "changed", "i2": "a2", "i3": "a3", "i4": "a4"}),
        Submission("settings in:3", 1, {"days": ("tue", "wed")}),
    ]
