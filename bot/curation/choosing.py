"""From material to a choice: the ranking, and what of it is picked. Slow for the event loop: run it in a thread."""

from collections.abc import Iterable, Set

from bot.curation.material import Material
from bot.curation.ranking import Ranker
from bot.curation.selection import Exploration, Selection, select
from bot.papers import ArxivId, Paper
from bot.teams import Subscription


def choose(
    subscription: Subscription,
    material: Material,
    ranker: Ranker,
    *,
    exclude: Set[ArxivId],
    shown: Iterable[Paper],
    explore: Exploration | None = None,
) -> Selection:
    """What of the material's pool `subscription` is to be brought: nothing in `exclude`, and nothing that is nearly the
    same as a paper in `shown`; where it may `explore`, as `select` says."""
    interests = subscription.interests
    return select(
        ranker(material.pool, interests, material.taste),
        subscription.size,
        exclude=exclude,
        shown=shown,
        thin_crowds=len(interests.topics) != 1,
        explore=explore,
    )
