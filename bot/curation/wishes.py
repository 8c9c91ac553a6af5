"""What a team asks for in its own words: a word or phrase, `title:a phrase`, `author:a name`."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.curation.phrases import Text, line, name_line


class Place(StrEnum):
    """Where in a paper something is found."""

    TITLE = "title"
    ABSTRACT = "abstract"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a team looks for."""

    said: str
    """In the team's words."""
    places: tuple[Place, ...]
    """Where it counts, the weightiest first."""
    phrase: str
    """As a line."""

    def place(self, text: Text) -> Place | None:
        """The weightiest place in which the paper holds it, if there is one."""
        return next((place for place in self.places if self._in(text, place)), None)

    def _in(self, text: Text, place: Place) -> bool:
        if place is Place.AUTHOR:
            return any(self.phrase in author for author in text.authors)
        return self.phrase in (text.title if place is Place.TITLE else text.abstract)


def wishes(said: Iterable[str]) -> tuple[Wish, ...]:
    """Each wish once; those without a letter or digit are left out, since they would be everywhere."""
    found: dict[tuple[str, tuple[Place, ...]], Wish] = {}
    for words in said:
        wish = _wish(words)
        if wish.phrase:
            found.setdefault((wish.phrase, wish.places), wish)
    return tuple(found.values())


def _wish(said: str) -> Wish:
    place, colon, phrase = said.partition(":")
    match place.strip().casefold() if colon else "":
        case "title":
            return Wish(said, (Place.TITLE,), line(phrase))
        case "author":
            return Wish(said, (Place.AUTHOR,), name_line(phrase))
        case _:
            return Wish(said, (Place.TITLE, Place.ABSTRACT), line(said))
