"""Form -> modals, and what was filled in. Pure.

A modal holds five questions, and of one part only. A longer form is a message that shows all answers as they stand,
with a button for each modal; what is answered in one of them is an order by itself, which leaves the rest as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Self, cast

from discord import CheckboxGroupOption, Interaction, RadioGroupOption, SelectOption, TextStyle
from discord.ui import (
    ActionRow,
    Button,
    CheckboxGroup,
    Container,
    DynamicItem,
    Item,
    Label,
    LayoutView,
    Modal,
    RadioGroup,
    Section,
    Select,
    TextInput,
)

from adapters.discord.components import Part, escaped, layout, texts
from adapters.discord.components_actions import LABEL, MENU, OPTION
from adapters.discord.render import rationed, shown_field, shown_lines
from adapters.plain import fitted
from bot.cards.platforms import ASKED_IN_PARTS, TRY_AGAIN, part_of_form
from bot.messages import Choice, Field, Form, Input, InputKind, Line, Role

_QUESTIONS = 5
"""Of a modal; text above them counts as one."""
_TITLE = 45
"""Also of a question's label."""
_HINT = 100
_ABOVE = 300
"""Of a line above the questions, and of a sentence on what is wrong."""
_WRITTEN = 4000
_BOXES = 10
"""Checkboxes, or radio buttons, that may stand together; longer lists fold."""
_LIVES = 15 * 60.0
"""Seconds after which an opened modal is forgotten; what comes back of it is read without it."""
_MODAL = re.compile(r"form:(?P<page>\d+):(?P<command>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Submission:
    """What came back of a modal. `values` are by input's name, for `bot.commands.filled`: what was chosen in a list as
    a tuple, of all else a text, "" where nothing was answered. `page` is the modal's place among those of its form."""

    command: str
    page: int
    values: Mapping[str, str | tuple[str, ...]]


class FormButton(DynamicItem[Button[Any]], template=r"page:(?P<page>\d+):(?P<line>.*)"):
    """A button that opens a modal.

    The client that it is added to has a method `opens(interaction, line, page)`: the answer to the line is a form, and
    the modal of that place among its modals is to be opened.
    """

    def __init__(self, button: Button[Any], line: str, page: int) -> None:
        super().__init__(button)
        self.line = line
        self.page = page

    @classmethod
    async def from_custom_id(cls, _: Interaction[Any], item: Item[Any], match: re.Match[str], /) -> Self:
        return cls(cast("Button[Any]", item), match["line"], int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await interaction.client.opens(interaction, self.line, self.page)


def modals(form: Form) -> list[Modal]:
    """One for each part of the form, or five questions of it. The form's command, of at most 80 characters, comes back
    with the answers.

    A question that Discord cannot ask by choices, being too many or too long, is asked as text.
    """
    above = list(texts(shown_lines(form.lines, _ABOVE)))[:1] if len(form.inputs) < _QUESTIONS else []
    opened = []
    for page, inputs in enumerate(_pages(form)):
        name = f"form:{page}:{form.command}"
        modal = Modal(title=fitted(form.title, _TITLE) or "…", timeout=_LIVES, custom_id=name)
        for part in [*above, *map(_question, inputs)]:
            modal.add_item(part)
        opened.append(modal)
    return opened


def panel(form: Form) -> LayoutView:
    """A message with the answers of a form as they stand, and a button for each of its modals."""
    pages = _pages(form)
    lines = (*form.lines, Line(ASKED_IN_PARTS, Role.QUIET)) if len(pages) > 1 else form.lines

    def made(most: int) -> list[Part]:
        title = f"## {escaped(fitted(form.title, most))}"
        sections: list[Part] = [
            Section(
                "\n".join(shown_field(Field(asked.label, _standing(asked)), most) for asked in inputs),
                accessory=_opens(part_of_form(form.submit, inputs[0].part), form.command, page),
            )
            for page, inputs in enumerate(pages)
        ]
        return [*texts([title, *shown_lines(lines, most)]), *sections]

    return layout().add_item(Container(*rationed(made, frames=1)))


def submitted(data: Mapping[str, Any]) -> Submission | None:
    """What was answered, of the `data` of a modal's interaction; None where the modal is none of these."""
    about = _MODAL.fullmatch(data["custom_id"])
    if about is None:
        return None
    answers = [row["component"] for row in data["components"] if "component" in row]
    values = {answer["custom_id"]: _answered(answer) for answer in answers}
    return Submission(about["command"], int(about["page"]), values)


def refusal(answered: Submission, problems: Mapping[str, str]) -> LayoutView:
    """What is wrong with answers, a sentence for each, with a button that opens their modal again."""
    sentences = (escaped(fitted(problem, _ABOVE)) for problem in problems.values())
    view = layout()
    for part in list(texts(sentences))[:1]:
        view.add_item(part)
    return view.add_item(ActionRow(_opens(TRY_AGAIN, answered.command, answered.page)))


def refilled(form: Form, values: Mapping[str, str | tuple[str, ...]]) -> Form:
    """The form with these answers in it, for who has to correct one."""
    given = {name: (value,) if isinstance(value, str) else value for name, value in values.items()}
    return replace(form, inputs=tuple(replace(one, values=given.get(one.name, one.values)) for one in form.inputs))


def _pages(form: Form) -> list[Sequence[Input]]:
    parts = [tuple(inputs) for _, inputs in groupby(form.inputs, lambda asked: asked.part)]
    return [part[start : start + _QUESTIONS] for part in parts for start in range(0, len(part), _QUESTIONS)]


def _opens(label: str, command: str, page: int) -> Item[Any]:
    line = f"ask {command}"
    return FormButton(Button(label=fitted(label, LABEL) or "…", custom_id=f"page:{page}:{line}"), line, page)


def _standing(asked: Input) -> str:
    labels = {choice.value: choice.label for choice in asked.choices}
    return ", ".join(labels.get(value, value) for value in asked.values)


def _answered(answer: Mapping[str, Any]) -> str | tuple[str, ...]:
    if "values" in answer:
        return tuple(answer["values"])
    return answer.get("value") or ""


def _question(asked: Input) -> Item[Any]:
    label, hint = fitted(asked.label, _TITLE) or asked.name, fitted(asked.hint, _HINT)
    return Label(text=label, description=hint or None, component=_element(asked))


def _element(asked: Input) -> Item[Any]:
    offered = {choice.value: choice for choice in asked.choices}
    required, least = not asked.optional, 0 if asked.optional else 1
    match asked.kind:
        case InputKind.ONE_OF if _offerable(asked) and 1 < len(offered) <= _BOXES:
            boxes = [RadioGroupOption(**_option(choice, asked.values[:1])) for choice in offered.values()]
            return RadioGroup(custom_id=asked.name, required=required, options=boxes)
        case InputKind.ANY_OF if _offerable(asked) and len(offered) <= _BOXES:
            return CheckboxGroup(
                custom_id=asked.name,
                required=required,
                min_values=least,
                max_values=len(offered),
                options=[CheckboxGroupOption(**_option(choice, asked.values)) for choice in offered.values()],
            )
        case InputKind.ONE_OF | InputKind.ANY_OF if _offerable(asked):
            several = asked.kind is InputKind.ANY_OF
            values = asked.values if several else asked.values[:1]
            return Select(
                custom_id=asked.name,
                required=required,
                min_values=least,
                max_values=len(offered) if several else 1,
                options=[SelectOption(**_option(choice, values)) for choice in offered.values()],
            )
    return _written(asked)


def _offerable(asked: Input) -> bool:
    fit = all(0 < len(choice.value) <= OPTION and fitted(choice.label, OPTION) for choice in asked.choices)
    return fit and 0 < len(asked.choices) <= MENU


def _option(choice: Choice, chosen: Sequence[str]) -> dict[str, Any]:
    return {"label": fitted(choice.label, OPTION), "value": choice.value, "default": choice.value in chosen}


def _written(asked: Input) -> Item[Any]:
    longest = max(1, min(asked.longest, _WRITTEN))
    return TextInput(
        custom_id=asked.name,
        style=TextStyle.paragraph if asked.kind is InputKind.PARAGRAPH else TextStyle.short,
        default=", ".join(asked.values)[:longest] or None,
        required=not asked.optional,
        max_length=longest,
    )
