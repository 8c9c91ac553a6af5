"""Card, notice or reply -> what rich prints. Pure; the only owner of layout and escaping in the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.style import Style
from rich.text import Text

from adapters.plain import plain, safe_link
from bot.messages import Action, Card, Field, Form, Input, Item, Line, Notice, Reply, Role, Tone
from bot.papers import ArxivId

WIDEST = 100
"""Longer lines are hard to read."""

_STYLES = {Role.TEXT: "", Role.QUIET: "dim", Role.WHY: "italic", Role.HEADING: "bold"}


@dataclass(frozen=True, slots=True)
class View:
    """What the reader has before them."""

    width: int = 80
    """Columns, 20 or more."""
    links: bool = True
    """Whether a title can be a hyperlink; otherwise its address is printed. A thing in full prints it anyway."""
    numbers: Mapping[ArxivId, int] = field(default_factory=dict)
    """Papers that the reader can name by a number, which then stands in what they may type."""


def render(shown: Card | Notice | Form | Reply, view: View) -> RenderableType:
    """`shown` laid out in lines of at most `view.width` and `WIDEST` columns.

    What it says is data: markup, controls and escapes in it are not obeyed.
    """
    view = replace(view, width=min(view.width, WIDEST))
    parts = shown.parts if isinstance(shown, Reply) else (shown,)
    blocks = [Group(*_rows(part, view)) for part in parts]
    spaced = [piece for block in blocks for piece in (Text(), block)][1:]
    return Constrain(Group(*spaced), view.width)


@dataclass(frozen=True)
class _Row:
    """A paragraph whose lines are indented by the width of what leads the first of them."""

    text: Text
    lead: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lead = self.lead
        for line in self.text.wrap(console, options.max_width - lead.cell_len, overflow="fold") or [Text()]:
            line.rstrip()
            yield lead + line
            lead = Text(" " * lead.cell_len)


def _row(text: str | Text, style: str = "", lead: str | Text = "") -> _Row:
    return _Row(
        text if isinstance(text, Text) else Text(plain(text), style=style),
        lead if isinstance(lead, Text) else Text(lead),
    )


def _rows(part: Card | Notice | Form, view: View) -> Iterator[_Row]:
    if isinstance(part, Notice):
        problem = part.tone is Tone.PROBLEM
        yield _row(part.text, "red" if problem else "", lead="× " if problem else "")
        yield from _actions(part.actions, view.width)
    elif isinstance(part, Form):
        yield from _form(part, view)
    elif part.number is None:
        yield from _heading(part, view)
        yield from _body(part, view.width)
    else:
        yield from _numbered(part, part.number, view)


def _numbered(card: Card, number: int, view: View) -> Iterator[_Row]:
    lead = f"{number}  "
    yield _row(_link(card.title, card.url, "bold"), lead=lead)
    if card.paper_id and view.numbers.get(card.paper_id) == number:
        card = replace(card, actions=tuple(_by_number(action, card.paper_id, number) for action in card.actions))
    indent = Text(" " * len(lead))
    for row in (*_address(card, view), *_body(card, view.width - len(lead))):
        yield _row(row.text, lead=indent + row.lead)


def _by_number(action: Action, paper_id: ArxivId, number: int) -> Action:
    words = (str(number) if word == str(paper_id) else word for word in action.command.split())
    return replace(action, command=" ".join(words))


def _heading(card: Card, view: View) -> Iterator[_Row]:
    if not card.title:
        return
    title, aside = _link(card.title, card.url, "bold"), Text(plain(card.aside), style="dim")
    room = view.width - title.cell_len - aside.cell_len
    if aside and room >= 2:
        yield _row(Text.assemble(title, " " * room, aside))
    else:
        yield _row(title)
        yield from [_row(aside)] if aside else []
    yield _row("─" * view.width, "dim")
    yield from _address(card, view)


def _form(form: Form, view: View) -> Iterator[_Row]:
    """A terminal has no forms: there is how things stand, and the line that changes them."""
    fields = tuple(Field(each.label, _held(each)) for each in form.inputs)
    change = Action(form.submit, f"{form.command} …")
    yield from _rows(Card(form.title, lines=form.lines, fields=fields, actions=(change,)), view)


def _held(question: Input) -> str:
    """What it holds; where that is nothing, what that means, or what it could hold."""
    labels = {choice.value: choice.label for choice in question.choices}
    if question.values:
        return ", ".join(labels.get(value, value) for value in question.values)
    could = ", ".join(labels.values()) or question.hint
    if not question.optional:
        return could
    return question.hint or f"none of {could}" if labels else "–"


def _address(card: Card, view: View) -> Iterator[_Row]:
    if safe_link(card.url) and (card.fields or not view.links):
        yield _row(card.url, "dim")


def _body(card: Card, width: int) -> Iterator[_Row]:
    for line in card.lines:
        yield from _line(line)
    yield from _fields(card.fields, width)
    yield from [_row(card.image.alt, "dim", lead="▤ ")] if card.image else []
    yield from _items(card.items, width)
    yield from _actions(card.actions, width)


def _line(line: Line) -> Iterator[_Row]:
    if line.role is Role.HEADING:
        yield _row("")
    yield _row(line.text, _STYLES[line.role])


def _fields(fields: Sequence[Field], width: int) -> Iterator[_Row]:
    """Names in a column of their own, while that leaves the values enough room."""
    column = max((cell_len(plain(each.name)) for each in fields), default=0) + 2
    for each in fields:
        name = Text(plain(each.name), style="dim")
        if column <= width // 2:
            name.pad_right(column - name.cell_len)
            yield _row(each.value, lead=name)
        else:
            yield _row(name)
            yield _row(each.value, lead="  ")


def _items(items: Sequence[Item], width: int) -> Iterator[_Row]:
    """Details stand under their title, or in a column of their own where all titles are short and no item has a
    paragraph; one that has stands apart from the next."""
    leads = ["" if item.number is None else f"{item.number}  " for item in items]
    indent = max(map(len, leads), default=0)
    column = max((cell_len(plain(item.title)) for item in items), default=0) + 2
    below = " " * (indent or 2)
    beside = column <= width // 3 and not any(item.text for item in items)
    apart = False
    for lead, item in zip(leads, items, strict=True):
        if apart:
            yield _row("")
        apart = bool(item.text)
        title, details = _link(item.title, item.url, ""), _details(item)
        if details and beside:
            title.pad_right(column - title.cell_len)
            yield _row(details, lead=Text(lead.rjust(indent)) + title)
        else:
            yield _row(title, lead=lead.rjust(indent))
            yield from [_row(details, lead=below)] if details else []
        yield from [_row(item.text, lead=below)] if item.text else []


def _details(item: Item) -> Text:
    pieces = [Text(plain(detail)) for detail in item.details] + [_link(link.label, link.url, "") for link in item.links]
    return Text(" · ", style="dim").join(Text.assemble(piece, style="dim") for piece in pieces)


def _actions(actions: Sequence[Action], width: int) -> Iterator[_Row]:
    """A terminal has no buttons: beside each label stands what to type. Lines break between actions."""
    behind = [_typed(action) for action in actions if action.more and not action.pressed]
    pieces = [_action(action) for action in actions if not action.more or action.pressed]
    pieces += [Text("⋯ " + plain(" · ".join(behind)), style="dim")] if behind else []
    line = Text()
    for piece in pieces:
        if line and line.cell_len + 3 + piece.cell_len > width:
            yield _row(line)
            line = Text()
        line = Text.assemble(line, "   ", piece) if line else piece
    if line:
        yield _row(line)


def _action(action: Action) -> Text:
    label = plain(action.label)
    return Text.assemble(
        f"[✓ {label}]" if action.pressed else f"[ {label} ]", (f" {plain(_typed(action))}", "dim")
    )  # fmt: skip


def _typed(action: Action) -> str:
    """What to type. Where a chat would ask with a form, the line is left for the reader to complete."""
    asked = action.command.removeprefix("ask ")
    return action.url or (action.command if asked == action.command else f"{asked} …")


def _link(title: str, url: str, style: str) -> Text:
    return Text(plain(title), style=Style.parse(style) + Style(link=safe_link(url) or None))
