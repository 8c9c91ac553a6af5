"""Papers that nobody wrote, as many as are wanted: the same seed gives the same ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.papers import ArxivId, Author, Paper

_EASTERN = ZoneInfo("America/New_York")

_SUBJECTS = (
    ("process reward models", "cs.CL", "cs.AI"),
    ("retrieval-augmented generation", "cs.CL", "cs.IR"),
    ("tool-using language agents", "cs.AI", "cs.CL"),
    ("long-context language models", "cs.CL", "cs.LG"),
    ("preference optimisation", "cs.LG", "cs.CL"),
    ("mixture-of-experts routing", "cs.LG", "cs.CL"),
    ("multilingual speech recognition", "cs.CL", "eess.AS"),
    ("code generation", "cs.SE", "cs.CL"),
    ("chain-of-thought monitoring", "cs.AI", "cs.CY"),
    ("weight quantisation", "cs.LG", "cs.AR"),
    ("vision-language pretraining", "cs.CV", "cs.CL"),
    ("graph neural networks", "cs.LG", "cs.SI"),
    ("turbulent flow surrogates", "physics.flu-dyn", "cs.LG"),
    ("federated tabular learning", "cs.LG", "cs.CR"),
    ("robot manipulation", "cs.RO", "cs.AI"),
    ("protein folding priors", "q-bio.BM", "cs.LG"),
)
_ANGLES = (
    "distribution shift", "small compute budgets", "adversarial prompts", "noisy annotators", "low-resource languages",
    "delayed feedback", "sparse supervision", "conflicting evidence", "long horizons", "tokeniser changes",
    "missing modalities", "temporal drift",
)  # fmt: skip
_CLAIMS = (
    "Less Is Enough", "A Second Look", "What the Loss Hides", "Measure Twice", "A Cautionary Tale", "Beyond Averages",
    "Where It Breaks", "Small Steps", "A Negative Result", "One Pass Suffices",
)  # fmt: skip
_METHODS = ("gated replay", "paired checking", "lazy verification", "budgeted search", "anchored decoding",
            "spectral pruning", "counterfactual masking", "two-stage distillation")  # fmt: skip
_OPENINGS = (
    "Despite rapid progress, {subject} remain hard to trust under {angle}.",
    "We study {subject} when they meet {angle}, a setting that benchmarks rarely cover.",
    "Practitioners who deploy {subject} soon face {angle}, yet evidence is scattered.",
)
_MIDDLES = (
    "We introduce {method}, which needs no further labels and adds under {small}% to training time.",
    "Our approach, {method}, treats each decision as a test that can be repeated and scored.",
    "A controlled study over {count} runs isolates the effect of {method} from that of scale.",
    "Theory predicts that the error falls as 1/√n, and we find the same rate in practice.",
    "Ablations show that most of the gain comes from {method}, not from a larger model.",
    "Annotators from {few} countries agree with the automatic score in {share}% of cases.",
)
_CLOSINGS = (
    "On {few} public benchmarks it improves accuracy by {small}.{few} points and halves the variance.",
    "We release code, data and all {count} transcripts.",
    "The effect vanishes with {angle}, which we take as a warning rather than a failure.",
)
_GIVEN = (
    "Adaeze", "Nils", "Wei", "Fatima", "João", "Priya", "Łukasz", "Yuki", "Amara", "Sofía", "Mehmet", "Thuỳ Linh",
    "Siobhán", "Tariq", "Ngozi", "Ingrid", "Hye-jin", "Anahera", "Zoltán", "Leilani",
)  # fmt: skip
_FAMILY = (
    "Okafor", "Lindqvist", "Tan", "al-Masri", "da Silva", "Raghunathan", "Wójcik", "Tanaka", "Diallo", "Herrera",
    "Yılmaz", "Nguyễn", "Ó Briain", "Haddad", "Eze", "van der Berg", "Seo", "Parata", "Szabó", "Kealoha",
)  # fmt: skip


def invented_papers(
    count: int, *, after: datetime, until: datetime, month: str = "2601", first: int = 1, seed: int = 0
) -> Iterator[Paper]:
    """`count` papers submitted in [`after`, `until`), with ids from `month`.`first` on, in no order of time."""
    chance = Random(f"{seed} {month} {first}")
    seconds = (until - after).total_seconds()
    for number in range(first, first + count):
        subject, primary, second = chance.choice(_SUBJECTS)
        pages, figures = chance.randint(8, 30), chance.randint(2, 9)
        words = {
            "subject": subject,
            "angle": chance.choice(_ANGLES),
            "method": chance.choice(_METHODS),
            "small": chance.randint(2, 9),
            "few": chance.randint(2, 9),
            "share": chance.randint(60, 97),
            "count": chance.randint(20, 4000),
        }
        sentences = [chance.choice(_OPENINGS), *chance.sample(_MIDDLES, chance.randint(3, 5)), chance.choice(_CLOSINGS)]
        submitted = (after + timedelta(seconds=chance.random() * seconds)).astimezone(UTC).replace(microsecond=0)
        yield Paper(
            id=ArxivId(f"{month}.{number:05d}"),
            version=1,
            title=f"{chance.choice(_CLAIMS)}: {words['method']} for {subject} under {words['angle']}".title(),
            abstract=" ".join(sentence.format(**words) for sentence in sentences),
            authors=tuple(
                Author(f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}") for _ in range(chance.randint(1, 7))
            ),
            primary_category=primary,
            categories=(primary, second) if chance.random() < 0.6 else (primary,),
            submitted=submitted,
            updated=submitted,
            comment=f"{pages} pages, {figures} figures" if chance.random() < 0.5 else "",
        )


def invented_batch(day: date, count: int, *, seed: int = 0) -> list[Paper]:
    """`count` papers whose submission times belong to the batch of `day`, Monday to Friday, by arXiv's timetable."""
    back = {0: (4, 3), 1: (4, 1), 2: (2, 1), 3: (2, 1), 4: (2, 1)}[day.weekday()]
    after, until = (datetime.combine(day - timedelta(days=days), time(14), _EASTERN) for days in back)
    first = 1 + 1000 * day.day
    return list(invented_papers(count, after=after, until=until, month=f"{day:%y%m}", first=first, seed=seed))
