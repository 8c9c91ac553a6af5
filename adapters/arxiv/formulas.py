"""Formulas as text on one line: `$O(n^2)$` as `O(n²)`, where that says the same."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexNode,
    LatexSpecialsNode,
    LatexWalker,
    LatexWalkerError,
)
from pylatexenc.macrospec import LatexContextDb

_MONEY = re.compile(r"^\s|\s$|[A-Za-z]{2,}\s+[A-Za-z]{2,}|\d\s+[A-Za-z]{2,}")
"""What stands between two dollars and is no formula: `$5 and $`, `$10 million to $`."""
_MARKED = re.compile(r"[\\^_{]")

_NAME, _NAMED, _TERM, _END, _ENDED, _UNDERSCORE = "\ue010\ue011\ue012\ue013\ue014\ue015"
"""Private characters: before and behind the name of a function, before and behind what is torn apart by what touches
it, behind a script that is not seen to end; and a written underscore."""
_TOUCHED = re.compile(
    f"{_TERM}([^{_TERM}{_END}]*){_END}(?=[\\w(\\[/^{_NAME}])|(?<=[\\w)\\]/]){_TERM}([^{_TERM}{_END}]*){_END}"
)
_CLOSE = re.compile(f"{_NAMED}{_NAME}|(?<=[\\w)]){_NAME}|{_NAMED}(?=[0-9A-Za-zΑ-ω√])|{_ENDED}(?=[^\\W_]|{_NAME})")
"""Where a space must be."""
_PRIVATE = re.compile(f"[{_NAME}{_NAMED}{_TERM}{_END}{_ENDED}]")
_SCRIPTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "^": dict(
            zip(
                "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW*†∘⊤′",
                "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*†°ᵀ′",
                strict=True,
            )
        ),
        "_": dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    }
)
_WORD = re.compile(r"[^\W\d_]{2}")
"""Raised or lowered, words would be hard to read: those stay `x_max`."""
_ACCENTS = MappingProxyType(
    {
        "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
        "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7",
    }
)  # fmt: skip
_ROOTS = MappingProxyType({"": "√", "2": "√", "3": "∛", "4": "∜"})
_PLAIN = (
    "text", "textrm", "textit", "textbf", "textsf", "texttt", "textsc", "textnormal", "emph", "mbox", "mathrm",
    "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "mathnormal", "boldsymbol", "bm", "pmb",
    "ensuremath",
)  # fmt: skip
"""Commands that change the look of their argument. Letters of another look are read aloud, and found, by no one."""
_SILENT = (
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle",
    "limits", "rm", "bf", "it", "sf", "tt", "cal", "!",
)  # fmt: skip
_SIGNS = MappingProxyType(
    {
        "sim": "~",
        "ast": "*",
        "|": "‖",
        "prime": "′",
        "colon": ":",
        "_": _UNDERSCORE,
        **{sign: sign for sign in "%$&#{}"},
    }
)
"""Where the library says nothing, or what few fonts have."""
_DOUBLE = MappingProxyType(dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)))


class _NotOnOneLineError(Exception):
    """Something that only a typeset formula shows."""


def on_one_line(formula: str) -> str:
    """`formula`, in its `$…$`, as plain text; as it is written where that would lose something of it, or where it is
    none. Never raises."""
    edge = 1 if formula[0] == "$" != formula[1:2] else 2
    inside = formula[edge:-edge]
    if not _MARKED.search(inside) and _MONEY.search(inside):
        return formula
    try:
        nodes, _, _ = LatexWalker(re.sub(r"(?<!\\)%", r"\\%", inside), tolerant_parsing=False).get_latex_nodes()
        return _settled(_read(nodes)) or formula
    except (_NotOnOneLineError, LatexWalkerError):
        return formula


def _settled(read: str) -> str:
    """Without the private characters: each gives way to what keeps its neighbours apart."""
    read = _TOUCHED.sub(r"(\1\2)", read)
    read = _CLOSE.sub(" ", read)
    plain = " ".join(_PRIVATE.sub("", read).replace(_UNDERSCORE, "_").split())
    return re.sub(r" (?=[)\]}⟩⌉⌋])", "", plain)


def _read(nodes: Iterable[LatexNode]) -> str:
    """The nodes in their order, each script behind what it belongs to."""
    rest: deque[Any] = deque(
        part for node in nodes for part in (node.chars if isinstance(node, LatexCharsNode) else (node,))
    )
    read = ""
    while rest:
        part = rest.popleft()
        if isinstance(part, str) and part in _SCRIPTS:
            while rest and isinstance(rest[0], str) and rest[0].isspace():
                rest.popleft()
            read += _script(part, _piece(rest.popleft(), rest, "") if rest else "")
        else:
            read += _piece(part, rest, read)
    return read


def _piece(part: Any, rest: deque[Any], before: str) -> str:
    """A character or a node; what stands behind it may belong to it."""
    match part:
        case str():
            if part in _SCRIPTS:
                raise _NotOnOneLineError
            return "′" if part == "'" else part
        case LatexGroupNode(delimiters=("{", "}")):
            return _read(part.nodelist)
        case LatexSpecialsNode(specials_chars="~"):
            return " "
        case LatexSpecialsNode(specials_chars="''"):
            return "″"
        case LatexMacroNode():
            return _macro(part, rest, before)
    raise _NotOnOneLineError


def _macro(node: LatexMacroNode, rest: deque[Any], before: str) -> str:
    name = str(node.macroname)
    if name in _SILENT:
        return ""
    if name in _PLAIN:
        return _argument(node, rest)
    if name.rstrip("*") == "operatorname":
        return f"{_NAME}{_argument(node, rest)}{_NAMED}"
    if name == "mathbb":
        return "".join(_DOUBLE.get(letter, letter) for letter in _argument(node, rest))
    if name in _ACCENTS:
        return _accented(_argument(node, rest), _ACCENTS[name])
    if name in ("frac", "tfrac", "dfrac"):
        above, below = (_as_one(_read([part])) for part in _given(node))
        return f"{_TERM}{above}/{below}{_END}"
    if name == "sqrt":
        *index, root = _given(node)
        if sign := _ROOTS.get(_read(index[0].nodelist) if index else ""):
            return f"{_TERM}{sign}{_as_one(_read([root]))}{_END}"
        raise _NotOnOneLineError
    return _symbol(name, node.macro_post_space, before)


def _symbol(name: str, space: str, before: str) -> str:
    """A sign, with the space behind it where one stands before it too; the name of a function stands by itself."""
    shown = _SIGNS.get(name) or getattr(_signs().get_macro_spec(name), "simplify_repl", None)
    if not isinstance(shown, str) or not shown or "%s" in shown:
        raise _NotOnOneLineError
    if len(shown) > 1 and shown.isascii() and shown.replace(" ", "").isalpha():
        return f"{_NAME}{shown}{_NAMED}"
    between = space and before.endswith(" ") and unicodedata.category(shown[0]) in ("Sm", "So")
    return f"{shown} " if between else shown


def _argument(node: LatexMacroNode, rest: deque[Any]) -> str:
    """Of a command that the library does not know, it is the group behind it."""
    if rest and isinstance(rest[0], LatexGroupNode) and not (node.nodeargd and node.nodeargd.argnlist):
        return _read([rest.popleft()])
    return _read(_given(node)[-1:])


def _given(node: LatexMacroNode) -> list[LatexNode]:
    given = [part for part in (node.nodeargd.argnlist if node.nodeargd else ()) if part is not None]
    if not given:
        raise _NotOnOneLineError
    return given


def _accented(letter: str, accent: str) -> str:
    if len(letter) != 1:
        raise _NotOnOneLineError
    return unicodedata.normalize("NFC", letter + accent)


def _script(sign: str, text: str) -> str:
    script = _settled(text)
    table, signs = _SCRIPTS[sign], script.replace(" ", "").replace("−", "-")
    if not signs:
        raise _NotOnOneLineError
    if all(each in table for each in signs) and not _WORD.search(signs):
        return "".join(table[each] for each in signs)
    return f"{sign}{_as_one(script)}{_ENDED}"


def _as_one(text: str) -> str:
    """In parentheses, unless it is one thing anyway."""
    text = _settled(text)
    if not text:
        raise _NotOnOneLineError
    return text if re.fullmatch(r".|√?\w+|\w?\([^()]*\)", text) else f"({text})"


@cache
def _signs() -> LatexContextDb:
    return get_default_latex_context_db()
