"""What authors type as LaTeX in titles and abstracts, made readable."""

import logging
import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexMacroNode

from adapters.arxiv.formulas import on_one_line

_PRIVATE = re.compile("[\ue000-\ue01f]")
"""Characters that mean nothing outside, and here what each constant says."""
_MATH = re.compile(
    r"(?<!\\)\$\$.+?\$\$|(?<!\\)\$(?:[^$]*[\\^_{][^$]*(?<!\\)\$|[^$]+(?<!\\)\$(?!\d))|\\\(.+?\\\)|\\\[.+?\\\]",
    re.DOTALL,
)
_FORMULA = "\ue000"
"""A private character that takes a formula's place while the text around it is converted."""

_TILDE = "\ue001"
_LATEX = re.compile(r"\\|``|''|--|\S~\S|\$[^$]+\$")
_UNSEEN = re.compile(r"\\(?:begin|end|href|[vh]space|label|color|textcolor)\*?\s*\{[^{}]*\}|\\[A-Za-z]+")
"""Commands, and the arguments that were never meant to be read."""

_SWALLOWS = re.compile(r"(\\(?!(?:[a-zA-Z]|ae|AE|oe|OE|aa|AA|ss) )[A-Za-z]+) (?=[^\W_])")
r"""A command before a space, which LaTeX swallows; authors mean it after `\alpha`, but not in `S\o ren`."""

_SILENT = (
    "em", "it", "bf", "tt", "sc", "sf", "rm", "itshape", "bfseries", "scshape", "sffamily", "ttfamily", "boldmath",
    "noindent", "centering", "small", "large",
)  # fmt: skip
"""Commands that change the look of what follows."""


def readable(text: str) -> str:
    """`text` on one line, with LaTeX's accents, text macros and formulas as Unicode. A formula that no line of text can
    show stays in its `$…$`, as written.

    Never raises and never loses a word: where the markup makes no sense, the text stays as it was.
    """
    line = " ".join(_PRIVATE.sub("", text).split())
    if not _LATEX.search(line):
        return line
    formulas = _MATH.findall(line)
    prose = _MATH.sub(_FORMULA, line)
    try:
        plain = " ".join(_converter().latex_to_text(_escaped(prose)).replace(_TILDE, "~").split())
    except Exception:  # noqa: BLE001 - the library's parser fails in many ways on what is hardly LaTeX
        return line
    blank_left = "%s" in plain and "%s" not in prose  # the library's own, for an argument that is missing
    if blank_left or not _holds(plain, _UNSEEN.sub("", prose)):
        return line
    return re.sub(_FORMULA, lambda _: on_one_line(formulas.pop(0)), plain)


def _escaped(prose: str) -> str:
    """Without the characters that mean something in a manuscript and nothing in an abstract: `%`, `&`, a lone `~`."""
    linked = re.sub(r"\\href\s*\{[^{}]*\}", "", prose)
    spaced = re.sub(r"(?<=[\w.)}])~(?=[\w\\({\ue000])", " ", linked)
    literal = re.sub(r"(?<!\\)~|\\~(?=\d)", _TILDE, spaced)
    return re.sub(r"(?<!\\)([%&])", r"\\\1", _SWALLOWS.sub(r"\1{} ", literal))


def _holds(plain: str, prose: str) -> bool:
    """Whether each letter, digit and formula of `prose` is found in `plain`, in the same order."""
    found = iter(unicodedata.normalize("NFKD", plain))
    wanted = unicodedata.normalize("NFKD", prose)
    return all(character in found for character in wanted if character.isalnum() or character == _FORMULA)


@cache
def _converter() -> LatexNodes2Text:
    logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # it warns of each macro that it does not know
    context = get_default_latex_context_db()
    context.add_context_category(
        "abstracts",
        macros=[
            *(MacroTextSpec(name, simplify_repl=_reference) for name in ("cite", "citet", "citep", "ref", "eqref")),
            *(MacroTextSpec(name, discard=True) for name in _SILENT),
            MacroTextSpec("url", simplify_repl="%s"),
            MacroTextSpec("footnote", simplify_repl=_footnote),
        ],
        prepend=True,
    )
    context.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=False)


def _arguments(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> list[str]:
    given = node.nodeargd.argnlist if node.nodeargd else None
    return [l2tobj.nodelist_to_text([part]) for part in given or () if part is not None]


def _reference(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    return f"[{' '.join(filter(None, _arguments(node, l2tobj)))}]"


def _footnote(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    return f" ({_arguments(node, l2tobj)[-1]})"


def _unknown(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
    r"""What a macro of the authors' own shows: its argument where it has one, as in `\rev{…}`, else its name, since
    `\OurModel` is mostly called so."""
    written = "".join(_arguments(node, l2tobj))
    after = node.parsing_state.s[node.pos + node.len :][:2]
    if written or (after.startswith("{") and after != "{}"):
        return written
    return str(node.macroname)
