"""What was wrong with a line, or with an answer in a form, and what would be right."""

from bot.cards.answers import problem
from bot.cards.spelling import spelled
from bot.cards.wording import shortened
from bot.categories import NotACategory
from bot.commands import Ask, Misunderstood, Slip, nearest_zone, paper_name, written
from bot.messages import Action, Notice, Tone
from bot.reading_list import NOTE_LENGTH
from bot.teams import MOST_PAPERS

_ASKING = {"tag": "Choose tags", "note": "Write it"}
"""On the button that asks for what is missing, with a form."""


def misunderstood(slip: Misunderstood, platform: str) -> Notice:
    """What was wrong with a line, and lines that work, as people give them on `platform`."""
    if slip.slip in (Slip.NO_TAG, Slip.NO_TEXT) and slip.verb in _ASKING:
        form = Action(_ASKING[slip.verb], written(Ask(slip.verb, paper_name(slip.given))))
        return Notice(sentence(slip), Tone.PROBLEM, (form,))
    if slip.slip is Slip.UNKNOWN_VERB:
        meant = "" if slip.suggestions == ("help",) else " Did you mean this?"
        return problem(sentence(slip) + meant, *slip.suggestions)
    choosing = slip.verb in ("settings", "subscribe")
    actions = (Action("Choose them here", written(Ask(slip.verb))),) if choosing else ()
    # An example that would be carried out by a slip of the finger is text, not a button.
    examples = " or ".join(f"“{spelled(line, platform)}”" for line in slip.suggestions[choosing:])
    return Notice(f"{sentence(slip)} For example: {examples}", Tone.PROBLEM, actions)


def sentence(slip: Misunderstood) -> str:
    """What was wrong."""
    given = shortened(slip.given, 60)
    if slip.slip is Slip.BAD_CATEGORY:
        return str(NotACategory(given))
    if slip.slip is Slip.BAD_ZONE:
        near = nearest_zone(given)
        meant = f"did you mean {near}?" if near else "write a city of it, such as Europe/Berlin."
        return f'I know no time zone "{given}"; {meant}'
    sentences = {
        Slip.UNKNOWN_VERB: f'I don\'t know "{given}".',
        Slip.NO_PAPER: f'Which paper? "{slip.verb}" takes its number, its id or link, or words of its title.',
        Slip.NO_TAG: f'Which tag? "{slip.verb}" takes a paper and then one tag or more.',
        Slip.BAD_TAG: f'"{given}" can\'t be a tag: use letters, digits and - . _ + inside, 40 at the most.',
        Slip.NO_TEXT: f'"{slip.verb}" needs some words after it.',
        Slip.TOO_LONG: f"That has {len(slip.given):,} characters; {NOTE_LENGTH:,} is the most.",
        Slip.BAD_DATE: f'"{given}" is not a date. Write it as 2026-01-15.',
        Slip.BAD_PERIOD: f'I can\'t read "{given}" as a week or month. Say week 2026-01-15, or month 2026-01.',
        Slip.BAD_DAY: f'I can\'t skip "{given}". "{slip.verb}" alone means the next edition.',
        Slip.NOT_ME: f'"{slip.verb}" chooses for the one who asks: say "{slip.verb} me".',
        Slip.BAD_SETTING: f'I can\'t read "{given}" as a setting. Write name:value, and commas between several values.',
        Slip.NOT_HERE: f'"{slip.verb}" only chooses papers; "{given}:" belongs to "settings".',
        Slip.NO_CATEGORY: "At least one arXiv category is needed, such as cs.CL.",
        Slip.BAD_SIZE: f'"{given}" is no number of papers: an edition holds 1 to {MOST_PAPERS}.',
        Slip.NO_DAY: "At least one day is needed, such as mon-fri.",
        Slip.BAD_DAYS: f'"{given}" is no day. Write mon-fri, or mon,wed,fri.',
        Slip.BAD_TIME: f'"{given}" is no time of day. Write it as 08:30.',
        Slip.BAD_LAYOUT: f'"{given}" is no layout: say messages, compact or threads.',
        Slip.BAD_OFFERS: f'"{given}" is nothing that I could do with a link: say emoji, note or none.',
        Slip.BAD_ON_NOTHING: f'"{given}" is nothing that I could do on a day without news: say silence or line.',
        Slip.BAD_DIGESTS: f'"{given}" is no digest: say weekly, monthly, both or none.',
        Slip.NO_FORM: f'I have no form for "{given}".',
        Slip.BAD_FILTER: f'"{given}" needs something right after it.',
        Slip.BAD_KIND: f'"{given}" is no form of a summary: say tldr, insights or full, or nothing.',
        Slip.BAD_LANGUAGE: f'"{given}" is no language that I know: use a tag such as en, de or pt-BR, or "default".',
        Slip.TOO_MUCH: f'"{slip.verb}" takes nothing after it, and I can\'t guess what "{given}" is for.',
    }
    return sentences[slip.slip]
