"""The forms that models answer in. Their JSON schemas hold no more than every server's dialect of JSON Schema knows."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Form(BaseModel):
    """A stray field is forbidden by the schema, for servers that insist, and ignored if it comes all the same."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": False}, frozen=True)


class GivenClaim(_Form):
    """A claim as a model makes it: not to be shown before it is checked."""

    text: str
    quote: str


class SectionClaim(GivenClaim):
    """A claim and the section it belongs to."""

    section: Literal["gist", "problem", "method", "results", "limits", "for_team"]


class ClaimsAnswer(_Form):
    """The answer about one paper."""

    claims: list[SectionClaim]


class PaperAnswer(_Form):
    """The answer about one of several papers, told by its id alone."""

    id: str
    category: str
    gist: GivenClaim
    relevance: GivenClaim | None


class ShortlistAnswer(_Form):
    """The answer about several papers."""

    papers: list[PaperAnswer]
