"""What a sentence of a paper is for, told by the turns of phrase that papers use, and by where it stands.

The turns are those of rhetorical moves in abstracts: a gap, then what was done, then what came of it (Swales, Genre
Analysis, 1990; Teufel and Moens, Summarizing Scientific Articles, 2002, sort sentences by the same kinds of cue).
"""

import re
from collections import Counter
from collections.abc import Sequence

from bot.search import terms
from bot.summaries.values import SectionName

_WORK = r"(?:paper|work|study|article|report|survey|letter|thesis|research|tutorial|position paper)"
_MAKES = (
    r"(?:introduc|present|propos|develop|describ|releas|provid|contribut|offer|build|built|design|formali[sz]|establish"
    r"|open-?sourc|creat|formulat|construct|curat|outlin|advocat|argu)\w*"
)
_LOOKS_INTO = r"(?:stud|investigat|explor|examin|analy[sz]|evaluat|compar|survey|review|revisit|address|tackl|ask)\w*"
_DOES = r"(?:us|train|appl|employ|leverag|combin|integrat|adapt|fine-?tun|extend|deriv|measur|conduct|run|test)\w*"
_FINDS = r"(?:show|find|found|demonstrat|observ|prov|reveal|discover|report|achiev|outperform|confirm|uncover)\w*"
_WE = r"\bwe(?: (?:also|further|then|first|thus|therefore|here|instead|\w+ly))*"


def _cues(*weighted: tuple[float, str]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in weighted)


