"""What bears a claim out: its quote stands in the source, its figures stand in its quote, it speaks of that paper."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.papers import Paper
from bot.search import terms
from bot.summaries.injections import speaks_to_a_model
from bot.summaries.plain_text import plain, seen
from bot.summaries.sentences import sentences
from bot.summaries.values import Claim

SHORTEST_QUOTE = 4
"""Words and signs that a quote holds at the least: `the model` would bear out anything."""
LONGEST_CLAIM = 400
"""Characters of a claim at the most; it fills two lines of a post."""
FAMILIAR = 0.5
"""The share of an English claim's terms that the paper, or the team's interests, must hold as well. Plain paraphrase
keeps most of a paper's terms; a text that was dictated by somebody else shares few."""
LOST_AT_MOST = 1 / 3
"""Of a summary's claims; one that loses more is not to be trusted with the rest."""

_SIGNS = {
    r"\times": "×", r"\sim": "~", r"\approx": "≈", r"\leq": "≤", r"\le": "≤", r"\geq": "≥", r"\ge": "≥", r"\pm": "±",
    r"\cdot": "·", r"\rightarrow": "→", r"\to": "→", r"\%": "%", r"\&": "&", r"\_": "_", "--": "-", "~": " ",
}  # fmt: skip
_LATEX_SIGN = re.compile("|".join(re.escape(sign) + r"(?![a-zA-Z])" * sign[-1].isalpha() for sign in _SIGNS))
_LATEX = re.compile(r"\\[a-zA-Z]+\*?\s?|[\\${}]")
_RAISED = {ord(sign): f"^{digit}" for digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉") for digit, sign in enumerate(digits)}
_LOOK = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"})
_TOKEN = re.compile(r"\w+(?:[.,]\w*\d\w*)*|[^\w\s'\"`]")
_FIGURE = re.compile(
    r"(\d+(?:[.,]\d+)*)(?:\s?(%|percent\b|per cent\b|thousand\b|million\b|billion\b|trillion\b)|([kmbt])\b)?"
)
_SCALE = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "t": 12, "trillion": 12}
_NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100,
}  # fmt: skip
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b")


def _normal(text: str) -> str:
    """Texts that differ in LaTeX, ligatures, case, quotes or dashes alone are equal in this form."""
    known = _LATEX_SIGN.sub(lambda match: _SIGNS[match.group()], text)
    return unicodedata.normalize("NFKC", _LATEX.sub("", known).translate(_RAISED)).translate(_LOOK).casefold()


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_normal(text))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The text that a summary is made from and checked against: plain, and without what speaks to a model."""

    text: str
    _words: tuple[str, ...]
    """The text's words with their white space gone."""
    _tokens: tuple[str, ...]
    _word_of: tuple[int, ...]
    """For each token, the number of the word that it is part of."""

    @classmethod
    def of(cls, text: str) -> "Evidence":
        words = [word for sentence in sentences(text) if not _commands(sentence) for word in plain(sentence).split()]
        tokens = [(token, number) for number, word in enumerate(words) for token in _tokens(word)]
        return cls(" ".join(words), tuple(words), tuple(token for token, _ in tokens), tuple(n for _, n in tokens))

    def find(self, quote: str) -> str | None:
        """The words of the text that `quote` repeats, as they stand there, white space and LaTeX aside; None if it
        repeats none, or too few to mean anything."""
        wanted = _tokens(quote)
        while wanted and not wanted[-1][0].isalnum() and wanted[-1] != "%":
            wanted.pop()
        size = len(wanted)
        if size < SHORTEST_QUOTE:
            return None
        for start, token in enumerate(self._tokens[: len(self._tokens) - size + 1]):
            if token == wanted[0] and list(self._tokens[start : start + size]) == wanted:
                return " ".join(self._words[self._word_of[start] : self._word_of[start + size - 1] + 1])
        return None


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a claim about one paper may rest on."""

    evidence: Evidence
    language: str
    _familiar: frozenset[str]

    @classmethod
    def of(cls, paper: Paper, text: str, *, language: str, wishes: Iterable[str] = ()) -> "Grounds":
        """`wishes` are the words of the team, which a claim may use as if they were the paper's."""
        evidence = Evidence.of(text)
        return cls(evidence, language, _stems(" ".join((paper.title, evidence.text, *wishes))))

    def checked(self, text: str, quote: str) -> Claim | None:
        """The claim in plain text with its quote as the source has it; None where it is not borne out."""
        found = self.evidence.find(quote)
        claim = plain(text)
        if found is None or not claim or len(claim) > LONGEST_CLAIM or _commands(text):
            return None
        if not _borne_out(claim, found, self.language) or not self._speaks_of_the_paper(claim):
            return None
        return Claim(claim, found)

    def _speaks_of_the_paper(self, claim: str) -> bool:
        stems = _stems(claim)
        if not self.language.casefold().startswith("en"):
            return True  # a translation shares no words with the paper; quote and figures must do
        return bool(stems) and len(stems & self._familiar) >= FAMILIAR * len(stems)


def enough(kept: int, given: int) -> bool:
    """Whether a summary that was given so many claims is to be trusted, when so many were kept."""
    return kept > 0 and given - kept <= LOST_AT_MOST * given


def _commands(text: str) -> bool:
    """Whether it speaks to a model or calls everybody, as it is or under its markup."""
    return speaks_to_a_model(seen(text)) or speaks_to_a_model(plain(text))


def _stems(text: str) -> frozenset[str]:
    """Longer words by their first five letters without a plural, so that `pruning` and `prunes` are the same."""
    return frozenset(term.removesuffix("s")[:5] for term in terms(text) if len(term) > 3 and not term.isdigit())


def _borne_out(claim: str, quote: str, language: str) -> bool:
    english = language.casefold().startswith("en")
    known = {figure for readings in _figures(quote, both_marks=False) for figure in readings}
    return all(readings & known for readings in _figures(claim, both_marks=not english))


def _figures(text: str, *, both_marks: bool) -> list[frozenset[tuple[Decimal, bool]]]:
    """Each figure of a text in all its possible readings: its value, and whether it is a percentage.

    `both_marks` lets a comma and a full stop each mean what it means in English, or in German.
    """
    normal = _normal(text)
    found = []
    for number, unit, letter in _FIGURE.findall(normal):
        scale = Decimal(10) ** _SCALE.get(unit or letter, 0)
        percent = unit in ("%", "percent", "per cent")
        numbers = {_english(number)} | ({_english(number.translate({44: 46, 46: 44}))} if both_marks else set())
        readings = {(value * scale, percent) for value in numbers}
        found.append(frozenset(readings))
    return found + [frozenset({(Decimal(_NUMBER_WORDS[word]), False)}) for word in _NUMBER_WORD.findall(normal)]


def _english(number: str) -> Decimal:
    """The value of a number whose commas set thousands apart. One with several full stops is a version, such as
    2.5.1, and is told by its digits alone."""
    whole, *parts = number.replace(",", "").split(".")
    return Decimal(f"{whole}.{''.join(parts)}") if parts else Decimal(whole)
