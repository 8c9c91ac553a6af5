"""What digests are made from, and what one paper's part of it says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.digests.values import Cited, Told
from bot.editions import Edition, MessageRef, Pick
from bot.papers import ArxivId, Paper
from bot.periods import Period
from bot.reading_list import Entry, Field, Signal
from bot.revisions import Revision, appeared_in
from bot.summaries.extract import extract
from bot.summaries.values import Section, Summary, SummaryKind
from bot.teams import Subscription


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is known of a subscription's week or month."""

    subscription: Subscription
    period: Period
    editions: Sequence[Edition]
    """The daily ones of the period, by date."""
    signals: Sequence[Signal]
    """What the team did in the period."""
    papers: Mapping[ArxivId, Paper]
    """All that the others name."""
    entries: Mapping[ArxivId, Entry]
    topics: Mapping[ArxivId, str]
    """Of saved papers that were not picked."""
    posts: Mapping[ArxivId, MessageRef]
    """Where each picked paper was first posted."""
    summaries: Mapping[ArxivId, Sequence[Summary]]
    """What models said of a paper, the last first."""
    unread: Sequence[Entry]
    """What has been unread for longest, the oldest first."""
    revised: Sequence[tuple[Entry, Revision]] = ()
    """News of saved papers that came in the period and is told nowhere else."""
    passed_over: Sequence[Revision] = ()
    """What told in the period where papers appeared that nobody saved; `papers` has them."""

    @property
    def picks(self) -> dict[ArxivId, Pick]:
        """The first pick of each paper, in the order of editions."""
        first: dict[ArxivId, Pick] = {}
        for edition in self.editions:
            for pick in edition.picks:
                first.setdefault(pick.paper_id, pick)
        return first

    @property
    def considered(self) -> int:
        return sum(edition.considered for edition in self.editions)

    def saved(self) -> list[ArxivId]:
        """Papers that somebody saved in the period and that are on the list, in the order of the first save."""
        ids = dict.fromkeys(signal.paper_id for signal in self.signals if signal.field is Field.SAVED)
        return [paper_id for paper_id in ids if paper_id in self.entries and self.entries[paper_id].savers]

    def missed(self) -> dict[ArxivId, str]:
        """Papers that nobody saved, though their records say where they appeared: those of the period, then earlier
        ones of which that was told in it. With what their records say."""
        said = {paper_id: appeared_in(self.papers[paper_id]) for paper_id in self.picks}
        said |= {one.paper_id: one.venue for one in self.passed_over}
        saved = {paper_id for paper_id, entry in self.entries.items() if entry.savers}
        return {paper_id: venue for paper_id, venue in said.items() if venue and paper_id not in saved}

    def likes(self) -> Counter[ArxivId]:
        """How many people liked each paper in the period."""
        return Counter(signal.paper_id for signal in self.signals if signal.field is Field.LIKED)

    def discussed(self, paper_id: ArxivId) -> int:
        """Notes on the paper, and people who wrote in its thread in the period."""
        entry = self.entries.get(paper_id)
        wrote = {one.member_id for one in self.signals if (one.paper_id, one.field) == (paper_id, Field.DISCUSSED)}
        return (len(entry.notes) if entry else 0) + len(wrote)

    def told(self, paper_id: ArxivId, topic: str, kinds: Sequence[SummaryKind]) -> Told:
        """The paper with what there is to say of it: the first of `kinds` that a model said of this version, else its
        own sentences in the first of `kinds`."""
        paper, entry = self.papers[paper_id], self.entries.get(paper_id)
        sections, model = self._said(paper, kinds)
        return Told(
            Cited.of(paper),
            topic,
            sections,
            model,
            savers=entry.savers if entry else (),
            discussed=self.discussed(paper_id),
            post=self.posts.get(paper_id),
        )

    def _said(self, paper: Paper, kinds: Sequence[SummaryKind]) -> tuple[tuple[Section, ...], str]:
        made = [one for one in self.summaries.get(paper.id, ()) if one.paper_version == paper.version]
        summary = next((one for kind in kinds for one in made if one.kind is kind), None) or extract(paper, kinds[0])
        return summary.sections, summary.model


def by_size(topics: Iterable[str]) -> list[tuple[str, int]]:
    """Each topic with how often it occurs, the most frequent first; of equal ones, the one that came first."""
    return Counter(topics).most_common()