_ADDED = r"^(?:additionally|furthermore|moreover|finally|also|besides|in addition|lastly|for example|for instance)\b"
_HOUSEKEEPING = r"\b(?:code|data|dataset|model|project|weights?)s?\b.{0,60}\bavailable\b|\bhttps? url\b|https?://"
_GIST = _cues(
    (
        3.0,
        rf"{_WE} {_MAKES}\b|\b(?:this|the present|our) {_WORK} {_MAKES}\b"
        r"|\bis (?:introduced|presented|proposed)\b|\band (?:introduce|propose|present)\b",
    ),
    (2.0, rf"{_WE} {_LOOKS_INTO}\b|\b(?:this|the present|our) {_WORK} {_LOOKS_INTO}\b"),
    (1.0, rf"\bin this {_WORK}\b|\bhere,? we\b|\bto (?:this end|address|bridge|tackle|overcome|mitigate|fill)\b"),
    (1.0, rf"{_WE} {_FINDS}\b|\bresults (?:show|demonstrate|suggest|indicate)\b"),
    (0.5, r"\b(?:novel|new|first|simple)\b"),
    (-2.0, _ADDED),
    (-1.5, r"\bwe (?:then|further)\b"),
    (-2.0, r"\balso\b|\bto (?:better )?(?:evaluate|support|facilitate|validate)\b"),
    (-2.5, rf"^{_WE} (?:releas|open-?sourc)\w*|^(?:both|all|they|it) \w+ released\b"),
    (-4.0, _HOUSEKEEPING),
)
_TURN = _cues(
    (1.0, rf"{_WE} (?:{_MAKES}|{_LOOKS_INTO}|{_DOES}|{_FINDS})\b"),
    (1.0, rf"\b(?:this|the present|our) {_WORK} \w+s\b|\bin (?:this|our) {_WORK}\b|\bhere,? (?:we|i)\b"),
    (1.0, rf"\b(?:aim|purpose|goal|objective) of (?:this|the|our) {_WORK}\b"),
    (1.0, r"\b(?:is|are) (?:introduced|presented|proposed)\b|\band (?:introduce|propose|present)\b"),
)
"""Where the authors begin to speak of their own work."""
_ROLES = {
    SectionName.PROBLEM: _cues(
        (2.0, r"\b(?:however|yet|despite|although|but|unfortunately|nevertheless)\b|^while\b"),
        (2.0, r"\b(?:challeng|bottleneck|struggl|suffer|lack|fail|overlook|neglect|under-?explor|underutili[sz]|hinder"
              r"|impractical|costly|expensive|unclear|difficult|limit|remain|brittle|gap|risk|poorly understood)\w*"),
        (0.5, r"\b(?:existing|current|prior|previous|traditional|conventional|often|typically|most)\b"),
        (-3.0, rf"{_WE} |\bour\b|\bthis {_WORK}\b|\bwe\b"),
        (4.0, rf"\bthis {_WORK} \w+s (?:with )?(?:the|this|a) (?:\w+ )?(?:problem|challenge|gap|question|issue)s?\b"),
    ),
    SectionName.METHOD: _cues(
        (3.5, rf"{_WE} {_MAKES}\b|\bthis {_WORK} {_MAKES}\b"),
        (1.5, rf"{_WE} (?:{_DOES}|{_LOOKS_INTO})"),
        (1.5, r"\b(?:our|the proposed|the) (?:method|approach|framework|model|pipeline|algorithm|system|architecture"
              r"|benchmark|dataset|strategy)\b"),
        (1.0, r"\b(?:consists? of|comprises?|works by|is based on|built (?:on|upon|atop)|key idea|by \w+ing)\b"),
        (-2.0, r"\b(?:outperform|state-of-the-art|results (?:show|demonstrate)|experiments)\w*|\d\s?%"),
        (-1.0, _ADDED),
    ),
    SectionName.RESULTS: _cues(
        (2.0, rf"\b(?:results|experiments|evaluations?|findings|analys[ie]s)\b.{{0,60}}\b{_FINDS}"),
        (2.0, r"\b(?:outperform|surpass|achiev|improv|exceed|reduc|speed-?up|gain|recover|match|state-of-the-art)\w*"),
        (1.5, rf"{_WE} {_FINDS}"),
        (1.5, r"\d(?:[.,]\d+)?\s?(?:%|×|x\b|percent|points?\b|times\b|\$?\\times)"),
        (1.0, r"\b(?:show|demonstrat|reveal|suggest|indicat|confirm|verif|validat|illustrat|highlight|yield|conclu)\w*"
              r"|\b(?:beats?|better|higher|lower|faster|fewer|superior|comparable|competitive|robust|significant\w*)\b"),
        (0.5, r"\b(?:experiment|empiric|evaluat|result|finding|accuracy|performance|benchmark|dataset|effective)\w*"),
        (0.5, r"\b(?:provid|offer|establish|enabl|identif|contribut|underscor|emphasi[sz]|support)\w*"),
        (-2.0, rf"{_WE} {_MAKES}\b"),
        (-2.0, r"\b(?:future|further (?:research|work|stud\w+)|we hope|aims? to|may require|can be (?:appli|extend))"),
    ),
    SectionName.LIMITS: _cues(
        (3.0, r"\blimitations? (?:is|are|of (?:our|this)|include|remain)\w*\b"
              r"|\b(?:remains?|left (?:for|to)) future work"
              r"|\b(?:our|its) (?:\w+ )?(?:limitation|caveat|drawback|shortcoming)s?\b"),
        (2.0, rf"{_WE} (?:leave|do not|did not|assume|cannot)\b|\bour \w+ (?:cannot|do(?:es)? not)\b"),
        (2.0, r"\bat the (?:cost|expense) of\b|\bonly (?:holds?|works?|appl)\w*\b|\blimited to\b"),
        (2.0, r"(?:^(?:however|nevertheless|nonetheless|still|although|though|despite|while)\b|\b(?:but|yet)\b).{0,120}"
              r"\b(?:lag|degrad|drops|worse|far from|fails?|not (?:high|yet|fully|always|consistently|enough)|remains? "
              r"(?:limited|brittle|poor|weak|open|difficult|hard|unaddressed|below|a challenge|challenging))"),
        (1.5, r"\b(?:limitation|caveat|drawback|open (?:question|challenge|problem))s?\b"
              r"|\bfurther (?:research|work) is (?:needed|required)"),
        (-2.0, r"\b(?:existing|current|prior|previous|discuss|highlight|examin|encourag|identif|capabilit|requir|unlike"
               r"|compared|benefit)\w*"),
        (-4.0, r"\b(?:address|overcom|tackl|mitigat|resolv|eliminat|alleviat|avoid|without|rather than)\w*"),
    ),
}  # fmt: skip
_ENOUGH = 2.0
"""A sentence has a role from this weight of cues on."""
_TELLING = 12
"""Words from which on a sentence can say what a paper brings, rather than only that it brings something."""
_BEFORE = {
    SectionName.PROBLEM: 1.0,
    SectionName.METHOD: -2.0,
    SectionName.RESULTS: -2.0,
    SectionName.LIMITS: -4.0,
}
_AT = {SectionName.PROBLEM: -1.0, SectionName.METHOD: 2.0, SectionName.RESULTS: -1.0, SectionName.LIMITS: -4.0}
_AFTER = {
    SectionName.PROBLEM: (-2.0, -2.0),
    SectionName.METHOD: (0.5, -0.5),
    SectionName.RESULTS: (0.0, 1.5),
    SectionName.LIMITS: (0.0, 1.0),
}
"""What a role gains before the turn, at it, and after it: at once, and at the end of the text."""


