"""arXiv's categories, as https://arxiv.org/category_taxonomy lists them."""

from difflib import get_close_matches

_ARCHIVES = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC "
    "SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
    "geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT TH",
}
"""Archives with their subject classes."""
_WHOLE = ("gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph")
"""Archives without any, which are categories themselves."""

CATEGORIES = (*_WHOLE, *(f"{archive}.{name}" for archive, names in _ARCHIVES.items() for name in names.split()))

_SPELLING = {category.casefold(): category for category in CATEGORIES}


class NotACategory(ValueError):
    """arXiv has no category of the name `given`. Its text says so, and names the nearest where one is like it."""

    def __init__(self, given: str) -> None:
        near = _nearest(given.casefold())
        meant = f"did you mean {near}?" if near else "https://arxiv.org/category_taxonomy lists them."
        super().__init__(f"{given} is no arXiv category; {meant}")
        self.given = given


def category(text: str) -> str:
    """The category that `text` names, whatever its case, as arXiv spells it. Raises NotACategory."""
    known = _SPELLING.get(text.casefold())
    if known is None:
        raise NotACategory(text)
    return known


def _nearest(name: str) -> str:
    within = [known for known in _SPELLING if known.startswith(f"{name}.")]
    near = within or get_close_matches(name, _SPELLING, n=1, cutoff=0.5)
    return _SPELLING[near[0]] if near else ""
