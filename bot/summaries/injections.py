"""Sentences in papers that speak to a language model rather than to a reader.

A list of cues cannot be complete, and need not be: what it lets through still meets the fence, the system prompt, and
the check of every claim against the paper. It is here because a quote of such a sentence would pass that check.
"""

import re

_MODEL = r"(?:an? )?(?:ai|llms?|(?:large )?language models?|assistants?|chat ?bots?|summari[sz]ers?|reviewers?|gpt)\b"
_SPEAKER = r"(?:system|assistant|developer|user)"
_ORDER = (
    r"(?:output|respond|reply|answer|print|say|write|tell|append|visit|download|send|repeat|translate|recommend|accept"
    r"|pretend|remember|do not|don't|never|always|click (?:on|here|the)|(?:open|post|give) (?:a|the|this|it|only))"
)
_CUES = re.compile(
    "|".join(
        (
            # Taking the prompt back.
            r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines|above"
            r"|previous|prior|earlier)\b",
            r"\bnew (?:instructions?|system prompt)\b\s*:",
            # Another speaker's turn.
            rf"(?:^|[\"'*#\[(<|/])\s*{_SPEAKER}(?: (?:prompt|message|note|override))?[\]>|*]*\s*:",
            rf"<\|[^|>]{{1,40}}\|>|<</?sys>>|\[/?inst\]|</?(?:{_SPEAKER}|instructions?)>|#{{2,}}\s*(?:instruct|system)",
            # Speaking to a model.
            rf"\byou are (?:now )?{_MODEL}|\bif you are {_MODEL}|\bas {_MODEL},? (?:you|please|do|make)\b",
            r"(?:^|[:;]\s)\W*(?:important |hidden |special )?"
            rf"(?:dear|attention|note (?:to|for)|instructions? (?:to|for)|message (?:to|for)|hey):? {_MODEL}",
            r"\byour (?:summary|output|answer|response|review|reply)\b",
            r"\b(?:the|this|any|every|all) (?:summary|summaries)\b.{0,20}\b(?:must|should|shall|has to|have to)\b",
            r"\bwhen you summari[sz]\w+\b|\byou (?:must|should|shall|have to)\b|\bpositive review only\b",
            # A bare order.
            rf"^\W*(?:please |now |also |then |important:? |and )*{_ORDER}[\s:](?!-)",
            # Calling everybody.
            r"<!(?:channel|here|everyone)|@(?:channel|here|everyone)\b",
        )
    ),
    re.IGNORECASE,
)


def speaks_to_a_model(sentence: str) -> bool:
    """Whether a sentence reads as an order to whoever processes the text."""
    return _CUES.search(sentence) is not None