def _weight(sentence: str, cues: Sequence[tuple[float, re.Pattern[str]]]) -> float:
    return sum(weight for weight, pattern in cues if pattern.search(sentence))


def gist(sentences: Sequence[str]) -> int:
    """Where the sentence stands that says best what the paper brings; `sentences` is not empty.

    Cues first; among sentences with equal ones, the share of the text's recurring terms decides, then the earlier.
    """
    spoken = [set(terms(sentence)) for sentence in sentences]
    heard = Counter(term for one in spoken for term in one if len(term) > 3)
    recurring = {term for term, count in heard.items() if count > 1}

    def worth(number: int) -> tuple[float, int]:
        central = len(spoken[number] & recurring) / len(recurring) if recurring else 0.0
        brief = -1.0 if len(sentences[number].split()) < _TELLING else 0.0
        return _weight(sentences[number], _GIST) + 2 * central + brief, -number

    return max(range(len(sentences)), key=worth)


def by_role(sentences: Sequence[str], each: int) -> dict[SectionName, list[int]]:
    """Where the sentences stand that state problem, method, results and limits: at the most `each` of them a role, in
    the order of the text. No sentence has two roles, and a role that no sentence has is left out."""
    turn = next((number for number, sentence in enumerate(sentences) if _weight(sentence, _TURN)), None)
    scored = []
    for number, sentence in enumerate(sentences):
        if re.search(_HOUSEKEEPING, sentence, re.IGNORECASE):
            continue
        for role, cues in _ROLES.items():
            weight = _weight(sentence, cues) + _place(role, number, turn, len(sentences) - 1)
            if weight >= _ENOUGH:
                scored.append((weight, -number, role))
    chosen: dict[SectionName, list[int]] = {}
    taken: set[int] = set()
    for _, negative, role in sorted(scored, key=lambda one: (-one[0], -one[1], one[2])):
        if -negative not in taken and len(chosen.get(role, ())) < each:
            chosen.setdefault(role, []).append(-negative)
            taken.add(-negative)
    return {role: sorted(chosen[role]) for role in _ROLES if role in chosen}


def _place(role: SectionName, number: int, turn: int | None, last: int) -> float:
    """What a sentence's place says for a role: what was wrong stands before the turn to the authors' own work, most of
    all right before it, the method with it, and results towards the end."""
    if turn is None:
        late = number / max(last, 1)
        return {SectionName.PROBLEM: 1 - 2 * late, SectionName.RESULTS: 2 * late - 1}.get(role, 0.0)
    if number < turn:
        return _BEFORE[role] + (role is SectionName.PROBLEM and number == turn - 1)
    if number == turn:
        return _AT[role]
    late = (number - turn) / (last - turn)
    if role is SectionName.PROBLEM and turn == 0 and late <= 0.5:
        return 0.0  # an abstract that begins with the work itself may tell next what was wrong
    start, end = _AFTER[role]
    return start + late * (end - start)
